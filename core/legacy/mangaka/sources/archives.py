"""Archives of pg_dump (custom, directory, tar), read by pg_restore as it writes them out as SQL."""

from __future__ import annotations

import contextlib
import io
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

from core.legacy.mangaka.rows import Row
from core.legacy.mangaka.sources import Tally
from core.legacy.mangaka.sources.sql_rows import rows_of_stream
from core.legacy.values import ForeignError

_BUFFER = 1 << 20
_BY_HAND = "Or write it as SQL where it was made: pg_dump --table='manga_*' --data-only > mangaka.sql"


def rows_of_archive(path: Path, tally: Tally) -> Iterator[Row]:
    """The rows of an archive. Raises ForeignError if there is no pg_restore, or it can't read this one."""
    program = pg_restore()
    if program is None:
        raise ForeignError(
            "An archive of pg_dump is read with pg_restore, which is not on this machine.",
            safe="Nothing was changed.",
            todo=f"Install PostgreSQL's client programs. {_BY_HAND}",
        )
    # Columns of the tables come with the schema; neither owners nor rights are wanted.
    command = [program, "--file=-", "--no-owner", "--no-privileges", "--", str(path.absolute())]
    with tempfile.TemporaryFile() as complaints, _running(command, complaints) as process:
        assert process.stdout is not None
        yield from rows_of_stream(process.stdout, tally)
        if process.wait() != 0:
            complaints.seek(0)
            raise _refusal(complaints.read(4000).decode("utf-8", "replace"))


@contextlib.contextmanager
def _running(command: list[str], complaints: io.BufferedRandom | object) -> Iterator[subprocess.Popen[bytes]]:
    process = subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        bufsize=_BUFFER,
        stderr=complaints,  # type: ignore[arg-type]
        env={**os.environ, "LC_ALL": "C.UTF-8"},
    )
    try:
        yield process
    finally:
        if process.poll() is None:
            process.kill()
        process.wait()
        if process.stdout is not None:
            process.stdout.close()


def pg_restore() -> str | None:
    """The program, of the system or of the server that Genko brings; None if there is none."""
    from core.server.embedded.binaries import candidates

    beside = (
        str(folder / "pg_restore") for folder, _ in candidates(None) if (folder / "pg_restore").exists()
    )
    return next(beside, None) or shutil.which("pg_restore")


def _refusal(complaints: str) -> ForeignError:
    said = " ".join(complaints.split())
    if "unsupported version" in said:
        return ForeignError(
            "The archive was made by a newer PostgreSQL than the pg_restore of this machine reads.",
            safe="Nothing was changed.",
            todo=_BY_HAND,
        )
    return ForeignError(
        "pg_restore can't read the archive: it is damaged, or no archive of pg_dump.",
        safe="Nothing was changed.",
        todo=_BY_HAND,
    )
