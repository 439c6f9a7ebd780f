"""Attacks on undo by merges of several blobs at once: one's own steps must still be there afterwards."""

from __future__ import annotations

import loro
import pytest

from core.story import ProjectStore, Section


def two_stores() -> tuple[ProjectStore, ProjectStore]:
    mine = ProjectStore.create(title="Rain")
    return mine, ProjectStore.load(mine.project_id, [mine.snapshot()])


def updates(store: ProjectStore, count: int) -> list[bytes]:
    """So many edits of somebody else, a blob each."""
    blobs, before = [], store.version
    for number in range(count):
        store.add_record(Section.BACKGROUNDS, name=f"place {number}")
        blobs.append(store.updates_since(before))
        before = store.version
    return blobs


@pytest.mark.parametrize("count", [1, 2, 7])
def test_a_step_of_mine_can_be_taken_back_after_a_merge(count: int) -> None:
    mine, theirs = two_stores()
    mine.add_record(Section.CHARACTERS, name="Mika")
    mine.receive(updates(theirs, count))
    assert mine.undo()
    assert mine.characters() == []
    assert len(mine.backgrounds()) == count
    mine.receive(updates(theirs, count))
    assert mine.redo()
    assert [one.name for one in mine.characters()] == ["Mika"]


def test_blobs_with_a_gap_wait_and_are_counted() -> None:
    mine, theirs = two_stores()
    mine.add_record(Section.CHARACTERS, name="Mika")
    before = theirs.version
    theirs.splice(0, 0, "abc")
    first, middle = theirs.updates_since(before), theirs.version
    theirs.splice(0, 0, "defg")
    second, last = theirs.updates_since(middle), theirs.version
    theirs.splice(0, 0, "h")
    third = theirs.updates_since(last)
    received = mine.receive([third, second])
    assert (received.waiting, bool(received.waiting_bytes), mine.text) == (5, True, "")
    received = mine.receive([first, third])
    assert (received.waiting, received.waiting_bytes, mine.text) == (0, b"", theirs.text)
    assert mine.undo()


def test_control_a_batch_makes_loro_forget_its_steps() -> None:
    """When this fails, Loro has changed, and blobs may be imported in one go again."""
    theirs = loro.LoroDoc()  # type: ignore[no-untyped-call]
    blobs = []
    for key in ("a", "b"):
        before = theirs.oplog_vv
        theirs.get_map("m").insert(key, 1)
        theirs.commit()
        blobs.append(theirs.export(loro.ExportMode.Updates(before)))
    mine = loro.LoroDoc()  # type: ignore[no-untyped-call]
    undo = loro.UndoManager(mine)
    mine.get_map("m").insert("mine", 1)
    mine.commit()
    assert undo.can_undo()
    mine.import_batch(blobs)
    assert not undo.can_undo()
