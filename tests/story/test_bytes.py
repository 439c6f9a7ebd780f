"""What goes over journals and servers: nothing is lost, nothing damaged gets in, nothing is silent."""

from __future__ import annotations

import uuid

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.errors import DocumentError
from core.story import (
    ProjectStore,
    Replica,
    Section,
    Version,
    covers,
    merge_versions,
    operation_count,
    salvage,
)
from tests.story.acting import state


def pair() -> tuple[ProjectStore, ProjectStore]:
    mine = ProjectStore.create(title="T")
    mine.splice(0, 0, "PAGE 1 :\n")
    return mine, ProjectStore.load(mine.project_id, [mine.snapshot()])


def test_updates_since_holds_imported_operations() -> None:
    mine, theirs = pair()
    theirs.splice(0, 0, "theirs ")
    journaled = mine.version
    mine.receive([theirs.updates_since(mine.version)])
    assert Replica([mine.snapshot()]).version != journaled
    reopened = Replica([theirs.updates_since(None)])
    assert covers(reopened.version, mine.version)
    fresh = Replica([mine.updates_since(None)])
    assert fresh.text == "theirs PAGE 1 :\n"
    assert mine.updates_since(journaled) != b""
    assert mine.updates_since(mine.version) == b""


@pytest.mark.parametrize("journal_imports", [True, False])
def test_words_typed_after_a_merge_come_back_only_if_the_merge_was_journaled(journal_imports: bool) -> None:
    mine, theirs = pair()
    journal = [mine.snapshot()]
    journaled = mine.version
    theirs.splice(0, 0, "theirs ")
    mine.receive([theirs.updates_since(mine.version)])
    if journal_imports:
        journal.append(mine.updates_since(journaled))
    journaled = mine.version
    mine.splice(7, 0, "mine ")
    journal.append(mine.updates_since(journaled))

    reopened = ProjectStore.load(mine.project_id, journal)
    if journal_imports:
        assert reopened.text == "theirs mine PAGE 1 :\n"
        assert reopened.waiting.complete
    else:  # the control: the words are gone from the screen, and the store says so
        assert "mine" not in reopened.text
        assert reopened.waiting.waiting == len("mine ")
        reopened.receive([theirs.snapshot()])
        assert reopened.text == "theirs mine PAGE 1 :\n"
        assert reopened.waiting.complete


def test_what_waits_is_reported_kept_and_applied_when_the_rest_arrives() -> None:
    mine, theirs = pair()
    seen = mine.version
    theirs.splice(0, 0, "one ")
    middle = theirs.version
    theirs.splice(4, 0, "two ")
    late = theirs.updates_since(middle)

    received = mine.receive([late])
    assert (received.waiting, received.changes, received.complete) == (len("two "), (), False)
    assert mine.waiting is received
    # A journal that keeps these bytes as well has lost nothing.
    reopened = Replica([mine.snapshot(), received.waiting_bytes])
    again = reopened.receive([theirs.updates_since(seen)])
    assert again.complete
    assert reopened.text == "one two PAGE 1 :\n"

    assert mine.receive([theirs.updates_since(seen)]).complete
    assert mine.text == "one two PAGE 1 :\n"
    assert mine.waiting.complete


def test_empty_blobs_are_nothing_and_duplicates_change_nothing() -> None:
    mine, theirs = pair()
    theirs.splice(0, 0, "x")
    blob = theirs.updates_since(mine.version)
    assert mine.receive([]).changes == mine.receive([b""]).changes == ()
    assert len(mine.receive([blob, blob]).changes) == 1
    assert mine.receive([blob]).changes == ()


@settings(max_examples=80, deadline=None)
@given(
    st.integers(0, 2), st.sampled_from(["flip", "cut", "noise"]), st.floats(0, 0.9999), st.binary(min_size=1)
)
def test_a_damaged_blob_is_an_error_and_leaves_the_store_unchanged(
    which: int, kind: str, share: float, noise: bytes
) -> None:
    mine, theirs = pair()
    theirs.splice(0, 0, "some words of theirs")
    theirs.add_record(Section.CHARACTERS, name="Aki")
    good = theirs.updates_since(mine.version)
    blob = [good, theirs.snapshot(), theirs.updates_since(None)][which]
    bad = bytearray(noise)
    if kind == "flip":
        bad = bytearray(blob)
        # Bytes 4 to 15 of Loro's header are reserved: they carry nothing.
        places = [*range(4), *range(16, len(blob))]
        bad[places[int(share * len(places))]] ^= 1 << noise[0] % 8
    elif kind == "cut":
        bad = bytearray(blob[: 1 + int(share * (len(blob) - 1))])
    before, version = state(mine), mine.version
    told: list[object] = []
    mine.subscribe(None, told.append)
    with pytest.raises(DocumentError, match="Part 2 of 2"):
        mine.receive([good, bytes(bad)])
    assert (state(mine), mine.version, told) == (before, version, [])
    mine.splice(0, 0, "still works ")
    mine.receive([good])
    assert mine.text.count("some words of theirs") == 1


def test_loading_names_the_damaged_blob_and_salvage_reads_around_it() -> None:
    mine, theirs = pair()
    blobs = [mine.snapshot()]
    for letter in "abc":
        version = mine.version
        mine.splice(mine.text_length, 0, letter)
        blobs.append(mine.updates_since(version))
    blobs[3] = blobs[3][:-1]
    with pytest.raises(DocumentError, match="Part 4 of 4"):
        ProjectStore.load(mine.project_id, blobs)
    store, bad = salvage(mine.project_id, blobs)
    assert (store.text, bad) == ("PAGE 1 :\nab", [3])
    assert theirs.receive([store.snapshot()]).complete


def test_the_first_load_is_told_as_changes_from_nothing() -> None:
    mine, _ = pair()
    key = mine.add_record(Section.CHARACTERS, name="Aki")
    replica = Replica()
    received = replica.receive([mine.snapshot()])
    assert [edit.inserted for edit in received.edits] == [mine.text]
    told = {change.section: change.records for change in received.changes}
    assert told[Section.CHARACTERS] == {key}
    assert "title" in told[Section.META]
    mine.splice(0, 0, "x")
    assert len(replica.receive([mine.updates_since(replica.version)]).edits) == 1


def test_errors_hold_no_words() -> None:
    mine, _ = pair()
    with pytest.raises(DocumentError) as caught:
        mine.receive([b"SECRET WORDS of a writer"])
    assert "SECRET" not in str(caught.value)


@pytest.mark.parametrize("mark", [b"garbage", b"\xff" * 12])
def test_damaged_marks_are_our_error(mark: bytes) -> None:
    mine, _ = pair()
    with pytest.raises(DocumentError):
        covers(mine.version, Version(mark))
    with pytest.raises(DocumentError):
        mine.updates_since(Version(mark))
    with pytest.raises(DocumentError):
        mine.cursor_position(mark)


def test_covers_merge_and_count() -> None:
    mine, theirs = pair()
    start = mine.version
    mine.splice(0, 0, "abc")
    theirs.splice(0, 0, "de")
    assert covers(mine.version, start)
    assert not covers(start, mine.version)
    assert not covers(mine.version, theirs.version)
    both = merge_versions(mine.version, theirs.version)
    assert covers(both, mine.version)
    assert covers(both, theirs.version)
    assert operation_count(mine.version, start) == 3
    assert operation_count(both, start) == 5
    assert operation_count(start, both) == 0
    assert operation_count(start, None) == operation_count(start, start) + operation_count(start, None)


def test_every_process_has_a_peer_id_of_its_own() -> None:
    store = ProjectStore.create()
    store.splice(0, 0, "x")
    blob = store.snapshot()
    ids = {ProjectStore.load(uuid.uuid4(), [blob]).peer_id for _ in range(500)}
    assert len(ids) == 500
    assert store.peer_id not in ids


def test_a_reopened_store_that_lost_its_last_words_never_repeats_their_ids() -> None:
    mine, server = pair()
    old = mine.snapshot()
    mine.splice(0, 0, "lost in the restored journal ")
    server.receive([mine.updates_since(server.version)])
    restored = ProjectStore.load(mine.project_id, [old])
    restored.splice(0, 0, "new ")
    server.receive([restored.updates_since(None)])
    assert "new " in server.text
    assert "lost in the restored journal " in server.text


def test_a_thousand_scattered_remote_edits_are_one_change() -> None:
    mine, theirs = pair()
    mine.replace_text("a line of the script\n" * 3000)
    theirs.receive([mine.updates_since(theirs.version)])
    for number in range(1000):
        theirs.splice(number * 61, 0, "X")
    changes = mine.receive([theirs.updates_since(mine.version)]).changes
    assert [(change.section, len(change.edits)) for change in changes] == [(Section.SCRIPT, 1000)]
