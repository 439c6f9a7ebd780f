"""The script outside of Genko: other editors, exports, hand-offs."""

from __future__ import annotations

import asyncio
import contextlib
import os
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from textual import on, work
from textual.app import SuspendNotSupported
from textual.message import Message

from core.errors import GenkoError
from core.story import Meanwhile, TextEdit
from core.workspace import editing
from core.workspace.editing import Lent, Ran
from screens.script.base import ScriptBase

LOOK_AFTER = 1.0
"""Seconds after the first paint."""
AT_ONCE = 1.0
"""Seconds; an editor that ends sooner without a change has opened a window of its own, most likely."""


@dataclass
class LeftOver(Message):
    """A lent file with words that never came back."""

    path: Path


def run_beside(run: Callable[[], Ran]) -> asyncio.Future[Ran]:
    """Run an editor in a thread that nobody waits for when Genko itself is asked to end meanwhile."""
    loop = asyncio.get_running_loop()
    future: asyncio.Future[Ran] = loop.create_future()

    def done(ran: Ran) -> None:
        if not future.cancelled():
            future.set_result(ran)

    def work() -> None:
        ran = run()
        with contextlib.suppress(RuntimeError):  # the loop is closed: Genko has ended
            loop.call_soon_threadsafe(done, ran)

    threading.Thread(target=work, name="genko-editor", daemon=True).start()
    return future


class Outside(ScriptBase):
    """The writer's own editor."""

    def on_mount(self) -> None:
        """What an editor still held when the program was killed is told of, once all else is shown."""
        self.set_timer(LOOK_AFTER, self._look_for_left_over)

    @work(thread=True, group="outside-look", exit_on_error=False)
    def _look_for_left_over(self) -> None:
        for path in editing.left_over(self.desk.shelf.paths, self.session.project_id):
            self.post_message(LeftOver(path))

    @on(LeftOver)
    def _left_over(self, event: LeftOver) -> None:
        self.notify(
            f"A text that was in your editor did not come back. It is kept; delete it when you have "
            f"what you want of it: {event.path}",
            title="From your editor",
            severity="warning",
            timeout=20,
            markup=False,
        )

    def action_edit_page(self) -> None:
        """The page around the cursor."""
        row = self.editor.cursor[0]
        if not self.session.script.done:
            self.notify("The script is still being read; try again in a moment.", severity="warning")
            return
        page = self.session.script.pages.at(row)
        name = "–".join(str(number) for number in page.numbers)
        name = f"page {name}" if page.index >= 0 else "before page 1"
        end = page.end + (1 if page.end_row < len(self.session.script.lines) else 0)
        self._edit_outside(name, (page.offset, end), row - page.row)

    def action_edit_script(self) -> None:
        """All of it."""
        self._edit_outside(self.session.store.meta.title or "script", None, self.editor.cursor[0])

    @work(exclusive=True, group="outside")
    async def action_export_script(self) -> None:
        """The dialog; what was done is told."""
        from screens.exporting import ExportScreen

        if said := await self.app.push_screen_wait(ExportScreen(self.session)):
            self.notify(said, markup=False, timeout=8)

    @work(exclusive=True, group="outside")
    async def _edit_outside(self, name: str, part: tuple[int, int] | None, row: int) -> None:
        store = self.session.store
        try:
            command = editing.editor_command(os.environ)
            lent = await asyncio.to_thread(
                editing.lend, self.desk.shelf.paths, self.session.project_id, store.text, name=name, part=part
            )
        except GenkoError as error:
            self.desk.report(error)
            return
        began = time.monotonic()
        try:
            with self.app.suspend():  # the app goes on without its screen: journal, polls, signals
                ran = await run_beside(partial(editing.run_editor, command, lent.path, row))
        except SuspendNotSupported:
            editing.put_away(lent)
            self.notify("This terminal can't be lent to another program.", severity="warning")
            return
        await self._bring_home(name, lent, ran, at_once=time.monotonic() - began < AT_ONCE)

    async def _bring_home(self, name: str, lent: Lent, ran: Ran, *, at_once: bool) -> None:
        try:
            wanted = await asyncio.to_thread(editing.take_back, lent, ran)
        except GenkoError as error:
            self.desk.report(error)
            return
        if wanted is None:
            self._tell_unchanged(lent, at_once=at_once)
            return
        replaced = await self._merge_home(lent, wanted)
        said = "What you changed in your editor is in; Ctrl+Z takes it back."
        if self.session.journal.flush(1.0):  # the words are in the project's file before theirs is deleted
            editing.put_away(lent)
        else:
            said += f" The disk takes nothing now, so the editor's file stays: {lent.path}"
        if replaced:
            said += f" {replaced:,} characters that no database can keep stand as \ufffd."
        self.notify(said, timeout=6)
        self.editor.focus()

    def _tell_unchanged(self, lent: Lent, *, at_once: bool) -> None:
        """An editor in a window of its own may have the file open still: it stays then."""
        if at_once:
            self.notify(
                "The editor ended at once and nothing was changed. One with a window of its own needs the "
                "option to wait, as in EDITOR='code --wait'.",
                timeout=10,
            )
        else:
            editing.put_away(lent)
            self.notify("Nothing was changed in the editor.", timeout=4)

    async def _merge_home(self, lent: Lent, wanted: str) -> int:
        """One undo step; edits of others that came meanwhile, or come while this is worked out, stay."""
        self.session.poll()
        meanwhile = Meanwhile(self.session.store)
        try:
            edits = await asyncio.to_thread(editing.brought_home, lent, wanted, meanwhile.text)
            return self._edit_home(meanwhile.fit(edits))
        finally:
            meanwhile.end()

    def _edit_home(self, edits: tuple[TextEdit, ...]) -> int:
        self.session.store.checkpoint()
        replaced = self.session.store.edit_text(edits)
        self.session.store.checkpoint()
        return replaced
