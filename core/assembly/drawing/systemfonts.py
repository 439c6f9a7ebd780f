"""Font files of this machine, in the folders where fonts are kept; asked only for what our own lack."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

_ENDINGS = (".ttf", ".otf", ".ttc")
_FIRST = ("notosans", "dejavusans", "arialunicode", "arial", "hiragino", "yugoth", "meiryo", "liberationsans")
"""Families that go well with ours and have many characters."""
_NEVER = ("emoji", "lastresort", "adobeblank")
"""Fonts of coloured pictures, and fonts that have a box for every character."""


def font_folders(environment: Mapping[str, str], platform: str = sys.platform) -> list[Path]:
    """Where fonts are kept, those of everybody first."""
    home = Path(environment.get("HOME") or "/nonexistent")
    if platform == "darwin":
        return [Path("/System/Library/Fonts"), Path("/Library/Fonts"), home / "Library/Fonts"]
    if platform == "win32":
        return [Path(environment.get("WINDIR", r"C:\Windows")) / "Fonts"]
    shared = environment.get("XDG_DATA_DIRS") or "/usr/local/share:/usr/share"
    own = environment.get("XDG_DATA_HOME") or str(home / ".local/share")
    folders = [Path(one) / "fonts" for one in (*reversed(shared.split(":")), own) if one]
    return [*folders, home / ".fonts"]


@cache
def _files(folders: tuple[Path, ...]) -> tuple[Path, ...]:
    found: set[Path] = set()
    for folder in folders:
        for root, _, names in os.walk(folder):
            found.update(Path(root, name) for name in names if name.lower().endswith(_ENDINGS))
    return tuple(sorted((path for path in found if _wanted(path)), key=_rank))


def _plain(path: Path) -> str:
    return path.stem.lower().replace("-", "").replace("_", "").replace(" ", "")


def _wanted(path: Path) -> bool:
    return not any(word in _plain(path) for word in _NEVER)


def _rank(path: Path) -> tuple[int, int, int, str]:
    """Upright sans of a usual weight first; then by name, so that each run finds the same."""
    name = _plain(path)
    family = next((at for at, known in enumerate(_FIRST) if name.startswith(known)), len(_FIRST))
    odd = any(word in name for word in ("italic", "oblique", "condensed", "thin", "black", "light", "mono"))
    return int(odd), family, int("regular" not in name), str(path)


def font_files() -> Iterator[tuple[Path, int]]:
    """(file, index of the font in it) in the order in which they are asked."""
    for path in _files(tuple(font_folders(os.environ))):
        yield path, 0
