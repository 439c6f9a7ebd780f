"""Looks the embedded server over for `genko doctor`, without starting or changing anything."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from core.errors import ServerError
from core.filesystem import FilesystemKind

from . import locks, records, sockets
from .binaries import candidates, examine, find_binaries
from .place import Place

_ROOM_NEEDED = 200_000_000


class Health(StrEnum):
    """How much a finding matters."""

    GOOD = "good"
    NOTE = "note"
    PROBLEM = "problem"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at: its name, how it is, a sentence, and what to do about a problem."""

    subject: str
    health: Health
    sentence: str
    todo: str = ""


def examine_place(
    find: Callable[[], Place], setting: Path | None, filesystem: Callable[[Path], FilesystemKind]
) -> list[Finding]:
    """All findings, in the order in which a start would meet them."""
    try:
        place = find()
    except ServerError as error:
        return [Finding("user", Health.PROBLEM, error.what, error.todo)]
    folder = _folder(place)
    findings = [_user(place), *_programs(place, setting), _disk(place, filesystem), folder, *_room(place)]
    # Another user's folder can't be looked into.
    return findings if folder.health is Health.PROBLEM else [*findings, *_running(place)]


def _user(place: Place) -> Finding:
    if not place.apart:
        return Finding("user", Health.GOOD, f"The embedded server runs as {place.server.name}.")
    sentence = f"Genko runs as {place.user.name}, the embedded server as {place.server.name}."
    if place.server.name == "nobody":
        return Finding(
            "user", Health.NOTE, sentence, "Other programs may run as nobody too: make a system user genko."
        )
    return Finding("user", Health.GOOD, sentence)


def _programs(place: Place, setting: Path | None) -> Iterator[Finding]:
    for folder, source in candidates(setting):
        found = examine(folder, source)
        if isinstance(found, str):
            yield Finding("programs", Health.NOTE, found)
        else:
            yield Finding(
                "programs", Health.GOOD, f"PostgreSQL {found.version} ({source}) in {found.folder}."
            )
    try:
        chosen = find_binaries(setting, majors=place.majors())
    except ServerError as error:
        yield Finding("programs", Health.PROBLEM, "There is no PostgreSQL that can run.", error.todo)
        return
    if place.majors() and chosen.major not in place.majors():
        there = ", ".join(map(str, sorted(place.majors())))
        yield Finding(
            "programs",
            Health.PROBLEM,
            f"The database was made by PostgreSQL {there}, not {chosen.major}.",
            f"Install PostgreSQL {there}.",
        )


def _disk(place: Place, filesystem: Callable[[Path], FilesystemKind]) -> Finding:
    kind = filesystem(place.base)
    name = kind.name or "an unknown file system"
    if kind.network:
        return Finding(
            "disk",
            Health.PROBLEM,
            f"{place.base} is on {name}, which other machines share: no server can be started there.",
            "Set GENKO_PG_DATA to a folder on this machine's own disk.",
        )
    return Finding("disk", Health.GOOD, f"{place.base} is on {name}.")


def _folder(place: Place) -> Finding:
    if not place.base.exists():
        return Finding("folder", Health.GOOD, f"{place.base} will be made by the first start.")
    facts = place.base.stat()
    if facts.st_uid != place.user.uid:
        return Finding(
            "folder",
            Health.PROBLEM,
            f"{place.base} belongs to another user (id {facts.st_uid}).",
            "Set GENKO_HOME to a folder of your own.",
        )
    if facts.st_mode & (0o066 if place.apart else 0o077):
        return Finding(
            "folder",
            Health.NOTE,
            f"{place.base} is open to other users; the database in it is not.",
            f"chmod {'711' if place.apart else '700'} {place.base}",
        )
    orphans = place.orphans()
    if orphans:
        return Finding(
            "folder",
            Health.NOTE,
            f"{len(orphans)} databases in {place.base.parent} are of data folders that are gone.",
            "If nobody needs them: rm -r " + " ".join(map(str, orphans[:5])),
        )
    majors = ", ".join(map(str, sorted(place.majors()))) or "none yet"
    return Finding("folder", Health.GOOD, f"Databases in {place.base}: {majors}.")


def _room(place: Place) -> Iterator[Finding]:
    there = next(folder for folder in (place.base, *place.base.parents) if folder.exists())
    free = shutil.disk_usage(there).free
    if free < _ROOM_NEEDED:
        yield Finding(
            "room", Health.PROBLEM, f"Only {free // 1_000_000} MB are free in {there}.", "Free some room."
        )


def _running(place: Place) -> Iterator[Finding]:
    record = records.read_record(place.record)
    folder = Path(record.socket_folder) if record else None
    owner = sockets.listener(folder) if folder else None
    held = place.base.is_dir() and locks.is_taken(place.running_lock)
    if record is not None and not record.current and not held:
        yield Finding("server", Health.NOTE, "It was last started in another boot or on another machine.")
    if folder is not None and owner is not None and owner.uid != place.server.uid:
        yield Finding(
            "server", Health.PROBLEM, f"User id {owner.uid} listens on {sockets.socket_in(folder)}."
        )
    elif owner is not None:
        users = locks.holders(place.clients_lock)
        known = "" if users is None else f", used by {users} Genko" if users else ", used by nobody"
        yield Finding("server", Health.GOOD, f"It runs as process {owner.pid}{known}.")
    elif held:
        yield Finding(
            "server", Health.PROBLEM, "Parts of it run, but it doesn't answer.", "Run: genko db stop"
        )
    else:
        yield Finding("server", Health.GOOD, "It isn't running; Genko starts it when it needs it.")
