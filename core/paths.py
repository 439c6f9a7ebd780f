"""Where Genko's files are: one folder under GENKO_HOME, else the platform's own places."""

from __future__ import annotations

import os
import stat
from dataclasses import dataclass
from pathlib import Path

import platformdirs


@dataclass(frozen=True)
class Paths:
    """The folders of one user. Nothing is created by asking for them."""

    data: Path
    """Projects, the embedded server."""
    config: Path
    """settings.toml."""
    logs: Path
    state: Path
    """What can be lost without harm: remembered file links, terminal answers."""

    @property
    def projects(self) -> Path:
        """The folder of the journals, one `<uuid>.genko` a project."""
        return self.data / "projects"

    @property
    def drafts(self) -> Path:
        """The folder of the drafts' journals, one `<uuid>.genko` a draft."""
        return self.data / "drafts"

    @property
    def published_media(self) -> Path:
        """Where the media of published packs are, unless the settings name another place."""
        return self.data / "published" / "media"

    @property
    def backups_file(self) -> Path:
        """The catalogue of the backups; missing until there is one."""
        return self.data / "backups.sqlite"

    @property
    def kept(self) -> Path:
        """Other programs' data that waits for its place, a folder a package."""
        return self.data / "kept"

    @property
    def settings_file(self) -> Path:
        """The user's settings."""
        return self.config / "settings.toml"

    @classmethod
    def from_environment(cls) -> Paths:
        """Read GENKO_HOME (one folder for everything), else ask platformdirs."""
        home = os.environ.get("GENKO_HOME")
        if home:
            root = Path(home).expanduser().absolute()
            return cls(root / "data", root / "config", root / "logs", root / "state")
        dirs = platformdirs.PlatformDirs("genko", appauthor=False)
        return cls(
            Path(dirs.user_data_dir),
            Path(dirs.user_config_dir),
            Path(dirs.user_log_dir),
            Path(dirs.user_state_dir),
        )


def private_folder(path: Path) -> Path:
    """Make `path` (and what leads to it) and close it to other users of the machine.

    A folder that everybody uses, as /tmp, stays as it is, even for root, who owns it.
    """
    # mkdir(parents=True) would leave to the umask who may change what leads to it
    for missing in reversed([folder for folder in path.parents if not folder.exists()]):
        missing.mkdir(exist_ok=True, mode=0o700)
    path.mkdir(exist_ok=True, mode=0o700)
    known = path.stat()
    if known.st_uid == os.geteuid() and not known.st_mode & stat.S_ISVTX:
        path.chmod(0o700)
    return path
