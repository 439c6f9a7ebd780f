"""`genko drafts providers`: who can make pictures and words on this machine, and whether they answer."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from typing import Annotated, Any

from cyclopts import Parameter

from core.money import MILLION
from core.providers import Provider, ProviderError, providers
from tui.cli.context import Context
from tui.cli.drafts import drafts
from tui.cli.outcome import FAILED, say, say_json, table
from tui.cli.projects import AsJson


@drafts.command(name="providers")
def providers_(*, check: Annotated[bool, Parameter(negative="")] = False, json: AsJson = False) -> int:
    """List who makes pictures and words, as the settings of this machine have it; no key is ever shown.

    Parameters
    ----------
    check
        Ask each of them whether it answers, exit status 1 if one doesn't. Nothing is made or spent.
    """
    settings = Context().settings
    found = providers(settings.providers)
    told = [_as_json(one) for one in found.values()]
    chosen = {what: getattr(settings.drafts, what, "sketch") for what in ("pictures", "words")}
    for one in told:
        one["chosen_for"] = [what for what, name in chosen.items() if name == one["name"]]
    failed = False
    if check:
        answers = asyncio.run(_checked(found.values()))
        failed = any(error for _, error in answers)
        for one, (said, error) in zip(told, answers, strict=True):
            one["says"], one["error"] = said, error
    if json:
        say_json(told)
    else:
        _say(told)
    return FAILED if failed else 0


async def _checked(found: Iterable[Provider]) -> list[tuple[list[str], str]]:
    """What each says, or why it doesn't."""
    return await asyncio.gather(*map(_answer, found))


async def _answer(provider: Provider) -> tuple[list[str], str]:
    try:
        return list(await provider.check()), ""
    except ProviderError as error:
        return [], str(error)


def _as_json(provider: Provider) -> dict[str, Any]:
    standing = provider.standing()
    return {
        "name": standing.name,
        "makes": list(standing.steps),
        "url": standing.where,
        "models": list(standing.models),
        "key": standing.key,
        "price_image": standing.image,
        "price_million_tokens": standing.tokens,
        "at_once": standing.at_once,
    }


def _say(told: list[dict[str, Any]]) -> None:
    say(table([_row(one) for one in told]))
    for one in told:
        lines = [*one.get("says", ()), *filter(None, [one.get("error")])]
        for line in lines:
            say(f"{one['name']}: {line}")


def _row(one: dict[str, Any]) -> tuple[str, ...]:
    priced = {"a picture": one["price_image"], "a million tokens": one["price_million_tokens"]}
    prices = ", ".join(f"{price / MILLION:g} {what}" for what, price in priced.items() if price)
    chosen = f"chosen for {' and '.join(one['chosen_for'])}" if one["chosen_for"] else ""
    where = one["url"] or "on this machine"
    return one["name"], ", ".join(one["makes"]), where, f"key {one['key']}", prices or "no price", chosen
