"""Entries by hand, clocks by hand, and real backups of a small library."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

from core.backup.keeping import BackedUp, Catalogue, Entry, KeepingWishes, What, back_up, wishes_of
from core.backup.keeping.clock import Reading
from core.paths import Paths
from core.workspace import Shelf

NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)
SCRIPT = "PAGE 1 :\n\nPANEL 1 :\n(The street at night.)\nAKIRA : Run!\n"


def entry(number: int, made_at: datetime, **more: Any) -> Entry:
    """A verified daily backup of everything."""
    facts: dict[str, Any] = {
        "id": f"{number:08d}-0000-4000-8000-000000000000",
        "path": f"/backups/{number}.genko-backup",
        "made_at": made_at,
        "reason": "daily",
        "words": 100,
        "content_id": f"{number:064x}",
        "verified_at": made_at,
    }
    return Entry(**{**facts, **more})


def reading(wall: datetime, *, hours: float = 0.0, steady: float | None = None, boot: str = "one") -> Reading:
    """Clocks `hours` east of UTC; the steady one counts from the noon of this file unless it is given."""
    ticks = (wall - NOON).total_seconds() + 1e6 if steady is None else steady
    return Reading(wall, int(hours * 3600), ticks, boot)


def days(count: float) -> timedelta:
    """So many days."""
    return timedelta(days=count)


def _paths(home: Path) -> Paths:
    return Paths(home / "data", home / "config", home / "logs", home / "state")


@dataclass(frozen=True)
class Studio:
    """A small library with backups."""

    paths: Paths
    shelf: Shelf
    project: UUID

    @classmethod
    def make(cls, home: Path) -> Studio:
        """One project in it."""
        Shelf(_paths(home)).create(title="Night", text=SCRIPT)
        return cls.at(home)

    @classmethod
    def at(cls, home: Path) -> Studio:
        """One that is there already."""
        shelf = Shelf(_paths(home))
        return cls(shelf.paths, shelf, shelf.list()[0].project_id)

    def wishes(self, **table: Any) -> KeepingWishes:
        """As the settings would say it."""
        return wishes_of(table, self.paths)

    @property
    def folder(self) -> Path:
        """The usual folder of the backups."""
        return self.paths.data / "backups"

    def catalogue(self) -> Catalogue:
        """Opened anew."""
        return Catalogue(self.paths)

    def write(self, words: str) -> None:
        """Something changes."""
        with self.shelf.edited(self.project) as store:
            store.replace_text(f"{store.text}{words}\n")

    def back_up(self, reason: str = "manual", **more: Any) -> BackedUp:
        """A real backup of everything."""
        table = more.pop("table", {})
        return back_up(self.shelf, self.wishes(**table), What(reason, **more))

    def files(self) -> list[str]:
        """Names of the backups in the folder."""
        return sorted(path.name for path in self.folder.glob("*.genko-backup"))
