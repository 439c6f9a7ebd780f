"""The migration from end to end: again and again, edits on both sides, checked, taken back."""

from __future__ import annotations

from pathlib import Path

from core.backup.importing import apply_import, plan_import, undo_import
from core.backup.migrating.known import came_in
from core.backup.migrating.running import roll_back
from core.story import Section
from core.workspace import Shelf
from core.workspace.files import open_store
from tests.legacy.mangaka import samples
from tests.legacy.mangaka.migrations import KEY, TEXT, bring, flat, look, no_backup, text_of, write
from tests.legacy.mangaka.samples import OTHER, row_id, script_row
from tests.server.conftest import conninfo, database18, postgres18, template18  # noqa: F401 fixtures


def test_everything_comes_in_and_is_found_again(shelf: Shelf, tmp_path: Path) -> None:
    dump = write(tmp_path / "dump.json", samples.tables())
    before = look(shelf, dump)
    assert not before.complete  # the control: nothing is here yet
    assert before.missed > 5
    done = bring(shelf, dump)
    assert done.actions == {"create": 2}
    assert sum(done.rows.values()) == 12
    after = look(shelf, dump)
    assert after.complete, after.misses
    assert after.found == after.rows == 12


def test_a_word_taken_from_the_project_is_still_in_its_history_and_one_never_brought_is_missed(
    shelf: Shelf, tmp_path: Path
) -> None:
    dump = write(tmp_path / "dump.json", [script_row(flat(TEXT))])
    bring(shelf, dump)
    entry = came_in(shelf)[KEY]
    with shelf.edited(entry.project_id) as store:
        store.replace_text("all of it thrown away")
    assert look(shelf, dump).complete
    changed = write(tmp_path / "dump2.json", [script_row(flat(f"{TEXT}\nMARA: Four.\n"))])
    missed = look(shelf, changed)
    assert missed.missed == 1
    assert "Four" in missed.misses[0].words[0]


def test_again_without_a_change_does_nothing(shelf: Shelf, tmp_path: Path) -> None:
    dump = write(tmp_path / "dump.json", samples.tables())
    bring(shelf, dump)
    before = {entry.project_id: open_store(shelf, entry).version for entry in shelf.list()}
    again = bring(shelf, dump)
    assert again.actions == {"same": 2}
    assert again.imports == []
    assert {entry.project_id: open_store(shelf, entry).version for entry in shelf.list()} == before


def test_what_both_sides_wrote_since_survives(shelf: Shelf, tmp_path: Path) -> None:
    dump = write(tmp_path / "dump.json", [script_row(flat(TEXT)), script_row(samples.C, 2, project=OTHER)])
    bring(shelf, dump)
    with shelf.edited(came_in(shelf)[KEY].project_id) as store:
        store.replace_text(store.text.replace("One.", "One, written in Genko."))
    newer = TEXT.replace("Three.", "Three, written in the old app.")
    dump = write(
        tmp_path / "dump.json", [script_row(flat(newer), day=9), script_row(samples.C, 2, project=OTHER)]
    )
    done = bring(shelf, dump)
    assert done.actions == {"merge": 1, "same": 1}
    assert done.conflicts == 0
    text = text_of(shelf)
    assert text.count("One, written in Genko.") == 1
    assert text.count("Three, written in the old app.") == 1
    assert text.count("Two.") == 1
    assert look(shelf, dump).complete
    # The control: without a common ancestor one of the two would have gone or stood there twice.
    assert text == TEXT.replace("One.", "One, written in Genko.").replace(
        "Three.", "Three, written in the old app."
    )
    # And a third time, from where the second left off.
    third = newer.replace("Two.", "Two, later still.")
    bring(shelf, write(tmp_path / "dump.json", [script_row(flat(third), day=10)]))
    assert "Two, later still." in text_of(shelf)
    assert "One, written in Genko." in text_of(shelf)


def test_the_same_words_changed_on_both_sides_are_both_kept(shelf: Shelf, tmp_path: Path) -> None:
    dump = write(tmp_path / "dump.json", [script_row(flat(TEXT))])
    bring(shelf, dump)
    with shelf.edited(came_in(shelf)[KEY].project_id) as store:
        store.replace_text(TEXT.replace("Two.", "Deux."))
    dump = write(tmp_path / "dump.json", [script_row(flat(TEXT.replace("Two.", "Zwei.")), day=9)])
    bring(shelf, dump)
    assert "Deux." in text_of(shelf)
    assert look(shelf, dump).complete


def test_records_of_a_later_run_come_in_beside_ours(shelf: Shelf, tmp_path: Path) -> None:
    tables = samples.tables()
    bring(shelf, write(tmp_path / "dump.json", tables))
    mine = came_in(shelf)[KEY].project_id
    with shelf.edited(mine) as store:
        store.add_record(Section.CHARACTERS, name="Only in Genko")
    tables["character_images"].append(
        {
            **tables["character_images"][0],
            "id": row_id(500),
            "metadata": {"name": "Late"},
            "original_prompt": "came late",
        }
    )
    dump = write(tmp_path / "dump.json", tables)
    bring(shelf, dump)
    names = [one.name for one in open_store(shelf, shelf.entry(mine)).characters()]
    assert set(names) == {"Mara", "Yann", "Only in Genko", "Late"}
    assert look(shelf, dump).complete


def test_what_the_writer_threw_away_stays_there(shelf: Shelf, tmp_path: Path) -> None:
    dump = write(tmp_path / "dump.json", samples.tables())
    bring(shelf, dump)
    shelf.trash(came_in(shelf)[KEY].project_id)
    done = bring(shelf, dump)
    assert done.actions == {"skip": 1, "same": 1}
    assert done.in_trash
    assert len(shelf.list()) == 1


def test_what_was_taken_back_stays_away_until_it_is_wanted_again(shelf: Shelf, tmp_path: Path) -> None:
    bring(shelf, write(tmp_path / "dump.json", [script_row(flat(TEXT))]))
    newer = TEXT.replace("Two.", "Two, later.")
    dump = write(tmp_path / "dump.json", [script_row(flat(newer), day=9)])
    done = bring(shelf, dump)
    undo_import(shelf, done.imports[0], back_up=no_backup)
    assert text_of(shelf) == TEXT
    told = bring(shelf, dump)
    assert (told.actions, len(told.taken_back), text_of(shelf)) == ({"same": 1}, 1, TEXT)
    told = bring(shelf, dump, again=True)
    assert (told.actions, told.taken_back, text_of(shelf)) == ({"merge": 1}, [], newer)
    assert bring(shelf, dump).taken_back == []


def test_a_project_that_was_taken_back_whole_comes_out_of_the_trash_again(
    shelf: Shelf, tmp_path: Path
) -> None:
    dump = write(tmp_path / "dump.json", [script_row(flat(TEXT))])
    undo_import(shelf, bring(shelf, dump).imports[0], back_up=no_backup)
    assert (bring(shelf, dump).actions, shelf.list()) == ({"skip": 1}, [])
    bring(shelf, dump, again=True)
    assert (len(shelf.list()), text_of(shelf)) == (1, TEXT)


def test_rolling_back_and_going_on(shelf: Shelf, tmp_path: Path) -> None:
    mine = shelf.create(title="My own", text="PAGE 1:\nuntouched\n")
    dump = write(tmp_path / "dump.json", samples.tables())
    bring(shelf, dump)
    with shelf.edited(came_in(shelf)[KEY].project_id) as store:
        store.replace_text(f"{store.text}\nwritten since\n")
    back = roll_back(shelf)
    assert len(back.projects) == 2
    assert [entry.project_id for entry in shelf.list()] == [mine.project_id]
    assert len(shelf.list(trashed=True)) == 2
    assert roll_back(shelf).projects == []
    done = bring(shelf, dump)
    assert done.actions == {"same": 2}
    assert len(shelf.list()) == 3
    assert "written since" in text_of(shelf)


def test_rolling_back_leaves_what_was_imported_in_another_way(shelf: Shelf, tmp_path: Path) -> None:
    dump = write(tmp_path / "dump.json", samples.tables())
    plan = plan_import(shelf, Path(dump))
    apply_import(shelf, Path(dump), plan, back_up=no_backup)
    assert len(shelf.list()) == 2
    assert bring(shelf, dump).actions == {"same": 2}
    assert roll_back(shelf).projects == []
    assert len(shelf.list()) == 2
