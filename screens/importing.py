"""Bringing in a script: ask for its file or its text, then show what was recognised."""

from __future__ import annotations

import asyncio
import re
from pathlib import Path
from urllib.parse import unquote, urlsplit
from uuid import UUID

from textual.suggester import Suggester

from screens.base import GenkoScreen
from screens.import_draft import Source
from screens.import_preview import ImportPreview
from screens.pasting import PasteScreen
from screens.prompts import TextPrompt

_MOST = 5000
"""Names of a folder that are looked at for a completion."""


class PathSuggester(Suggester):
    """Completes the last part of a path; folders end with a slash."""

    def __init__(self) -> None:
        super().__init__(use_cache=False, case_sensitive=True)

    async def get_suggestion(self, value: str) -> str | None:
        """The first name that goes on like `value`."""
        return await asyncio.to_thread(complete, value) if value else None


def complete(value: str) -> str | None:
    """`value` with its last part completed from the disk, or None."""
    head, slash, start = value.rpartition("/")
    folder = Path((head or slash) or ".").expanduser()
    try:
        names = []
        for index, child in enumerate(folder.iterdir()):
            if index > _MOST:
                break
            if child.name.startswith(start) and (start or not child.name.startswith(".")):
                names.append(child.name + ("/" if child.is_dir() else ""))
    except (OSError, RuntimeError):
        return None
    return f"{head}{slash}{min(names)}" if names else None


def path_from(text: str) -> Path:
    """A path as typed or pasted: quotes, `file://`, backslash escapes and `~` are understood."""
    text = text.strip()
    if len(text) > 1 and text[0] == text[-1] and text[0] in "'\"":
        text = text[1:-1]
    elif text.startswith("file://"):
        text = unquote(urlsplit(text).path)
    elif "\\" in text and not Path(text).expanduser().exists():
        text = re.sub(r"\\(.)", r"\1", text)
    try:
        return Path(text).expanduser()
    except RuntimeError:
        return Path(text)


async def ask_and_import(screen: GenkoScreen) -> UUID | None:
    """Ask for a file until one is in or the writer gives up; gives the new project's id."""
    path_text = ""
    while True:
        answer = await screen.app.push_screen_wait(
            TextPrompt(
                "Which file?",
                value=path_text,
                hint="~/scripts/volume-2.txt",
                note="A script in English, French or Japanese. The file itself is never changed.",
                suggester=PathSuggester(),
            )
        )
        if not answer or not answer.strip():
            return None
        path_text = answer
        shown = await look_at(screen, Source(path_from(answer)))
        if shown.error is None:
            return shown.imported
        screen.desk.report(shown.error)


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
