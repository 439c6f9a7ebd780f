"""What is on this machine of the earlier app: which project came of what, and what the migration did."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import msgspec

from core.atomic import whole_file
from core.errors import GenkoError
from core.paths import Paths, private_folder
from core.workspace.entry import ShelfEntry
from core.workspace.files import facts_of
from core.workspace.origin import FACT
from core.workspace.shelf import Shelf

SYSTEM = "mangaka"


class Copy(msgspec.Struct, frozen=True):
    """The table as it was before anything was brought in."""

    source: str
    where: str
    """A table's name, or a file's."""
    in_database: bool
    rows: int
    why: str = ""
    """Why it is not in the database, if it is not."""


class Run(msgspec.Struct, frozen=True):
    """One run of the migration."""

    at: str
    source: str
    form: str
    imports: tuple[str, ...] = ()
    """Ids of the imports that it was."""


class Migration(msgspec.Struct, frozen=True):
    """All that was done so far; kept beside the projects."""

    copies: tuple[Copy, ...] = ()
    runs: tuple[Run, ...] = ()
    made: tuple[str, ...] = ()
    """What the source calls the projects that the migration made or was about to make: noted before."""
    rolled_back: tuple[str, ...] = ()
    """Ids of the projects that a roll-back put into the trash; the next run takes them out again."""
    seen: dict[str, str] = {}
    """What each project said when it was last brought in, as a checksum: what is the same is passed over."""

    def copy_of(self, source: str) -> Copy | None:
        """The copy that was made of a source."""
        return next((copy for copy in self.copies if copy.source == source), None)


def migrations_folder(paths: Paths) -> Path:
    """Where records and copies of migrations are."""
    return paths.data / "migrations"


def read_migration(paths: Paths) -> Migration:
    """What was done so far. Raises GenkoError for a record that can't be read."""
    path = migrations_folder(paths) / f"{SYSTEM}.json"
    try:
        return msgspec.json.decode(path.read_bytes(), type=Migration)
    except FileNotFoundError:
        return Migration()
    except (OSError, msgspec.MsgspecError) as error:
        raise GenkoError(
            f"The record of the migration can't be read: {path}.",
            safe="Nothing was changed.",
            todo="Move it away: projects that came in before are found without it.",
        ) from error


def write_migration(paths: Paths, migration: Migration) -> None:
    """Keep it, durable. Raises GenkoError."""
    folder = migrations_folder(paths)
    try:
        private_folder(folder)
        with whole_file(folder / f"{SYSTEM}.json") as stream:
            stream.write(msgspec.json.format(msgspec.json.encode(migration), indent=1))
    except OSError as error:
        raise GenkoError(
            f"The record of the migration can't be written: {folder} ({error.strerror or error}).",
            safe="The projects that came in are whole.",
        ) from error


def came_in(shelf: Shelf) -> dict[str, ShelfEntry]:
    """The projects that came of the earlier app, by what it calls them; those in the trash too."""
    found: dict[str, ShelfEntry] = {}
    for entry in (*shelf.list(trashed=True), *shelf.list()):
        source = facts_of(entry).get(FACT, "")
        if source.startswith(f"{SYSTEM}/"):
            found[source.removeprefix(f"{SYSTEM}/")] = entry
    return found


def taken_back(shelf: Shelf) -> set[str]:
    """What the earlier app calls the projects whose last import from it was taken back."""
    from core.backup.importing import imports
    from core.backup.plan import Action

    found: dict[str, bool] = {}
    for report in imports(shelf):  # newest first
        if report.source.system == SYSTEM and not report.undo_of:
            for one in report.projects:
                if one.action not in (Action.SAME, Action.SKIP):
                    found.setdefault(one.key, bool(report.undone_at))
    return {key for key, was_undone in found.items() if was_undone}


class Reports:
    """What the reports of all imports of the earlier app say, by row."""

    def __init__(self, shelf: Shelf) -> None:
        from core.backup.importing import imports

        self._said: dict[str, set[str]] = {}
        for report in imports(shelf):
            if report.source.system == SYSTEM and not report.undo_of:
                for row in report.rows:
                    said = self._said.setdefault(str(row.get("where")), set())
                    said |= {str(row.get("why") or ""), str(row.get("title") or "")}

    def of(self, where: str) -> set[str]:
        """What they say of a row."""
        return self._said.get(where, set())

    def has(self, where: str, why: str) -> bool:
        """Whether one of them says just this, or there is nothing to say."""
        return not why or why in self.of(where)


def now() -> str:
    """This moment, as it is kept."""
    return datetime.now(UTC).isoformat()
