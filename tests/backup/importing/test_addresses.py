"""A database's address goes through jobs and commands as it was typed, and its password is not told."""

from __future__ import annotations

from pathlib import Path

import pytest

from core.backup.jobs import Plan
from core.backup.process.bringing import answer
from core.backup.work import Work
from core.errors import GenkoError, ServerUnreachable
from core.legacy.addresses import source_of
from core.paths import Paths
from core.workspace import Shelf
from tests.screens.conftest import paths

__all__ = ["paths"]

ADDRESS = "postgresql://mara:open-sesame-7@/nowhere?host={}"


def test_a_path_is_a_path_and_an_address_stays_one() -> None:
    assert source_of("/tmp//a.genko-backup") == Path("/tmp/a.genko-backup")
    assert source_of(ADDRESS) == ADDRESS
    assert str(Path(ADDRESS)) != ADDRESS, "control: a path loses a slash of it"


def test_a_job_with_an_address_asks_that_database(paths: Paths, tmp_path: Path) -> None:
    shelf = Shelf(paths)
    job = Plan(path=ADDRESS.format(tmp_path))
    with pytest.raises(ServerUnreachable) as told:
        answer(job, shelf, None, Work())
    assert "open-sesame-7" not in str(told.value)
    with pytest.raises(GenkoError, match="can't be read"):
        answer(Plan(path=str(Path(ADDRESS))), shelf, None, Work())
