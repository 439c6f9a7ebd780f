"""Bringing in a script: ask for its file or its text, then show what was recognised.

A backup, or another program's data, goes on to the preview of those, whatever the file is called.
"""

from __future__ import annotations

from uuid import UUID

from core.errors import GenkoError
from screens.base import GenkoScreen
from screens.import_draft import Source
from screens.import_paths import PathSuggester, path_from
from screens.import_preview import ImportPreview
from screens.pasting import PasteScreen
from screens.prompts import TextPrompt


async def ask_and_import(screen: GenkoScreen) -> UUID | None:
    """Ask for a file until one is in or the writer gives up; gives the new project's id."""
    from screens.backup.importing.arriving import address_in
    from screens.backup.importing.ways import ask_and_bring_in, bring_in, show_import

    path_text = ""
    while True:
        answer = await screen.app.push_screen_wait(
            TextPrompt(
                "Which file?",
                value=path_text,
                hint="~/scripts/volume-2.txt",
                note="A script in English, French or Japanese, a backup, or another program's data. The file "
                "itself is never changed. Enter on an empty line shows what is there to choose from.",
                suggester=PathSuggester(),
            )
        )
        if answer is None:
            return None
        if not answer.strip():
            return await ask_and_bring_in(screen)
        if address := address_in(answer):
            return await show_import(screen, address)
        path_text = answer
        try:
            return await bring_in(screen, path_from(answer))
        except GenkoError as error:
            screen.desk.report(error)


async def paste_and_import(screen: GenkoScreen) -> UUID | None:
    """Offer a place to paste into, then show what was recognised; gives the new project's id."""
    place = PasteScreen()
    await screen.app.push_screen_wait(place)
    return await import_text(screen, place.pasted) if place.pasted else None


async def import_text(screen: GenkoScreen, text: str) -> UUID | None:
    """Show what was recognised in a text; gives the new project's id."""
    shown = await look_at(screen, Source(text=text))
    if shown.error is not None:
        screen.desk.report(shown.error)
    return shown.imported


async def look_at(screen: GenkoScreen, source: Source) -> ImportPreview:
    """Show the preview until it is left."""
    preview = ImportPreview(source)
    await screen.app.push_screen_wait(preview)
    return preview
