"""The writer's own files beside the projects, with every secret taken out."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from core.backup.exporting.wishes import Left
from core.paths import Paths

FILES = ("settings.toml", "words.txt")
"""In the folder of settings: settings with the keymap, and one's own words of the spelling."""
THEMES = "themes"
"""The folder of one's own themes there."""
MOST_THEMES = 200
_THEME = re.compile(r"themes/[a-z0-9][a-z0-9_-]{0,60}\.toml")
LARGEST = 4_000_000
"""Bytes of one of them that are taken."""

_SECRET = (
    r"(?:pass(?:word|phrase|wd)?|secret(?:[_-]?\w+)?|token|api[_-]?key"
    r"|access[_-]?key(?:[_-]?id)?|credentials?)"
)
_NAME = re.compile(rf"(?:^|[_.-])(?:{_SECRET}|key)$", re.IGNORECASE)
_IN_URL = re.compile(r"(?<=://)([^\s/@:\"']*):([^\s@/\"']*)@")
_ODD_URL = re.compile(r"(?<=://)[^\s\"'/]*:[^\s\"']*@")
_AS_PARAMETER = re.compile(
    rf"\b((?:\w*_|ssl)?{_SECRET})(\s*=\s*)('(?:[^'\\\n]|\\.)*'|\"(?:[^\"\\\n]|\\.)*\"|[^\s&\"';]+)",
    re.IGNORECASE,
)
_COMMENT = re.compile(r"#.*$", re.MULTILINE)
_KEYMAP = "keymap"


@dataclass(frozen=True, slots=True)
class OwnFile:
    """A file as it goes into the archive."""

    name: str
    """In the folder of settings."""
    content: bytes
    left: Left | None = None
    """What was taken out of it."""


def own_files(paths: Paths) -> Iterator[OwnFile | Left]:
    """Those that exist; a Left for one that can't be taken."""
    for name in (*FILES, *theme_files(paths)):
        content = _content(paths.config / name)
        if isinstance(content, bytes):
            yield _without_secrets(name, content)
        elif content:
            yield Left(f"settings/{name}", content)


def is_own_file(name: str) -> bool:
    """Whether this is the name of a file that goes with the settings; nothing else is ever written there."""
    return name in FILES or _THEME.fullmatch(name) is not None


def theme_files(paths: Paths) -> list[str]:
    """The writer's own themes: their names in the folder of settings."""
    try:
        names = sorted(f"{THEMES}/{path.name}" for path in (paths.config / THEMES).iterdir())
    except OSError:
        return []
    return [name for name in names if is_own_file(name)][:MOST_THEMES]


def settings_id(sums: Iterable[tuple[str, str]]) -> str:
    """One name for the writer's own files: of their names in an archive and the SHA-256 (hex) of each."""
    return sha256("".join(sorted(f"{name} {digest}\n" for name, digest in sums)).encode()).hexdigest()


def settings_id_of(paths: Paths) -> str:
    """The name of those that a backup would have now."""
    found = (one for one in own_files(paths) if isinstance(one, OwnFile))
    return settings_id((f"settings/{one.name}", sha256(one.content).hexdigest()) for one in found)


def _content(path: Path) -> bytes | str:
    """Its bytes; why not, if it is there and can't be taken; empty words if it isn't there."""
    try:
        if not path.is_file():
            return ""
        with path.open("rb") as stream:
            content = stream.read(LARGEST + 1)
    except OSError as error:
        return f"it can't be read ({error.strerror})."
    return content if len(content) <= LARGEST else "it is too large to be a file of Genko's."


def _without_secrets(name: str, content: bytes) -> OwnFile | Left:
    if not name.endswith(".toml"):
        return OwnFile(name, content)
    try:
        text = content.decode()
        cleaned, found = without_secrets(text)
    except (UnicodeDecodeError, tomllib.TOMLDecodeError):
        return Left(f"settings/{name}", "it can't be read as TOML, so a password in it would not be found.")
    left = (
        Left(f"Passwords and keys of settings/{name}", "they are never put into a backup.") if found else None
    )
    return OwnFile(name, cleaned.encode() if found else content, left)


def without_secrets(text: str) -> tuple[str, bool]:
    """Settings with passwords and keys taken out, comments and all, and whether there were any.

    Raises TOMLDecodeError for what is no TOML.
    """
    import tomlkit
    from tomlkit.exceptions import TOMLKitError

    tomllib.loads(text)
    try:
        document = tomlkit.parse(text)
    except TOMLKitError as error:
        raise tomllib.TOMLDecodeError from error
    found = _clear(document)
    cleaned = tomlkit.dumps(document) if found else text
    swept = _COMMENT.sub(lambda comment: _swept(comment[0]), cleaned)
    return swept, swept != text


def _clear(table: Any) -> bool:
    """Empty the secrets of a table and of those in it; whether there were any."""
    found = False
    items = list(table.items()) if hasattr(table, "items") else list(enumerate(table))
    for key, value in items:
        if key == _KEYMAP:
            continue
        if isinstance(value, str):
            cleaned = "" if isinstance(key, str) and _NAME.search(key) else _swept(str(value))
            if cleaned != value:
                table[key] = cleaned
                found = True
        elif hasattr(value, "items") or isinstance(value, list):
            if isinstance(key, str) and _NAME.search(key) and value:
                del table[key]
                found = True
            else:
                found = _clear(value) or found
    return found


def _swept(text: str) -> str:
    """Without what stands as a password in an address, or behind `password=`."""
    text = _IN_URL.sub(r"\1@", text)
    text = _ODD_URL.sub("", text)  # a password with signs that should have been encoded
    return _AS_PARAMETER.sub(_emptied, text)


def _emptied(found: re.Match[str]) -> str:
    return f"{found[1]}{found[2]}" if found[3] in ("''", '""') else f"{found[1]}{found[2]}''"
