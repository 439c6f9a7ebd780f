"""Numbers put in order, and many edits of the script as one undo step."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from textual import work

from core.story import TextEdit
from screens.script.applying import make_many
from screens.script.base import ScriptBase
from screens.widgets.editor.mapping import Stick, map_offset
from screens.widgets.editor.pace import AT_ONCE
from screens.wording import counted

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from core.script.renumbering import Edit

LOOK_MS = 5.0
"""Milliseconds of looking at a time, so that keys are never kept waiting."""
LOOK_PAUSE = 0.01


class Ordering(ScriptBase):
    """Edits that the program makes for the writer; numbers in order."""

    async def _apply(self, edits: Sequence[Edit]) -> bool:
        """Edit the text as one undo step of its own; the cursor stays with its words.

        False, and said why, while many other edits are still being made.
        """
        if self.is_being_changed():
            return False
        if len(edits) > AT_ONCE:  # not given up halfway when the next command comes
            await asyncio.shield(asyncio.ensure_future(self._apply_many(edits)))
            return True
        made = [TextEdit(*edit) for edit in edits]
        wrapped, (start, end) = self.editor.wrapped, self.editor.selection
        anchor, cursor = (map_offset(wrapped.offset(place), made, Stick.BEFORE) for place in (start, end))
        self.session.store.checkpoint()
        self.editor.edit(*made, select=(anchor, cursor))
        self.session.store.checkpoint()
        return True

    async def _apply_many(
        self, edits: Sequence[Edit], begin: Callable[[Sequence[TextEdit]], object] | None = None
    ) -> None:
        """The same some at a time, so that the screen goes on; nothing is typed meanwhile.

        From the last place to the first. `begin` makes the first ones, with what belongs to the step.
        """
        self.editor.read_only = True
        try:
            await make_many(self.session, edits, begin, goes_on=lambda: self.is_mounted)
        finally:
            self.editor.read_only = False

    @work(exclusive=True, group="mending")
    async def action_renumber(self) -> None:
        """Numbers in order; only asks where the book begins if it does not begin at 1."""
        await self._renumber(fill=False)

    @work(exclusive=True, group="mending")
    async def action_write_numbers(self) -> None:
        """The same, and bare headings get theirs."""
        await self._renumber(fill=True)

    async def _renumber(self, *, fill: bool) -> None:
        from core.script.renumbering import Renumber, Scope

        script = self.session.script
        start: int | None = None
        while True:
            work, version = Renumber(script, Scope(start=start, fill=fill)), script.version
            while not work.advance(LOOK_MS) and script.version == version:
                await asyncio.sleep(0)
            first = work.first_page
            if start is None and first is not None and first.numbers[:1] > (1,) and not first.forced:
                start = await self._first_number(first.numbers[0])
                if start is None:
                    return
            elif script.version == version and script.done:
                break
            else:
                await asyncio.sleep(LOOK_PAUSE)  # somebody else writes: begin anew
        assert work.result is not None  # it has come to its end
        if not await self._apply(work.result.edits):
            return
        changed, kept, left = work.result.changed, work.result.kept, work.result.left
        said = f"{counted(changed, 'number')} changed." if changed else "The numbers are in order."
        if kept:
            said += f" {counted(kept, 'forced number')} kept."
        if left:
            said += f" {counted(left, 'number')} can't be spelled that way and stayed."
        self.notify(said, timeout=5)

    async def _first_number(self, written: int) -> int | None:
        from screens.prompts import Choice

        answer = await self.app.push_screen_wait(
            Choice(
                "Where do the pages begin?",
                f"The first page of the script is number {written}.",
                [("1", "At 1"), (str(written), f"Go on from {written}"), ("cancel", "Cancel")],
            )
        )
        return int(answer) if answer.isdigit() else None
