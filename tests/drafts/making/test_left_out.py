"""A prompt that can't be sent leaves its own asset out, by its name; all others are made."""

from __future__ import annotations

from uuid import UUID

import pytest

from core.drafts import Drafts
from core.drafts.making.wish import Wish
from core.placeholders import PlaceholderError, UnknownPlaceholder
from core.story import Section
from tests.drafts.making.conftest import Begin, Program
from tests.drafts.making.memory import MemoryServer

BAD = "A {concept}\nand a {dragon}"


@pytest.fixture
def program(begin: Begin, server: MemoryServer, draft: UUID) -> Program:
    """One with the draft open, in which the kite's prompt can't be sent."""
    started = begin(server)
    opened = started.open(draft)
    opened.draft.write_prompt(opened.draft.assets()[1].id, "image", BAD)
    return started


def test_the_others_are_made_and_it_is_named_with_its_place(
    program: Program, server: MemoryServer, draft: UUID, drafts: Drafts
) -> None:
    opened = program.open(draft)
    lamp, kite, boat = opened.draft.assets()
    found = program.desk.estimate(draft, Wish(which="all"))
    assert found.requests == 2
    [left] = found.left_out
    assert (left.asset, left.name) == (kite.id, "kite")
    assert left.why.startswith("Line 2, column 7: {dragon}")
    program.desk.generate(draft, Wish(which="all"))
    program.rest(opened)
    assert opened.draft.accepted(lamp.id, "image")
    assert opened.draft.accepted(boat.id, "image")
    assert "{dragon}" in opened.draft.state_of(kite, "image").error
    assert len(server.made) == 2
    [told] = [one for one in drafts.shelf.take_notices() if "left out" in one]
    assert told.startswith("1 left out, whose prompt can't be sent: kite (Line 2, column 7: {dragon}")


def test_none_is_asked_for_where_that_holds_for_all(
    program: Program, server: MemoryServer, draft: UUID
) -> None:
    opened = program.open(draft)
    lamp, kite, boat = opened.draft.assets()
    with pytest.raises(UnknownPlaceholder):
        program.desk.generate(draft, Wish(which="selected", assets=(kite.id,)))
    opened.draft.write_prompt(lamp.id, "image", "{")
    opened.draft.write_prompt(boat.id, "image", "{objet}")
    with pytest.raises(PlaceholderError, match=r"lamp \(Line 1, column 1: .*kite \(Line 2.*boat \(Line 1"):
        program.desk.generate(draft, Wish())
    opened.draft.write_prompt(None, "image", "{dragon}")
    for asset in (lamp, kite, boat):
        opened.draft.use_prompt(asset.id, "image", "")
    with pytest.raises(UnknownPlaceholder):
        program.desk.estimate(draft, Wish())
    assert not opened.draft.index.attempts


def test_of_many_each_prompt_is_looked_at_once_and_a_few_are_named(
    program: Program, draft: UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    from core.drafts.prompting import resolving

    opened = program.open(draft)
    opened.draft.add_assets([{"kind": "prop", "name": f"stone {number}"} for number in range(300)])
    opened.draft.add_assets([{"kind": "prop", "name": f"{{concept}} {number}"} for number in range(7)])
    calls = list[object]()
    resolved = resolving.resolved_prompt

    def counted(*given: object, **named: object) -> object:
        calls.append(given)
        return resolved(*given, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(resolving, "resolved_prompt", counted)
    found = program.desk.estimate(draft, Wish())
    assert len(found.left_out) == 8
    assert found.requests == 302
    assert len(calls) < 60


def test_an_asset_without_a_name_leaves_out_itself_alone(
    program: Program, server: MemoryServer, draft: UUID
) -> None:
    opened = program.open(draft)
    lamp, _kite, boat = opened.draft.assets()
    opened.draft.write_prompt(None, "image", "{concept}")
    # no program of ours leaves it without one; others may have
    opened.session.store.put_records({Section.ASSETS: {lamp.id: {"name": ""}}})
    found = program.desk.estimate(draft, Wish(which="selected", assets=(lamp.id, boat.id)))
    assert [one.asset for one in found.left_out] == [lamp.id]
    assert found.requests == 1
