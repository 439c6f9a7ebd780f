"""What was sent to whom stays known, whatever happens to the project afterwards."""

from __future__ import annotations

import pytest

from core.errors import DocumentError, NotFound, UsageError
from core.server import Server
from core.story import Json, ProjectStore
from core.workspace import ExportFormat, Shelf, Wishes, export, fetch_project, open_store, server_entries
from core.workspace.exporting import export_store, saved_version
from core.workspace.handoffs import KIND, choose_handoff, hand_off, handoffs, pin
from core.workspace.saving import save_project

SCRIPT = "PAGE 1\nPANEL 1\nMARA: the lamp is out\nTOM: who did that\n"
TSV = ExportFormat.LETTERING_TSV


def edited(shelf: Shelf, entry_title: str, was: str, now: str) -> None:
    """Change words in a project as an editor would."""
    entry = shelf.find(entry_title)
    journal, recovered = shelf.open_journal(entry.project_id)
    store = ProjectStore.load(entry.project_id, recovered.blobs)
    before = store.version
    store.replace_text(store.text.replace(was, now))
    journal.append(store.updates_since(before))
    journal.close()


def rows(shelf: Shelf, title: str, since: str) -> list[list[str]]:
    """The table of changes without its headings."""
    data = export(shelf, shelf.find(title), TSV, wishes=Wishes(since=since)).decode()
    return [line.split("\t") for line in data.splitlines()[1:]]


def test_changes_since_a_hand_off_are_told_with_old_and_new_words(shelf: Shelf) -> None:
    entry = shelf.create(title="Lamp", text=SCRIPT)
    made = hand_off(shelf, entry, "letterer", "first pass")
    assert rows(shelf, "Lamp", "last") == []
    edited(shelf, "Lamp", "lamp is out", "lamp is lit")
    expected = [["changed", "1.1", "1", "1.1", "1", "MARA", "the lamp is out", "the lamp is lit"]]
    for since in ("last", made.ident[:8]):
        assert rows(shelf, "Lamp", since) == expected
    second = hand_off(shelf, shelf.find("Lamp"), "letterer")
    assert rows(shelf, "Lamp", "last") == []
    assert rows(shelf, "Lamp", made.ident) == expected
    assert handoffs(open_store(shelf, entry)) == [made, second]


def test_what_is_unknown_or_makes_no_sense_is_said(shelf: Shelf) -> None:
    entry = shelf.create(title="Lamp", text=SCRIPT)
    with pytest.raises(NotFound):
        rows(shelf, "Lamp", "last")
    with pytest.raises(UsageError):
        hand_off(shelf, entry, "  ")
    hand_off(shelf, entry, "letterer")
    with pytest.raises(NotFound):
        rows(shelf, "Lamp", "nobody")
    with pytest.raises(UsageError):
        rows(shelf, "Lamp", "3")  # a version's number, and no server was given
    with pytest.raises(UsageError):
        export(shelf, entry, ExportFormat.PDF, wishes=Wishes(since="last"))


def test_the_hand_offs_of_two_writers_both_survive_a_merge() -> None:
    mine = ProjectStore.create(title="Lamp")
    mine.replace_text(SCRIPT)
    theirs = ProjectStore.load(mine.project_id, [mine.updates_since(None)])
    first, second = pin(mine, "letterer"), pin(theirs, "colourist")
    mine.receive([theirs.updates_since(None)])
    theirs.receive([mine.updates_since(None)])
    assert handoffs(mine) == handoffs(theirs)
    assert {one.ident for one in handoffs(mine)} == {first.ident, second.ident}


def test_restoring_an_older_version_forgets_no_hand_off() -> None:
    store = ProjectStore.create(title="Lamp")
    old_meta = store.raw_meta()
    made = pin(store, "letterer")
    store.restore("PAGE 1\n", meta=old_meta)
    assert handoffs(store) == [made]


def test_what_somebody_else_wrote_there_is_passed_over() -> None:
    store = ProjectStore.create(title="Lamp")
    odd: dict[str, Json] = {"a": 3, "b": {"to": "x"}, "c": {"to": "x", "at": "soon", "frontier": "!"}}
    for name, value in odd.items():
        store.set_mark(KIND, name, value)
    made = pin(store, "letterer")
    assert handoffs(store) == [made]
    assert choose_handoff([made], "LAST") == made


def test_hand_offs_come_back_from_the_server_on_another_machine(
    shelf: Shelf, other_shelf: Shelf, server: Server
) -> None:
    entry = shelf.create(title="Lamp", text=SCRIPT)
    made = hand_off(shelf, entry, "letterer", "before the trip")
    edited(shelf, "Lamp", "who did that", "who did this")
    save_project(shelf, entry.project_id, server)
    fetched = fetch_project(other_shelf, server, server_entries(server)[0])
    assert handoffs(open_store(other_shelf, fetched)) == [made]
    assert [row[0] for row in rows(other_shelf, "Lamp", "last")] == ["changed"]
    edited(shelf, "Lamp", "lamp is out", "lamp is lit")
    told = export(
        shelf,
        shelf.find("Lamp"),
        TSV,
        wishes=Wishes(since="1"),
        version_of=lambda number: saved_version(server, entry.project_id, number),
    )
    assert told.decode().splitlines()[1:] == [
        "changed\t1.1\t1\t1.1\t1\tMARA\tthe lamp is out\tthe lamp is lit"
    ]
    with pytest.raises(NotFound):
        saved_version(server, entry.project_id, 2)


def test_taking_back_what_was_written_forgets_no_hand_off() -> None:
    """Control: a mark that is a step of its own is what the next Ctrl+Z takes back."""
    store = ProjectStore.create()
    store.splice(0, 0, "One.")
    heard: list[object] = []
    store.subscribe(None, heard.append)
    made = pin(store, "letterer")
    assert heard  # the journal writes what it hears of
    store.set_mark("word", "genko", True)
    assert store.undo()
    assert store.text == "One."
    assert not store.marks("word")
    assert store.undo()
    assert store.text == ""
    assert store.redo()
    assert store.text == "One."
    assert handoffs(store) == [made]


def test_changes_since_a_version_of_edits_made_elsewhere_say_what_to_do() -> None:
    mine = ProjectStore.create(title="Lamp")
    mine.replace_text(SCRIPT)
    theirs = ProjectStore.load(mine.project_id, [mine.updates_since(None)])
    theirs.replace_text(SCRIPT + "TOM: more\n")
    with pytest.raises(DocumentError) as told:
        export_store(mine, TSV, Wishes(since="1"), version_of=lambda _: theirs.frontier)
    assert "Save the project once" in told.value.todo
