"""Backed up here, brought back on another machine with another server: the same to the byte."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from core.backup.exporting import content_id_of, create
from core.backup.importing import apply_import, plan_import, undo_import
from core.media import MediaStore
from core.server import Server, ServerSettings
from core.story import Section
from core.workspace import Shelf
from core.workspace.files import open_store
from core.workspace.saving import save_project
from tests.backup.exporting.making import PNG, SHA, contents, project, wishes, with_picture
from tests.server.postgres import PostgresForTests


@pytest.fixture
def other_server(postgres18: PostgresForTests, template18: str, tmp_path: Path) -> Iterator[Server]:
    """A server that has nothing to do with the first."""
    conninfo = postgres18.make_database(template18)
    server = Server(ServerSettings(url=conninfo, home=tmp_path / "other server"))
    yield server
    server.close()
    postgres18.drop_database(conninfo)


def test_a_project_on_another_machine_with_another_server_is_the_same(
    shelf: Shelf, other_shelf: Shelf, folder: Path, server: Server, other_server: Server
) -> None:
    one = project(shelf)
    with_picture(shelf, one)
    for message in ("first", "second"):
        with shelf.edited(one) as store:
            store.splice(0, 0, message)
        save_project(shelf, one, server, message=message)
    made = create(shelf, wishes(folder), server=server)
    assert made.path is not None
    plan = plan_import(other_shelf, made.path, server=other_server)
    apply_import(other_shelf, made.path, plan, server=other_server)
    save_project(other_shelf, one, other_server, message="brought back")
    again = create(other_shelf, wishes(folder), server=other_server)
    assert again.manifest.content_id == made.manifest.content_id
    assert not again.left_out
    assert MediaStore(other_shelf.media_of(one)).path(SHA).read_bytes() == PNG  # type: ignore[union-attr]
    here, there = open_store(shelf, shelf.entry(one)), open_store(other_shelf, other_shelf.entry(one))
    assert (there.text, there.version) == (here.text, here.version)
    (before,), (after,) = contents(made), contents(again)
    known = {(save.save_id, save.message, save.frontier, save.saved_at) for save in before.versions}
    assert known < {(save.save_id, save.message, save.frontier, save.saved_at) for save in after.versions}


def test_undoing_an_import_gives_the_content_its_name_again(
    shelf: Shelf, other_shelf: Shelf, folder: Path
) -> None:
    one = project(shelf)
    made = create(shelf, wishes(folder))
    assert made.path is not None
    apply_import(other_shelf, made.path, plan_import(other_shelf, made.path))
    before = content_id_of(other_shelf)
    with shelf.edited(one) as store:
        store.splice(0, 2, "HELLO")
        store.update_record(Section.CHARACTERS, store.characters()[0].id, role="lead")
    newer = create(shelf, wishes(folder)).path
    assert newer is not None
    done = apply_import(other_shelf, newer, plan_import(other_shelf, newer))
    assert content_id_of(other_shelf) != before
    undo_import(other_shelf, done.import_id)
    assert content_id_of(other_shelf) == before == made.manifest.content_id
