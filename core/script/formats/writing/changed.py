"""The changes of a lettering script as a table or as text to read."""

from __future__ import annotations

from core.errors import UsageError
from core.script.formats.writing.about import About, ScriptFormat
from core.script.formats.writing.changes import BalloonChange, changes
from core.script.formats.writing.flow import Line, flow
from core.script.formats.writing.lettering import field, said
from core.script.manuscript import Manuscript

CAN = (ScriptFormat.LETTERING_TSV, ScriptFormat.LETTERING_TXT)


def write_changes(old: Manuscript, new: Manuscript, format: ScriptFormat, about: About) -> bytes:
    """Only what changed for the letterer, in one of the two lettering formats. Raises UsageError for others.

    The table has a heading: `change, old place, old n, new place, new n, speaker, old text, new text`.
    """
    if format not in CAN:
        raise UsageError(
            f"Changes can be written as {CAN[0]} and {CAN[1]} only.", todo=f"Use --format {CAN[0]}."
        )
    found = changes(flow(old, about), flow(new, about))
    if format is ScriptFormat.LETTERING_TXT:
        return "".join(f"{_block(change)}\n\n" for change in found).encode()
    head = ("change", "old place", "old n", "new place", "new n", "speaker", "old text", "new text")
    rows = [head, *(_row(change) for change in found)]
    return "".join("\t".join(row) + "\n" for row in rows).encode()


def _row(change: BalloonChange) -> tuple[str, ...]:
    old, new = change.old, change.new
    return (
        change.kind.value,
        _place(old),
        old.number if old else "",
        _place(new),
        new.number if new else "",
        field(_speakers(old, new)),
        field(" / ".join(said(old))) if old else "",
        field(" / ".join(said(new))) if new else "",
    )


def _block(change: BalloonChange) -> str:
    places = [f"{_place(line)} {line.number}".strip() for line in (change.old, change.new) if line]
    where = " → ".join(dict.fromkeys(places))
    lines = [f"{change.kind.value.upper()}  {where}  {_speakers(change.old, change.new)}".rstrip()]
    texts = [("- ", change.old), ("+ ", change.new)]
    if change.old and change.new and change.old.text == change.new.text:
        texts = [("  ", change.new)]
    lines += [f"{sign}{part}" for sign, line in texts if line for part in said(line) if part]
    return "\n".join(lines)


def _place(line: Line | None) -> str:
    if line is None:
        return ""
    return line.place if line.number else line.page


def _speakers(old: Line | None, new: Line | None) -> str:
    shown = [
        line.cue + "".join(f" ({word})" for word in line.modifiers)
        for line in (old, new)
        if line and line.cue
    ]
    return " → ".join(dict.fromkeys(shown))
