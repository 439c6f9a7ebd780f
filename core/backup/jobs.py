"""What the process for backups can be asked: plain values, fit to travel."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Generic, TypeVar

import msgspec

from core.backup.answers import Compared, Forecast, Leaf, Made, PartNow, Summary, Verified
from core.backup.keeping.told import Today
from core.backup.keeping.wishes import KeepingWishes
from core.backup.plan import Decisions, ImportPlan, ImportReport
from core.errors import GenkoError, LockedError, UsageError
from core.paths import Paths
from core.script.difference import Part
from core.server import ServerSettings

T = TypeVar("T")


class Place(msgspec.Struct, frozen=True):
    """Where a writer's things are, told to a process that knows nothing yet."""

    data: str
    config: str
    logs: str
    state: str
    served: bool = False
    """Whether there is a server to be asked."""
    url: str | None = None
    binaries: str | None = None

    @classmethod
    def of(cls, paths: Paths, server: ServerSettings | None = None) -> Place:
        """`server` is None where none answers."""
        folders = (str(paths.data), str(paths.config), str(paths.logs), str(paths.state))
        if server is None:
            return cls(*folders)
        return cls(*folders, True, server.url, str(server.binaries) if server.binaries else None)

    @property
    def paths(self) -> Paths:
        """The folders."""
        return Paths(Path(self.data), Path(self.config), Path(self.logs), Path(self.state))

    @property
    def server(self) -> ServerSettings | None:
        """Where the server is."""
        if not self.served:
            return None
        return ServerSettings(self.url, Path(self.binaries) if self.binaries else None, Path(self.data))


class Job(msgspec.Struct, Generic[T], frozen=True, tag=True):
    """Something that the process does; T is what it answers."""


class BackUp(Job[Made], frozen=True):
    """Write, read back, record, copy to the second place, let go of what has had its time."""

    projects: tuple[str, ...] = ()
    """Ids; empty: the whole library."""
    sections: tuple[str, ...] = ()
    """Empty: everything."""
    folder: str = ""
    """Empty: where backups are."""
    label: str = ""
    reason: str = "manual"
    passphrase: str = ""
    sheet: str = ""
    """A new file for the recovery sheet; the key on it leaves the process in no other way."""
    wishes: KeepingWishes | None = None
    """How backups are wanted; None: as without settings."""


class Estimate(Job[Forecast], frozen=True):
    """What `BackUp` would make."""

    projects: tuple[str, ...] = ()
    sections: tuple[str, ...] = ()


class Verify(Job[tuple[Verified, ...]], frozen=True):
    """Read backups of the catalogue again; what is found is written down there."""

    ids: tuple[str, ...]
    passphrase: str = ""
    wishes: KeepingWishes | None = None


class Refresh(Job[tuple[str, ...]], frozen=True):
    """Bring the list of backups in step with their folder; answers sentences on what was found."""

    wishes: KeepingWishes | None = None


class Look(Job[Summary], frozen=True):
    """What a backup says of itself."""

    path: str
    passphrase: str = ""


class Read(Job[int], frozen=True):
    """All of one project of a backup that can be read, leaf by leaf; answers how many."""

    path: str
    project: str
    passphrase: str = ""


class Compare(Job[Compared], frozen=True):
    """A project of a backup with what it is now, part by part."""

    path: str
    project: str
    passphrase: str = ""


class LookAtPart(Job[PartNow], frozen=True):
    """What `RestorePart` would change."""

    path: str
    project: str
    part: str
    passphrase: str = ""


class Plan(Job[ImportPlan], frozen=True):
    """What an import would do."""

    path: str
    decisions: Decisions = Decisions()
    passphrase: str = ""


class Apply(Job[ImportReport], frozen=True):
    """Do what was planned."""

    path: str
    plan: ImportPlan
    decisions: Decisions = Decisions()
    passphrase: str = ""
    wishes: KeepingWishes | None = None


class Undo(Job[ImportReport], frozen=True):
    """Take an import back."""

    import_id: str
    wishes: KeepingWishes | None = None


class PlanUndo(Job[ImportReport], frozen=True):
    """What `Undo` would take back, and what would stay."""

    import_id: str


class RestorePart(Job[ImportReport], frozen=True):
    """Bring back one page or one record from a backup."""

    path: str
    project: str
    part: str
    passphrase: str = ""
    wishes: KeepingWishes | None = None


class LookAfter(Job[Today], frozen=True):
    """Make today's backup if it is due, copy what waits, read some old backups again."""

    wishes: KeepingWishes | None = None


AnyJob = (
    (BackUp | Estimate | Verify | Refresh | LookAfter)
    | (Look | Read | Compare | LookAtPart)
    | (Plan | Apply | Undo | PlanUndo | RestorePart)
)
Piece = Leaf | Part
"""What may come before the answer, in pieces, so that nothing long is decoded at once."""


class Request(msgspec.Struct, frozen=True):
    """All that the process is told."""

    place: Place
    job: AnyJob
    slices: tuple[msgspec.Raw, ...] = ()
    """Of the plan of `Apply`, each in msgpack: it goes without its items and rows (`core.backup.slicing`)."""


NOTHING = msgspec.Raw(b"null")


KINDS: Mapping[str, type[GenkoError]] = {"usage": UsageError, "locked": LockedError}
"""The kinds of errors that cross over to whoever has asked; of all others the words do."""


class Line(msgspec.Struct, frozen=True, omit_defaults=True):
    """A line of what it says: one of a step, a piece, an error, the answer."""

    what: str = ""
    done: int = 0
    total: int = 0
    unit: str = "bytes"
    piece: msgspec.Raw = NOTHING
    error: tuple[str, str, str] | None = None
    """What, safe, todo."""
    kind: str = ""
    """Of an error that its reader treats in a way of its own: a name of KINDS."""
    answer: msgspec.Raw = NOTHING
