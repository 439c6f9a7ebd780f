"""Attacks on a draft: lost prompts, acceptances that can't be undone, late news, moves that make no sense."""

from __future__ import annotations

import itertools

import pytest

from core.drafts import LONGEST_PROMPT, Draft, DraftError, MediumStatus, Status
from core.drafts.status import MOVES, check_move
from core.story import PACK_ID, ProjectStore, Section
from tests.drafts.acting import all_of, exchange, reopened, sha_of, tried


def test_a_prompt_is_never_lost_and_its_use_can_be_undone(draft: Draft) -> None:
    fox = draft.add_asset("character", "Renard")
    first = draft.write_prompt(fox, "image", "a fox")
    second = draft.write_prompt(fox, "image", "a red fox", origin="regenerated")
    assert draft.write_prompt(fox, "image", "a red fox") == second  # the same words are no new revision
    assert draft.store.undo()
    used = draft.prompt_in_use(fox, "image")
    assert used is not None
    assert used.id == first
    assert [one.text for one in draft.prompts(fox, "image")] == ["a fox", "a red fox"]
    while draft.store.undo():
        pass
    assert draft.assets() == []
    assert {one.text for one in draft.index.prompts.values()} == {"a fox", "a red fox"}
    while draft.store.redo():
        pass
    assert [one.id for one in draft.prompts(fox, "image")] == [first, second]
    assert all_of(reopened(draft.store)) == all_of(draft)


def test_an_asset_without_a_prompt_has_the_packs(draft: Draft) -> None:
    fox = draft.add_asset("character", "Renard")
    assert draft.prompt_in_use(fox, "image") is None
    pack = draft.write_prompt(None, "image", "a {concept}", origin="theme")
    used = draft.prompt_in_use(fox, "image")
    assert used is not None
    assert used.id == pack
    own = draft.write_prompt(fox, "image", "a fox")
    draft.use_prompt(fox, "image", "")
    assert draft.prompt_in_use(fox, "image") == used
    with pytest.raises(DraftError, match="no such revision"):
        draft.use_prompt(None, "image", own)
    with pytest.raises(DraftError, match="no such medium"):
        draft.write_prompt(fox, "concepts", "ten animals")


def test_a_prompt_of_a_megabyte_is_refused_in_one_sentence(draft: Draft) -> None:
    fox = draft.add_asset("character", "Renard")
    before = draft.store.version
    for text, sentence in (("x" * 1_000_000, f"{LONGEST_PROMPT:,} characters"), ("  \n", "needs words")):
        with pytest.raises(DraftError, match=sentence) as refused:
            draft.write_prompt(fox, "image", text)
        assert len(str(refused.value)) < 200
    assert draft.store.version == before
    draft.write_prompt(fox, "image", "x" * LONGEST_PROMPT)  # the control: what may be so long is kept whole
    assert len(draft.prompts(fox, "image")[0].text) == LONGEST_PROMPT


def test_accepting_is_undone_and_what_was_made_stays(draft: Draft) -> None:
    fox = draft.add_asset("character", "Renard")
    first, second = tried(draft, fox), tried(draft, fox)
    draft.accept(fox, first)
    draft.accept(fox, second)
    assert draft.store.undo()
    accepted = draft.accepted(fox, "image")
    assert accepted is not None
    assert accepted.id == first
    assert draft.store.undo()
    assert draft.accepted(fox, "image") is None
    assert [one.id for one in draft.candidates(fox, "image")] == [first, second]
    assert draft.store.redo()
    assert draft.store.redo()
    assert draft.state_of(draft.assets()[0], "image").status is MediumStatus.ACCEPTED


def test_only_what_was_made_for_an_asset_is_accepted_for_it(draft: Draft) -> None:
    fox, owl = draft.add_assets([{"kind": "character", "name": name} for name in ("Renard", "Hibou")])
    for attempt in (tried(draft, owl), tried(draft, fox, "failed"), tried(draft, fox, "running"), "nothing"):
        with pytest.raises(DraftError, match="no such candidate"):
            draft.accept(fox, attempt)
    draft.accept(fox, tried(draft, fox))


def test_late_news_take_nothing_back(draft: Draft) -> None:
    fox = draft.add_asset("character", "Renard")
    done = tried(draft, fox)
    for status in ("waiting", "running", "failed", "cancelled"):
        assert not draft.put_attempts({done: {"status": status}})
    failed = tried(draft, fox, "failed", error="The provider said no.")
    assert not draft.put_attempts({failed: {"status": "running"}})
    assert draft.put_attempts({failed: {"status": "done", "output": sha_of("late")}}) == {failed}
    running = tried(draft, fox, "running")
    assert draft.put_attempts({running: {"status": "waiting"}}) == {running}  # its worker died
    assert [one.id for one in draft.under_way()] == [running]


def test_what_is_said_of_a_medium(draft: Draft) -> None:
    fox = draft.add_asset("character", "Renard")

    def status(medium: str = "image") -> MediumStatus:
        return draft.state_of(draft.assets()[0], medium).status

    assert status() is MediumStatus.NONE
    failed = tried(draft, fox, "failed", error="No money.")
    assert status() is MediumStatus.FAILED
    assert draft.state_of(draft.assets()[0], "image").error == "No money."
    waiting = tried(draft, fox, "waiting")
    assert status() is MediumStatus.WAITING
    draft.put_attempts({waiting: {"status": "running"}})
    assert status() is MediumStatus.RUNNING
    draft.put_attempts({waiting: {"status": "done", "output": sha_of("one")}})
    assert status() is MediumStatus.CANDIDATES
    draft.accept(fox, waiting)
    assert status() is MediumStatus.ACCEPTED
    draft.index.missing = frozenset({sha_of("one")})
    assert status() is MediumStatus.MISSING
    draft.reject(fox, "image")
    assert status() is MediumStatus.MISSING
    assert status("clip") is MediumStatus.NONE
    assert draft.attempts(fox)[0].id == failed


@pytest.mark.parametrize(("here", "to"), list(itertools.product(Status, Status)))
def test_a_draft_only_moves_where_it_may(here: Status, to: Status) -> None:
    if to is here or to in MOVES[here]:
        check_move(here, to)
        return
    with pytest.raises(DraftError, match=f"is {here.value} can't become {to.value}"):
        check_move(here, to)


def test_nothing_is_published_from_the_middle_of_something() -> None:
    for busy in (Status.GENERATING, Status.FAILED):
        assert Status.PUBLISHING not in MOVES[busy]
    assert Status.GENERATING not in MOVES[Status.PUBLISHING]
    assert all(MOVES[status] for status in Status)  # none is a dead end


def test_what_was_published_and_edited_is_modified_until_it_is_as_it_was(draft: Draft) -> None:
    fox = draft.add_asset("character", "Renard")
    draft.move_status(Status.PUBLISHING)
    with pytest.raises(DraftError, match="being published"):
        draft.move_status(Status.GENERATING)
    draft.move_status(Status.PUBLISHED, published={"content": draft.content, "revision": 1})
    seen = [draft.status]
    tried(draft, fox)  # a candidate is no edit
    seen.append(draft.status)
    draft.update_asset(fox, name="Goupil")
    seen += [draft.status, reopened(draft.store).status]
    draft.store.undo()
    seen.append(draft.status)
    tried(draft, "", medium="music", parameters={"language": "fr"})  # a song of the pack
    seen.append(draft.status)
    published, modified = Status.PUBLISHED, Status.MODIFIED
    assert seen == [published, published, modified, modified, published, modified]


def test_the_status_is_no_step_of_the_writers(draft: Draft) -> None:
    draft.add_asset("prop", "Lampe")
    draft.move_status(Status.READY)
    assert draft.store.undo()
    assert draft.assets() == []
    assert draft.status is Status.READY


def test_many_assets_are_one_step(draft: Draft) -> None:
    ids = draft.add_assets([{"kind": "prop", "name": f"Chose {number}"} for number in range(30)])
    draft.move_assets(ids[20:25], 0)
    assert [asset.id for asset in draft.assets()][:5] == ids[20:25]
    draft.remove_assets(ids[:3])
    assert [asset.id for asset in draft.trashed_assets()]
    assert draft.restore_assets(ids[:3]) == 3
    for _ in range(4):
        assert draft.store.undo()
    assert draft.assets() == []
    for _ in range(4):
        assert draft.store.redo()
    assert [asset.id for asset in draft.assets()] == [*ids[20:25], *ids[:20], *ids[25:]]


def test_assets_move_past_those_in_the_trash(draft: Draft) -> None:
    ids = draft.add_assets([{"kind": "prop", "name": str(number)} for number in range(6)])
    draft.remove_assets([ids[1], ids[4]])
    for index in range(4):
        draft.move_assets([ids[5]], index)
        kept = [ids[0], ids[2], ids[3]]
        assert [asset.id for asset in draft.assets()] == [*kept[:index], ids[5], *kept[index:]]


def test_what_two_machines_write_survives_the_merge(draft: Draft) -> None:
    fox = draft.add_asset("character", "Renard")
    there = reopened(draft.store)
    mine, theirs = draft.write_prompt(fox, "image", "mine"), there.write_prompt(fox, "image", "theirs")
    one, two = tried(draft, fox), tried(there, fox)
    draft.accept(fox, one)
    there.accept(fox, two)
    draft.update_pack(description="a wood")
    there.update_pack(names={"en": "Forest"})
    exchange(draft.store, there.store)
    assert all_of(draft) == all_of(there)
    assert {one.id for one in draft.prompts(fox, "image")} == {mine, theirs}
    assert {one.id for one in draft.candidates(fox, "image")} == {one, two}
    assert (draft.pack.description, dict(draft.pack.names)) == ("a wood", {"en": "Forest"})


def test_what_was_made_is_a_candidate_whatever_another_machine_says(draft: Draft) -> None:
    fox = draft.add_asset("character", "Renard")
    attempt = tried(draft, fox, "running")
    there = reopened(draft.store)
    for _ in range(5):  # the later writer wins the field, whichever that is
        there.put_attempts({attempt: {"status": "failed", "error": "Nobody had it any more."}})
    draft.put_attempts({attempt: {"status": "done", "output": sha_of("fox")}})
    exchange(draft.store, there.store)
    for each in (draft, there):
        assert [one.output for one in each.candidates(fox, "image")] == [sha_of("fox")]
        assert each.under_way() == []


def test_names_that_differ_by_accent_or_case_are_two_things(draft: Draft) -> None:
    names = ("éléphant", "elephant", "Elephant", "e\u0301le\u0301phant", "éléphant")
    ids = draft.add_assets([{"kind": "other", "name": name} for name in names])
    for asset_id, name in zip(ids, names, strict=True):
        draft.write_prompt(asset_id, "image", f"drawn: {name}")
    for asset_id, name in zip(ids, names, strict=True):
        used = draft.prompt_in_use(asset_id, "image")
        assert used is not None
        assert used.text == f"drawn: {name}"


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"kind": "monster", "name": "x"}, "no such kind"),
        ({"kind": "prop", "name": " \t"}, "needs a name"),
        ({"kind": "prop", "name": "x", "accepted_image": "y"}, "can't be set"),
        ({"kind": "prop", "name": "x", "names": {"not a language": "y"}}, "named by its code"),
    ],
)
def test_what_is_no_asset_is_refused(draft: Draft, fields: dict[str, object], sentence: str) -> None:
    before = draft.store.version
    with pytest.raises(DraftError, match=sentence):
        draft.add_assets([{"kind": "prop", "name": "good"}, fields])
    assert draft.store.version == before


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"colour": "red"}, "#rrggbb"),
        ({"visibility": "friends"}, "private or public"),
        ({"languages": ()}, "from one to"),
        ({"cover": "nobody"}, "no such asset"),
        ({"budget": -1}, "whole number"),
        ({"status": "published"}, "can't be set"),
        ({"description": "x" * 1_000_000}, "20,000 characters"),
    ],
)
def test_what_is_no_pack_is_refused(draft: Draft, fields: dict[str, object], sentence: str) -> None:
    with pytest.raises(DraftError, match=sentence):
        draft.update_pack(**fields)
    assert not draft.is_public


def test_fields_of_newer_programs_are_kept(draft: Draft) -> None:
    fox = draft.add_asset("character", "Renard")
    attempt = tried(draft, fox, pose="sitting")
    draft.store.update_record(Section.ASSETS, fox, model3d="abc")
    draft.store.update_record(Section.PACK, PACK_ID, licence="CC0")
    draft.store.put_meta({"colophon": "2031"})
    draft.update_asset(fox, name="Goupil")
    draft.update_pack(style="ink")
    draft.put_attempts({attempt: {"status": "done", "cost": 7}})
    again = reopened(draft.store)
    assert again.assets()[0].extra == {"model3d": "abc"}
    assert again.pack.extra == {"licence": "CC0"}
    assert again.attempts(fox)[0].extra == {"pose": "sitting"}
    assert again.store.meta.extra["colophon"] == "2031"


def test_a_damaged_pack_record_leaves_the_rest_readable(draft: Draft) -> None:
    fox = draft.add_asset("character", "Renard")
    draft.store.put_records({Section.PACK: {PACK_ID: {"status": 7, "languages": "fr", "published": []}}})
    again = Draft(ProjectStore.load(draft.store.project_id, [draft.store.snapshot()]))
    assert (again.status, again.assets()[0].id) == (Status.DRAFT, fox)
