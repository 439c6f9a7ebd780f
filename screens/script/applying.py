"""Many edits of the script made some at a time, as one undo step, while others may be writing."""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence

from core.script import LineBuffer
from core.script.renumbering import Edit
from core.story import TextEdit
from screens.widgets.editor.mapping import Stick, map_offset


class ManyEdits:
    """Edits from the last place to the first, so that those that were made move none that are left."""

    def __init__(self, lines: LineBuffer, edits: Sequence[Edit]) -> None:
        self._lines = lines
        self._left = deque((at, lines.slice(at, at + deleted), new) for at, deleted, new in edits)

    @property
    def done(self) -> bool:
        """Whether nothing is left."""
        return not self._left

    def take(self, count: int) -> list[TextEdit]:
        """The next edits for the text as it is now; what others have changed meanwhile is left out."""
        taken: list[TextEdit] = []
        while self._left and len(taken) < count:
            at, old, new = self._left.popleft()
            if at + len(old) <= self._lines.length and self._lines.slice(at, at + len(old)) == old:
                taken.append(TextEdit(at, len(old), new))
        return taken

    def follow(self, edits: Sequence[TextEdit]) -> None:
        """Others changed the text."""
        self._left = deque((map_offset(at, edits, Stick.AFTER), old, new) for at, old, new in self._left)
