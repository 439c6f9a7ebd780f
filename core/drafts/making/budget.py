"""What making a wish would cost, and whether it may."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from core.drafts.making.asking import Planner, provider_of
from core.drafts.making.settings import PICTURE
from core.drafts.making.wish import Estimate, LeftOut, left_out_sentence
from core.drafts.pack.attempts import is_under_way
from core.errors import GenkoError
from core.money import as_money
from core.placeholders import PlaceholderError, UnknownPlaceholder

if TYPE_CHECKING:
    from core.drafts.pack.draft import Draft

SAMPLE = 20
"""Of so many targets the cost is worked out one by one; of more, these stand for the others."""


class BudgetError(GenkoError):
    """It would cost more than the draft may."""


def spent(draft: Draft) -> int:
    """What the draft has cost, in millionths, and what is under way is expected to."""
    return sum(one.estimate if is_under_way(one) else one.cost for one in draft.index.attempts.values())


def budget_of(draft: Draft, bound: int) -> int:
    """The draft's own bound, else the one of the settings; 0: none."""
    return draft.pack.budget or bound


def estimate(planner: Planner, later: Sequence[str] = ()) -> Estimate:
    """What the stage of a planner would cost. `later`: steps that follow the concepts it asks for.

    Quick: of a large stage some of its targets are worked out. Assets whose prompt can't be sent are left
    out, and named. Raises GenkoError for what can't be asked for at all, as when that holds for every target.
    """
    wish, settings = planner.wish, planner.workshop.settings
    left_out = _left_out(planner)
    gone = {one.asset for one in left_out}
    by_step: dict[str, list[str]] = {}
    for step, asset in planner.stage.targets:
        if step != PICTURE or asset not in gone:
            by_step.setdefault(step, []).append(asset)
    cost, steps = 0, dict[str, int]()
    for step, assets in by_step.items():
        sample = assets[:: max(1, len(assets) // SAMPLE)]
        made = [planner.plan(step, asset) for asset in sample]
        found = sum(len(one) for one in made)
        shown = sum(one.request.estimate for each in made for one in each)
        steps[step] = found if len(sample) == len(assets) else round(found / len(sample) * len(assets))
        cost += shown if len(sample) == len(assets) else -(-shown * len(assets) // len(sample))
    for step in later:
        each = wish.each if step == PICTURE else 1
        steps[step] = steps.get(step, 0) + wish.count * each
        cost += wish.count * each * planner.guess(step)
    return Estimate(
        requests=sum(steps.values()),
        cost=cost,
        spent=spent(planner.draft),
        budget=budget_of(planner.draft, settings.bound),
        steps=steps,
        providers=tuple(dict.fromkeys(provider_of(step, wish, settings) for step in steps)),
        left_out=left_out,
    )


def _left_out(planner: Planner) -> tuple[LeftOut, ...]:
    """Raises the GenkoError of what can be asked for of no target at all."""
    refusals = planner.refusals()
    found = tuple(
        LeftOut(key, asset.name if (asset := planner.draft.asset(key)) is not None else "", _why(error))
        for key, error in refusals.items()
    )
    if found and len(found) == len(planner.stage.targets):
        reasons = {id(error): error for error in refusals.values()}
        if len(reasons) == 1:
            raise next(iter(reasons.values()))
        raise PlaceholderError(
            f"No picture can be asked for. {left_out_sentence(found)}",
            safe="Nothing was sent, and nothing was spent.",
            todo="Mend the prompts.",
        )
    return found


def _why(error: GenkoError) -> str:
    return error.problem.sentence if isinstance(error, UnknownPlaceholder) else error.what


def check_budget(found: Estimate) -> None:
    """Refuse what the budget does not allow. Raises BudgetError."""
    if found.beyond:
        left = as_money(max(0, found.budget - found.spent))
        raise BudgetError(
            f"This would cost about {as_money(found.cost)}; the budget has {left} left.",
            safe="Nothing was asked for, and nothing was spent.",
            todo="Ask for less, or give the draft a larger budget.",
        )
