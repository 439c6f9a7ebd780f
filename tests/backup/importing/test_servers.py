"""Versions and reports reach a server: at once, or with the next save when it is away."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

import pytest

from core.backup.exporting import CreateWishes, create
from core.backup.importing import apply_import, apply_plan, plan_import, undo_import
from core.backup.plan import Action, Decisions, Outcome
from core.backup.work import Work
from core.content import OldText
from core.journal import read_facts
from core.server import Server, ServerSettings
from core.story import text_at
from core.workspace import fetch_project, server_entries
from core.workspace.saving import save_project
from core.workspace.shelf import Shelf
from tests.backup.importing.desk import SCRIPT, Desk, foreign, given, item, make_shelf
from tests.server.conftest import conninfo, postgres18, template18
from tests.server.postgres import PostgresForTests
from tests.server.saving.machines import rows

__all__ = ["conninfo", "postgres18", "template18"]


@pytest.fixture
def server(conninfo: str) -> Iterator[Server]:
    """A server with the tables."""
    made = Server(ServerSettings(url=conninfo))
    yield made
    made.close()


@pytest.fixture
def other(postgres18: PostgresForTests, template18: str) -> Iterator[Server]:
    """Another one."""
    database = postgres18.make_database(template18)
    made = Server(ServerSettings(url=database))
    yield made
    made.close()
    postgres18.drop_database(database)


def waiting(shelf: Shelf) -> list[str]:
    """The facts of all projects that wait for a server."""
    return [
        name
        for entry in shelf.list()
        for name in read_facts(entry.path or Path())
        if name.startswith("brought:")
    ]


def test_all_versions_are_on_the_other_server_with_their_texts(
    desk: Desk, server: Server, other: Server, tmp_path: Path
) -> None:
    entry = desk.shelf.create(title="A storm", text=SCRIPT)
    for line in ("one", "two"):
        with desk.shelf.edited(entry.project_id) as store:
            store.splice(0, 0, f"{line}\n")
        save_project(desk.shelf, entry.project_id, server, message=line)
    (tmp_path / "out").mkdir()
    path = create(desk.shelf, CreateWishes(tmp_path / "out"), server=server).path
    assert path is not None
    elsewhere = make_shelf(tmp_path / "elsewhere")
    report = apply_import(elsewhere, path, plan_import(elsewhere, path), server=other)
    before, after = server.versions(entry.project_id), other.versions(entry.project_id)
    assert after[1:] == before
    assert [one.number for one in after] == [3, 2, 1]
    blobs = other.load(entry.project_id).blobs
    assert text_at(blobs, after[2].frontier) == f"one\n{SCRIPT}"
    assert waiting(elsewhere) == []
    assert report.notes == ()


def test_a_project_that_is_the_same_brings_the_versions_that_a_new_server_lacks(
    desk: Desk, server: Server, other: Server, tmp_path: Path
) -> None:
    entry = desk.shelf.create(title="A storm", text=SCRIPT)
    save_project(desk.shelf, entry.project_id, server, message="one")
    (tmp_path / "out").mkdir()
    path = create(desk.shelf, CreateWishes(tmp_path / "out"), server=server).path
    assert path is not None
    version = desk.open(entry.project_id).version
    assert plan_import(desk.shelf, path, server=server).projects[0].action is Action.SAME, "it has them"
    assert plan_import(desk.shelf, path).projects[0].action is Action.SAME, "nobody can say"
    plan = plan_import(desk.shelf, path, server=other)
    assert item(plan, "1 saved version").outcome is Outcome.CREATE
    report = apply_import(desk.shelf, path, plan, server=other)
    assert item(report, "1 saved version").section == "versions"
    assert report.notes == ()
    assert server.versions(entry.project_id)[0] in other.versions(entry.project_id)
    assert plan_import(desk.shelf, path, server=other).projects[0].action is Action.SAME
    assert desk.open(entry.project_id).version == version


def test_offline_they_wait_and_go_with_the_next_save(desk: Desk, server: Server) -> None:
    away = Server(ServerSettings(url="postgresql://127.0.0.1:1/none?connect_timeout=1"))
    moment = datetime(2025, 5, 12, tzinfo=UTC)
    content = replace(foreign(), older=(OldText("An older text.", moment, "mika", "row 3"),))
    made = desk.shelf.create(title="Other")
    report = desk.bring(given(content, system="mangaka"))
    project = next(entry for entry in desk.shelf.list() if entry.project_id != made.project_id)
    assert len(waiting(desk.shelf)) == 1
    assert not away.is_named or report.notes == ()
    save_project(desk.shelf, project.project_id, server)
    newest, oldest = server.versions(project.project_id)
    assert (oldest.author, oldest.saved_at, oldest.message) == ("mika", moment, "row 3")
    assert text_at(server.load(project.project_id).blobs, oldest.frontier) == "An older text."
    assert text_at(server.load(project.project_id).blobs, newest.frontier) == SCRIPT
    assert waiting(desk.shelf) == []


def test_another_machine_knows_what_a_project_was_made_of(desk: Desk, server: Server, tmp_path: Path) -> None:
    source = given(foreign(), system="hublib")
    made = apply_plan(
        desk.shelf, source, desk.look(source), Decisions(), server=server, work=Work(), back_up=desk.back_up
    )
    elsewhere = Desk(tmp_path / "elsewhere")
    (there,) = server_entries(server)
    fetch_project(elsewhere.shelf, server, there)
    again = elsewhere.bring(given(foreign(SCRIPT + "\nMore."), system="hublib"))
    assert again.projects[0].action is Action.MERGE
    assert again.projects[0].project_id == made.projects[0].project_id
    assert len(elsewhere.shelf.list()) == 1


def test_a_copy_is_not_what_was_made_of_it(desk: Desk) -> None:
    made = desk.bring(given(foreign(), system="hublib")).projects[0].project_id
    copy = desk.shelf.duplicate(UUID(made))
    desk.shelf.rename(UUID(made), "The first")  # the copy is older now
    assert desk.look(given(foreign(), system="hublib")).projects[0].project_id == made
    assert "came_from" not in read_facts(copy.path or Path())


def test_a_server_that_is_away_is_a_note_and_no_failure(desk: Desk, tmp_path: Path) -> None:
    away = Server(ServerSettings(url="postgresql://127.0.0.1:1/none?connect_timeout=1"))
    source = given(foreign(), system="mangaka")
    report = apply_plan(
        desk.shelf, source, desk.look(source), Decisions(), server=away, work=Work(), back_up=desk.back_up
    )
    assert "next save" in report.notes[0]
    assert desk.open(report.projects[0].project_id).text == SCRIPT


def test_an_import_and_its_undoing_are_both_told_on_the_server(
    desk: Desk, server: Server, conninfo: str, tmp_path: Path
) -> None:
    entry = desk.shelf.create(title="A storm", text=SCRIPT)
    save_project(desk.shelf, entry.project_id, server)
    (tmp_path / "out").mkdir()
    with desk.shelf.edited(entry.project_id) as store:
        store.replace_text(SCRIPT + "\nMore.")
    path = create(desk.shelf, CreateWishes(tmp_path / "out")).path
    assert path is not None
    elsewhere = make_shelf(tmp_path / "elsewhere")
    report = apply_import(elsewhere, path, plan_import(elsewhere, path), server=server)
    undone = undo_import(elsewhere, report.import_id, server=server)
    told = rows(conninfo, "SELECT import_id, report->'source'->>'system' FROM imports ORDER BY done_at")
    assert [(str(one), system) for one, system in told] == [
        (report.import_id, "genko"),
        (undone.import_id, "genko"),
    ]
