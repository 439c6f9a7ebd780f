"""One name for what a backup holds: the same content has the same name, whenever it is exported."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

import msgspec

from core.backup.archive.lines import DRAFT_RECORDS, DraftLine, Line, PageLine, ProjectLine

CONTENT = (
    *("projects", "pages", "characters", "backgrounds", "scenes", "assembly", "pictures"),
    *("drafts", *DRAFT_RECORDS, "draft_media"),
)
"""The sections that count: saves and settings may differ with the same words."""

_canonical = msgspec.json.Encoder(order="deterministic").encode


@dataclass
class ContentId:
    """Takes the lines of all sections, a project's in their order, and gives the SHA-256 (hex) of the whole.

    That is the SHA-256 of the sorted lines `project section sha256`. The order of projects does not
    count, nor how a script is cut into pages, nor when a project was edited or trashed.
    """

    _sums: dict[UUID, dict[str, Any]] = field(default_factory=dict)
    chosen: set[str] = field(default_factory=set)
    """The sections that are there."""
    _kept: set[str] = field(default_factory=set)

    def begin(self, section: str) -> None:
        """A section is there, though it may be empty."""
        if section in CONTENT:
            self.chosen.add(section)

    def add(self, section: str, line: Line, encoded: bytes) -> None:
        """Count a line; `encoded` is its canonical form."""
        if section not in CONTENT:
            return
        if isinstance(line, ProjectLine | DraftLine):
            self._sum(line.id, section).update(_canonical(line.meta))
        elif isinstance(line, PageLine):
            self._sum(line.project, section).update(line.text.encode())
        else:
            self._sum(line.project, section).update(encoded)  # type: ignore[attr-defined]  # all others have one

    def keep(self, package: str) -> None:
        """Count a package of other programs' data; its name is that of its content."""
        self._kept.add(kept_line(package))

    def lines_of(self, project: UUID) -> tuple[str, ...]:
        """What one project adds to the whole."""
        sums = self._sums.get(project, {}).items()
        return tuple(f"{project} {section} {found.hexdigest()}\n" for section, found in sums)

    def value(self) -> str:
        """The id of what was added so far."""
        lines = (line for project in self._sums for line in self.lines_of(project))
        return content_id(self.chosen, (*lines, *self._kept))

    def _sum(self, project: UUID, section: str) -> Any:
        sums = self._sums.setdefault(project, {})
        if section not in sums:
            sums[section] = hashlib.sha256()
        return sums[section]


def kept_line(package: str) -> str:
    """What a package of other programs' data adds to the whole."""
    return f"kept {package}\n"


def content_id(chosen: Iterable[str], lines: Iterable[str]) -> str:
    """The id of lines as `ContentId.lines_of` gives them, of the sections that were chosen."""
    whole = [*(f"{section}\n" for section in chosen), *lines]
    return hashlib.sha256("".join(sorted(whole)).encode()).hexdigest()
