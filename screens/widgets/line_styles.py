"""From what the parser says of a line to the roles that the editor paints."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from core.script import LineKind, ParsedLine, Role, Script
from screens.widgets.editor.styling import StyledSpan

_WHOLE_LINE = {
    LineKind.TITLE: "title",
    LineKind.CHAPTER: "chapter",
    LineKind.SCENE: "scene",
    LineKind.PAGE: "page",
    LineKind.PANEL: "panel",
    LineKind.MODIFIER: "modifier",
    LineKind.CAPTION: "caption",
    LineKind.SFX: "sfx",
    LineKind.SIGN: "sign",
    LineKind.NOTE: "note",
    LineKind.RULE: "note",
}
_PIECES = {Role.SPEAKER: "speaker", Role.MODIFIER: "modifier", Role.NOTE: "note", Role.LABEL: "label"}


class KindStyler:
    """The look of each line of a script; asked only for lines on the screen."""

    def __init__(self, script: Script) -> None:
        self._script = script
        self.marks: Callable[[int, str, ParsedLine], Sequence[StyledSpan]] | None = None
        """What to lay on top of a row, of which the line and its parts are given: misspelt words."""

    def __call__(self, row: int) -> Sequence[StyledSpan]:
        """Spans of one line: the kind under it all, its pieces on top."""
        if row >= len(self._script.lines):
            return ()
        line = self._script.line(row)
        raw = self._script.lines[row]
        spans: list[StyledSpan] = []
        if whole := _WHOLE_LINE.get(line.kind):
            spans.append((0, len(raw), whole))
        spans += [(start, end, _PIECES[role]) for start, end, role in line.spans if role in _PIECES]
        if self.marks is not None:
            spans += self.marks(row, raw, line)
        return spans
