"""Migrations as the tests make them: dumps, runs, checks, audits."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any
from uuid import UUID

from core.backup.migrating.checking import Check, check
from core.backup.migrating.known import came_in
from core.backup.migrating.running import Done, run
from core.backup.work import Work
from core.legacy.mangaka.auditing import Audit, audit
from core.legacy.mangaka.reading import staged
from core.workspace import Shelf
from core.workspace.files import open_store
from tests.legacy.mangaka import samples
from tests.legacy.mangaka.samples import PROJECT, USER
from tests.server.conftest import conninfo, database18, postgres18, template18  # noqa: F401 fixtures

KEY = f"{PROJECT}/{USER}"

TEXT = "PAGE 1:\n\nPANEL 1:\nMARA: One.\n\nPANEL 2:\nMARA: Two.\n\nPANEL 3:\nMARA: Three.\n"


def no_backup(projects: Sequence[UUID]) -> Path:
    """A backup is IMPORT's business and tried there."""
    return Path("backup")


def bring(shelf: Shelf, source: str, **options: Any) -> Done:
    """One run."""
    return run(shelf, source, back_up=no_backup, **options)


def look(shelf: Shelf, source: str) -> Check:
    """One check."""
    with staged(source, work=Work()) as found:
        return check(shelf, found, work=Work())


def count(source: str) -> Audit:
    """One audit."""
    with staged(source, work=Work()) as found:
        return audit(found, Work())


def write(path: Path, value: Any) -> str:
    """A dump."""
    path.write_bytes(samples.as_json(value))
    return str(path)


def text_of(shelf: Shelf, key: str = KEY) -> str:
    """The script that came of a project."""
    return open_store(shelf, came_in(shelf)[key]).text


def flat(text: str) -> dict[str, Any]:
    """A text in the shape that the app saved last."""
    return {
        "script": {"content": text, "title": "Rain", "stats": {}, "fileTree": []},
        "metadata": {"version": 1},
    }
