"""What only the server has: saves, others' projects and words, pictures; and a server that goes away."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from uuid import UUID, uuid4

import pytest

from core.backup.exporting import CreateWishes, create
from core.backup.exporting.served import Served
from core.backup.work import Step, Work
from core.errors import ServerError
from core.server import Brought, Server, ServerSettings
from core.story import BOOK_SECTIONS
from core.workspace import Shelf, fetch_project, server_entries
from core.workspace.brought import fact_of
from core.workspace.saving import save_project
from tests.backup.exporting.making import (
    PNG,
    SHA,
    TEXT,
    contents,
    everything_in,
    files_below,
    project,
    wishes,
    with_picture,
)

Cut = Callable[[], None]


@pytest.fixture
def shared(shelf: Shelf, server: Server) -> UUID:
    """A project that was saved twice."""
    one = project(shelf)
    save_project(shelf, one, server, message="first")
    with shelf.edited(one) as store:
        store.splice(0, 0, "x")
    save_project(shelf, one, server, message="second")
    return one


def everything(folder: Path, *projects: UUID) -> CreateWishes:
    return wishes(folder, *projects, from_server=True)


def test_saves_are_in_it_and_their_points_are_in_the_document(
    shelf: Shelf, folder: Path, server: Server, shared: UUID
) -> None:
    from core.story import text_at

    (found,) = contents(create(shelf, wishes(folder), server=server))
    assert [(one.number, one.message) for one in found.versions] == [(1, "first"), (2, "second")]
    assert [text_at(found.document, one.frontier) for one in found.versions] == [TEXT, f"x{TEXT}"]
    assert list(found.versions) == server.versions(shared)[::-1]


def test_without_a_server_the_saves_are_said_to_be_missing(shelf: Shelf, folder: Path, shared: UUID) -> None:
    away = Server(ServerSettings(url="postgresql://nobody@127.0.0.1:1/none"))
    for server, why in ((None, "no database server was asked"), (away, "could not be asked")):
        made = create(shelf, wishes(folder), server=server)
        assert made.left_out[0].what == "The saved versions of “Rêve”"
        assert why in made.left_out[0].why
        assert contents(made)[0].script == f"x{TEXT}"
    assert not create(shelf, wishes(folder, sections=("script",))).left_out


def test_what_was_never_saved_lacks_no_saves(shelf: Shelf, folder: Path) -> None:
    project(shelf)
    assert not create(shelf, wishes(folder)).left_out


def test_saves_with_words_that_this_machine_has_not_merged_are_told(
    shelf: Shelf, other_shelf: Shelf, folder: Path, server: Server, shared: UUID
) -> None:
    _written_elsewhere(other_shelf, server)
    made = create(shelf, wishes(folder), server=server)
    assert [one.number for one in contents(made)[0].versions] == [1, 2]
    assert made.left_out[0].what == "1 saved version of “Rêve”"


def test_everything_of_the_server_has_others_words_and_projects(
    shelf: Shelf, other_shelf: Shelf, folder: Path, server: Server, shared: UUID
) -> None:
    theirs = _written_elsewhere(other_shelf, server)
    with shelf.edited(shared) as store:
        store.splice(0, 0, "MINE ")
    made = create(shelf, everything(folder), server=server)
    mine, other = contents(made)
    assert not made.left_out
    assert (mine.project_id, other.project_id) == (shared, theirs)
    assert mine.script is not None
    assert {"MINE", "THEIRS"} <= set(mine.script.split())
    assert [one.number for one in mine.versions] == [1, 2, 3]
    assert other.script == TEXT
    alone = contents(create(shelf, wishes(folder), server=server))
    assert [one.project_id for one in alone] == [shared], "control: unasked, only what is on this machine"


def _written_elsewhere(shelf: Shelf, server: Server) -> UUID:
    """A second machine writes into the shared project, and makes one of its own; gives that one."""
    (entry,) = server_entries(server)
    fetch_project(shelf, server, entry)
    with shelf.edited(entry.project_id) as store:
        store.splice(store.text_length, 0, " THEIRS ")
    save_project(shelf, entry.project_id, server)
    theirs = project(shelf, "Theirs")
    save_project(shelf, theirs, server)
    return theirs


def test_a_project_is_the_same_from_the_server_and_from_its_journal(
    shelf: Shelf, other_shelf: Shelf, folder: Path, server: Server
) -> None:
    one = project(shelf)
    with_picture(shelf, one)
    save_project(shelf, one, server)
    here = create(shelf, wishes(folder, one), server=server)
    there = create(other_shelf, everything(folder, one), server=server)
    assert here.manifest.content_id == there.manifest.content_id
    (mine,), (theirs,) = contents(here), contents(there)
    assert theirs.versions == mine.versions
    for section in BOOK_SECTIONS:
        assert theirs.records[section] == mine.records[section]
    assert everything_in(there.path or folder).count(PNG) == 1


def test_a_picture_that_only_the_server_has_comes_from_there(
    shelf: Shelf, folder: Path, server: Server
) -> None:
    one = project(shelf)
    path = with_picture(shelf, one)
    save_project(shelf, one, server)
    path.unlink()
    made = create(shelf, wishes(folder, one), server=server)
    assert [medium.sha256 for medium in made.manifest.media] == [SHA]
    assert not made.left_out
    with server.connect() as link:
        link.execute("ALTER TABLE media DISABLE TRIGGER USER")
        link.execute("DELETE FROM media")
    assert (
        create(shelf, wishes(folder, one), server=server).left_out[0].what.startswith("The picture mara.png")
    )


def test_the_server_is_seen_at_one_moment(
    shelf: Shelf, other_shelf: Shelf, folder: Path, server: Server, shared: UUID
) -> None:
    late: list[UUID] = []

    def saved_meanwhile(step: Step) -> None:
        if not late:
            late.append(project(other_shelf, "Late"))
            save_project(other_shelf, late[0], server)

    third = project(other_shelf, "Third")
    save_project(other_shelf, third, server)
    made = create(shelf, everything(folder), server=server, work=Work(saved_meanwhile))
    assert [one.project_id for one in contents(made)] == [shared, third]
    again = create(shelf, everything(folder), server=server)
    assert len(contents(again)) == 3, "control: it was saved while the first was made"


def _cut_off(server: Server) -> Cut:
    def cut() -> None:
        with server.connect() as link:
            link.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                "WHERE datname = current_database() AND pid <> pg_backend_pid()"
            ).fetchall()

    return cut


def test_a_server_that_goes_away_takes_no_words_with_it(
    shelf: Shelf, folder: Path, server: Server, shared: UUID
) -> None:
    cut = _cut_off(server)
    made = create(shelf, wishes(folder), server=server, work=Work(lambda step: cut()))
    assert contents(made)[0].script == f"x{TEXT}"
    assert "went away" in made.left_out[0].why


def test_who_wants_what_the_server_has_gets_all_of_it_or_nothing(
    shelf: Shelf, other_shelf: Shelf, folder: Path, server: Server, shared: UUID
) -> None:
    cut = _cut_off(server)
    with pytest.raises(ServerError):
        create(other_shelf, everything(folder), server=server, work=Cutting(cut))
    with pytest.raises(ServerError):
        create(other_shelf, everything(folder))
    assert not files_below(folder)
    assert contents(create(other_shelf, everything(folder), server=server))[0].project_id == shared


class Cutting(Work):
    """Cuts the line before anything is told: when the projects are known and none is read."""

    def __init__(self, cut: Cut) -> None:
        super().__init__()
        self._cut: Cut | None = cut

    def step(self, what: str, done: int, total: int, unit: str = "bytes") -> None:
        if self._cut is not None:
            self._cut()
            self._cut = None
        super().step(what, done, total, unit)


def test_damaged_updates_of_the_server_are_told_and_left_out(
    shelf: Shelf, other_shelf: Shelf, folder: Path, server: Server, shared: UUID
) -> None:
    with server.connect() as link:
        link.execute("ALTER TABLE updates DISABLE TRIGGER USER")
        link.execute("ALTER TABLE updates DROP CONSTRAINT updates_sha256_fits")
        link.execute(
            "UPDATE updates SET blob = set_byte(blob, 40, get_byte(blob, 40) # 1) "
            "WHERE update_id = (SELECT max(update_id) FROM updates)"
        )
    made = create(other_shelf, everything(folder), server=server)
    assert made.left_out[0].what == "1 of 2 updates of “Rêve” on the server"
    assert contents(made)[0].script == f"x{TEXT}", "the readable rows have the words"


def test_versions_that_wait_for_the_next_save_are_in_it(
    shelf: Shelf, folder: Path, server: Server, shared: UUID
) -> None:
    (first, *_) = server.versions(shared)[::-1]
    elsewhere = replace(first, save_id=uuid4(), message="made elsewhere", number=7)
    journal, _ = shelf.open_journal(shared)
    journal.put(*fact_of(Brought(uuid4(), elsewhere.saved_at, "{}", (first, elsewhere))))
    journal.close()
    saves = contents(create(shelf, wishes(folder), server=server))[0].versions
    assert [(one.number, one.message) for one in saves] == [
        (1, "first"),
        (2, "second"),
        (3, "made elsewhere"),
    ]
    alone = contents(create(shelf, wishes(folder)))[0].versions
    assert [one.message for one in alone] == ["first", "made elsewhere"]


def test_a_served_view_lets_go_of_its_connection(server: Server, shared: UUID) -> None:
    with Served(server) as served:
        assert served.versions(shared)
    assert served.connection.closed
