"""A backup holds all of a project, as it was at one moment, whatever happens while it is made."""

from __future__ import annotations

import zipfile
from hashlib import sha256
from pathlib import Path
from uuid import uuid4

import pytest

from core.backup.exporting import content_id_of, create
from core.backup.exporting.choosing import Choice
from core.backup.exporting.journals import Journals
from core.backup.exporting.memory import Memory
from core.backup.library import library_of
from core.backup.work import Step, StoppedError, Work
from core.errors import GenkoError, JournalError, NotFound, UsageError
from core.journal import Disk, Journal
from core.journal.viewing import view
from core.story import BOOK_SECTIONS, Replica, Section, Version
from core.workspace import Shelf
from core.workspace.files import open_store
from tests.backup.exporting.making import (
    PNG,
    SHA,
    TEXT,
    contents,
    everything_in,
    files_below,
    lines,
    project,
    wishes,
    with_picture,
)


def test_everything_of_a_project_is_in_its_backup(shelf: Shelf, folder: Path) -> None:
    one = project(shelf)
    with_picture(shelf, one)
    made = create(shelf, wishes(folder, one))
    store = open_store(shelf, shelf.entry(one))
    (found,) = contents(made)
    assert (found.script, found.title, found.project_id) == (TEXT, "Rêve", one)
    assert found.meta == store.raw_meta()
    for section in BOOK_SECTIONS:
        assert [(r.key, r.fields) for r in found.records[section]] == list(store.raw_records(section).items())
    again = Replica(found.document)
    assert (again.text, again.version) == (store.text, store.version)
    assert [picture.name for picture in found.pictures] == ["mara.png"]
    assert made.left_out == ()


def test_it_is_readable_without_genko(shelf: Shelf, folder: Path) -> None:
    one = project(shelf)
    with_picture(shelf, one)
    made = create(shelf, wishes(folder, one))
    assert made.path is not None
    with zipfile.ZipFile(made.path) as packed:
        assert packed.read("manuscript/01-rêve.txt").decode() == f"Rêve\n\n{TEXT}"
        assert packed.read(f"media/{SHA}") == PNG
        assert "Harbour" in packed.read("data/backgrounds.jsonl").decode()
    assert "".join(page["text"] for page in lines(made.path, "pages")) == TEXT


def test_the_whole_library_with_its_trash(shelf: Shelf, folder: Path) -> None:
    kept, thrown = project(shelf, "Kept"), project(shelf, "Thrown")
    shelf.trash(thrown)
    made = create(shelf, wishes(folder))
    assert made.path is not None
    found = {line["id"]: line for line in lines(made.path, "projects")}
    assert found.keys() == {str(kept), str(thrown)}
    assert "trashed_at" in found[str(thrown)]
    assert "trashed_at" not in found[str(kept)]


def test_a_library_without_projects_is_a_backup_too(shelf: Shelf, folder: Path) -> None:
    assert contents(create(shelf, wishes(folder))) == []


def test_an_unknown_project_and_an_unknown_section_are_refused(shelf: Shelf, folder: Path) -> None:
    one = project(shelf)
    with pytest.raises(NotFound):
        create(shelf, wishes(folder, one, uuid4()))
    with pytest.raises(UsageError):
        wishes(folder, one, sections=("scripts",))
    assert not files_below(folder)


class Writer:
    """Somebody who writes the same number into the script and into a note, each time in one step."""

    def __init__(self, shelf: Shelf) -> None:
        self.shelf, self.count, self.told = shelf, 0, 0
        self.project = shelf.create(title="Counted", text="0").project_id
        with shelf.edited(self.project) as store:
            self.record = store.add_record(Section.CHARACTERS, notes="0")

    def now_and_then(self, *_: object) -> None:
        self.told += 1
        if self.told % 6 == 1:
            self.write()

    def write(self) -> None:
        self.count += 1
        with self.shelf.edited(self.project) as store:
            length = store.text_length
            store.update_record(Section.CHARACTERS, self.record, notes=str(self.count))
            store.splice(0, length, str(self.count))


def test_words_written_meanwhile_are_all_in_it_or_none_of_them(shelf: Shelf, folder: Path) -> None:
    writer = Writer(shelf)
    for _ in range(3):
        made = create(shelf, wishes(folder), work=Work(writer.now_and_then))
        (found,) = contents(made)
        assert (
            found.script
            == found.records[Section.CHARACTERS][0].fields["notes"]
            == Replica(found.document).text
        )
    assert writer.count > 6


def test_words_written_between_reading_and_looking_again_are_not_mixed_in(shelf: Shelf) -> None:
    writer = Writer(shelf)

    def beyond(mine: Version) -> tuple[list[bytes], int]:
        writer.write()
        return [], 0

    found = Journals.of(shelf).read(writer.project, beyond=beyond)
    note = found.records[Section.CHARACTERS][writer.record]["notes"]
    assert found.text == note == "0" != str(writer.count)


def test_control_who_reads_twice_gets_two_moments(shelf: Shelf) -> None:
    writer = Writer(shelf)
    path = shelf.path_of(writer.project)
    script = Replica(view(path, parted=False).blobs).text
    writer.write()
    records = Replica(view(path, parted=False).blobs).raw_records(Section.CHARACTERS)
    assert records[writer.record]["notes"] != script


def stopped_after(steps: int) -> Work:
    """Work that is to stop once it has told so many steps."""
    work, told = Work(), []

    def tell(step: Step) -> None:
        told.append(step)
        if len(told) == steps:
            work.stop.set()

    work.tell = tell
    return work


EVERY = pytest.mark.parametrize("each", [5, pytest.param(1, marks=pytest.mark.soak)])


@EVERY
def test_stopping_at_any_step_leaves_nothing(shelf: Shelf, folder: Path, each: int) -> None:
    with_picture(shelf, project(shelf))
    project(shelf, "Another")
    before = files_below(shelf.paths.data, shelf.paths.state)
    steps: list[Step] = []
    create(shelf, wishes(folder), work=Work(steps.append))
    (made,) = files_below(folder)
    made.unlink()
    remembered = files_below(shelf.paths.data, shelf.paths.state) - before
    for stop_at in range(len(steps)):
        work = Work()
        told = iter(range(len(steps)))
        work.tell = lambda step, work=work, told=told, at=stop_at: (
            work.stop.set() if next(told) == at else None
        )  # type: ignore[misc]
        if stop_at < len(steps) - 1:
            with pytest.raises(StoppedError):
                create(shelf, wishes(folder), work=work)
            assert not files_below(folder)
    assert files_below(shelf.paths.data, shelf.paths.state) - before == remembered
    assert len(steps) >= 6


def test_a_damaged_project_is_backed_up_as_far_as_it_can_be_read_and_said(shelf: Shelf, folder: Path) -> None:
    one = project(shelf)
    with shelf.edited(one) as store:
        store.splice(0, 0, "LOST " * 500)
    damage(shelf.path_of(one), b"LOST LOST")
    before = shelf.path_of(one).read_bytes()
    made = create(shelf, wishes(folder))
    (found,) = contents(made)
    assert found.script == TEXT
    (left,) = made.left_out
    assert left.what == "1 of 3 stored updates of “Rêve”"
    assert shelf.path_of(one).read_bytes() == before, "a backup mends nothing"


def damage(path: Path, words: bytes) -> None:
    """Flip a bit of the words in a project's file."""
    data = bytearray(path.read_bytes())
    data[data.index(words)] ^= 1
    path.write_bytes(data)


def test_a_project_that_can_not_be_read_at_all_does_not_keep_others_from_it(
    shelf: Shelf, folder: Path
) -> None:
    good, bad = project(shelf, "Good"), project(shelf, "Bad")
    shelf.path_of(bad).write_bytes(b"no journal")
    made = create(shelf, wishes(folder))
    assert [found.project_id for found in contents(made)] == [good]
    assert len(made.left_out) == 1
    with pytest.raises(GenkoError):
        create(shelf, wishes(folder, bad))


def test_a_project_that_is_taken_away_meanwhile_does_not_keep_others_from_it(
    shelf: Shelf, folder: Path
) -> None:
    first, second = sorted((project(shelf, "One"), project(shelf, "Two")))

    def take_away(step: Step) -> None:
        if (step.what, step.done) == ("reading the projects", 1):
            shelf.path_of(second).unlink(missing_ok=True)

    made = create(shelf, wishes(folder), work=Work(take_away))
    assert [found.project_id for found in contents(made)] == [first]
    assert str(second) in made.left_out[0].what


def test_a_missing_picture_is_named_and_the_words_are_there(shelf: Shelf, folder: Path) -> None:
    one = project(shelf)
    with_picture(shelf, one).unlink()
    made = create(shelf, wishes(folder, one))
    assert [left.sentence for left in made.left_out] == [
        "The picture mara.png of “Rêve”: its file is not on this machine."
    ]
    assert made.manifest.media == ()
    assert contents(made)[0].script == TEXT


def test_a_damaged_picture_is_not_taken_for_a_whole_one(shelf: Shelf, folder: Path) -> None:
    one = project(shelf)
    with_picture(shelf, one).write_bytes(PNG[:-1] + b"\0")
    made = create(shelf, wishes(folder, one))
    assert "damaged" in made.left_out[0].why
    assert PNG[:-1] not in everything_in(made.path or folder)


def test_a_picture_that_is_cut_while_it_is_backed_up_ends_it(shelf: Shelf, folder: Path) -> None:
    one = project(shelf)
    path = with_picture(shelf, one)
    shelf.paths.config.mkdir()
    words = "\n".join(sha256(bytes([at % 256, at // 256])).hexdigest() for at in range(20_000))
    (shelf.paths.config / "words.txt").write_text(words)  # so that there are steps before the pictures' turn

    def cut(step: Step) -> None:
        if step.what == "writing the backup":
            path.write_bytes(PNG[:20])

    with pytest.raises(GenkoError):
        create(shelf, wishes(folder, one), work=Work(cut))
    assert not files_below(folder)
    path.write_bytes(PNG)
    assert not create(shelf, wishes(folder, one)).left_out, "control: left alone, the picture is in it"


def test_what_was_not_chosen_is_nowhere_in_it(shelf: Shelf, folder: Path) -> None:
    one = project(shelf)
    part = create(shelf, wishes(folder, one, sections=("script",)))
    whole = create(shelf, wishes(folder, one))
    assert part.path is not None
    assert whole.path is not None
    assert b"shy" not in everything_in(part.path)
    assert b"shy" in everything_in(whole.path), "the same search finds it where it is"
    assert part.manifest.sections_chosen == ("script",)
    assert part.manifest.documents == ()
    assert contents(part)[0].script == TEXT


def test_a_stream_gets_the_same_archive(shelf: Shelf, folder: Path) -> None:
    one = project(shelf)
    with (folder / "streamed.genko-backup").open("wb") as stream:
        made = create(shelf, wishes(folder, one).__class__(stream, (one,)))
    assert made.path is None
    assert (folder / "streamed.genko-backup").stat().st_size == made.size
    kept = create(shelf, wishes(folder, one))
    assert kept.manifest.content_id == made.manifest.content_id


def test_the_content_is_called_the_same_until_it_changes(shelf: Shelf, folder: Path) -> None:
    one, two = project(shelf, "One"), project(shelf, "Two")
    name = create(shelf, wishes(folder)).manifest.content_id
    assert create(shelf, wishes(folder)).manifest.content_id == name == content_id_of(shelf)
    (shelf.paths.state / "backup-memory").unlink()
    assert content_id_of(shelf) == name, "what is remembered only saves time"
    names = {name}
    with shelf.edited(one) as store:
        store.splice(0, 0, "x")
    names.add(content_id_of(shelf))
    with shelf.edited(two) as store:
        store.update_record(Section.CHARACTERS, store.characters()[0].id, role="lead")
    names.add(content_id_of(shelf))
    with shelf.edited(two) as store:
        store.set_mark("word", "neu", True)
    names.add(content_id_of(shelf))
    assert len(names) == 4
    with shelf.edited(two) as store:
        store.set_mark("word", "neu", None)
        store.update_record(Section.CHARACTERS, store.characters()[0].id, role=None)
    with shelf.edited(one) as store:
        store.splice(0, 1, "")
    assert create(shelf, wishes(folder)).manifest.content_id == content_id_of(shelf)


def test_projects_that_stayed_are_not_read_again(shelf: Shelf, folder: Path) -> None:
    one = project(shelf)
    create(shelf, wishes(folder))
    read = Journals.of(shelf)
    known = Memory.of(shelf.paths).get(one, read.mark(one))
    assert known is not None
    assert sum(length for _, length in known.cuts) == len(TEXT)
    with_picture(shelf, one)
    assert Memory.of(shelf.paths).get(one, read.mark(one)) is None
    choice = Choice(library_of(shelf), wishes(folder), None, Work(), [], memory=Memory.of(shelf.paths))
    assert [page.text for page in next(iter(choice)).pages] == [
        page["text"] for page in lines(*_pages(shelf, folder))
    ]


def _pages(shelf: Shelf, folder: Path) -> tuple[Path, str]:
    made = create(shelf, wishes(folder)).path
    assert made is not None
    return made, "pages"


def test_a_project_in_several_files_on_a_network_file_system(shelf: Shelf, folder: Path) -> None:
    one = project(shelf)
    store = open_store(shelf, shelf.entry(one))
    before = store.version
    store.splice(0, 0, "THERE ")
    journal, _ = Journal.open(shelf.path_of(one), disk=Disk(network=lambda _: "nfs", reserve_bytes=0))
    journal.append(store.updates_since(before))
    try:
        assert journal.flush()
        assert contents(create(shelf, wishes(folder)))[0].script == f"THERE {TEXT}"
    finally:
        journal.close()


def test_a_project_without_its_file_is_told(shelf: Shelf) -> None:
    one = project(shelf)
    shelf.path_of(one).unlink()
    with pytest.raises(JournalError):
        Journals.of(shelf).read(one)
