"""`genko drafts generate`, `regenerate` and `wait`: what a draft lacks is made, and comes home."""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Any, Literal

from cyclopts import Parameter

from core.drafts import Draft
from core.drafts.making.opened import OpenDraft
from core.drafts.making.wish import Asked, Estimate, Wish, left_out_sentence
from core.drafts.pack.files import accepted_outputs, find_missing, note_missing
from core.errors import UsageError
from core.money import as_money
from screens.wording import counted
from tui.cli.drafts import drafts, opened_drafts
from tui.cli.drafts_assets import words_of
from tui.cli.drafts_waiting import Bench, as_json, bench, summary
from tui.cli.meant import needed
from tui.cli.outcome import FAILED, complain, say, say_json
from tui.cli.projects import AsJson

Step = Literal["concepts", "names", "picture"]
Many = Parameter(negative="")
A_DAY = 86_400.0
HANDED = 10.0
"""Seconds in which a server that is there takes what was asked for."""


@drafts.command
def generate(
    draft: str,
    /,
    *,
    steps: Annotated[tuple[Step, ...], Many] = ("picture",),
    missing: Annotated[bool, Many] = False,
    all_: Annotated[bool, Parameter(name="--all", negative="")] = False,
    asset: Annotated[tuple[str, ...], Many] = (),
    count: int = 10,
    each: int = 1,
    language: Annotated[tuple[str, ...], Many] = (),
    pictures: str = "",
    words: str = "",
    seed: int | None = None,
    accept: bool = True,
    estimate: Annotated[bool, Many] = False,
    wait: Annotated[bool, Many] = False,
    seconds: float = A_DAY,
    json: AsJson = False,
) -> int:
    """Make what a draft lacks: concepts, names in other languages, pictures. Nothing is overwritten.

    Parameters
    ----------
    draft
        An id, a slug, a name, or a beginning that fits only one.
    steps
        concepts (new assets), names (in the draft's other languages), picture; may be given several times.
    missing
        Only what has none that is accepted; this is so if nothing else is said.
    all_
        Everything once more.
    asset
        Only this asset, again: an id, a name, or a beginning that fits only one; may be given several times.
    count
        How many concepts.
    each
        How many candidates for each asset.
    language
        Into which languages names are made; all of the draft's if none is given.
    pictures
        Another provider of pictures than the settings'.
    words
        Another provider of concepts and names than the settings'.
    seed
        The same for all; without one each gets its own.
    accept
        Accept the first picture of an asset that has none.
    estimate
        Only say what would be asked for, and what it would cost.
    wait
        Make it here and now, and wait until all of it is home.
    seconds
        How long to wait.
    """
    if missing + all_ + bool(asset) > 1:
        raise UsageError("Choose one of --missing, --all and --asset.")
    shelf = opened_drafts()
    with bench(shelf, works=wait) as made:
        draft_id = shelf.find(draft).draft_id
        opened = made.desk.open(draft_id) if estimate else made.open(draft_id)
        _look_at_files(opened)
        chosen = tuple(needed(opened.draft, one).id for one in asset)
        wish = Wish(
            steps=steps,
            which="selected" if chosen else "all" if all_ else "missing",
            assets=chosen,
            languages=language,
            count=count,
            each=each,
            pictures=pictures,
            words=words,
            seed=seed,
            accept=accept,
        )
        if estimate:
            return _tell_estimate(opened.estimate(wish), json=json)
        asked = opened.ask(wish)
        return _finish(made, opened, asked, wait=wait, seconds=seconds, json=json)


@drafts.command
def regenerate(
    draft: str,
    asset: str,
    prompt: str = "",
    /,
    *,
    file: Annotated[Path | None, Parameter(allow_leading_hyphen=True)] = None,
    each: int = 1,
    wait: Annotated[bool, Many] = False,
    seconds: float = A_DAY,
    json: AsJson = False,
) -> int:
    """Make one picture again: a candidate beside the others, which is accepted or not.

    Parameters
    ----------
    draft
        An id, a slug, a name, or a beginning that fits only one.
    asset
        An id, a name, or a beginning that fits only one.
    prompt
        A new prompt of its own; what was there before stays in its history. None: the same prompt again.
    file
        Read the prompt from a file; - is standard input.
    each
        How many candidates.
    wait
        Make it here and now, and wait until it is home.
    seconds
        How long to wait.
    """
    text = words_of(prompt, file)
    shelf = opened_drafts()
    with bench(shelf, works=wait) as made:
        opened = made.open(shelf.find(draft).draft_id)
        wanted = needed(opened.draft, asset).id
        asked = made.desk.regenerate(opened.id, wanted, text or None, each=each)
        return _finish(made, opened, asked, wait=wait, seconds=seconds, json=json)


@drafts.command(name="wait")
def wait_(draft: str, /, *, seconds: float = A_DAY, json: AsJson = False) -> int:
    """Make what is under way for a draft here and now, and wait until all of it is home.

    Parameters
    ----------
    draft
        An id, a slug, a name, or a beginning that fits only one.
    seconds
        How long to wait.
    """
    shelf = opened_drafts()
    with bench(shelf, works=True) as made:
        opened = made.open(shelf.find(draft).draft_id)
        attempts = tuple(opened.under_way)
        return _wait(made, opened, attempts, None, seconds=seconds, json=json)


def _look_at_files(opened: OpenDraft) -> None:
    """What was accepted, and is gone or altered since, is missing: it is said, and made again."""
    missing = find_missing(opened.session.media, accepted_outputs(opened.draft))
    if note_missing(opened.draft, missing):
        complain(f"{counted(len(missing), 'accepted picture')} gone or altered on this machine.")


def _finish(made: Bench, opened: OpenDraft, asked: Asked, *, wait: bool, seconds: float, json: bool) -> int:
    if wait:
        return _wait(made, opened, asked.attempts, asked.estimate, seconds=seconds, json=json)
    handed = made.hand_over(opened, HANDED)
    told = as_json(opened, asked.attempts)
    if json:
        say_json({**_about(opened.draft, asked.estimate, told), "handed_over": handed})
    elif not asked.attempts:
        say("There is nothing to make.")
    else:
        _say_asked(told, asked.estimate)
        if not handed:
            complain("The server has not taken all of it yet; it does when the draft is next opened.")
    return FAILED if made.hopeless or any(one["status"] == "failed" for one in told) else 0


def _say_asked(told: list[dict[str, Any]], estimate: Estimate) -> None:
    failed = sum(one["status"] == "failed" for one in told)
    count = estimate.requests - max(0, failed - len(estimate.left_out))
    if count > 0:
        say(f"{counted(count, 'thing')} asked for. `genko drafts wait` brings them home.")
    _complain_of(told)


def _complain_of(told: list[dict[str, Any]]) -> None:
    """Each thing that went wrong once, and how often it did."""
    for error, count in Counter(one["error"] for one in told if one["error"]).items():
        complain(f"{count:,} times: {error}" if count > 1 else error)


def _wait(
    made: Bench,
    opened: OpenDraft,
    attempts: tuple[str, ...],
    estimate: Estimate | None,
    *,
    seconds: float,
    json: bool,
) -> int:
    before = frozenset(opened.draft.index.attempts) - frozenset(attempts)
    home = made.wait(opened, seconds, shown=not json)
    new = tuple(one for one in opened.draft.index.attempts if one not in before)
    told = as_json(opened, new)
    if json:
        why = str(made.hopeless) if made.hopeless is not None else None
        say_json({**_about(opened.draft, estimate, told), "home": home, "hopeless": why})
    else:
        say(summary(told))
        _complain_of(told)
    if made.hopeless is not None and made.hopeless is not made.trouble:
        complain(str(made.hopeless))  # else it was said when it came
    if not home:
        complain("Not all of it is home yet; it goes on when the draft is next opened.")
    return 0 if home and all(one["status"] == "done" for one in told) else FAILED


def _about(draft: Draft, estimate: Estimate | None, told: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        "draft": str(draft.store.project_id),
        "status": draft.status.value,
        "estimate": _estimate_json(estimate) if estimate is not None else None,
        "attempts": told,
    }


def _estimate_json(found: Estimate) -> dict[str, Any]:
    """The same whether it is only asked for, or comes with what was asked."""
    return {**asdict(found), "beyond": found.beyond}


def _tell_estimate(found: Estimate, *, json: bool) -> int:
    if json:
        say_json(_estimate_json(found))
        return 0
    if found.left_out:
        complain(left_out_sentence(found.left_out))
    if not found.requests:
        say("There is nothing to make.")
        return 0
    parts = ", ".join(f"{count:,} of {step}" for step, count in found.steps.items() if count)
    say(f"{counted(found.requests, 'request')} ({parts}) to {', '.join(found.providers)}.")
    say(f"It would cost about {as_money(found.cost)}; spent so far: {as_money(found.spent)}.")
    if found.budget:
        say(f"The budget is {as_money(found.budget)}{', which is too little' if found.beyond else ''}.")
    return 0
