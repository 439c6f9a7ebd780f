"""Old versions come back word for word, and bringing one back is itself an edit."""

from __future__ import annotations

import random
import threading
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.errors import DocumentError
from core.story import ProjectStore, Section, branch
from core.story.comparison import compare_texts, count_words
from core.story.history import HistoryCancelledError, compare, state_at, text_at
from core.story.types import Frontier
from tests.story.acting import state


def story() -> tuple[ProjectStore, Frontier, dict[str, object]]:
    store = ProjectStore.create(title="Old title")
    store.splice(0, 0, "PAGE 1 :\nAKIRA : one two\nlast\n")
    store.add_record(Section.CHARACTERS, name="Aki", description="small", relationships={"x": "friend"})
    store.add_record(Section.CHARACTERS, name="Bo")
    old, seen = store.frontier, state(store)
    store.splice(9, 15, "AKIRA : one three four")
    store.set_meta(title="New title")
    key = store.characters()[0].id
    store.update_record(Section.CHARACTERS, key, name="Akira", description="tall")
    store.delete_record(Section.CHARACTERS, store.characters()[1].id)
    store.add_record(Section.SCENES, title="Night")
    return store, old, seen


def test_an_old_version_reads_as_it_was_and_restoring_it_can_be_undone() -> None:
    store, old, seen = story()
    before = state(store)
    was = state_at([store.snapshot()], old)
    assert was.text == seen["text"]
    store.restore(was.text, was.records, was.meta)
    assert state(store) == seen
    assert store.undo()
    assert state(store) == before
    assert store.redo()
    assert state(store) == seen


def test_restoring_only_the_script_leaves_the_records() -> None:
    store, old, seen = story()
    scenes = store.scenes()
    store.restore(text_at([store.snapshot()], old))
    assert (store.text, store.scenes()) == (seen["text"], scenes)


def test_comparing_names_lines_words_and_records() -> None:
    store, old, _ = story()
    found = compare([store.snapshot()], old, store.frontier)
    (hunk,) = found.hunks
    assert (hunk.old_row, hunk.old_lines) == (1, ("AKIRA : one two",))
    assert (hunk.new_row, hunk.new_lines) == (1, ("AKIRA : one three four",))
    assert (found.words_added, found.words_removed) == (2, 1)
    kinds = [(change.section, change.name, change.kind) for change in found.records]
    assert kinds == [
        ("characters", "Akira", "changed"),
        ("characters", "Bo", "removed"),
        ("scenes", "Night", "added"),
        ("meta", "New title", "changed"),
    ]
    assert set(found.records[0].fields) == {"name", "description"}
    assert compare([store.snapshot()], old, old).is_empty


def test_unknown_points_and_damaged_blobs_are_our_errors() -> None:
    store, old, _ = story()
    with pytest.raises(DocumentError, match="not known"):
        text_at([store.snapshot()], Frontier(b"nonsense"))
    with pytest.raises(DocumentError, match="not known"):
        text_at([ProjectStore.create().snapshot()], old)
    with pytest.raises(DocumentError, match="damaged"):
        text_at([store.snapshot()[:-1]], old)


def test_history_can_be_cancelled_and_has_a_time_limit() -> None:
    store, old, _ = story()
    stop = threading.Event()
    stop.set()
    blobs = [store.snapshot()] * 20_000  # enough work that it can't be done at once
    start = time.monotonic()
    with pytest.raises(HistoryCancelledError):
        text_at(blobs, old, cancelled=stop)
    with pytest.raises(DocumentError, match="seconds"):
        text_at(blobs, old, timeout=0.1)
    assert time.monotonic() - start < 20


LINES = st.lists(st.sampled_from(["", "PANEL 1 :", "a", "b", "c d", "e"]), max_size=14)


@settings(max_examples=200, deadline=None)
@given(LINES, LINES)
def test_hunks_turn_the_old_lines_into_the_new_ones(old: list[str], new: list[str]) -> None:
    hunks = compare_texts("\n".join(old), "\n".join(new))
    lines = "\n".join(old).split("\n")
    for hunk in reversed(hunks):
        assert lines[hunk.old_row : hunk.old_row + len(hunk.old_lines)] == list(hunk.old_lines)
        lines[hunk.old_row : hunk.old_row + len(hunk.old_lines)] = hunk.new_lines
    assert "\n".join(lines) == "\n".join(new)
    assert count_words(hunks) == (0, 0) or hunks


def test_comparing_two_long_scripts_is_quick() -> None:
    old = [line for page in range(3000) for line in (f"PAGE {page} :", "", "PANEL 1 :", "(He runs.)", "")]
    new = [line for number, line in enumerate(old) if number % 97] + ["the end"]
    start = time.thread_time()  # however busy the machine is with something else
    hunks = compare_texts("\n".join(old), "\n".join(new))
    assert time.thread_time() - start < 5
    assert 100 < len(hunks) < 200


def test_a_file_edited_outside_merges_with_what_was_written_here() -> None:
    store = ProjectStore.create()
    store.replace_text("one\ntwo\nthree\n")
    read = store.frontier
    store.splice(0, 3, "ONE")
    update, frontier = branch([store.snapshot()], read, "one\ntwo\nTHREE\r\n")
    store.receive([update])
    assert store.text == "ONE\ntwo\nTHREE\n"
    assert text_at([store.snapshot()], frontier) == "one\ntwo\nTHREE\n"
    assert branch([store.snapshot()], frontier, "one\ntwo\nTHREE\n")[0] == b""
    with pytest.raises(DocumentError, match="not known"):
        branch([store.snapshot()], Frontier(b""), "x")


def test_a_project_larger_than_a_pipe_is_read() -> None:
    store = ProjectStore.create()
    old = store.frontier
    noise = random.Random(1)
    store.replace_text("".join(chr(noise.randrange(0x4E00, 0x9000)) for _letter in range(200_000)))
    snapshot = store.snapshot()
    assert len(snapshot) > 4 * 65_536
    assert text_at([snapshot], store.frontier) == store.text
    assert text_at([snapshot], old) == ""
