"""What the process for backups can be asked and what it answers: plain values, fit to travel."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Generic, TypeVar

import msgspec

from core.backup.keeping.told import Today
from core.backup.keeping.wishes import KeepingWishes
from core.backup.plan import Decisions, ImportPlan, ImportReport
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


# What is answered


class Made(msgspec.Struct, frozen=True):
    """A backup that has been written, read back and recorded."""

    id: str
    path: str
    size: int
    words: int = 0
    pages: int = 0
    seconds: float = 0.0
    notes: tuple[str, ...] = ()
    """What a writer should know of it, in sentences: what is left out, where no copy could be put."""


class Forecast(msgspec.Struct, frozen=True):
    """What a backup would hold, before it is made."""

    projects: int
    pages: int
    words: int
    size: int
    """Bytes, about."""
    sections: tuple[SectionFacts, ...] = ()
    notes: tuple[str, ...] = ()


class Verified(msgspec.Struct, frozen=True):
    """One backup that was read again, byte by byte."""

    id: str
    failed: str = ""
    """Why it is not whole, in a sentence; empty: it is."""


class SectionFacts(msgspec.Struct, frozen=True):
    """A section of a backup."""

    name: str
    count: int
    size: int = 0


class ProjectFacts(msgspec.Struct, frozen=True):
    """A project in a backup."""

    id: str
    title: str
    words: int = 0
    pages: int = 0


class Summary(msgspec.Struct, frozen=True):
    """What a backup says of itself."""

    path: str
    made_at: str
    """ISO 8601."""
    reason: str = ""
    label: str = ""
    app_version: str = ""
    format_version: str = ""
    sha256: str = ""
    size: int = 0
    words: int = 0
    pages: int = 0
    files: int = 0
    media_files: int = 0
    media_bytes: int = 0
    encrypted: bool = False
    sections: tuple[SectionFacts, ...] = ()
    projects: tuple[ProjectFacts, ...] = ()
    left_out: tuple[tuple[str, str], ...] = ()
    """(what, why)."""


class Leaf(msgspec.Struct, frozen=True):
    """One thing in a backup that can be read: a page of the script, a record, a picture, a save."""

    id: str
    """What `RestorePart` calls it: `page:<key>`, `characters:<id>`."""
    section: str
    title: str
    note: str = ""
    """What is said beside the title: `412 words`."""
    lines: tuple[tuple[str, str], ...] = ()
    """(name of a field, its words); a page has one, without a name."""


class PageSince(msgspec.Struct, frozen=True):
    """A page of the script that is not as the backup has it."""

    title: str
    kind: str
    """`changed`, `added` since the backup, or `removed` since."""
    panels: tuple[int, ...] = ()
    """The panels that differ, by their place on the page; 0 is what stands before the first."""


class Compared(msgspec.Struct, frozen=True):
    """How a project differs from what a backup has of it. The parts have gone ahead, one by one."""

    project: str
    title: str
    pages: tuple[PageSince, ...] = ()
    older: dict[str, dict[str, dict[str, Any]]] = {}
    """Of records that differ: stored fields by section and id, as the backup has them."""
    newer: dict[str, dict[str, dict[str, Any]]] = {}
    """And as they are now."""
    gone: bool = False
    """The project is not on this machine any more."""


class PartNow(msgspec.Struct, frozen=True):
    """What bringing back one part would change: from how it is now to how the backup has it."""

    title: str
    parts: tuple[Part, ...] = ()
    """For a page: its lines; GONE are ours that would go, NEW those of the backup."""
    now: dict[str, dict[str, dict[str, Any]]] = {}
    """For a record: stored fields by section and id; empty where there is none."""
    then: dict[str, dict[str, dict[str, Any]]] = {}
    missing: bool = False
    """It is not in the project now: it would be made again."""
    same: bool = False
    gone: bool = False
    """The project is not on this machine."""


# What can be asked


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
    | (Plan | Apply | Undo | RestorePart)
)
Piece = Leaf | Part
"""What may come before the answer, in pieces, so that nothing long is decoded at once."""


class Request(msgspec.Struct, frozen=True):
    """All that the process is told."""

    place: Place
    job: AnyJob


NOTHING = msgspec.Raw(b"null")


class Line(msgspec.Struct, frozen=True, omit_defaults=True):
    """A line of what it says: one of a step, a piece, an error, the answer."""

    what: str = ""
    done: int = 0
    total: int = 0
    unit: str = "bytes"
    piece: msgspec.Raw = NOTHING
    error: tuple[str, str, str] | None = None
    """What, safe, todo."""
    usage: bool = False
    answer: msgspec.Raw = NOTHING
