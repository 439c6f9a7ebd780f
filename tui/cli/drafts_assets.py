"""`genko drafts assets`, `add`, `prompt`, `prompts` and `accept`: what is in a draft."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated, Any, Literal

from cyclopts import Parameter

from core.drafts import MEDIA, Draft, DraftError
from core.errors import NotFound, UsageError
from core.placeholders import ALLOWED, check
from core.story import Asset, Attempt, PromptRevision
from tui.cli.drafts import drafts, opened_drafts
from tui.cli.meant import needed
from tui.cli.outcome import cell_of, complain, say, say_json, table
from tui.cli.projects import AsJson

Kind = Literal["character", "background", "prop", "cover", "other"]
Medium = Literal["image", "clip", "music"]
PromptMedium = Literal["image", "clip", "music", "concepts"]
Names = Annotated[tuple[str, ...], Parameter(name="--in", negative="")]


@drafts.command
def assets(
    draft: str, /, *, trash: Annotated[bool, Parameter(negative="")] = False, json: AsJson = False
) -> None:
    """List what is in a draft, in its order.

    Parameters
    ----------
    draft
        An id, a slug, a name, or a beginning that fits only one.
    trash
        List the assets in the draft's trash instead.
    """
    shelf = opened_drafts()
    opened = shelf.read(shelf.find(draft).draft_id)
    told = [asset_json(opened, one) for one in (opened.trashed_assets() if trash else opened.assets())]
    if json:
        say_json(told)
    elif told:
        say(table([_row(one) for one in told]))
    else:
        say("The trash of this draft is empty." if trash else "Nothing is in this draft yet.")


def _row(told: dict[str, Any]) -> tuple[str, ...]:
    names = ", ".join(f"{code}: {name}" for code, name in told["names"].items())
    media = told["media"]
    states = ", ".join(f"{medium}: {media[medium]['status']}" for medium in media)
    return told["id"][:8], told["kind"], cell_of(told["name"]), states, cell_of(names)


def asset_json(draft: Draft, asset: Asset) -> dict[str, Any]:
    """One asset as programs see it."""
    media: dict[str, dict[str, Any]] = {}
    for medium in MEDIA:
        state = draft.state_of(asset, medium)
        if state.status.value != "none" or medium == "image":
            media[medium] = {
                "status": state.status.value,
                "candidates": state.candidates,
                "accepted": state.accepted.id if state.accepted else None,
                "sha256": state.accepted.output if state.accepted else None,
                "error": state.error or None,
            }
    return {
        "id": asset.id,
        "kind": asset.kind,
        "name": asset.name,
        "names": dict(asset.names),
        "media": media,
        "link": {"project": asset.project, "section": asset.section, "record": asset.record}
        if asset.record
        else None,
    }


@drafts.command
def add(
    draft: str, name: str, /, *, kind: Kind = "other", in_: Names = (), prompt: str = "", json: AsJson = False
) -> None:
    """Add an asset behind the others, and print its id.

    Parameters
    ----------
    draft
        An id, a slug, a name, or a beginning that fits only one.
    name
        What it is called in the draft's first language.
    in_
        Its name in another language, as --in fr=Renard; may be given several times.
    prompt
        A prompt of its own for its picture.
    """
    shelf = opened_drafts()
    names = dict(named(text) for text in in_)
    with shelf.edited(shelf.find(draft).draft_id) as opened:
        asset_id = opened.add_asset(kind, name, **({"names": names} if names else {}))
        if prompt:
            opened.write_prompt(asset_id, "image", prompt)
            _check(prompt, "image")
        told = asset_json(opened, needed(opened, asset_id))
    if json:
        say_json(told)
    else:
        say(asset_id)


def named(text: str) -> tuple[str, str]:
    """Language and name of `fr=Renard`. Raises UsageError."""
    code, mark, name = text.partition("=")
    if not mark:
        raise UsageError("A name is given as LANGUAGE=NAME.", todo="As --in fr=Renard.")
    return code, name


@drafts.command
def prompt(
    draft: str,
    text: str = "",
    /,
    *,
    asset: str = "",
    medium: PromptMedium = "image",
    file: Annotated[Path | None, Parameter(allow_leading_hyphen=True)] = None,
    use: str | None = None,
    json: AsJson = False,
) -> None:
    """Write a prompt; what was there before stays in its history.

    Parameters
    ----------
    draft
        An id, a slug, a name, or a beginning that fits only one.
    text
        The new prompt; nothing: show the one in use.
    asset
        An id, a name, or a beginning that fits only one; without it the draft's own prompt is meant.
    file
        Read the text from a file; - is standard input.
    use
        Go back to a revision by its id; an empty one: use the draft's, or the theme's.
    """
    words = words_of(text, file)
    shelf = opened_drafts()
    with shelf.edited(shelf.find(draft).draft_id) as opened:
        asset_id = needed(opened, asset).id if asset else None
        if use is not None:
            opened.use_prompt(asset_id, medium, _revision(opened, asset_id, medium, use))
        elif words:
            opened.write_prompt(asset_id, medium, words)
            _check(words, medium)
        used = opened.prompt_in_use(asset_id, medium)
    if json:
        say_json(_prompt_json(used, used) if used else None)
    else:
        say(used.text if used else "None of its own: the theme's is used.")


def words_of(text: str, file: Path | None) -> str:
    """What was given as an argument or in a file (- is standard input). Raises UsageError, DraftError."""
    if file is None:
        return text
    if text:
        raise UsageError("Give the text, or a file.")
    try:
        return sys.stdin.read() if str(file) == "-" else file.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise DraftError("A prompt's file has to be text in UTF-8.", safe="Nothing was changed.") from error


def _check(words: str, medium: PromptMedium) -> None:
    """Say what in a prompt can't be filled in. It is kept as it was written, and never sent like that."""
    for problem in check(words, ALLOWED[medium]):
        complain(problem.sentence)


def _revision(draft: Draft, asset_id: str | None, medium: str, wanted: str) -> str:
    fits = [one.id for one in draft.prompts(asset_id, medium) if one.id.startswith(wanted)]
    if not wanted:
        return ""
    if len(fits) != 1:
        raise NotFound("No single revision of this prompt fits.", todo="`genko drafts prompts` lists them.")
    return fits[0]


@drafts.command
def prompts(draft: str, /, *, asset: str = "", medium: PromptMedium = "image", json: AsJson = False) -> None:
    """List every revision of a prompt, the oldest first.

    Parameters
    ----------
    draft
        An id, a slug, a name, or a beginning that fits only one.
    asset
        An id, a name, or a beginning that fits only one; without it the draft's own prompt is meant.
    """
    shelf = opened_drafts()
    opened = shelf.read(shelf.find(draft).draft_id)
    asset_id = needed(opened, asset).id if asset else None
    used = opened.own_prompt(asset_id, medium)
    told = [_prompt_json(one, used) for one in opened.prompts(asset_id, medium)]
    if json:
        say_json(told)
    elif told:
        say(table([_prompt_row(one) for one in told]))
    else:
        say("None was written yet.")


def _prompt_json(one: PromptRevision, used: PromptRevision | None) -> dict[str, Any]:
    in_use = used is not None and used.id == one.id
    told = {"id": one.id, "asset": one.asset or None, "medium": one.medium, "origin": one.origin}
    return {**told, "made_at": one.made_at, "in_use": in_use, "text": one.text}


def _prompt_row(told: dict[str, Any]) -> tuple[str, ...]:
    mark = "in use" if told["in_use"] else ""
    return told["id"][:8], told["origin"], told["made_at"][:16].replace("T", " "), mark, cell_of(told["text"])


@drafts.command
def accept(
    draft: str, asset: str, attempt: str = "", /, *, medium: Medium = "image", json: AsJson = False
) -> None:
    """Accept a candidate for an asset.

    Parameters
    ----------
    draft
        An id, a slug, a name, or a beginning that fits only one.
    asset
        An id, a name, or a beginning that fits only one.
    attempt
        The candidate's id, or its beginning; without it the newest one is taken.
    """
    shelf = opened_drafts()
    with shelf.edited(shelf.find(draft).draft_id) as opened:
        found = needed(opened, asset)
        opened.accept(found.id, _candidate(opened, found, medium, attempt).id)
        told = asset_json(opened, needed(opened, found.id))
    if json:
        say_json(told)
    else:
        say(f"{cell_of(told['name'])}: accepted.")


def _candidate(draft: Draft, asset: Asset, medium: str, wanted: str) -> Attempt:
    fits = [one for one in draft.candidates(asset.id, medium) if one.id.startswith(wanted)]
    if not fits or (wanted and len(fits) > 1):
        raise NotFound(
            "No single candidate of this asset fits.", todo="`genko drafts assets --json` shows more."
        )
    return fits[-1]
