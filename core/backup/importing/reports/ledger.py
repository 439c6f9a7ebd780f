"""The reports of imports, kept as files beside the backups; and that only one import runs at a time."""

from __future__ import annotations

import contextlib
import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import msgspec

from core.atomic import whole_file
from core.backup.importing.errors import NOTHING, ImportBusyError
from core.backup.importing.reports.telling import report_text
from core.backup.plan import ImportReport
from core.errors import GenkoError
from core.paths import Paths, private_folder

_BEGUN = ".begun.json"
_DONE = ".json"
_UNREPORTED = "What was done to the projects is done and safe; only its report could not be kept."
_LATER = "Make room on the disk; then `genko backup imports` tells how far it came."


def reports_folder(paths: Paths) -> Path:
    """Where the reports are."""
    return paths.data / "backups" / "imports"


class Ledger:
    """The imports of one data folder. Reads the files anew each time."""

    def __init__(self, paths: Paths) -> None:
        self.folder = reports_folder(paths)

    def begin(self, report: ImportReport) -> None:
        """Note what is about to be done: were the program killed, that is told later. Raises GenkoError."""
        self._write(self.folder / f"{report.import_id}{_BEGUN}", report)

    def finish(self, report: ImportReport) -> ImportReport:
        """Keep the report of what was done, with a text of it; gives it with its path. Raises GenkoError."""
        path = self.folder / f"{report.import_id}{_DONE}"
        report = msgspec.structs.replace(report, path=str(path))
        try:
            self._write(path, report)
        except GenkoError as error:
            error.amend(safe=_UNREPORTED, todo=_LATER)
            raise
        # The same for people; what counts is kept by now.
        with contextlib.suppress(OSError), whole_file(path.with_suffix(".txt")) as stream:
            stream.write(report_text(report).encode("utf-8", "replace"))
        self.forget(report.import_id)
        return report

    def forget(self, import_id: str) -> None:
        """Nothing was done after all."""
        with contextlib.suppress(OSError):
            (self.folder / f"{import_id}{_BEGUN}").unlink(missing_ok=True)

    def reports(self) -> list[ImportReport]:
        """All reports, newest first. A file that is none is passed over."""
        found = [report for path in self._files(_DONE) if (report := _read(path)) is not None]
        return sorted(found, key=lambda report: report.done_at, reverse=True)

    def begun(self) -> list[ImportReport]:
        """Imports that were begun and not finished."""
        return [report for path in self._files(_BEGUN) if (report := _read(path)) is not None]

    def report(self, import_id: str) -> ImportReport | None:
        """One report by its id."""
        return next((report for report in self.reports() if report.import_id == import_id), None)

    @contextmanager
    def lock(self) -> Iterator[None]:
        """Held for the length of an import; the system lets go of it when the program ends, however it ends.

        Raises ImportBusyError, which names the program that has it.
        """
        path = self._ready() / ".lock"
        try:
            descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        except OSError as error:
            raise _unusable(self.folder, error) from error
        try:
            try:
                fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError as error:
                holder = os.pread(descriptor, 64, 0).decode("ascii", "replace").strip("\0 \n")
                raise ImportBusyError(
                    f"Another import is under way (process {holder or 'unknown'}).",
                    safe=NOTHING,
                    todo="Wait until it has ended, then look at the preview again.",
                ) from error
            with contextlib.suppress(OSError):  # on a full disk nobody is named; the lock holds all the same
                os.pwrite(descriptor, f"{os.getpid()}\n".ljust(24).encode(), 0)
            yield
        finally:
            os.close(descriptor)

    def _files(self, suffix: str) -> list[Path]:
        try:
            names = sorted(self.folder.iterdir())
        except OSError:
            return []
        wanted = [path for path in names if path.name.endswith(suffix) and not path.name.startswith(".")]
        return [path for path in wanted if path.name.endswith(_BEGUN) == (suffix == _BEGUN)]

    def _write(self, path: Path, report: ImportReport) -> None:
        self._ready()
        try:
            with whole_file(path) as stream:
                stream.write(msgspec.json.format(msgspec.json.encode(report), indent=1))
        except OSError as error:
            raise _unusable(self.folder, error) from error

    def _ready(self) -> Path:
        try:
            return private_folder(self.folder)
        except OSError as error:
            raise _unusable(self.folder, error) from error


def _read(path: Path) -> ImportReport | None:
    try:
        return msgspec.json.decode(path.read_bytes(), type=ImportReport)
    except (OSError, msgspec.MsgspecError):
        return None


def _unusable(folder: Path, error: OSError) -> GenkoError:
    return GenkoError(
        f"The folder of the reports can't be used: {folder} ({error.strerror or error}).",
        safe=NOTHING,
        todo="Make it writable, or make room on the disk.",
    )
