"""A week offline: bible and book edited on two machines, saved from both; the server's JSON stays right."""

from __future__ import annotations

import random

import pytest
from psycopg.conninfo import make_conninfo

from core.assembly.book.writing import change_page, change_panels, insert_page
from core.bible import merge_characters
from core.errors import ServerError
from core.script import Script
from core.server import Server, ServerSettings, schema
from core.story import RECORD_SECTIONS, ProjectStore, Section, TextEdit
from tests.assembly.pages.project import Project
from tests.server.conftest import conninfo, database18
from tests.server.postgres import PostgresForTests
from tests.server.saving.machines import Machine, rows
from tests.server.saving.test_unified import check

__all__ = ["conninfo", "database18"]
PEOPLE, PLACES, SCENES = Section.CHARACTERS, Section.BACKGROUNDS, Section.SCENES


def begun() -> ProjectStore:
    """A project with a bible and a book."""
    made = Project.with_text()
    store = made.store
    ids = [store.add_record(PEOPLE, name=name, notes=f"of {name}") for name in ("Mara", "Tom", "Nell")]
    store.update_record(PEOPLE, ids[0], relationships={ids[1]: "brother", ids[2]: "aunt"})
    store.add_record(PLACES, name="Kitchen", kind="interior")
    store.add_record(PLACES, name="Lamp", filed_as="decors")
    store.add_record(SCENES, title="Night", characters=ids)
    change_panels(made.book, 0, {made.panel(0, 0): {"notes": "low angle", "status": "inks"}})
    return store


def a_week(project: Project, who: str, chance: random.Random, count: int) -> list[str]:
    """Edit bible, book and script; gives words that nobody may lose."""
    store, kept = project.store, []
    for number in range(count):
        word = f"⟨{who}{number}⟩"
        people = store.characters()
        somebody = chance.choice(people)
        match chance.randrange(9):
            case 0:
                store.edit_prose(PEOPLE, somebody.id, "notes", [TextEdit(0, 0, f"{word} ")])
                kept.append(word)
            case 1:
                store.add_record(chance.choice((PEOPLE, PLACES, SCENES)), notes=word, index=0)
                kept.append(word)
            case 2:
                store.move_records(PEOPLE, [somebody.id], chance.randrange(4))
            case 3:
                store.update_records(PEOPLE, [somebody.id], trashed_at="2026-01-01T00:00:00+00:00")
                store.undo()
            case 4 if len(people) > 3:
                other = chance.choice([one for one in people if one.id != somebody.id])
                merge_characters(store, Script(store.text), somebody.id, other.id)
            case 5:
                at = chance.randrange(project.book.count)
                panels = [one.id for one in project.book.page(at).panels if not one.id.startswith("cell:")]
                if panels:
                    change_panels(
                        project.book, at, {panels[0]: {f"balloon:{number + 9}": {"x": 0.5, "mark": word}}}
                    )
            case 6:
                change_page(project.book, chance.randrange(project.book.count), layout="1 | 1 / 1")
            case 7:
                insert_page(project.book, 0, title=word)
                kept.append(word)
            case 8:
                store.splice(0, 0, f"{word} ")
                kept.append(word)
        project.book.settle()
    return kept


def both_weeks(conninfo: str, seed: int, count: int) -> None:
    """Two machines from one save, a week each, then Ctrl+S from both, twice."""
    chance = random.Random(seed)
    first = begun()
    with Machine(conninfo, first) as here:
        here.save()
        with Machine.fetching(conninfo, first.project_id) as there:
            words = a_week(Project(here.store), "a", chance, count)
            words += a_week(Project(there.store), "b", chance, count)
            for machine in (here, there, here, there):
                machine.save()
            assert here.store.text == there.store.text
            for section in RECORD_SECTIONS:
                assert here.store.raw_records(section) == there.store.raw_records(section)
            held = here.store.text + repr([here.store.raw_records(section) for section in RECORD_SECTIONS])
            assert [word for word in words if word not in held] == []
            assert here.store.characters()
            shown = here.rows("SELECT document::text FROM unified_documents WHERE project_id = %s")[0][0]
            assert [word for word in words if word not in shown] == []
    rows(conninfo, "DELETE FROM projects")
    check(conninfo, ProjectStore.load(first.project_id, [there.store.snapshot()]))


def test_two_who_were_offline_for_a_week_lose_no_word_of_bible_and_book(conninfo: str) -> None:
    both_weeks(conninfo, 1, 25)


@pytest.mark.soak
def test_many_weeks_offline(conninfo: str) -> None:
    for seed in range(2, 22):
        both_weeks(conninfo, seed, 60)
        rows(conninfo, "DELETE FROM projects")


@pytest.mark.soak
def test_control_a_machine_whose_week_was_not_saved_is_missed(conninfo: str) -> None:
    with Machine(conninfo, begun()) as here:
        here.save()
        words = a_week(Project(here.store), "a", random.Random(1), 25)
        shown = here.rows("SELECT document::text FROM unified_documents WHERE project_id = %s")[0][0]
        assert [word for word in words if word in shown] == []


def as_guest(postgres18: PostgresForTests, database: str) -> str:
    """The address of a role that may write words, and change no tables."""
    admin = postgres18.conninfo_of(postgres18.name_of(database), admin=True)
    rows(admin, "DO $$ BEGIN CREATE ROLE guest; EXCEPTION WHEN duplicate_object THEN NULL; END $$")
    rows(admin, "GRANT guest TO genko")
    rows(admin, "GRANT ALL ON ALL TABLES IN SCHEMA public TO guest")
    rows(admin, "GRANT ALL ON ALL SEQUENCES IN SCHEMA public TO guest")
    return make_conninfo(database, options="-c role=guest")


@pytest.mark.soak
def test_a_role_that_may_not_bring_an_older_database_up_to_date_is_told_whom_to_ask(
    postgres18: PostgresForTests, database18: str
) -> None:
    schema.migrate(database18, "0001")
    guest = as_guest(postgres18, database18)
    with pytest.raises(ServerError, match="genko db migrate"):
        Server(ServerSettings(url=guest)).start()
    assert rows(database18, "SELECT version_num FROM genko_schema") == [("0001",)]
    schema.migrate(database18)
    Server(ServerSettings(url=guest)).start()  # the control: asked for and done
    with Machine(guest, begun()) as writer:
        writer.save()
        assert "Mara" in writer.text_on_server() or "MARA" in writer.text_on_server()
