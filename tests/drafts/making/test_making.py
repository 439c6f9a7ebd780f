"""What is asked for is made once and comes home, with every attempt written down."""

from __future__ import annotations

from uuid import UUID

import pytest

from core.drafts import Drafts, Status
from core.drafts.making import notes
from core.drafts.making.budget import BudgetError
from core.drafts.making.wish import Wish
from core.errors import UsageError
from core.money import MILLION
from core.placeholders import UnknownPlaceholder
from core.providers.request import Made, MadeFile, MakeRequest
from tests.drafts.making.conftest import Begin
from tests.drafts.making.memory import MemoryServer, make, png


def test_concepts_become_assets_with_names_and_pictures(
    drafts: Drafts, begin: Begin, server: MemoryServer
) -> None:
    empty = drafts.create("Sea", theme="ocean", languages=("en", "fr")).draft_id
    program = begin(server)
    opened = program.open(empty)
    asked = program.desk.generate(empty, Wish(steps=("concepts", "names", "picture"), count=4))
    assert opened.draft.pack.status == "generating"
    program.rest(opened)
    assets = opened.draft.assets()
    assert [asset.name for asset in assets] == [f"concept {number}" for number in range(4)]
    assert {asset.names["fr"] for asset in assets} == {f"concept {number} (fr)" for number in range(4)}
    assert all(opened.draft.accepted(asset.id, "image") for asset in assets)
    assert opened.draft.status is Status.READY
    assert asked.estimate.steps == {"concepts": 1, "names": 4, "picture": 4}
    assert len(server.made) == len(set(server.made)) == 9
    program.until(lambda: server.collected == set(server.made))
    program.until(lambda: not opened.session.journal.names("making."))


def test_every_attempt_says_how_it_was_made(begin: Begin, server: MemoryServer, draft: UUID) -> None:
    program = begin(server)
    opened = program.open(draft)
    program.desk.generate(draft, Wish())
    program.rest(opened)
    asset = opened.draft.assets()[0]
    attempt = opened.draft.accepted(asset.id, "image")
    assert attempt is not None
    assert (attempt.status, attempt.provider, attempt.model, attempt.cost) == ("done", "sketch", "small", 5)
    assert "lamp" in attempt.resolved
    assert "{" not in attempt.resolved
    assert attempt.tries == 1
    assert attempt.seed
    assert attempt.finished_at
    assert opened.session.media.verify(attempt.output)
    assert attempt.output in opened.session.pictures.known


def test_a_new_prompt_is_a_candidate_and_takes_nothing_away(
    begin: Begin, server: MemoryServer, draft: UUID
) -> None:
    program = begin(server)
    opened = program.open(draft)
    program.desk.generate(draft, Wish())
    program.rest(opened)
    asset = opened.draft.assets()[0]
    before = opened.draft.accepted(asset.id, "image")
    program.desk.regenerate(draft, asset.id, "A {concept} in the rain")
    program.rest(opened)
    first, second = opened.draft.candidates(asset.id, "image")
    assert opened.draft.accepted(asset.id, "image") == before == first
    assert second.resolved == "A lamp in the rain"
    assert opened.draft.prompts(asset.id, "image")[-1].origin == "regenerated"
    opened.draft.accept(asset.id, second.id)
    opened.session.store.undo()
    assert opened.draft.accepted(asset.id, "image") == first
    assert len(opened.draft.candidates(asset.id, "image")) == 2


def test_no_undo_takes_back_what_has_happened(begin: Begin, server: MemoryServer, draft: UUID) -> None:
    program = begin(server)
    opened = program.open(draft)
    program.desk.generate(draft, Wish())
    program.rest(opened)
    while opened.session.store.undo():
        pass
    assert len(opened.draft.index.attempts) == 3
    assert {one.status for one in opened.draft.index.attempts.values()} == {"done"}


def test_only_what_is_missing_is_made_again(begin: Begin, server: MemoryServer, draft: UUID) -> None:
    program = begin(server)
    opened = program.open(draft)
    program.desk.generate(draft, Wish())
    program.rest(opened)
    assert not program.desk.generate(draft, Wish()).attempts
    new = opened.draft.add_asset("prop", "sail")
    program.desk.generate(draft, Wish())
    program.rest(opened)
    assert opened.draft.accepted(new, "image")
    assert len(server.made) == 4
    program.desk.generate(draft, Wish(which="all"))
    program.rest(opened)
    assert len(server.made) == 8
    assert all(len(opened.draft.candidates(one.id, "image")) == 2 for one in opened.draft.assets())


def test_nothing_is_asked_for_beyond_the_budget(begin: Begin, server: MemoryServer, draft: UUID) -> None:
    program = begin(server, budget=0.00001)
    opened = program.open(draft)
    program.desk.generate(draft, Wish())
    program.rest(opened)  # the estimate was nothing; it has cost 15 of the 10 millionths that there are
    assert sum(one.cost for one in opened.draft.index.attempts.values()) == 15
    with pytest.raises(BudgetError):
        program.desk.generate(draft, Wish(which="all"))
    assert len(opened.draft.index.attempts) == 3
    opened.draft.update_pack(budget=MILLION)
    program.desk.generate(draft, Wish(which="all"))
    program.rest(opened)
    assert len(opened.draft.index.attempts) == 6


def test_a_prompt_that_can_not_be_filled_in_is_an_error_before_anything_is_spent(
    begin: Begin, server: MemoryServer, draft: UUID
) -> None:
    program = begin(server)
    opened = program.open(draft)
    asset = opened.draft.assets()[1]
    opened.session.store.put_records({})
    with pytest.raises(UnknownPlaceholder):
        program.desk.regenerate(draft, asset.id, "A {dragon}")
    assert not opened.draft.index.attempts
    assert not server.jobs
    with pytest.raises(UsageError):
        program.desk.generate(draft, Wish(pictures="nobody"))


def test_half_a_billion_pixels_are_refused_with_a_sentence(
    begin: Begin, server: MemoryServer, draft: UUID
) -> None:
    def hostile(request: MakeRequest) -> Made:
        if request.name == "kite":
            content = png(4, 4, 0, claimed=(25_000, 20_000))
        elif request.name == "boat":
            content = b"<html>no picture</html>"
        else:
            return make(request)
        return Made(files=(MadeFile(content, "image/png"),), cost=5)

    server.maker = hostile
    program = begin(server)
    opened = program.open(draft)
    program.desk.generate(draft, Wish())
    program.rest(opened)
    lamp, kite, boat = (opened.draft.state_of(asset, "image") for asset in opened.draft.assets())
    assert lamp.accepted
    assert "far too many pixels" in kite.error
    assert "is a web page" in boat.error
    assert opened.draft.status is Status.READY_WITH_ERRORS
    assert sum(one.cost for one in opened.draft.index.attempts.values()) == 15
    assert len(opened.session.media.held()) == 1


def test_what_fails_says_why_and_can_be_made_again(begin: Begin, server: MemoryServer, draft: UUID) -> None:
    def failing(request: MakeRequest) -> Made:
        raise ValueError("The provider has no more money.")

    server.maker = failing
    program = begin(server)
    opened = program.open(draft)
    program.desk.generate(draft, Wish())
    program.rest(opened)
    assert opened.draft.pack.status == "failed"
    assert {one.error for one in opened.draft.index.attempts.values()} == {"The provider has no more money."}
    server.maker = make
    program.desk.generate(draft, Wish())
    program.rest(opened)
    assert opened.draft.status is Status.READY


def test_names_that_somebody_wrote_stay(begin: Begin, server: MemoryServer, draft: UUID) -> None:
    program = begin(server)
    server.works = False
    opened = program.open(draft)
    program.desk.generate(draft, Wish(steps=("names",)))
    program.until(lambda: len(server.jobs) == 3)
    lamp, kite, boat = opened.draft.assets()
    opened.draft.update_asset(lamp.id, names={"fr": "lampe"})
    opened.draft.update_asset(kite.id, name="dragon kite")
    server.works = True
    program.rest(opened)
    found = [opened.draft.asset(one.id) for one in (lamp, kite, boat)]
    assert [dict(one.names) for one in found if one] == [{"fr": "lampe"}, {}, {"fr": "boat (fr)"}]


def test_what_a_provider_says_is_kept_in_small(begin: Begin, server: MemoryServer, draft: UUID) -> None:
    deep: list[object] = []
    for _ in range(300):
        deep = [deep]

    def talkative(request: MakeRequest) -> Made:
        if request.step == "names":
            return Made(names={"fr": {request.name: "x" * 1_000_000}}, note="y" * 1_000_000)
        made = make(request)
        return Made(files=made.files, model="m" * 100_000, parameters={"deep": deep, "long": "z" * 1_000_000})

    server.maker = talkative
    program = begin(server)
    opened = program.open(draft)
    program.desk.generate(draft, Wish(steps=("names", "picture")))
    program.rest(opened)
    assert {one.status for one in opened.draft.index.attempts.values()} == {"done"}
    assert all(len(asset.names["fr"]) == 200 for asset in opened.draft.assets())
    assert len(opened.session.store.snapshot()) < 50_000


def test_a_wish_is_read_back_from_the_journal_as_it_was() -> None:
    wish = Wish(steps=("names", "picture"), which="selected", assets=("a", "b"), each=3, seed=7, accept=False)
    stage = notes.Stage(id=UUID(int=1), wish=wish, targets=(("names", "a"), ("picture", "b")))

    class Facts:
        def names(self, prefix: str) -> list[str]:
            return [key for key in notes.stage_fact(stage) if key.startswith(prefix)]

        def get(self, key: str) -> str | None:
            return notes.stage_fact(stage).get(key)

    assert list(notes.stages(Facts())) == [(stage, 0)]  # type: ignore[arg-type]
