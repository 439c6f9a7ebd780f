"""Undo and redo of a whole book at once take the time of typing it in, and spare others' words."""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import partial
from typing import Any

import loro
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.story import Change, Origin, ProjectStore, Section, apply_edits
from core.story.document import contents
from tests.story.test_undo import STEPS, run_against_model
from tests.story.test_undo_with_others import SCRIPT, run_sides

LINE = "PANEL 1 : Akira regarde la mer, et personne ne parle.\n"
LINES = 60_000
LIMIT = 1.0  # seconds; it takes 0.02, and took minutes when Loro did it


def quick(action: Callable[[], object]) -> None:
    started = time.process_time()  # what it costs, however busy the machine is with something else
    action()
    assert time.process_time() - started < LIMIT


def seconds(action: Callable[[], object]) -> float:
    started = time.perf_counter()
    action()
    return time.perf_counter() - started


def there_and_back(store: ProjectStore, before: str, after: str) -> None:
    """Undo and redo the last step twice: what was redone is a large step again."""
    for _ in range(2):
        quick(store.undo)
        assert store.text == before
        quick(store.redo)
        assert store.text == after


def test_a_pasted_book_is_undone_and_redone_at_once() -> None:
    store = ProjectStore.create()
    store.splice(0, 0, "start\nend\n")
    store.splice(6, 0, LINE * LINES)
    there_and_back(store, "start\nend\n", f"start\n{LINE * LINES}end\n")
    keys = [seconds(partial(store.splice, place, 0, "x")) for place in (5, 900_000, 2_000_000)]
    assert sorted(keys)[1] < 0.01  # the middle one: a busy machine may stall one


def test_a_deleted_book_comes_back_at_once() -> None:
    store = ProjectStore.create()
    store.splice(0, 0, LINE * LINES)
    store.splice(10, len(LINE) * LINES - 20, "")
    there_and_back(store, LINE * LINES, LINE[:10] + LINE[-10:])


def test_a_book_replaced_or_restored_comes_back_at_once() -> None:
    store = ProjectStore.create(title="old")
    old = "".join(f"{number} {LINE}" for number in range(6000))
    new = "".join(f"{number} {LINE}" if number % 40 else f"{number} !\n" for number in range(6000))
    store.splice(0, 0, old)
    store.replace_text(new)
    there_and_back(store, old, new)
    store.restore(old, meta={"title": "new"})
    assert (store.text, store.meta.title) == (old, "new")
    there_and_back(store, new, old)
    store.undo()
    assert (store.text, store.meta.title) == (new, "old")


def test_a_record_changed_before_a_large_paste_is_undone_at_once() -> None:
    store = ProjectStore.create(title="old")
    store.set_meta(title="new")
    store.splice(0, 0, LINE * LINES)
    quick(store.undo)
    quick(store.undo)
    assert (store.text, store.meta.title) == ("", "old")
    quick(store.redo)
    quick(store.redo)
    assert (store.text, store.meta.title) == (LINE * LINES, "new")


def test_control_loro_alone_takes_the_square_of_what_was_pasted() -> None:
    """If this fails, Loro has mended it, and its own undo could take back the script again."""

    def undo(lines: int) -> float:
        doc = loro.LoroDoc()  # type: ignore[no-untyped-call]
        manager = loro.UndoManager(doc)
        doc.get_text("script").insert(0, LINE * lines)
        doc.commit()
        return seconds(manager.undo)

    undo(100)
    assert undo(4000) > 6 * undo(1000)


def test_words_typed_by_others_into_what_i_pasted_survive_its_undo() -> None:
    mine = ProjectStore.create()
    mine.splice(0, 0, "start\nend\n")
    theirs = ProjectStore.load(mine.project_id, [mine.snapshot()])
    mine.splice(6, 0, LINE * 1000)
    theirs.receive([mine.updates_since(theirs.version)])
    theirs.splice(6 + 500 * len(LINE), 0, "THEIRS\n")
    theirs.splice(20, 30, "")
    mine.receive([theirs.updates_since(mine.version)])
    before, heard = mine.text, list[Change]()
    mine.subscribe(Section.SCRIPT, heard.append)
    assert mine.undo()
    assert mine.text == "start\nTHEIRS\nend\n"
    assert heard[-1].origin is Origin.UNDO
    assert apply_edits(before, heard[-1].edits) == mine.text
    assert mine.redo()
    assert mine.text == before
    theirs.receive([mine.updates_since(theirs.version)])
    assert theirs.text == before
    while mine.undo():
        pass
    assert mine.text == "THEIRS\n"


@pytest.fixture
def small_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every insert of more than two characters goes in as a large one does."""
    monkeypatch.setattr(contents, "_PIECE", 2)


FIXTURE = [HealthCheck.function_scoped_fixture]


@pytest.mark.usefixtures("small_pieces")
@settings(max_examples=25, deadline=None, suppress_health_check=FIXTURE)
@given(STEPS)
def test_undo_follows_a_stack_of_states_with_inserts_in_pieces(steps: list[Any]) -> None:
    run_against_model(steps)


@pytest.mark.usefixtures("small_pieces")
@settings(max_examples=25, deadline=None, suppress_health_check=FIXTURE)
@given(SCRIPT)
def test_undo_spares_others_with_inserts_in_pieces(script: list[tuple[str, Any, int, str]]) -> None:
    run_sides(script)


@pytest.mark.usefixtures("small_pieces")
@settings(max_examples=25, deadline=None, suppress_health_check=FIXTURE)
@given(st.integers(0, 4), st.lists(st.sampled_from(["abcdefg", "1234567"]), min_size=2, max_size=2))
def test_two_pastes_at_one_place_at_once_do_not_mix(place: int, words: list[str]) -> None:
    stores = [ProjectStore.create()]
    stores[0].splice(0, 0, "WALL")
    stores.append(ProjectStore.load(stores[0].project_id, [stores[0].snapshot()]))
    for store, word in zip(stores, words, strict=True):
        store.splice(place, 0, word)
    for store, other in (stores, stores[::-1]):
        store.receive([other.updates_since(store.version)])
    assert stores[0].text == stores[1].text
    ways = ("".join(words), "".join(words[::-1]))
    assert stores[0].text in ["WALL"[:place] + way + "WALL"[place:] for way in ways]
