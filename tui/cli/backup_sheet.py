"""The recovery sheet of an encrypted backup: into a file of its own, never onto a screen or into a log."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from core.errors import UsageError
from core.outgoing import named_file
from tui.cli.outcome import complain

NO_SHEET = (
    "Without its passphrase nobody can read this backup; --sheet FILE writes what opens it all the same."
)


@contextmanager
def new_sheet(path: Path | None, *, wanted: bool) -> Iterator[Callable[[str], None]]:
    """Takes the sheet when the backup is made; its file is tried before that. Raises GenkoError."""
    if path is None:
        yield lambda text: complain(NO_SHEET) if text else None
        return
    if not wanted:
        raise UsageError("A recovery sheet is for encrypted backups.", todo="Give --passphrase-file as well.")
    with named_file(path, private=True) as stream:

        def keep(text: str) -> None:
            stream.write(text.encode())

        yield keep
