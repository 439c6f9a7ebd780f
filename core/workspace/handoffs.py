"""What was sent to whom: a hand-off pins a point of the history, and lives in the project itself."""

from __future__ import annotations

import base64
import binascii
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from core.errors import NotFound, UsageError
from core.story import Frontier, ProjectStore
from core.workspace.entry import ShelfEntry
from core.workspace.shelf import Shelf

if TYPE_CHECKING:
    from core.story.readings import Readings

KIND = "handoff"
"""Of the marks in the project (see `ProjectStore.set_mark`); each has a UUID for a name, so that those of
two writers both survive a merge."""
LAST = "last"
LEAST = 4
"""Characters of an id that may stand for it."""
LONGEST = 300


@dataclass(frozen=True, slots=True)
class HandOff:
    """One sending."""

    ident: str
    to: str
    """Whom it went to: "letterer", a name."""
    at: datetime
    note: str
    frontier: Frontier
    """The state that was sent."""

    def as_json(self) -> dict[str, Any]:
        """For programs."""
        return {"id": self.ident, "to": self.to, "at": self.at.isoformat(), "note": self.note}


def handoffs(project: Readings) -> list[HandOff]:
    """All hand-offs of a project, oldest first. What is no hand-off of ours is passed over."""
    found = [_read(ident, value) for ident, value in project.marks(KIND).items()]
    return sorted((one for one in found if one), key=lambda one: (one.at, one.ident))


def pin(store: ProjectStore, to: str, note: str = "", *, frontier: Frontier | None = None) -> HandOff:
    """Remember in an open project that its state (at `frontier`) was sent to somebody. Raises UsageError."""
    to, note = " ".join(to.split()), " ".join(note.split())
    if not to or len(to) > LONGEST or len(note) > LONGEST:
        raise UsageError(
            f"A hand-off needs a recipient, and it and the note have at most {LONGEST} characters.",
            safe="Nothing was changed.",
            todo='Say to whom: --to "letterer".',
        )
    made = HandOff(str(uuid4()), to, datetime.now(UTC), note, frontier or store.frontier)
    store.set_mark(
        KIND,
        made.ident,
        {
            "to": to,
            "note": note,
            "at": made.at.isoformat(),
            "frontier": base64.b64encode(made.frontier).decode(),
        },
        undoable=False,  # it was sent, whatever is taken back in the script
    )
    return made


def hand_off(shelf: Shelf, entry: ShelfEntry, to: str, note: str = "") -> HandOff:
    """The same for a project that is not open here; on the disk when this returns."""
    with shelf.edited(entry.project_id) as store:
        return pin(store, to, note)


def choose_handoff(found: list[HandOff], wanted: str) -> HandOff:
    """`last`, the last one to a recipient, or the beginning of an id. Raises NotFound."""
    key = wanted.casefold().strip()
    if key == LAST and found:
        return found[-1]
    by_name = [one for one in found if one.to.casefold() == key]
    if by_name:  # before ids: a name may be spelled with their letters
        return by_name[-1]
    by_ident = [one for one in found if len(key) >= LEAST and one.ident.startswith(key)]
    if len(by_ident) == 1:
        return by_ident[0]
    raise NotFound(
        "No hand-off fits." if found else "Nothing of this project was handed off yet.",
        todo="`genko handoffs PROJECT` lists them; `genko handoff PROJECT --to NAME` remembers one.",
        ambiguous=len(by_ident) > 1,
    )


def _read(ident: str, value: object) -> HandOff | None:
    if not isinstance(value, dict):
        return None
    to, note, at, frontier = (value.get(key) for key in ("to", "note", "at", "frontier"))
    if not (isinstance(to, str) and isinstance(at, str) and isinstance(frontier, str)):
        return None
    try:
        moment = datetime.fromisoformat(at)
        point = Frontier(base64.b64decode(frontier, validate=True))
    except (ValueError, binascii.Error):
        return None
    moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return HandOff(ident, to, moment, note if isinstance(note, str) else "", point)
