"""Opens a journal: reads it, finds out whether it is whole, and mends it if it isn't."""

from __future__ import annotations

import contextlib
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from core.errors import JournalError, NotFound
from core.journal import parts
from core.journal.connection import connect_for_reading
from core.journal.contents import Contents, read_contents
from core.journal.disk import Disk
from core.journal.envelope import Envelope
from core.journal.file import JournalFile, identity, log_path
from core.journal.mending import Mended, finish_mending, is_mended, mend, mending_lock, rescue
from core.journal.records import Recovered
from core.journal.salvage import lost_tail
from core.journal.schema import APPLICATION_ID, FORMAT, address, has_our_tables, patiently

_DAMAGE = frozenset({sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_FORMAT})


_COMMIT_SECONDS = 30.0
"""More than a program is kept from the processor in the middle of a commit."""


class DamagedError(JournalError):
    """The file must be mended before it is used."""


@dataclass(frozen=True)
class Opened:
    """A journal's file, what it holds, and what the writer should be told."""

    file: JournalFile
    contents: Contents
    recovered: Recovered


def open_file(path: Path, *, create: bool, disk: Disk) -> Opened:
    """Open, or with `create` make, the journal at `path`.

    A file that can be read and not written is opened all the same: its writer then keeps new
    words in memory and goes on trying. Raises NotFound, or JournalError if it can't be read.
    """
    if path.is_dir():
        raise JournalError(f"{path} is a folder, not a project file.")
    network = disk.network(path.parent)
    if network:
        return _open_parts(path, create, disk, network)
    file = JournalFile(path, disk, shared=True)
    try:
        if is_mended(path):
            with mending_lock(path):  # else its log might go when another process already writes it
                finish_mending(path)
        if identity(path) is None and not create:
            raise NotFound(f"There is no project file at {path}.", todo="Check the path.")
        contents = inspect(file)
    except DamagedError:
        file.detach()
        return _open_damaged(file)
    except (sqlite3.Error, OSError) as error:
        file.detach()
        return _open_unwritable(file, error)
    try:
        parts.fold_in(file, contents)
    except (sqlite3.Error, OSError) as error:
        file.detach()
        raise JournalError(
            f"Words of this project that lie in a file beside it can't be taken in: {path.parent}.",
            safe="Nothing was lost or changed.",
            todo="Check the disk, and open it again.",
        ) from error
    return _whole(file, contents)


def _whole(file: JournalFile, contents: Contents) -> Opened:
    blobs, total = contents.needed()
    return Opened(file, contents, Recovered(blobs, total, len(blobs)))


def inspect(file: JournalFile) -> Contents:
    """Read all that `file` holds, and attach it if it is whole.

    Raises DamagedError, sqlite3.Error, OSError.
    """
    path = file.path
    if identity(path) is None:
        file.attach()
    elif path.stat().st_size == 0:
        # SQLite would take it for a new one, and delete its log.
        raise DamagedError("The file is empty.")
    log = log_path(path).read_bytes() if identity(log_path(path)) else b""
    # A reading connection: closing a writing one would fold a damaged log into the file.
    with closing(connect_for_reading(address(path, "mode=ro"))) as reader:
        try:
            contents = read_whole(reader, path, log)
        except sqlite3.Error as error:
            if is_damage(error):
                raise DamagedError("SQLite can't read it.") from error
            raise
        if file.connection is None:
            file.attach()
    return contents


def read_whole(reader: sqlite3.Connection, path: Path, log: bytes) -> Contents:
    """All that a sound file holds; `log` is its write-ahead log. Raises DamagedError, sqlite3.Error."""
    check_header(reader, path)
    if reader.execute("PRAGMA quick_check(1)").fetchone() != ("ok",):
        raise DamagedError("The structure is broken.")
    contents = read_contents(reader)
    if not contents.is_whole():
        raise DamagedError("Rows are wrong or missing.")
    if log and lost_tail(log, _Known(contents)):
        _let_commit(path)
        contents = read_contents(reader)
        if lost_tail(log, _Known(contents)):
            raise DamagedError("The log is broken.")
    return contents


def _let_commit(path: Path) -> None:
    """Wait for a process that is in the middle of a commit: its log already has what can't be read yet.

    A reading connection has to be open: then this one is not the last, and closing it changes nothing.
    """
    writable = address(path, "mode=rw")
    with contextlib.suppress(sqlite3.Error), closing(connect_for_reading(writable, 0)) as other:
        patiently(other, "BEGIN IMMEDIATE", _COMMIT_SECONDS)
        other.execute("ROLLBACK")


def is_damage(error: sqlite3.Error) -> bool:
    """Whether SQLite says that the file is broken, rather than that it may not use it."""
    code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_CORRUPT) & 0xFF
    # SQLITE_ERROR: a table is missing, or a text is no UTF-8.
    return code in _DAMAGE or code == sqlite3.SQLITE_ERROR or not isinstance(error, sqlite3.OperationalError)


def check_header(connection: sqlite3.Connection, path: Path) -> None:
    """Refuse a newer format; take any other file than ours for a damaged one."""
    (application,) = connection.execute("PRAGMA application_id").fetchone()
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    if application != APPLICATION_ID or version < FORMAT:
        raise DamagedError("It is not a Genko file.")
    if version > FORMAT:
        if has_our_tables(connection):
            raise DamagedError("The number of its format is wrong.")
        raise JournalError(
            f"{path} was made by a newer Genko.",
            safe="It was not changed.",
            todo="Install the newer version to open it.",
        )


class _Known:
    """Whether a row found in the log is among those that were read."""

    def __init__(self, contents: Contents) -> None:
        snapshot = contents.newest_snapshot()
        self._floor = snapshot.covers if snapshot else 0
        self._keys = {row.key for row in contents.updates.values()}

    def __call__(self, id_: int, envelope: Envelope) -> bool:
        return id_ <= self._floor or envelope.key in self._keys


def _open_damaged(file: JournalFile) -> Opened:
    try:
        with mending_lock(file.path):
            try:
                # Another process may have mended it while this one waited.
                return _whole(file, inspect(file))
            except DamagedError:
                file.detach()
            mended = mend(file.path)
        contents = inspect(file)
    except (sqlite3.Error, OSError) as error:
        file.detach()
        return _open_unwritable(file, error)
    blobs, _ = contents.needed()
    recovered = Recovered(blobs, mended.total, mended.read, mended.copy, damage_sentence(mended))
    return Opened(file, contents, recovered)


def damage_sentence(mended: Mended) -> str:
    """What the writer is told."""
    kept = f"the damaged file is kept as {mended.copy.name}" if mended.copy else "it was left as it is"
    if mended.total == 0:
        return f"The project's file held nothing that Genko can read, so it starts empty; {kept}."
    count = f"{mended.read} of {mended.total} updates were recovered"
    return f"The project's file was damaged: {count}; {kept}."


def _open_unwritable(file: JournalFile, error: sqlite3.Error | OSError) -> Opened:
    """Read what is there without touching it; the writer will find out and tell why it can't write."""
    path = file.path
    sentence = "The project's file can't be written just now, so new words are kept in memory."
    try:
        if identity(path) is None:
            return Opened(file, Contents(), Recovered(sentence=sentence))
        return _read_only(file, sentence)
    except (sqlite3.Error, OSError) as second:
        raise JournalError(
            f"The project's file can't be read: {path} ({second}).",
            safe="It was not changed.",
            todo="Check the disk and the file's permissions.",
        ) from error


def _read_only(file: JournalFile, sentence: str) -> Opened:
    path = file.path
    if identity(log_path(path)) is None:
        try:
            with closing(connect_for_reading(address(path, "mode=ro&immutable=1"))) as connection:
                check_header(connection, path)
                contents = read_contents(connection)
            if contents.is_whole():
                blobs, total = contents.needed()
                return Opened(file, contents, Recovered(blobs, total, len(blobs), sentence=sentence))
        except (sqlite3.Error, DamagedError):
            pass  # Then it is damaged as well, and read as such.
    contents, read, total = rescue(path)
    if read != total:
        sentence = f"{damage_sentence(Mended(contents, read, total, None))} {sentence}"
    return Opened(file, contents, Recovered(contents.needed()[0], total, read, sentence=sentence))


def _open_parts(path: Path, create: bool, disk: Disk, network: str) -> Opened:
    if identity(path) is None and not create and not parts.find(path):
        raise NotFound(f"There is no project file at {path}.", todo="Check the path.")
    gathered = parts.gather(path)
    sentence = (
        f"This folder is on a network file system ({network}): words are safe, but two terminals see "
        "each other's only when the project is opened again."
    )
    if gathered.read != gathered.total:
        sentence = f"{gathered.read} of {gathered.total} updates could be read. {sentence}"
    file = JournalFile(parts.own_path(path), disk, shared=False)
    contents = Contents(notes=gathered.notes)
    try:
        parts.start_own(path, file)
    except (sqlite3.Error, OSError):
        file.detach()
    recovered = Recovered(gathered.blobs, gathered.total, gathered.read, None, sentence, shared=False)
    return Opened(file, contents, recovered)
