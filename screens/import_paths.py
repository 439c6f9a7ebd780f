"""Paths as people type and paste them, completed from the disk."""

from __future__ import annotations

import asyncio
import os
import re
from pathlib import Path
from urllib.parse import unquote

from textual.suggester import Suggester

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
                names.append(child.name + ("/" if os.path.isdir(child) else ""))
    except (OSError, RuntimeError):
        return None
    return f"{head}{slash}{min(names)}" if names else None


def path_from(text: str) -> Path:
    """A path as typed or pasted: quotes, `file://`, backslash escapes and `~` are understood."""
    text = text.strip()
    if len(text) > 1 and text[0] == text[-1] and text[0] in "'\"":
        text = text[1:-1]
    elif text.startswith("file://"):
        text = unquote("/" + text.removeprefix("file://").partition("/")[2])
    elif "\\" in text and not os.path.exists(os.path.expanduser(text)):
        text = re.sub(r"\\(.)", r"\1", text)
    try:
        return Path(text).expanduser()
    except RuntimeError:
        return Path(text)
