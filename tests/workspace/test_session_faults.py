"""An open project when something is wrong with it: damaged bytes, faults of ours, a disk that refuses."""

from __future__ import annotations

import errno
import os
from uuid import UUID

import pytest

from core.journal import Disk, Journal, JournalState
from core.server import Received, Server
from core.story import ProjectStore, Version
from core.workspace import ProjectSession, ServerState, Shelf, saveloop
from core.workspace.saving import Inbox
from core.workspace.shelf import load_store
from tests.workspace.conftest import OpenSession
from tests.workspace.test_session import SCRIPT, text_in_the_file


def unreachable(shelf: Shelf) -> Server:
    """A server that is never there."""
    from core.server import ServerSettings

    return Server(ServerSettings(url="host=/nowhere dbname=x", home=shelf.paths.data))


def elsewhere(session: ProjectSession, words: str) -> bytes:
    """What somebody else wrote at the beginning."""
    other = ProjectStore.load(session.project_id, [session.store.snapshot()])
    other.splice(0, 0, words)
    return other.updates_since(session.store.version)


def test_a_fault_of_the_parser_costs_no_word(shelf: Shelf, open_session: OpenSession) -> None:
    session, _ = open_session(shelf, shelf.create(text=SCRIPT).project_id)

    def faulty(offset: int, deleted: int, inserted: str) -> None:
        raise IndexError

    session.script.splice = faulty  # type: ignore[method-assign,assignment]
    with pytest.raises(IndexError):
        session.store.splice(0, 0, "kept ")
    session.journal.flush()
    assert text_in_the_file(shelf, session) == "kept " + SCRIPT


def test_a_damaged_update_in_the_file_stops_no_save(
    shelf: Shelf, server: Server, open_session: OpenSession
) -> None:
    project_id = shelf.create(text=SCRIPT).project_id
    journal, _ = shelf.open_journal(project_id)
    journal.append(b"no update at all")
    assert journal.close()
    session, inbox = open_session(shelf, project_id, server)
    assert "damaged" in session.recovery
    session.store.splice(0, 0, "more ")
    session.request_save()
    assert inbox.run_until(lambda: session.status.server is ServerState.SAVED, 60), session.status.error
    received = server.load(project_id)
    assert load_store(project_id, received.blobs).text == "more " + SCRIPT


def test_damaged_bytes_of_another_program_cost_only_themselves(
    shelf: Shelf, server: Server, open_session: OpenSession
) -> None:
    session, inbox = open_session(shelf, shelf.create(text=SCRIPT).project_id)
    journal, _ = shelf.open_journal(session.project_id)
    journal.append(b"no update at all")
    journal.append(elsewhere(session, "good "))
    assert journal.close()
    session.poll()
    assert session.store.text == "good " + SCRIPT
    assert "1 of the changes" in shelf.take_notices()[0]
    session.connect(server)
    session.request_save()
    assert inbox.run_until(lambda: session.status.server is ServerState.SAVED, 60), session.status.error


def test_damaged_bytes_of_the_server_cost_only_themselves(shelf: Shelf, open_session: OpenSession) -> None:
    session, _ = open_session(shelf, shelf.create(text=SCRIPT).project_id)
    blobs = [elsewhere(session, "good "), b"no update at all"]
    session._serving._handle(saveloop.Loaded(Received(blobs, Version(b""), UUID(int=1))))
    assert session.store.text == "good " + SCRIPT
    assert "1 of the changes" in shelf.take_notices()[0]
    assert text_in_the_file(shelf, session) == "good " + SCRIPT


def test_a_server_that_says_nonsense_of_itself_is_not_believed(
    shelf: Shelf, open_session: OpenSession
) -> None:
    project_id = shelf.create(text=SCRIPT).project_id
    session, _ = open_session(shelf, project_id)
    session._serving._handle(saveloop.Loaded(Received([], Version(b"nonsense"), UUID(int=1))))
    assert session.status.server is ServerState.ERROR
    session.store.splice(0, 0, "more ")
    assert session.close()
    again, _ = open_session(shelf, project_id)
    assert (again.store.text, again.is_dirty) == ("more " + SCRIPT, True)


def test_on_disk_is_not_said_while_the_disk_refuses_to_sync(shelf: Shelf) -> None:
    project_id = shelf.create(text=SCRIPT).project_id

    def refuse(descriptor: int) -> None:
        if refuses:
            raise OSError(errno.EDQUOT, os.strerror(errno.EDQUOT))

    refuses = True
    disk = Disk(sync=refuse, reserve_bytes=0, retry_after=0.01, sync_after=0.0)
    journal, recovered = Journal.open(shelf.path_of(project_id), disk=disk)
    inbox = Inbox()
    session = ProjectSession(
        shelf, load_store(project_id, recovered.blobs), journal, recovered, on_ui=inbox.put
    )
    session.store.splice(0, 0, "x")
    assert inbox.run_until(lambda: session.status.disk is JournalState.FAILING, 60)
    for _ in range(20):
        session.store.splice(0, 0, "x")
        assert session.status.disk is JournalState.FAILING
    refuses = False
    assert inbox.run_until(lambda: session.status.disk is JournalState.ON_DISK, 60)
    assert session.close()


def test_edits_that_wait_are_counted_through_two_saves(
    shelf: Shelf, server: Server, open_session: OpenSession
) -> None:
    session, inbox = open_session(shelf, shelf.create(text=SCRIPT).project_id, server)
    session.request_save()
    assert inbox.run_until(lambda: session.status.server is ServerState.SAVED, 60)
    for letter in "abc":
        session.store.splice(0, 0, letter)
    session.request_save()
    session.store.splice(0, 0, "d")
    session.request_save()
    for letter in "efgh":
        session.store.splice(0, 0, letter)
    assert inbox.run_until(lambda: not session.saves_waiting, 60)
    assert session.status.edits_waiting == 4
    session.store.splice(0, 0, "i")
    assert session.status.edits_waiting == 5


def test_saves_without_a_server_keep_each_word_once(
    shelf: Shelf, server: Server, open_session: OpenSession
) -> None:
    first, inbox = open_session(shelf, shelf.create(text=SCRIPT * 300).project_id, unreachable(shelf))
    for number in range(10):
        first.store.splice(0, 0, f"{number} ")
        first.request_save(str(number))
    sizes = [len(item.blob) for item in first.journal.queued_saves()]
    assert len(sizes) == 10
    assert sum(sizes[1:]) < sizes[0]
    first.close()
    second, inbox = open_session(shelf, first.project_id, server)
    assert inbox.run_until(lambda: not second.saves_waiting, 60)
    assert [version.message for version in server.versions(first.project_id)] == list("9876543210")
    assert load_store(first.project_id, server.load(first.project_id).blobs).text == second.store.text


def test_a_close_that_leaves_words_in_memory_is_told(shelf: Shelf) -> None:
    def refuse(descriptor: int) -> None:
        raise OSError(errno.EDQUOT, os.strerror(errno.EDQUOT))

    project_id = shelf.create(text=SCRIPT).project_id
    disk = Disk(sync=refuse, reserve_bytes=0, retry_after=0.01)
    journal, recovered = Journal.open(shelf.path_of(project_id), disk=disk)
    store = load_store(project_id, recovered.blobs)
    session = ProjectSession(shelf, store, journal, recovered, on_ui=Inbox().put)
    session.store.splice(0, 0, "x")
    assert not session.close()
    assert "could be written" in shelf.take_notices()[0]


def test_a_closed_project_may_still_be_asked(shelf: Shelf, open_session: OpenSession) -> None:
    session, _ = open_session(shelf, shelf.create(text=SCRIPT).project_id)
    assert session.close()
    session.poll()
