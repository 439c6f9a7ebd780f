"""The folders that something was brought from lately, remembered where nothing of worth is lost."""

from __future__ import annotations

import os
from pathlib import Path

import msgspec

from core.atomic import whole_file
from core.paths import Paths, private_folder

MOST = 8
_NAME = "import-folders.json"


def recent_folders(paths: Paths) -> list[Path]:
    """The last ones that are still there, newest first; blocks."""
    try:
        names = msgspec.json.decode((paths.state / _NAME).read_bytes(), type=list[str])
    except (OSError, msgspec.MsgspecError):
        return []
    return [Path(name) for name in names[:MOST] if os.path.isdir(name)]


def remember_folder(paths: Paths, folder: Path) -> None:
    """Put it in front; blocks. That it can't be remembered is nobody's trouble."""
    known = [one for one in recent_folders(paths) if one != folder]
    try:
        private_folder(paths.state)
        with whole_file(paths.state / _NAME) as stream:
            stream.write(msgspec.json.encode([str(one) for one in [folder, *known][:MOST]]))
    except OSError:
        return
