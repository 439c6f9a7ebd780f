"""A save's script and records, how they differ from now, and how that is written for a reader."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from uuid import UUID

from rich.text import Text

from core.errors import DocumentError, ServerError
from core.script import parse
from core.script.difference import GONE, NEW, SAME, DiffLine, Part, difference
from core.server import SavedVersion, Server
from core.story import BOOK_SECTIONS, Frontier, ProjectStore, state_at
from screens.record_changes import Records, record_changes
from screens.wording import counted

CONTEXT = 2
"""Lines shown around a change."""
MOST_LINES = 1500
"""Lines of a comparison that are written out."""
MOST_RECORDS = 40
"""Records of a section that are named."""


@dataclass(frozen=True, slots=True)
class VersionText:
    """One save's script and records."""

    version: SavedVersion
    text: str
    records: Records = field(default_factory=dict)

    def restore(self, store: ProjectStore) -> None:
        """Make the script what it was, as one edit that can be undone."""
        store.checkpoint()
        store.replace_text(self.text)

    def restore_all(self, store: ProjectStore) -> None:
        """Script, bible and pages of the book, as one edit; what was made since goes to the trash."""
        moment = datetime.now(UTC).isoformat(timespec="seconds")
        wanted = {}
        for section in BOOK_SECTIONS:
            then = self.records.get(section.value, {})
            since = {key: raw for key, raw in store.raw_records(section).items() if key not in then}
            for key, raw in since.items():
                since[key] = {**raw, "trashedAt": raw.get("trashedAt") or moment}
            wanted[section.value] = {**then, **since}
        store.checkpoint()
        store.restore(self.text, wanted)
        store.checkpoint()


def text_of(version: SavedVersion, snapshot: bytes, server: Server | None, project_id: UUID) -> VersionText:
    """The project right after a save; blocks. What this machine lacks is read from the server."""
    try:
        state = state_at([snapshot], version.frontier)
    except DocumentError:
        if server is None:
            raise ServerError("The server is not there to read this save from.") from None
        state = state_at(server.load(project_id).blobs, version.frontier)
    return VersionText(version, state.text, state.records)


def changed_records(then: VersionText, snapshot: bytes, now: Frontier) -> list[tuple[str, list[str]]]:
    """What became of the records since; blocks. See `record_changes`."""
    return record_changes(then.records, state_at([snapshot], now).records)


def compare_with(text: VersionText, now: str) -> list[Part]:
    """What has changed since, by page."""
    older, newer = ([page.row for page in parse(one).pages] for one in (text.text, now))
    return difference(text.text, now, older, newer)


def difference_text(
    moment: datetime,
    parts: Sequence[Part],
    colours: Mapping[str, str],
    *,
    unfold: bool,
    records: Sequence[tuple[str, Sequence[str]]] = (),
) -> Text:
    """A comparison with `moment` as one text: a heading, each page that differs; the same is folded."""
    local = moment.astimezone()
    added, removed = sum(part.added for part in parts), sum(part.removed for part in parts)
    text = Text()
    text.append(f"Since {local.day} {local:%B, %H:%M}", "bold")
    if not any(part.changed for part in parts):
        said = "the script is the same." if records else "nothing has changed."
        text.append(f"   {said}", colours["quiet"])
    else:
        if added:
            text.append(f"   +{counted(added, 'word')}", colours["success"])
        if removed:
            text.append(f"   −{counted(removed, 'word')}", colours["error"])
    text.append("\n")
    _write_records(text, records, colours)
    written = 0
    folded: list[Part] = []
    for part in parts:
        if not part.changed and not unfold:
            folded.append(part)
            continue
        _fold(text, folded, colours)
        if written > MOST_LINES:
            text.append("\n… there is more; it is too long to be shown here.\n", colours["quiet"])
            return text
        written += write_part(text, part, colours, unfold=unfold)
    _fold(text, folded, colours)
    return text


def _write_records(
    text: Text, records: Sequence[tuple[str, Sequence[str]]], colours: Mapping[str, str]
) -> None:
    """What became of the characters and the others, a line for each."""
    for title, sentences in records:
        text.append(f"\n{title}\n", f"bold {colours['kind-page']}")
        for sentence in sentences[:MOST_RECORDS]:
            text.append(f"  {sentence}\n")
        if len(sentences) > MOST_RECORDS:
            text.append(f"  … and {len(sentences) - MOST_RECORDS:,} more\n", colours["quiet"])


def _fold(text: Text, folded: list[Part], colours: Mapping[str, str]) -> None:
    """One line for parts that are the same."""
    if not folded:
        return
    ends = dict.fromkeys(part.heading.rstrip(" \u00a0:：") for part in (folded[0], folded[-1]))
    names = " … ".join(ends)
    count = "" if len(folded) == 1 else f"   ({len(folded)} parts)"
    text.append(f"\n· {names}{count}: the same\n", colours["quiet"])
    folded.clear()


def write_part(text: Text, part: Part, colours: Mapping[str, str], *, unfold: bool) -> int:
    """One page: its heading, and its lines near a change; gives how many lines."""
    text.append(f"\n{part.heading}\n", f"bold {colours['kind-page']}")
    shown = _near_changes(part.lines)
    skipped = False
    for index, line in enumerate(part.lines):
        if not unfold and index not in shown:
            skipped = skipped or line.text.strip() not in ("", part.heading)
            continue
        if line.sign == SAME and line.text.strip() == part.heading:
            continue
        if skipped:
            text.append("  ⋯\n", colours["quiet"])
            skipped = False
        _write_line(text, line, colours)
    return len(shown)


def _near_changes(lines: Sequence[DiffLine]) -> set[int]:
    near: set[int] = set()
    for index, line in enumerate(lines):
        if line.sign != SAME:
            near.update(range(index - CONTEXT, index + CONTEXT + 1))
    return near


def _write_line(text: Text, line: DiffLine, colours: Mapping[str, str]) -> None:
    colour = {NEW: colours["success"], GONE: colours["error"], SAME: colours["quiet"]}[line.sign]
    sign = {NEW: "+", GONE: "−", SAME: " "}[line.sign]
    start = len(text) + 2
    text.append(f"{sign} {line.text}\n", colour)
    for begin, end in line.marks or ():
        text.stylize("bold underline", start + begin, start + end)
