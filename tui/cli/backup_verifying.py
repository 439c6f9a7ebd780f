"""What `genko backup verify` finds, of backups in the list and of files that are in none."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from core.backup.keeping import Catalogue, Entry, verify_again
from core.backup.work import Work
from core.errors import GenkoError, NotFound, UsageError


@dataclass(frozen=True)
class Finding:
    """One backup that was read."""

    name: str
    id: str
    path: str
    failed: str
    by_hash: bool = False
    """Only its hash was compared: it is encrypted."""

    @property
    def sentence(self) -> str:
        """For people."""
        if self.failed:
            return f"DAMAGED  {self.name}: {self.failed}"
        return f"ok       {self.name}{' (as it was written; encrypted)' if self.by_hash else ''}"

    def as_json(self) -> dict[str, Any]:
        """For programs."""
        return {
            "id": self.id or None,
            "path": self.path or None,
            "ok": not self.failed,
            "damage": self.failed or None,
            "opened": not self.failed and not self.by_hash,
        }


def verify_all(
    catalogue: Catalogue, wanted: Sequence[str], *, every: bool, passphrase_file: Path | None
) -> list[Finding]:
    """Read them. Raises NotFound, and UsageError where there is nothing to be read."""
    passphrase = first_line(passphrase_file) if passphrase_file is not None else None
    here = [entry for entry in catalogue.entries(trashed=False) if entry.path]
    if not wanted:
        if not here:
            raise NotFound("There are no backups yet.", todo="`genko backup create` makes one.")
        return [_in_list(catalogue, entry, passphrase) for entry in (here if every else here[:1])]
    return [_named(catalogue, one, passphrase) for one in wanted]


def _named(catalogue: Catalogue, wanted: str, passphrase: str | None) -> Finding:
    try:
        return _in_list(catalogue, catalogue.entry(str(wanted)), passphrase)
    except NotFound as missing:
        path = Path(wanted).absolute()
        for entry in catalogue.entries():
            if entry.path == str(path):
                return _in_list(catalogue, entry, passphrase)
        if missing.ambiguous or not os.path.lexists(path):
            raise
    return _file(path, passphrase)


def _in_list(catalogue: Catalogue, entry: Entry, passphrase: str | None) -> Finding:
    found = verify_again(catalogue, entry.id, passphrase=passphrase)
    name = Path(found.path).name or found.id
    return Finding(name, found.id, found.path, found.verify_failed, found.encrypted and passphrase is None)


def _file(path: Path, passphrase: str | None) -> Finding:
    from core.backup.archive import open_archive

    try:
        with open_archive(path, work=Work(), passphrase=passphrase) as archive:
            archive.verify()
            return Finding(path.name, str(archive.manifest.archive_id), str(path), "")
    except GenkoError as error:
        return Finding(path.name, "", str(path), error.what)


def first_line(path: Path) -> str:
    """The passphrase in a file. Raises UsageError."""
    try:
        with path.open(encoding="utf-8") as stream:
            line = stream.readline(4096).rstrip("\r\n")
    except (OSError, UnicodeDecodeError):
        raise UsageError(f"{path} can't be read as text.") from None
    if not line:
        raise UsageError(f"The first line of {path} is empty.")
    return line
