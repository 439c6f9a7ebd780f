"""A plan that crosses in slices is the same plan, and none of them is large."""

from __future__ import annotations

import msgspec

from core.backup.plan import Action, ImportPlan, Item, Outcome, ProjectPlan, SourceInfo
from core.backup.slicing import LARGE, MOST, Joining, Slice, slices_of, without_slices


def project(key: str, count: int, said: str = "") -> ProjectPlan:
    items = tuple(Item(f"page:{at}", "script", "PAGE", Outcome.UPDATE, ours=said) for at in range(count))
    return ProjectPlan(key, key, Action.MERGE, items=items)


def test_slices_put_together_are_the_plan() -> None:
    source = SourceInfo("a", "genko", "b", "c" * 64, 1)
    projects = (project("a", 2 * MOST + 1), project("b", 0), project("c", 30, "x" * 3_000))
    rows = tuple({"where": str(at)} for at in range(MOST + 1))
    plan = ImportPlan(source, projects, rows, ("note",), ("problem",))
    joining, most = Joining(), 0
    for one in slices_of(plan):
        assert max(len(one.items), len(one.rows)) <= MOST
        sent = msgspec.json.encode(one)
        most = max(most, len(sent))
        joining.take(msgspec.json.decode(sent, type=Slice))
    rest = msgspec.json.decode(msgspec.json.encode(without_slices(plan)), type=ImportPlan)
    assert joining.joined(rest) == plan
    assert rest != plan
    assert most < LARGE + MOST * 200 < len(msgspec.json.encode(plan))
