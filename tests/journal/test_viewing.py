"""A project's file is read at one moment, and nothing of that is left beside it."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from core.errors import JournalError
from core.journal.viewing import mark, steadily, view
from core.story import Replica
from core.workspace import Shelf
from tests.workspace.conftest import paths_in


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A project's file that nobody has open."""
    shelf = Shelf(paths_in(tmp_path))
    return shelf.path_of(shelf.create(title="One", text="words").project_id)


def write(path: Path, words: str) -> None:
    """Somebody opens the project, writes, and closes it."""
    shelf = Shelf(paths_in(path.parents[2]))
    (entry,) = shelf.list()
    with shelf.edited(entry.project_id) as store:
        store.splice(0, 0, words)


def test_nothing_is_left_beside_a_file_that_was_read(path: Path) -> None:
    before = {other.name for other in path.parent.iterdir()}
    assert Replica(view(path, parted=False).blobs).text == "words"
    mark(path, parted=False)
    assert {other.name for other in path.parent.iterdir()} == before


def test_a_file_that_is_written_while_it_is_read_is_read_again(path: Path) -> None:
    seen: list[int] = []

    def read(connection: sqlite3.Connection) -> int:
        seen.append(connection.execute("SELECT count(*) FROM updates").fetchone()[0])
        if len(seen) == 1:
            write(path, "more ")
        return seen[-1]

    assert steadily(path, read) == 2
    assert seen == [1, 2], "what was read first is not what is there"
    assert steadily(path, read) == 2
    assert len(seen) == 3, "control: what nobody writes is read once"


def test_a_file_that_somebody_has_open_is_read_with_what_is_in_its_log(path: Path) -> None:
    shelf = Shelf(paths_in(path.parents[2]))
    (entry,) = shelf.list()
    journal, recovered = shelf.open_journal(entry.project_id)
    replica = Replica(recovered.blobs)
    with shelf.edited(entry.project_id) as store:
        store.splice(0, 0, "more ")
    assert path.with_name(path.name + "-wal").exists()
    assert Replica(view(path, parted=False).blobs).text == "more words" != replica.text
    journal.close()


def test_a_mark_changes_with_the_project_and_not_without_it(path: Path) -> None:
    before = mark(path, parted=False)
    view(path, parted=False)
    assert mark(path, parted=False) == before
    write(path, "more ")
    assert mark(path, parted=False) != before


def test_what_is_no_project_is_said(path: Path) -> None:
    with pytest.raises(JournalError):
        view(path.with_name("nothing.genko"), parted=False)
    with pytest.raises(JournalError):
        mark(path.with_name("nothing.genko"), parted=False)
    path.write_bytes(b"")
    assert view(path, parted=False).blobs == []
