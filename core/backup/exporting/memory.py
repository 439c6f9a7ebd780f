"""What is remembered of projects since the last backup: those that stayed as they were cost little then."""

from __future__ import annotations

import contextlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from importlib.metadata import version
from pathlib import Path
from typing import Self
from uuid import UUID

import msgspec

from core.atomic import whole_file
from core.paths import Paths, private_folder

FILE = "backup-memory"
"""In the folder of what can be lost without harm."""
_FORM = 1


class Known(msgspec.Struct, frozen=True, array_like=True):
    """A project as it was when its journal and its pictures had this mark."""

    mark: str
    lines: tuple[str, ...]
    """What it adds to a content id; see `ContentId.lines_of`."""
    words: int
    pages: int
    cuts: tuple[tuple[str, int], ...]
    """The pages of its script: key, characters."""


class _File(msgspec.Struct, frozen=True, array_like=True):
    form: int
    app: str
    """Another Genko may cut a script into pages in another way."""
    projects: dict[str, Known]


@dataclass
class Memory:
    """Read once, written once; use it in one thread."""

    path: Path
    _known: Mapping[str, Known] = field(default_factory=dict)
    _fresh: dict[str, Known] = field(default_factory=dict)

    @classmethod
    def of(cls, paths: Paths) -> Self:
        """What was remembered; nothing if that can't be read."""
        path = paths.state / FILE
        with contextlib.suppress(OSError, msgspec.MsgspecError):
            found = msgspec.msgpack.decode(path.read_bytes(), type=_File)
            if (found.form, found.app) == (_FORM, version("genko")):
                return cls(path, found.projects)
        return cls(path)

    def get(self, project_id: UUID, mark: str) -> Known | None:
        """What is known of a project that has this mark now."""
        known = self._fresh.get(str(project_id)) or self._known.get(str(project_id))
        return known if known is not None and known.mark == mark else None

    def put(self, project_id: UUID, known: Known) -> None:
        """It is so now."""
        self._fresh[str(project_id)] = known

    def keep(self, here: set[UUID]) -> None:
        """Write it down, without projects that are not `here` any more. A disk that refuses does no harm."""
        if not self._fresh:
            return
        names = {str(project_id) for project_id in here}
        projects = {key: known for key, known in {**self._known, **self._fresh}.items() if key in names}
        with contextlib.suppress(OSError):
            private_folder(self.path.parent)
            with whole_file(self.path) as stream:
                stream.write(msgspec.msgpack.encode(_File(_FORM, version("genko"), projects)))
