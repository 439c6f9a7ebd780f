"""The ways in: chosen, typed, pasted or dropped, a file goes to the preview that can show it."""

from __future__ import annotations

import asyncio
from pathlib import Path
from uuid import UUID

from core.errors import GenkoError
from screens.backup.importing.arriving import Kind, is_address, kind_of, paths_in
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
    return await bring_in(screen, path) if path is not None else None


async def bring_in(screen: GenkoScreen, path: Path) -> UUID | None:
    """Show what a file would bring: a backup and old data here, a script in its own preview."""
    from screens.backup.importing.recent import remember_folder

    try:
        kind = await asyncio.to_thread(kind_of, path)
    except GenkoError as error:
        screen.desk.report(error)
        return None
    await asyncio.to_thread(remember_folder, screen.desk.shelf.paths, path.parent.absolute())
    if kind is not Kind.SCRIPT:
        return await show_import(screen, path)
    from screens.import_draft import Source
    from screens.importing import look_at

    shown = await look_at(screen, Source(path))
    if shown.error is not None:
        screen.desk.report(shown.error)
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
    if is_address(text):
        return True, await show_import(screen, text.strip())
    found = await asyncio.to_thread(paths_in, text)
    opened = None
    for path in found:
        opened = await bring_in(screen, path) or opened
    return bool(found), opened
