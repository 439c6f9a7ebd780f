"""The ways in: chosen, typed, pasted or dropped, a file goes to the preview that can show it."""

from __future__ import annotations

import asyncio
from pathlib import Path
from uuid import UUID

from textual import on, work
from textual.events import Paste

from core.errors import GenkoError
from screens.backup.importing.arriving import Kind, address_in, kind_of, paths_in
from screens.base import GenkoScreen


async def ask_and_bring_in(screen: GenkoScreen) -> UUID | None:
    """Let the writer choose a file or a folder, then show what it would bring; gives a project to open."""
    from screens.backup.importing.picking import Picker
    from screens.backup.importing.recent import recent_folders

    paths = screen.desk.shelf.paths
    recent = await asyncio.to_thread(recent_folders, paths)
    picker = Picker(recent[0] if recent else Path.home(), recent)
    path = await screen.app.push_screen_wait(picker)
    if picker.address:
        return await show_import(screen, picker.address)
    return await told_and_brought(screen, path) if path is not None else None


async def told_and_brought(screen: GenkoScreen, path: Path) -> UUID | None:
    """As `bring_in`; what can't be shown is told."""
    try:
        return await bring_in(screen, path)
    except GenkoError as error:
        screen.desk.report(error)
        return None


async def bring_in(screen: GenkoScreen, path: Path) -> UUID | None:
    """Show what a file would bring: a backup and old data here, a script in its own preview.

    Gives a project to open. Raises GenkoError for what can't be shown at all.
    """
    from screens.backup.importing.recent import remember_folder

    kind = await asyncio.to_thread(kind_of, path)
    await asyncio.to_thread(remember_folder, screen.desk.shelf.paths, path.parent.absolute())
    if kind is not Kind.SCRIPT:
        return await show_import(screen, path)
    from screens.import_draft import Source
    from screens.importing import look_at

    shown = await look_at(screen, Source(path))
    if shown.error is not None:
        raise shown.error
    return shown.imported


async def show_import(screen: GenkoScreen, path: Path | str) -> UUID | None:
    """The preview of a backup or of old data, until it is left; gives a project to open."""
    from screens.backup.importing.screen import ImportScreen

    preview = ImportScreen(path)
    await screen.app.push_screen_wait(preview)
    return preview.opened


async def bring_in_pasted(screen: GenkoScreen, text: str) -> tuple[bool, UUID | None]:
    """Whether a pasted text was a path or an address, and the project to open if one was chosen.

    Several paths are shown one after another.
    """
    if address := address_in(text):
        return True, await show_import(screen, address)
    found = await asyncio.to_thread(paths_in, text)
    opened = None
    for path in found:
        opened = await told_and_brought(screen, path) or opened
    return bool(found), opened


class BringsIn(GenkoScreen):
    """A place where imports begin: by a command, or by a path that is pasted or dropped into it."""

    @work(exclusive=True, group="bring-in")
    async def action_import_backup(self) -> None:
        """i: choose what to import."""
        self._came_in(await ask_and_bring_in(self))

    @work(exclusive=True, group="bring-in")
    async def action_undo_import(self) -> None:
        """u: the imports that were made, each with its way back."""
        from screens.backup.importing.imports import ImportsScreen

        screen = ImportsScreen()
        await self.app.push_screen_wait(screen)
        self._came_in(screen.opened)

    @on(Paste)
    def _dropped(self, event: Paste) -> None:
        event.stop()
        self._bring_in_dropped(event.text)

    @work(exclusive=True, group="bring-in")
    async def _bring_in_dropped(self, text: str) -> None:
        taken, opened = await bring_in_pasted(self, text)
        if not taken:
            self.notify("What was pasted is no file of this machine and no address.", timeout=5)
        self._came_in(opened)

    def _came_in(self, opened: UUID | None) -> None:
        if opened is not None:
            self.desk.open_project(opened)
