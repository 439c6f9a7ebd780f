"""Sets a damaged journal aside untouched and makes a sound one of all that can be read in it."""

from __future__ import annotations

import contextlib
import fcntl
import os
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from core.atomic import sync_folder
from core.journal.connection import Connection
from core.journal.contents import Contents
from core.journal.envelope import Envelope, Kind, split_snapshot
from core.journal.file import identity, write_contents
from core.journal.notes import Notes, read_acknowledged, read_facts_table, read_outbox
from core.journal.salvage import log_frames, scan

COMPANIONS = ("", "-wal", "-journal")
PIECE = 256 << 10


@dataclass(frozen=True)
class Mended:
    """What came out of a damaged file."""

    contents: Contents
    read: int
    total: int
    copy: Path | None


@contextlib.contextmanager
def mending_lock(path: Path) -> Iterator[None]:
    """Only one process at a time mends in a folder; the lock ends with its holder."""
    descriptor = os.open(path.parent, os.O_RDONLY | os.O_CLOEXEC)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


def mend(path: Path) -> Mended:
    """Copy the damaged file aside, then put a sound one in its place. Raises OSError, sqlite3.Error.

    At every moment either the old or the new one is complete: the new one gets the name
    `.mended` when it is whole, and `finish_mending` takes it from there, now or at the next start.
    """
    contents, read, total = rescue(path)
    copy = copy_aside(path)
    draft = path.with_name(f".{path.name}.{os.getpid()}-{os.urandom(4).hex()}.new")
    try:
        write_contents(draft, contents, shared=True)
        draft.rename(_mended(path))
    finally:
        draft.unlink(missing_ok=True)
    finish_mending(path)
    return Mended(contents, read, total, copy)


def _mended(path: Path) -> Path:
    return path.with_name(path.name + ".mended")


def is_mended(path: Path) -> bool:
    """Whether a finished new file waits for its place."""
    return identity(_mended(path)) is not None


def finish_mending(path: Path) -> None:
    """Give a finished new file its place; under the lock. The old log goes first: it doesn't fit."""
    if not is_mended(path):
        return
    sync_folder(path.parent)
    for companion in ("-wal", "-shm", "-journal"):
        path.with_name(path.name + companion).unlink(missing_ok=True)
    _mended(path).rename(path)
    sync_folder(path.parent)


def copy_aside(path: Path) -> Path:
    """Keep the damaged file and its log, byte for byte, beside it; returns the copy's path."""
    stamp = datetime.now().strftime("%Y%m%d-%H%M%S")
    target, count = path.with_name(f"{path.name}.damaged-{stamp}"), 1
    while identity(target) is not None:
        count += 1
        target = path.with_name(f"{path.name}.damaged-{stamp}-{count}")
    made: list[Path] = []
    try:
        for companion in COMPANIONS:
            source = path.with_name(path.name + companion)
            if identity(source) is not None:
                made.append(target.with_name(target.name + companion))
                _copy(source, made[-1])
    except OSError:
        for half in made:
            half.unlink(missing_ok=True)
        raise
    sync_folder(path.parent)
    return target


def _copy(source: Path, target: Path) -> None:
    descriptor = os.open(target, os.O_CREAT | os.O_EXCL | os.O_WRONLY | os.O_CLOEXEC, 0o600)
    with open(descriptor, "wb") as out, source.open("rb") as into:
        os.fchmod(out.fileno(), 0o600)
        shutil.copyfileobj(into, out, 1 << 20)
        out.flush()
        os.fsync(out.fileno())


def rescue(path: Path) -> tuple[Contents, int, int]:
    """All that can be read of a damaged file, as a sound file's contents; and n of m updates."""
    main = path.read_bytes()
    log = path.with_name(path.name + "-wal")
    found = scan(main, log_frames(log.read_bytes()) if identity(log) else [])
    notes, highest = _ask_sqlite(path)
    raw = Contents(notes=notes)
    loose: list[Envelope] = []
    for id_, envelope in found.rows.values():
        table = raw.updates if envelope.kind is Kind.UPDATE else raw.pieces
        if id_ is None or id_ in table:
            loose.append(envelope)
        else:
            table[id_] = envelope
    top = max(raw.updates, default=0)
    # The counter itself may be the damaged spot: a leap that large is no count.
    raw.highest = max((n for n in (found.highest, highest) if n < top + 1_000_000), default=top)
    _place(loose, raw)
    blobs, total = raw.needed()
    return _renumbered(raw), len(blobs), total


def _place(loose: list[Envelope], raw: Contents) -> None:
    """Find a place for rows whose own id is unreadable, or taken.

    Most are the leavings of rows that a compaction has deleted. A writer's ids grow with its
    numbers, so its nearest row tells about where one belongs; if that is below the snapshot, it
    isn't needed.
    """
    for envelope in loose:
        if envelope.kind is Kind.PIECE:
            raw.pieces[max(raw.pieces, default=0) + 1] = envelope
    snapshot = raw.newest_snapshot()
    floor = snapshot.covers if snapshot else 0
    top = max([floor, raw.highest, *raw.updates])
    writers: dict[int, list[tuple[int, int]]] = {}
    for id_, row in raw.updates.items():
        writers.setdefault(row.token, []).append((row.number, id_))
    for envelope in sorted((row for row in loose if row.kind is Kind.UPDATE), key=lambda row: row.key):
        near = min(writers.get(envelope.token, []), key=lambda at: abs(at[0] - envelope.number), default=None)
        guess = near[1] + envelope.number - near[0] if near else top + 1
        if guess <= floor:
            continue
        if guess in raw.updates or guess > top:
            guess = top = top + 1
        raw.updates[guess] = envelope


def _renumbered(raw: Contents) -> Contents:
    """A new file counts from one, so that what is lost now isn't reported again at each start."""
    snapshot = raw.newest_snapshot()
    floor = snapshot.covers if snapshot else 0
    kept = [row for id_, row in sorted(raw.updates.items()) if id_ > floor]
    whole = Contents(updates=dict(enumerate(kept, 1)), notes=raw.notes, highest=len(kept))
    if snapshot:
        pieces = split_snapshot(snapshot.payload, snapshot.token, 0, PIECE)
        whole.pieces = dict(enumerate(pieces, 1))
    return whole


def _ask_sqlite(path: Path) -> tuple[Notes, int]:
    """The small tables and the last id, if SQLite can still read them; asked of a throw-away copy."""
    notes, highest = Notes(), 0
    with tempfile.TemporaryDirectory(prefix="genko-") as folder:
        copy = Path(folder) / "copy"
        for companion in COMPANIONS:
            source = path.with_name(path.name + companion)
            if identity(source) is not None:
                shutil.copyfile(source, copy.with_name(copy.name + companion))
        connection = sqlite3.connect(copy, isolation_level=None, factory=Connection)
        try:
            for read in (read_facts_table, read_acknowledged, read_outbox):
                with contextlib.suppress(sqlite3.Error):
                    read(connection, notes)
            with contextlib.suppress(sqlite3.Error):
                sql = "SELECT seq FROM sqlite_sequence WHERE name = 'updates'"
                highest = max((int(seq) for (seq,) in connection.execute(sql)), default=0)
        finally:
            connection.close()
    notes.damaged = 0
    return notes, highest
