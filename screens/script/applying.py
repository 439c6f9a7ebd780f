"""Many edits of the script made some at a time, as one undo step, while others may be writing."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable, Sequence

from core.script import LineBuffer
from core.script.renumbering import Edit
from core.story import Change, Section, TextEdit
from core.workspace import ProjectSession
from screens.widgets.editor.mapping import Stick, map_offset
from screens.widgets.editor.pace import PAUSE, SOME


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


async def make_many(
    session: ProjectSession,
    edits: Sequence[Edit],
    begin: Callable[[Sequence[TextEdit]], object] | None = None,
    *,
    goes_on: Callable[[], bool] = lambda: True,
) -> None:
    """Make them as one undo step while the screen goes on; nobody at this screen may type meanwhile.

    `begin` makes the first ones, with what belongs to the step.
    """
    store, many = session.store, ManyEdits(session.script.lines, edits)
    own = joined = False

    def others(change: Change) -> None:
        if not own:
            many.follow(change.edits)

    stop = store.subscribe(Section.SCRIPT, others)
    store.checkpoint()
    try:
        while not many.done and goes_on():
            if made := many.take(SOME):
                own = True
                if begin is not None and not joined:
                    begin(made)
                else:
                    store.edit_text(made, joined=joined)
                own, joined = False, True
            await asyncio.sleep(PAUSE)
    finally:
        stop()
        store.checkpoint()
