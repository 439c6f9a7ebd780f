"""Makes the database folder (all of it or nothing) and writes the server's settings."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

from core.errors import ServerError

from .binaries import Binaries
from .place import PORT, SAFE, Place
from .processes import finish, last_words, launch

APP_ROLE = "genko"
"""Owns the database `genko`, and nothing else: not a superuser, makes no roles or databases.

Row-level rules are not asked for it: all that is in one person's own server is that person's.
"""
ADMIN_ROLE = "postgres"
"""The bootstrap superuser. Genko itself never connects as it."""
DATABASE = "genko"
_UNFINISHED = ".init-"
_SECONDS = 180
_SETUP = f"CREATE ROLE {APP_ROLE} LOGIN BYPASSRLS;\nCREATE DATABASE {DATABASE} OWNER {APP_ROLE};\n"
# One writer's server: few connections, little memory, no replication. It is as durable as any other.
_SETTINGS = f"""\
listen_addresses = ''
port = {PORT}
unix_socket_permissions = 0700
max_connections = 50
shared_buffers = 32MB
wal_level = minimal
max_wal_senders = 0
min_wal_size = 32MB
max_wal_size = 256MB
max_worker_processes = 2
max_logical_replication_workers = 0
autovacuum_max_workers = 1
jit = off
timezone = 'UTC'
log_timezone = 'UTC'
cluster_name = 'genko'
logging_collector = off
log_destination = 'stderr'
log_checkpoints = off
# Neither statements nor values may get into the log: they hold the writer's words.
log_min_messages = log
log_min_error_statement = panic
log_error_verbosity = terse
log_statement = none
"""


def create(place: Place, binaries: Binaries, *, inherit: int, stop: Callable[[], bool]) -> Path:
    """Make the data folder under a temporary name, set it up, and rename it. Needs no network.

    Raises ServerError with PostgreSQL's own reason; what was half made is removed, then or at the next call.
    """
    clear_unfinished(place)
    data = Path(tempfile.mkdtemp(prefix=_UNFINISHED, dir=place.base))
    place.give(data)
    try:
        _initdb(place, binaries, data, inherit, stop)
        _set_up(place, binaries, data, inherit, stop)
        final = place.data(binaries.major)
        data.rename(final)
    finally:
        clear_unfinished(place)
    _sync(place.base)
    return final


def clear_unfinished(place: Place) -> None:
    """Remove what starts that were killed have left. Only while no initdb can be running."""
    for folder in place.base.glob(_UNFINISHED + "*"):
        shutil.rmtree(folder, ignore_errors=True)


def _initdb(place: Place, binaries: Binaries, data: Path, inherit: int, stop: Callable[[], bool]) -> None:
    begin = place.log.stat().st_size if place.log.exists() else 0
    for locale in locales(binaries.major):
        command = [
            binaries.program("initdb"),
            *("--pgdata", str(data), "--username", ADMIN_ROLE, "--encoding", "UTF8"),
            *("--auth", "peer", "--no-instructions"),
            *locale,
        ]
        if finish(_launch(place, binaries, command, inherit), _SECONDS, stop) == 0:
            return
        reason = last_words(place.log, begin)
        if "locale" not in reason:
            break
    raise ServerError(f"The embedded database can't be made: {reason or 'initdb was ended'}.", safe=SAFE)


def _launch(place: Place, binaries: Binaries, command: list[str], inherit: int) -> subprocess.Popen[bytes]:
    try:
        return launch(place, command, inherit=inherit)
    except OSError as error:
        raise cannot_run(binaries, place, error) from error


def cannot_run(binaries: Binaries, place: Place, error: OSError | subprocess.SubprocessError) -> ServerError:
    """The error for a program that couldn't even be started."""
    reason = getattr(error, "strerror", None) or str(error)
    return ServerError(
        f"PostgreSQL in {binaries.folder} can't be started as {place.server.name}: {reason}.", safe=SAFE
    )


def locales(major: int) -> Iterator[list[str]]:
    """The locale options to try with initdb, best first."""
    # Order and case don't depend on the system where PostgreSQL brings its own rules (17 and later),
    # but pg_trgm asks the C library which characters are letters, so that must know UTF-8 too.
    provider = ["--locale-provider=builtin", "--builtin-locale=C.UTF-8"] if major >= 17 else []
    for ctype in ("C.UTF-8", "en_US.UTF-8", "UTF-8"):
        yield [*(provider or ["--locale-provider=libc"]), f"--lc-ctype={ctype}"]


def _set_up(place: Place, binaries: Binaries, data: Path, inherit: int, stop: Callable[[], bool]) -> None:
    """Make the role and the database in single-user mode, so that the folder is complete when renamed."""
    begin = place.log.stat().st_size
    with tempfile.TemporaryFile() as script:
        script.write(_SETUP.encode())
        script.seek(0)
        command = [
            binaries.program("postgres"),
            "--single",
            "-c",
            "exit_on_error=on",
            "-D",
            str(data),
            "postgres",
        ]
        status = finish(launch(place, command, inherit=inherit, stdin=script), _SECONDS, stop)
    if status != 0:
        raise ServerError(
            f"The embedded database can't be set up: {last_words(place.log, begin) or 'it was ended'}.",
            safe=SAFE,
        )
    # As root: the folder is another user's, so no link in it may be followed.
    settings = os.open(data / "postgresql.conf", os.O_WRONLY | os.O_APPEND | os.O_NOFOLLOW | os.O_CLOEXEC)
    with os.fdopen(settings, "a", encoding="utf-8") as file:
        file.write("\n# Written anew by Genko at each start; your own settings belong below this line.\n")
        file.write("include_if_exists = 'genko.conf'\n")


def configure(place: Place, data: Path, major: int, socket_folder: Path) -> None:
    """Write settings and who may connect, before each start: names and paths may have changed."""
    lines = [_SETTINGS, f"unix_socket_directories = '{_quoted(socket_folder)}'\n"]
    if major >= 18:
        # Workers for asynchronous reading would be half of the processes, for nothing at this size.
        lines.append("io_method = sync\n")
    if sys.platform == "darwin":
        # Anything less ends in the drive's own cache there.
        lines.append("wal_sync_method = fsync_writethrough\n")
    # The kernel says who is on the other end of the socket. Nobody else gets in, superuser or not.
    user = f'"{place.user.name}"'
    _write(place, data / "genko.conf", "".join(lines))
    _write(place, data / "pg_hba.conf", "local all all peer map=genko\n")
    _write(place, data / "pg_ident.conf", f"genko {user} {APP_ROLE}\ngenko {user} {ADMIN_ROLE}\n")


def _quoted(folder: Path) -> str:
    # The folder's characters were checked when it was chosen: nothing but the space needs care.
    return f'"{folder}"'


def _write(place: Place, path: Path, text: str) -> None:
    new = path.with_name(path.name + ".new")
    new.unlink(missing_ok=True)
    descriptor = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8", errors="surrogateescape") as file:
        if place.apart:
            os.fchown(descriptor, place.server.uid, place.server.gid)
        file.write(text)
    new.replace(path)


def _sync(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
