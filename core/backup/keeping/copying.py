"""Backups to the second place: the new one first, then those for which it could not be reached."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from msgspec.structs import replace

from core.backup.keeping.catalogue import Catalogue
from core.backup.keeping.entry import Copy, Entry
from core.backup.keeping.made import LIBRARY
from core.backup.keeping.places.place import Place, PlaceError, place_of
from core.backup.keeping.wishes import KeepingWishes
from core.backup.work import Work

CAUGHT_UP = 5
"""Of the older ones, so many at a time."""


def copy_out(catalogue: Catalogue, wishes: KeepingWishes, entry: Entry, work: Work) -> list[str]:
    """Copy a backup, and some that still wait for it; gives what went wrong, in sentences."""
    if not entry.path:
        return []
    try:
        place = place_of(wishes)
    except PlaceError as error:
        _note(catalogue, entry.id, Copy(wishes.second, failed=error.what))
        return [str(error)]
    if place is None:
        return []
    if (missing := _not_mounted(catalogue, place)) is not None:
        _note(catalogue, entry.id, Copy(place.name, failed=missing.what))
        return [str(missing)]
    waiting = [other for other in waiting_for(catalogue.entries(), place.name) if other.id != entry.id]
    for one in (entry, *waiting[:CAUGHT_UP]):
        if (wrong := _put(catalogue, place, one, work)) is not None:
            return [str(wrong)]
    return []


def catch_up(catalogue: Catalogue, wishes: KeepingWishes, work: Work) -> list[str]:
    """Copy what waits for the second place, the newest first; gives what went wrong, in sentences.

    The newest backup of everything goes there though it was made before there was such a place.
    """
    if not wishes.second:
        return []
    entries = catalogue.entries()
    sound = (entry for entry in entries if entry.is_sound and entry.scope == LIBRARY and not entry.found)
    newest = next(sound, None)
    if newest is not None and not any(copy.place == wishes.second for copy in newest.copies):
        return copy_out(catalogue, wishes, newest, work)
    waiting = waiting_for(entries, wishes.second)
    return copy_out(catalogue, wishes, waiting[0], work) if waiting else []


def postpone(catalogue: Catalogue, wishes: KeepingWishes, entry: Entry) -> None:
    """A backup is to be copied with the next one."""
    if wishes.second and entry.path:
        _note(catalogue, entry.id, Copy(wishes.second))


def waiting_for(entries: list[Entry], place: str) -> list[Entry]:
    """Backups that were to be copied to a place and are not there, newest first."""
    return [
        entry
        for entry in entries
        if entry.is_sound and any(copy.place == place and copy.verified_at is None for copy in entry.copies)
    ]


def _not_mounted(catalogue: Catalogue, place: Place) -> PlaceError | None:
    """Why nothing is put into a folder whose copies went to another disk, and that is on this one now."""
    there = [copy for entry in catalogue.entries() for copy in entry.copies if copy.place == place.name]
    if place.away or not any(copy.away and copy.verified_at is not None for copy in there):
        return None
    try:
        place.look()
    except PlaceError as error:  # it knows better what is missing
        return error
    return PlaceError(
        f"The second place was on another disk, and is on this one now: {place.name}.",
        safe="The backup on this disk is made and verified. No copy was put beside it.",
        todo="Mount its disk; the copy follows with the next backup. Or name another folder.",
    )


def _put(catalogue: Catalogue, place: Place, entry: Entry, work: Work) -> PlaceError | None:
    try:
        place.put(Path(entry.path), entry.sha256, work)
    except PlaceError as error:
        _note(catalogue, entry.id, Copy(place.name, failed=error.what, away=place.away))
        return error
    _note(catalogue, entry.id, Copy(place.name, datetime.now(UTC), away=place.away))
    return None


def _note(catalogue: Catalogue, entry_id: str, copy: Copy) -> None:
    def with_copy(entry: Entry) -> Entry:
        others = tuple(other for other in entry.copies if other.place != copy.place)
        before = next((other for other in entry.copies if other.place == copy.place), None)
        if copy.failed and before is not None and before.verified_at is not None:
            return replace(entry, copies=(*others, replace(before, failed=copy.failed)))
        return replace(entry, copies=(*others, copy))

    catalogue.revise(entry_id, with_copy)
