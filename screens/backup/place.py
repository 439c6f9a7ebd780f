"""What every screen that has backups worked on tells the process that does it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from screens.base import GenkoScreen

if TYPE_CHECKING:
    from core.backup.jobs import Place
    from core.backup.keeping.wishes import KeepingWishes

MAY_BE_DONE = (
    "Quitting stops it: each project has all of it or nothing. What was done by then, u on the backup "
    "screen shows, and takes back."
)
"""Of an import, or a part of one, that is under way when somebody quits."""


class PlacedScreen(GenkoScreen):
    """Knows where the writer's things are, and how backups are wanted."""

    @property
    def place(self) -> Place:
        """Where everything is, for the process."""
        from core.backup.jobs import Place

        server = self.desk.server
        return Place.of(self.desk.shelf.paths, server.settings if server is not None else None)

    @property
    def wishes(self) -> KeepingWishes:
        """How backups are wanted. Raises UsageError for settings that make no sense."""
        import msgspec

        from core.backup.keeping.wishes import wishes_of

        return wishes_of(msgspec.to_builtins(self.desk.preferences.backup), self.desk.shelf.paths)
