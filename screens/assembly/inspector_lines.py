"""What is known of a panel, as lines of a given width."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from rich.cells import cell_len, chop_cells

from core.assembly.plan import BalloonKind, BalloonPlan, PagePlan, PanelPlan, PanelStatus
from core.script.hints.words import weigh
from screens.assembly.strip import STATUS_COLOURS, STATUS_SIGNS
from screens.wording import counted

BALLOON_SIGNS = {
    BalloonKind.SPEECH: "“",
    BalloonKind.THOUGHT: "○",
    BalloonKind.SHOUT: "!",
    BalloonKind.WHISPER: "…",
    BalloonKind.CAPTION: "▭",
    BalloonKind.SFX: "※",
    BalloonKind.SIGN: "▯",
}
BALLOON_COLOURS = {
    BalloonKind.CAPTION: "kind-caption",
    BalloonKind.SFX: "kind-sfx",
    BalloonKind.SIGN: "kind-aside",
}
CHARACTERS_PER_WORD = 2.5
"""More Japanese or Chinese characters than these for each word: characters are counted."""
MOST_LINES = 60
"""Lines of one text that are shown."""


class Line(NamedTuple):
    """One line: its pieces (text, colour, bold), and the field that it belongs to."""

    pieces: tuple[tuple[str, str, bool], ...]
    field: str = ""
    """`status`, `background`, `characters`, `picture`, `notes`, `script`, `balloon:N`; empty for none."""


class Remark(NamedTuple):
    """Something that is to be said of the page."""

    sign: str
    text: str
    colour: str = "warning"


def panel_lines(
    page: PagePlan,
    index: int | None,
    width: int,
    keys: dict[str, str],
    remarks: Sequence[Remark] = (),
    picture: str = "",
) -> list[Line]:
    """All lines on a panel (None: on the page alone). `keys` are those that change a field.

    `picture` is the name of the panel's picture, where it is known.
    """
    width = max(width, 8)
    lines = list(_page(page, width, remarks))
    if index is None or index >= len(page.panels):
        return lines
    panel = page.panels[index]
    lines += [Line(()), *_heading(page, panel, index, width)]
    lines += _field("Status", panel.status.value, "status", width, keys, status=panel.status)
    lines += _field("Place", panel.background, "background", width, keys)
    lines += _field("People", ", ".join(panel.characters), "characters", width, keys)
    lines += _field("Picture", panel.picture and (picture or panel.picture[:8]), "picture", width, keys)
    lines += _field("Notes", panel.notes, "notes", width, keys)
    lines += _script(panel, width)
    for balloon in panel.balloons:
        lines += _balloon(balloon, width)
    return lines


def _page(page: PagePlan, width: int, remarks: Sequence[Remark]) -> Iterator[Line]:
    if page.title:
        yield from _wrapped(page.title, width, "", bold=True)
    for remark in remarks:
        yield from _wrapped(remark.text, width, remark.colour, first=f"{remark.sign} ")


def _heading(page: PagePlan, panel: PanelPlan, index: int, width: int) -> Iterator[Line]:
    traits = [
        word
        for word, holds in (("inset", panel.inset), ("bleed", panel.bleeds), ("no border", panel.borderless))
        if holds
    ]
    name = f"Panel {panel.label}" if panel.row >= 0 or panel.label else f"Cell {index + 1}"
    said = " · ".join([f"{index + 1} of {len(page.panels)}", *traits])
    yield Line(((name, "kind-panel", True), (f"  {said}"[: max(0, width - cell_len(name))], "quiet", False)))
    if panel.row < 0 and page.script_panels >= 0:
        yield from _wrapped("The script has no panel for this cell.", width, "quiet")


def _field(
    title: str, text: str, field: str, width: int, keys: dict[str, str], *, status: PanelStatus | None = None
) -> Iterator[Line]:
    """The key that changes it, its name, what it is now."""
    key = keys.get(field, "")
    lead = f"{key:>1} {title:<8}"
    sign = f"{STATUS_SIGNS[status]} " if status else ""
    colour = STATUS_COLOURS[status] if status else "" if text else "quiet"
    rows = _rows(sign + (text or "–"), width - cell_len(lead))
    yield Line(
        (((f"{key:>1} "), "accent", True), (f"{title:<8}", "quiet", False), (rows[0], colour, False)), field
    )
    for row in rows[1:]:
        yield Line(((" " * cell_len(lead), "", False), (row, colour, False)), field)


def _script(panel: PanelPlan, width: int) -> Iterator[Line]:
    if panel.description or panel.remarks:
        yield Line(())
    if panel.description:
        yield from _wrapped(panel.description, width, "", field="script")
    if panel.remarks:
        yield from _wrapped(panel.remarks, width, "kind-note", field="script")


def _balloon(balloon: BalloonPlan, width: int) -> Iterator[Line]:
    field = f"balloon:{balloon.number or balloon.order}"
    colour = BALLOON_COLOURS.get(balloon.kind, "kind-speaker")
    words = counted(*weigh(balloon.text).told(CHARACTERS_PER_WORD))
    signs = ("▲ too full " if balloon.overfull else "") + ("◆ placed " if balloon.placed else "")
    name = balloon.speaker or balloon.kind.value
    head = f"{BALLOON_SIGNS[balloon.kind]} {balloon.order} {name}"
    yield Line(())
    room = max(0, width - cell_len(head) - 2)
    said = f"  {signs}{words}"[: room + 2]
    told = (said, "warning" if balloon.overfull else "quiet", False)
    yield Line(((head[:width], colour, True), told), field)
    yield from _wrapped(balloon.text, width, "", field=field, first="  ")


def _wrapped(
    text: str, width: int, colour: str, *, bold: bool = False, field: str = "", first: str = ""
) -> Iterator[Line]:
    """A text in lines; `first` stands before the first one, the others are as far in."""
    pad = " " * cell_len(first)
    for number, row in enumerate(_rows(text, width - len(pad))):
        yield Line((((pad if number else first) + row, colour, bold),), field)


def _rows(text: str, width: int) -> list[str]:
    """At most so many lines, broken between words, or within them where they are longer than a line."""
    width = max(width, 4)
    rows: list[str] = []
    for line in text.splitlines() or [""]:
        row = ""
        for word in line.split():
            if row and cell_len(row) + 1 + cell_len(word) <= width:
                row = f"{row} {word}"
                continue
            if row:
                rows.append(row)
            *full, row = chop_cells(word, width) if cell_len(word) > width else [word]
            rows += full
            if len(rows) > MOST_LINES:
                return [*rows[:MOST_LINES], "…"]
        rows.append(row)
        if len(rows) > MOST_LINES:
            return [*rows[:MOST_LINES], "…"]
    return rows
