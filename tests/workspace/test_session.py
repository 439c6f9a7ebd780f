"""An open project: every change is in the journal, two programs merge, the header tells the truth."""

from __future__ import annotations

from datetime import UTC, datetime

from core.journal import Journal, JournalState
from core.server import Server
from core.story import ProjectStore, Section
from core.workspace import ProjectSession, ServerState, Shelf, open_store
from core.workspace.shelf import load_store
from tests.workspace.conftest import OpenSession

SCRIPT = "PAGE 1 :\n\nPANEL 1 :\n(Rain.)\n"


def text_in_the_file(shelf: Shelf, session: ProjectSession) -> str:
    """What somebody who opens the journal now finds there; first waits if the dot says "writing"."""
    if session.status.disk is not JournalState.ON_DISK:
        assert session.journal.flush()
    journal, recovered = Journal.open(shelf.path_of(session.project_id))
    journal.close()
    return load_store(session.project_id, recovered.blobs).text


def state(session: ProjectSession) -> ServerState:
    """How it stands with the server, asked anew."""
    return session.status.server


def test_a_change_is_in_the_file_unless_the_dot_says_otherwise(
    shelf: Shelf, open_session: OpenSession
) -> None:
    session, _ = open_session(shelf, shelf.create(text=SCRIPT).project_id)
    store = session.store
    store.splice(0, 0, "x")
    assert text_in_the_file(shelf, session) == "x" + SCRIPT
    store.undo()
    assert text_in_the_file(shelf, session) == SCRIPT
    name = store.add_record(Section.CHARACTERS, name="Mika")
    store.update_record(Section.CHARACTERS, name, name="Mikan")
    session.journal.flush()
    characters = open_store(shelf, shelf.entry(store.project_id)).characters()
    assert [character.name for character in characters] == ["Mikan"]


def test_lists_say_when_words_were_changed_not_when_the_project_was_closed(
    shelf: Shelf, open_session: OpenSession
) -> None:
    session, _ = open_session(shelf, shelf.create(text=SCRIPT).project_id)
    session.store.splice(0, 0, "x")
    by_then = datetime.now(UTC)
    session.close()
    edited = shelf.entry(session.project_id).edited_at
    assert edited is not None
    assert edited <= by_then


def test_words_typed_after_a_merge_come_back(shelf: Shelf, open_session: OpenSession) -> None:
    """Imported operations are journaled too: without them, what is typed on top of them is lost."""
    session, _ = open_session(shelf, shelf.create(text=SCRIPT).project_id)
    elsewhere = ProjectStore.load(session.project_id, [session.store.snapshot()])
    elsewhere.splice(0, 0, "AWAY ")
    session.store.receive([elsewhere.updates_since(session.store.version)])
    session.store.splice(5, 0, "HERE ")
    assert text_in_the_file(shelf, session) == "AWAY HERE " + SCRIPT


def test_control_a_journal_of_local_updates_only_loses_them(shelf: Shelf) -> None:
    store = ProjectStore.create()
    elsewhere = ProjectStore.load(store.project_id, [store.snapshot()])
    start = store.snapshot()
    elsewhere.splice(0, 0, "AWAY ")
    store.receive([elsewhere.updates_since(store.version)])
    merged = store.version
    store.splice(5, 0, "HERE ")
    assert load_store(store.project_id, [start, store.updates_since(merged)]).text == ""


def test_two_programs_see_each_others_words(shelf: Shelf, open_session: OpenSession) -> None:
    project_id = shelf.create(text=SCRIPT).project_id
    one, _ = open_session(shelf, project_id)
    two, _ = open_session(shelf, project_id)
    one.store.splice(0, 0, "one ")
    two.store.splice(two.store.text_length, 0, "two ")
    one.journal.flush()
    two.journal.flush()
    one.poll()
    two.poll()
    assert one.store.text == two.store.text == f"one {SCRIPT}two "
    assert one.script.statistics() == two.script.statistics()


def test_two_programs_do_not_echo(shelf: Shelf, open_session: OpenSession) -> None:
    project_id = shelf.create(text=SCRIPT).project_id
    one, _ = open_session(shelf, project_id)
    two, _ = open_session(shelf, project_id)
    one.store.splice(0, 0, "one ")
    one.journal.flush()
    for _ in range(3):
        two.poll()
        one.poll()
    two.journal.flush()
    assert len(two.journal.read_all()) == len(one.recovered.blobs) + 1


def test_the_header_tells_where_the_words_are(
    shelf: Shelf, server: Server, open_session: OpenSession
) -> None:
    session, inbox = open_session(shelf, shelf.create(text=SCRIPT).project_id)
    seen: list[ServerState] = []
    session.on_status(lambda status: seen.append(status.server))
    assert session.is_dirty
    assert state(session) is ServerState.OFF
    session.connect(server)
    session.request_save("first")
    assert inbox.run_until(lambda: session.status.server is ServerState.SAVED, 60)
    assert seen[0] is ServerState.CONNECTING
    assert ServerState.SAVING in seen
    saved = session.status
    assert saved.edits_waiting == 0
    assert saved.server_at is not None
    session.store.splice(0, 0, "x")
    assert session.is_dirty
    assert state(session) is ServerState.UNSAVED
    assert session.status.edits_waiting == 1
    assert inbox.run_until(lambda: session.status.disk is JournalState.ON_DISK, 60)
    assert "1 edit unsaved" in session.status.server_sentence


def test_typing_during_a_save_stays_unsaved(shelf: Shelf, server: Server, open_session: OpenSession) -> None:
    session, inbox = open_session(shelf, shelf.create(text=SCRIPT).project_id, server)
    session.request_save()
    session.store.splice(0, 0, "late ")
    assert inbox.run_until(lambda: session.status.server_at is not None, 60)
    assert session.status.server is ServerState.UNSAVED
    assert session.is_dirty
    session.journal.flush()
    assert shelf.entry(session.project_id).edits_waiting == 1


def test_a_save_survives_its_program(shelf: Shelf, server: Server, open_session: OpenSession) -> None:
    """Asked for without a server, killed, opened again: the same save goes out by itself."""
    unreachable = Server(type(server._settings)(url="host=/nowhere dbname=x", home=shelf.paths.data))
    first, inbox = open_session(shelf, shelf.create(text=SCRIPT).project_id, unreachable)
    first.store.splice(0, 0, "kept ")
    first.request_save("before the kill")
    assert inbox.run_until(lambda: first.status.server is ServerState.WAITING, 60)
    (queued,) = first.journal.queued_saves()
    first.close()
    second, inbox = open_session(shelf, first.project_id, server)
    assert inbox.run_until(lambda: second.status.server is ServerState.SAVED, 60)
    (version,) = server.versions(first.project_id)
    assert (version.save_id, version.message) == (queued.save_id, "before the kill")
    assert second.journal.queued_saves() == []
    assert not second.is_dirty


def test_two_machines_offline_for_a_week_both_save(
    shelf: Shelf, other_shelf: Shelf, server: Server, open_session: OpenSession
) -> None:
    from core.workspace import fetch_project, server_entries

    here, inbox = open_session(shelf, shelf.create(title="Two", text=SCRIPT).project_id, server)
    here.request_save()
    assert inbox.run_until(lambda: here.status.server is ServerState.SAVED, 60)
    (entry,) = server_entries(server)
    fetched = fetch_project(other_shelf, server, entry)
    assert fetched.on_server
    assert fetched.edits_waiting == 0
    there, other_inbox = open_session(other_shelf, fetched.project_id)
    here.store.splice(0, 0, "here ")
    there.store.splice(there.store.text_length, 0, "there ")
    there.connect(server)
    for session, box in ((here, inbox), (there, other_inbox), (here, inbox)):
        session.request_save()
        assert box.run_until(lambda s=session: s.status.server is ServerState.SAVED, 60)  # type: ignore[misc]
    assert here.store.text == there.store.text == f"here {SCRIPT}there "


def test_a_project_list_never_says_saved_of_unsaved_words(
    shelf: Shelf, server: Server, open_session: OpenSession
) -> None:
    session, inbox = open_session(shelf, shelf.create(text=SCRIPT).project_id, server)
    session.request_save()
    assert inbox.run_until(lambda: session.status.server is ServerState.SAVED, 60)
    session.journal.flush()
    assert shelf.entry(session.project_id).where == "saved on server"
    session.store.splice(0, 0, "x")
    session.journal.flush()  # and then the program is killed: nothing more is written
    assert shelf.entry(session.project_id).where == "1 edit waits for the server"


def test_words_typed_into_a_page_that_was_moved_are_hinted_and_brought_home(
    shelf: Shelf, open_session: OpenSession
) -> None:
    pages = "PAGE 1 :\n(The harbour at dawn.)\n\nPAGE 2 :\n(The market at noon.)\n\nPAGE 3 :\n(The end.)\n"
    project_id = shelf.create(text=pages).project_id
    mover, inbox = open_session(shelf, project_id)
    typist, _ = open_session(shelf, project_id)
    hints: list[int] = []
    mover.on_left_behind(lambda: hints.append(len(mover.left_behind)))
    page = "PAGE 1 :\n(The harbour at dawn.)\n\n"
    typed = "MIKA : I never saw it before.\n"
    typist.store.splice(len(page) - 1, 0, typed)
    mover.store.splice(0, len(page), "")
    mover.store.splice(mover.store.text.index("PAGE 3"), 0, page)
    typist.journal.flush()
    mover.poll()
    assert mover.store.text.index(typed) < mover.store.text.index("PAGE 2")
    assert inbox.run_until(lambda: bool(hints), 60)
    assert mover.bring_home() == 1
    text = mover.store.text
    assert text.index("(The harbour") < text.index(typed) < text.index("PAGE 3")
    assert mover.left_behind == ()
    mover.store.undo()
    assert mover.store.text.index(typed) < mover.store.text.index("PAGE 2")


def test_an_ordinary_merge_starts_no_search(shelf: Shelf, open_session: OpenSession) -> None:
    import threading

    project_id = shelf.create(text=SCRIPT).project_id
    one, _ = open_session(shelf, project_id)
    two, _ = open_session(shelf, project_id)
    two.store.splice(0, 0, "hello ")
    two.journal.flush()
    one.poll()
    assert "genko-strays" not in {thread.name for thread in threading.enumerate()}
