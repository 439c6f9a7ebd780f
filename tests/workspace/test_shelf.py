"""Projects on this machine are made, found, renamed, copied and binned without losing one."""

from __future__ import annotations

from pathlib import Path
from random import Random
from uuid import UUID

import loro
import pytest

from core.errors import NotFound, UsageError
from core.journal import Journal
from core.journal.compaction import LARGE
from core.story import ProjectStore
from core.workspace import Shelf, open_store
from core.workspace.shelf import LONGEST_TITLE, load_store

SCRIPT = "PAGE 1 :\n\nPANEL 1 :\n(Rain.)\nMIKA : Run, now.\n\nPANEL 2 :\n(Silence.)\n"


def test_a_new_project_is_on_the_disk_with_its_figures(shelf: Shelf) -> None:
    made = shelf.create(title="Rain", text=SCRIPT)
    (entry,) = Shelf(shelf.paths).list()
    assert (entry.project_id, entry.title) == (made.project_id, "Rain")
    assert (entry.pages, entry.panels) == (1, 2)
    assert entry.words > 3
    assert open_store(shelf, entry).text == SCRIPT
    assert entry.where == "on this machine only"


def test_figures_that_are_none_hide_no_project(shelf: Shelf) -> None:
    entry = shelf.create(title="Rain", text=SCRIPT)
    assert entry.path is not None
    journal, _ = Journal.open(entry.path)
    journal.put_all({"pages": "9" * 5_000, "panels": "²"})
    assert journal.close()
    [found] = shelf.list()
    assert (found.title, found.pages, found.panels) == ("Rain", 0, 0)


def test_nobody_else_can_read_a_project(shelf: Shelf) -> None:
    entry = shelf.create(title="Secret")
    assert entry.path is not None
    assert entry.path.stat().st_mode & 0o777 == 0o600
    assert shelf.paths.projects.stat().st_mode & 0o777 == 0o700


@pytest.mark.parametrize(
    "title", ["../../etc/passwd", "a/b\\c", "🦊 狐の嫁入り", "CON", ".", "é" * LONGEST_TITLE]
)
def test_any_title_is_only_a_title(shelf: Shelf, title: str) -> None:
    entry = shelf.create(title=title)
    assert entry.title == title
    assert entry.path is not None
    assert entry.path.parent == shelf.paths.projects
    assert shelf.find(title).project_id == entry.project_id


def test_a_title_has_one_line_and_an_end(shelf: Shelf) -> None:
    assert shelf.create(title=" The\nfox\t\x1b[31m ").title == "The fox [31m"
    with pytest.raises(UsageError, match=str(LONGEST_TITLE)):
        shelf.create(title="x" * (LONGEST_TITLE + 1))


def test_a_project_is_found_by_id_title_or_beginning(shelf: Shelf) -> None:
    rain = shelf.create(title="Rain")
    rainbow = shelf.create(title="Rainbow road")
    assert shelf.find("rain").project_id == rain.project_id
    assert shelf.find("Rainb").project_id == rainbow.project_id
    assert shelf.find(str(rain.project_id)).project_id == rain.project_id
    assert shelf.find(str(rain.project_id)[:13]).project_id == rain.project_id


def test_a_title_that_fits_two_lists_both(shelf: Shelf) -> None:
    twins = [shelf.create(title="Twin"), shelf.create(title="Twin")]
    with pytest.raises(NotFound) as caught:
        shelf.find("Twin")
    assert caught.value.ambiguous
    assert all(str(twin.project_id) in str(caught.value) for twin in twins)
    with pytest.raises(NotFound) as missing:
        shelf.find("Nothing")
    assert not missing.value.ambiguous


def test_renaming_is_an_edit_of_the_document(shelf: Shelf) -> None:
    entry = shelf.create(title="Old", text=SCRIPT)
    assert shelf.rename(entry.project_id, "New").title == "New"
    assert open_store(shelf, entry).meta.title == "New"
    assert open_store(shelf, entry).text == SCRIPT


def test_a_copy_lives_its_own_life(shelf: Shelf) -> None:
    original = shelf.create(title="Fox", text=SCRIPT)
    copy = shelf.duplicate(original.project_id)
    assert copy.project_id != original.project_id
    assert copy.title == "Fox (copy)"
    shelf.rename(copy.project_id, "Hare")
    assert shelf.entry(original.project_id).title == "Fox"
    assert open_store(shelf, copy).text == SCRIPT


def test_a_copy_keeps_what_waits_for_lost_words(shelf: Shelf) -> None:
    store = ProjectStore.create(title="Gap")
    start, blobs = store.version, [store.snapshot()]
    for word in ("one ", "two "):
        start = store.version
        store.splice(0, 0, word)
        blobs.append(store.updates_since(start))
    entry = shelf.adopt(ProjectStore.load(store.project_id, [blobs[0]]))
    journal, _ = shelf.open_journal(entry.project_id)
    journal.append(blobs[2])
    assert journal.close()
    copy = shelf.duplicate(entry.project_id)
    journal, recovered = shelf.open_journal(copy.project_id)
    assert journal.close()
    assert load_store(copy.project_id, [*recovered.blobs, blobs[1]]).text == "two one "


def test_the_trash_gives_everything_back(shelf: Shelf) -> None:
    entry = shelf.create(title="Fox", text=SCRIPT)
    shelf.trash(entry.project_id)
    assert shelf.list() == []
    assert [binned.title for binned in shelf.list(trashed=True)] == ["Fox"]
    shelf.restore(entry.project_id)
    assert open_store(shelf, shelf.find("Fox")).text == SCRIPT


def test_a_damaged_file_is_listed_and_the_others_too(shelf: Shelf) -> None:
    broken = shelf.create(title="Broken")
    fine = shelf.create(title="Fine")
    assert broken.path is not None
    broken.path.write_text("this is no journal\n")
    for beside in broken.path.parent.glob(f"{broken.path.name}-*"):
        beside.unlink()
    listed = {entry.project_id: entry for entry in shelf.list()}
    assert listed[broken.project_id].damaged
    assert listed[fine.project_id].title == "Fine"


def test_a_foreign_file_in_the_folder_is_left_alone(shelf: Shelf) -> None:
    shelf.create(title="Fox")
    foreign = shelf.paths.projects / "notes.genko"
    foreign.write_text("mine")
    assert len(shelf.list()) == 1
    assert foreign.read_text() == "mine"


def test_no_folder_is_an_empty_shelf(tmp_path: Path, shelf: Shelf) -> None:
    assert shelf.list() == []
    assert not (tmp_path / "data").exists()


def blobs_of(shelf: Shelf, project_id: UUID) -> list[bytes]:
    journal, recovered = Journal.open(shelf.path_of(project_id))
    journal.close()
    return list(recovered.blobs)


def is_snapshot(blob: bytes) -> bool:
    """Which is opened in a tenth of the time that updates take."""
    mode = loro.LoroDoc.decode_import_blob_meta(blob, True).mode
    return bool(mode == loro.EncodedBlobMode.Snapshot)


def noise(number: int) -> str:
    """Words that don't get smaller."""
    return Random(number).randbytes(LARGE).hex()


def test_what_makes_a_document_large_leaves_it_quick_to_open(shelf: Shelf) -> None:
    small, large = shelf.create(title="Small", text=SCRIPT), shelf.create(title="Large", text=noise(1))
    assert [is_snapshot(blob) for blob in blobs_of(shelf, small.project_id)] == [False], "control"
    assert [is_snapshot(blob) for blob in blobs_of(shelf, large.project_id)] == [True]
    with shelf.edited(small.project_id) as store:
        store.splice(0, 0, noise(2))
    assert [is_snapshot(blob) for blob in blobs_of(shelf, small.project_id)] == [True]
    assert open_store(shelf, shelf.entry(small.project_id)).text == noise(2) + SCRIPT
    assert open_store(shelf, large).text == noise(1)
