"""Bringing in a file: ask for its path, read it, say how it was read, make a project of it."""

from __future__ import annotations

import asyncio
import codecs
import re
from pathlib import Path
from urllib.parse import unquote, urlsplit
from uuid import UUID

from textual.suggester import Suggester

from core.errors import GenkoError
from core.incoming import Incoming, read_file
from core.incoming.encodings import NAMES
from core.workspace import import_incoming
from screens.base import GenkoScreen
from screens.prompts import Choice, TextPrompt
from screens.wording import counted

_MOST = 5000
"""Names of a folder that are looked at for a completion."""
MOST_OFFERED = 5
"""Encodings offered at once."""


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
    """Ask until a file is in or the writer gives up; gives the new project's id."""
    desk = screen.desk
    path_text = ""
    while True:
        answer = await screen.app.push_screen_wait(
            TextPrompt(
                "Which file?",
                value=path_text,
                hint="~/scripts/volume-2.txt",
                note="A text in English, French or Japanese. The file itself is never changed.",
                suggester=PathSuggester(),
            )
        )
        if not answer or not answer.strip():
            return None
        path_text = answer
        path = path_from(answer)
        try:
            incoming = await _settle_encoding(screen, path, await asyncio.to_thread(read_file, path))
            if incoming is None:
                continue
            entry = await asyncio.to_thread(import_incoming, desk.shelf, incoming, source=path)
        except GenkoError as error:
            desk.report(error)
            continue
        figures = f"{counted(entry.pages, 'page')}, {counted(entry.words, 'word')}"
        screen.notify(f"“{entry.shown_title}” is in: {figures}.", markup=False)
        for note in incoming.notes:
            screen.notify(note, markup=False, timeout=10)
        return entry.project_id


async def _settle_encoding(screen: GenkoScreen, path: Path, incoming: Incoming) -> Incoming | None:
    """Show how a file that is not UTF-8 reads, and offer other encodings; None: back to the path."""
    if not incoming.guessed:
        return incoming
    fitting = dict.fromkeys((incoming.encoding, *incoming.alternatives))
    ordered = [name for name in screen.desk.preferences.encodings if name in fitting]
    names = list(dict.fromkeys((*ordered, *fitting)))[:MOST_OFFERED]
    while True:
        others = [name for name in names if _canonical(name) != _canonical(incoming.encoding)]
        answer = await screen.app.push_screen_wait(
            Choice(
                f"Read as {_spoken(incoming.encoding)}?",
                "The file does not say how its letters are written, so this is a guess. "
                f"Is this line right?\n\n  {_odd_line(incoming.text)}",
                [("yes", "Yes"), *((name, _spoken(name)) for name in others), ("cancel", "Cancel")],
            )
        )
        if answer in ("yes", "cancel"):
            return incoming if answer == "yes" else None
        incoming = await asyncio.to_thread(read_file, path, answer)


def _canonical(encoding: str) -> str:
    """One name for the many spellings of an encoding."""
    return codecs.lookup(encoding).name


def _spoken(encoding: str) -> str:
    """An encoding as people know it, and its name."""
    return f"{NAMES[encoding]}, {encoding}" if encoding in NAMES else encoding


def _odd_line(text: str) -> str:
    """The first line with a letter beyond ASCII: the one that shows whether a guess is right."""
    line = next((line.strip() for line in text.split("\n") if not line.isascii()), text[:60])
    at = next((index for index, letter in enumerate(line) if not letter.isascii()), 0)
    return line[max(0, at - 24) : at + 36]
