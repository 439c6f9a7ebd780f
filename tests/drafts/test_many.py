"""Many assets: what a change costs does not grow with them, and all of them are one step."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from core.drafts import Draft, DraftError, MediumStatus
from core.drafts.pack.assets import MOST_ASSETS
from core.drafts.pack.draft import new_draft
from core.story import ProjectStore, Section
from tests.drafts.acting import all_of, reopened, sha_of, tried


class CountedStore(ProjectStore):
    """Counts the records that are read from the document."""

    read = 0

    def record(self, section: Section, record_id: str) -> Any:
        self.read += 1
        return super().record(section, record_id)

    def all_records(self, section: Section) -> Any:
        found = super().all_records(section)
        self.read += len(found)
        return found


@contextmanager
def reading(draft: Draft) -> Iterator[list[int]]:
    """How many records the block has read."""
    store = draft.store
    assert isinstance(store, CountedStore)
    before, found = store.read, [0]
    yield found
    found[0] = store.read - before


def with_many(count: int) -> tuple[Draft, list[str]]:
    """A draft of so many assets, each with a prompt and an attempt, read by a program that counts."""
    draft = Draft(new_draft("Many", "en"))
    ids = draft.add_assets([{"kind": "prop", "name": f"Thing {number}"} for number in range(count)])
    draft.put_attempts(
        {
            f"{number:032x}": {"asset": key, "medium": "image", "status": "done", "output": sha_of(key)}
            for number, key in enumerate(ids)
        }
    )
    draft.accept_all({key: f"{number:032x}" for number, key in enumerate(ids)})
    store = CountedStore.load(draft.store.project_id, [draft.store.snapshot()])
    assert isinstance(store, CountedStore)
    return Draft(store), ids


def cost(count: int) -> list[int]:
    """Records read for what a screen does: a look at all, an edit, an attempt's end, acceptance, undo."""
    draft, ids = with_many(count)
    all_of(draft)
    told = []
    for act in (
        lambda: None,
        lambda: draft.update_asset(ids[7], name="Called"),
        lambda: tried(draft, ids[3], "waiting"),
        lambda: draft.accept(ids[2], draft.candidates(ids[2], "image")[0].id),
        lambda: draft.write_prompt(ids[1], "image", "words"),
        lambda: draft.move_assets([ids[-1]], 0),
        lambda: draft.store.undo(),
    ):
        with reading(draft) as found:
            act()
            for asset in draft.assets():
                draft.state_of(asset, "image")
                draft.prompt_in_use(asset.id, "image")
            _ = (draft.pack, draft.content)
        told.append(found[0])
    assert all_of(draft) == all_of(reopened(draft.store))
    return told


def test_a_change_reads_what_it_touched_however_many_there_are() -> None:
    few, many = cost(20), cost(400)
    assert few == many
    assert many[0] == 0
    assert max(many) <= 4


def test_control_another_index_would_read_all() -> None:
    draft, _ = with_many(50)
    with reading(draft) as found:
        draft.store.companions.clear()
        Draft(draft.store).assets()
    assert found[0] >= 50


def test_what_is_read_in_slices_is_not_read_again_and_is_the_same() -> None:
    draft, ids = with_many(1_200)
    slices = sum(1 for _ in draft.index.reading())
    assert slices > 0
    with reading(draft) as found:
        assert [one.id for one in draft.assets()] == ids
        assert [len(draft.attempts(one, "image")) for one in ids] == [1] * len(ids)
    assert found[0] == 0
    assert all_of(draft) == all_of(reopened(draft.store))


@pytest.mark.parametrize("asked", [False, True])
def test_what_changes_while_it_is_read_in_slices_is_not_lost(asked: bool) -> None:
    """`asked`: somebody could not wait for the last slice, and read all at once."""
    draft, ids = with_many(1_200)
    slices = draft.index.reading()
    next(slices)
    if asked:
        draft.attempts(ids[0], "image")
    tried(draft, ids[0], "waiting")
    for _ in slices:
        pass
    assert [one.status for one in draft.attempts(ids[0], "image")] == ["done", "waiting"]
    assert all_of(draft) == all_of(reopened(draft.store))


@pytest.mark.parametrize("asked", [False, True])
def test_assets_that_change_while_they_are_read_in_slices_are_not_lost(asked: bool) -> None:
    draft, ids = with_many(1_200)
    slices = draft.index.reading()
    next(slices)
    next(slices)
    if asked:
        draft.assets()
    draft.store.change_records(Section.ASSETS, {ids[5]: {"name": "Called"}})
    draft.store.move_records_before(Section.ASSETS, [ids[-1]], ids[0])
    for _ in slices:
        pass
    with reading(draft) as found:
        assert [one.id for one in draft.assets()] == [ids[-1], *ids[:-1]]
    assert found[0] <= 2  # what was touched, and not all of them once more
    assert draft.assets()[6].name == "Called"
    assert all_of(draft) == all_of(reopened(draft.store))


def test_too_many_are_refused_before_any_is_made() -> None:
    draft = Draft(new_draft("Many", "en"))
    with pytest.raises(DraftError, match="20,000 assets"):
        draft.add_assets([{"kind": "prop", "name": "x"}] * (MOST_ASSETS + 1))
    assert draft.assets() == []


@pytest.mark.soak
def test_ten_thousand_assets_are_one_step_that_comes_and_goes() -> None:
    draft, ids = with_many(10_000)
    assert all(draft.state_of(one, "image").status is MediumStatus.ACCEPTED for one in draft.assets())
    more = draft.add_assets([{"kind": "prop", "name": f"More {number}"} for number in range(10_000)])
    assert [one.id for one in draft.assets()] == [*ids, *more]
    assert draft.store.undo()
    assert [one.id for one in draft.assets()] == ids
    assert draft.store.redo()
    assert [one.id for one in draft.assets()] == [*ids, *more]
    assert draft.remove_assets(ids) == 10_000
    assert draft.store.undo()
    assert all_of(draft) == all_of(reopened(draft.store))
