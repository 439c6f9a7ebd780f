"""Settings out of a backup, where the disk or the backup is bad, or the program ends between two files."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from core.backup.importing import imports
from core.backup.importing.reports.ledger import Ledger
from core.backup.plan import Decisions, Outcome
from core.errors import GenkoError
from tests.backup.importing.desk import Desk, given, item

OURS = "[editor]\nwrap = 72\n"
FILES = {"settings.toml": b"[editor]\nwrap = 80\n", "words.txt": b"Akira\n"}


@pytest.fixture
def config(desk: Desk) -> Path:
    """Settings of our own."""
    folder = desk.shelf.paths.config
    folder.mkdir(parents=True)
    (folder / "settings.toml").write_text(OURS)
    return folder


@pytest.mark.parametrize("done", [0, 1, 2])
def test_an_import_that_ended_between_two_files_is_told_and_taken_back(
    desk: Desk, config: Path, done: int
) -> None:
    """The control is one that had done nothing yet: of that nobody has to be told."""
    report = desk.bring(replace(given(), files=FILES), Decisions(settings=True))
    ledger = Ledger(desk.shelf.paths)
    ledger.begin(report)  # as a killed program leaves it
    Path(report.path).unlink()
    if done < 2:
        (config / "words.txt").unlink()
    if done < 1:
        (config / "settings.toml").write_text(OURS)
    told = imports(desk.shelf)
    assert [one.import_id for one in told] == [report.import_id] * bool(done)
    if done:
        desk.undo(told[0])
        assert (config / "settings.toml").read_text() == OURS
        assert not (config / "words.txt").exists()


def test_settings_that_cant_be_read_here_are_never_taken_for_empty_ones(desk: Desk, config: Path) -> None:
    """A folder in the place of the file stands for a disk that fails: root may read everything else."""
    report = desk.bring(replace(given(), files=FILES), Decisions(settings=True))
    kept = next(config.parent.rglob(f"{report.import_id}.settings")) / "settings.toml"
    kept.unlink()
    kept.mkdir()
    with pytest.raises(GenkoError, match="can't be read"):
        desk.undo(report)
    assert (config / "settings.toml").read_text() == "[editor]\nwrap = 80\n"
    (config / "words.txt").unlink()
    (config / "words.txt").mkdir()
    with pytest.raises(GenkoError, match="can't be read"):
        desk.look(replace(given(), files=FILES), Decisions(settings=True))


@pytest.mark.parametrize("depth", [3, 20_000])
def test_settings_that_are_nested_without_an_end_are_refused(desk: Desk, config: Path, depth: int) -> None:
    """The control is nested a little."""
    deep = b"x = " + b"[" * depth + b"]" * depth + b"\n"
    plan = desk.look(replace(given(), files={"settings.toml": deep}), Decisions(settings=True))
    expected = Outcome.REFUSED if depth > 1000 else Outcome.UPDATE
    assert item(plan, "settings.toml").outcome is expected
    assert (config / "settings.toml").read_text() == OURS
