"""Random histories of drafts: against a plain model on one machine, and with merges between two."""

from __future__ import annotations

from dataclasses import dataclass, field

from hypothesis import given, settings
from hypothesis import strategies as st

from core.drafts import Draft
from core.drafts.pack.draft import new_draft
from core.story import ProjectStore
from tests.drafts.acting import all_of, exchange, reopened, tried

Shown = list[tuple[str, str, str, str]]
"""Of each asset that is not in the trash, in order: id, name, prompt in use, accepted attempt."""

NUMBERS = st.integers(0, 7)
ACTIONS = st.sampled_from(
    ("add", "rename", "prompt", "older", "attempt", "accept", "remove", "restore", "move", "undo", "redo")
)
STEPS = st.lists(st.tuples(ACTIONS, NUMBERS, NUMBERS), max_size=30)
MERGES = st.lists(
    st.tuples(st.sampled_from((0, 1)), ACTIONS | st.just("merge"), NUMBERS, NUMBERS), max_size=30
)


def shown(draft: Draft) -> Shown:
    return [(one.id, one.name, one.prompt_image, one.accepted_image) for one in draft.assets()]


@dataclass
class Written:
    """What must be there for ever."""

    prompts: set[str] = field(default_factory=set)
    attempts: set[str] = field(default_factory=set)


def act(draft: Draft, action: str, which: int, other: int, written: Written) -> None:
    """One action on what is there; nothing where there is nothing it could be done to."""
    assets, trashed = draft.assets(), draft.trashed_assets()
    if action == "add":
        draft.add_asset("prop", f"thing {which}")
    elif action == "restore" and trashed:
        draft.restore_assets([trashed[which % len(trashed)].id])
    elif action in ("undo", "redo"):
        getattr(draft.store, action)()
    elif assets:
        one = assets[which % len(assets)]
        revisions, made = draft.prompts(one.id, "image"), draft.candidates(one.id, "image")
        if action == "rename":
            draft.update_asset(one.id, name=f"called {other}")
        elif action == "prompt":
            written.prompts.add(draft.write_prompt(one.id, "image", f"words {other}"))
        elif action == "older" and revisions:
            draft.use_prompt(one.id, "image", revisions[other % len(revisions)].id)
        elif action == "attempt":
            written.attempts.add(tried(draft, one.id))
        elif action == "accept" and made:
            draft.accept(one.id, made[other % len(made)].id)
        elif action == "remove":
            draft.remove_assets([one.id])
        elif action == "move":
            draft.move_assets([one.id], other)


def has_all(draft: Draft, written: Written) -> bool:
    index = draft.index
    return written.prompts <= set(index.prompts) and written.attempts <= set(index.attempts)


@settings(max_examples=60)
@given(STEPS)
def test_undo_and_redo_show_what_was_there_and_lose_nothing_written(
    steps: list[tuple[str, int, int]],
) -> None:
    draft, written = Draft(new_draft("Model", "en")), Written()
    before: list[Shown] = []
    after: list[Shown] = []
    for action, which, other in steps:
        now = shown(draft)
        act(draft, action, which, other, written)
        if action == "undo":
            assert shown(draft) == (before[-1] if before else now)
            if before:
                after.append(now)
                before.pop()
        elif action == "redo":
            assert shown(draft) == (after[-1] if after else now)
            if after:
                before.append(now)
                after.pop()
        elif shown(draft) != now:
            before.append(now)
            after.clear()
        assert has_all(draft, written)
    assert all_of(draft) == all_of(reopened(draft.store))


@settings(max_examples=60)
@given(MERGES)
def test_two_machines_that_merge_agree_and_lose_nothing_written(
    steps: list[tuple[int, str, int, int]],
) -> None:
    first = Draft(new_draft("Model", "en"))
    second = Draft(ProjectStore.load(first.store.project_id, [first.store.snapshot()]))
    machines, written = (first, second), (Written(), Written())
    for machine, action, which, other in steps:
        if action == "merge":
            exchange(first.store, second.store)
            both = Written(*(a | b for a, b in zip(*(vars(one).values() for one in written), strict=True)))
            written = (both, Written(set(both.prompts), set(both.attempts)))
        else:
            act(machines[machine], action, which, other, written[machine])
        assert all(has_all(draft, own) for draft, own in zip(machines, written, strict=True))
    exchange(first.store, second.store)
    assert all_of(first) == all_of(second) == all_of(reopened(first.store))


def test_control_a_prompt_written_as_an_ordinary_step_would_be_lost() -> None:
    draft = Draft(new_draft("Model", "en"))
    fox = draft.add_asset("prop", "fox")
    from core.story import Section

    lost = draft.store.add_record(Section.PROMPTS, asset=fox, medium="image", text="gone")
    draft.store.undo()
    assert not has_all(draft, Written({lost}))
