"""`genko drafts set`, `edit`, `move`, `remove`, `put-back`, `reject`: changes of a draft and its assets."""

from __future__ import annotations

from typing import Annotated, Any

from cyclopts import Parameter

from core.drafts import Draft
from core.drafts.kinds import SHOWN
from core.errors import UsageError
from core.money import millionths
from core.workspace import open_store
from tui.cli.context import Context
from tui.cli.drafts import Languages, drafts, opened_drafts
from tui.cli.drafts_assets import Kind, Medium, Names, asset_json, named
from tui.cli.meant import needed, record_meant
from tui.cli.outcome import cell_of, say, say_json
from tui.cli.projects import AsJson


@drafts.command(name="set")
def set_(
    draft: str,
    /,
    *,
    description: str | None = None,
    theme: str | None = None,
    style: str | None = None,
    colour: str | None = None,
    language: Languages = (),
    in_: Names = (),
    cover: str | None = None,
    budget: float | None = None,
    json: AsJson = False,
) -> None:
    """Change what holds for a draft as a whole; what is not named stays.

    Parameters
    ----------
    draft
        An id, a slug, a name, or a beginning that fits only one.
    colour
        As #rrggbb.
    language
        All its languages: --language fr --language en.
    in_
        Its name in another language, as --in en=Forest; an empty name takes one away.
    cover
        The asset that stands for it: an id, a name, or a beginning that fits only one.
    budget
        What making may cost in all, in the currency of the price list; 0: no bound.
    """
    plain = {"description": description, "theme": theme, "style": style, "colour": colour}
    fields: dict[str, Any] = {key: value for key, value in plain.items() if value is not None}
    fields |= {"languages": language} if language else {}
    fields |= {"budget": millionths(budget)} if budget is not None else {}
    shelf = opened_drafts()
    entry = shelf.find(draft)
    with shelf.edited(entry.draft_id) as opened:
        if cover is not None:
            fields["cover"] = needed(opened, cover).id if cover else ""
        if in_:
            fields["names"] = {**opened.pack.names, **dict(named(text) for text in in_)}
        if not fields:
            raise UsageError("Nothing was named that could be changed.")
        opened.update_pack(**fields)
    if json:
        say_json(shelf.entry(entry.draft_id).as_json())


@drafts.command
def edit(
    draft: str,
    asset: str,
    /,
    *,
    name: str | None = None,
    kind: Kind | None = None,
    in_: Names = (),
    project: str = "",
    record: str | None = None,
    json: AsJson = False,
) -> None:
    """Change an asset; what is not named stays.

    Parameters
    ----------
    draft
        An id, a slug, a name, or a beginning that fits only one.
    asset
        An id, a name, or a beginning that fits only one.
    in_
        Its name in another language, as --in fr=Renard; an empty name takes one away.
    project
        The project whose record it shows.
    record
        The character, background or scene that it shows, by id or name; an empty one: none.
    """
    fields: dict[str, Any] = {"name": name, "kind": kind}
    fields = {key: value for key, value in fields.items() if value is not None}
    if record is not None:
        fields |= _link(project, record)
    shelf = opened_drafts()
    with shelf.edited(shelf.find(draft).draft_id) as opened:
        found = needed(opened, asset)
        if in_:
            fields["names"] = {**found.names, **dict(named(text) for text in in_)}
        if not fields:
            raise UsageError("Nothing was named that could be changed.")
        opened.update_asset(found.id, **fields)
        _tell(opened, found.id, json=json)


def _link(project: str, record: str) -> dict[str, str]:
    if not record:
        return dict.fromkeys(("project", "section", "record"), "")
    if not project:
        raise UsageError("Name the project that the record is in.", todo="--project TITLE")
    shelf = Context().shelf
    entry = shelf.find(project)
    store = open_store(shelf, entry)
    section, found = record_meant(store, record, SHOWN)
    return {"project": str(entry.project_id), "section": section.value, "record": found.id}


@drafts.command
def move(
    draft: str, asset: str, /, *, to: Annotated[int, Parameter(negative="")], json: AsJson = False
) -> None:
    """Make an asset the one at this place, counted from 1.

    Parameters
    ----------
    draft
        An id, a slug, a name, or a beginning that fits only one.
    asset
        An id, a name, or a beginning that fits only one.
    to
        The place, from 1; a large number is the end.
    """
    if to < 1:
        raise UsageError("Places are counted from 1.")
    shelf = opened_drafts()
    with shelf.edited(shelf.find(draft).draft_id) as opened:
        found = needed(opened, asset)
        opened.move_assets([found.id], to - 1)
        _tell(opened, found.id, json=json)


@drafts.command
def remove(draft: str, asset: str, /, *, json: AsJson = False) -> None:
    """Put an asset into its draft's trash, with its prompts and pictures. Nothing is deleted."""
    shelf = opened_drafts()
    with shelf.edited(shelf.find(draft).draft_id) as opened:
        found = needed(opened, asset)
        opened.remove_assets([found.id])
        _tell(opened, found.id, json=json)


@drafts.command(name="put-back")
def put_back(draft: str, asset: str, /, *, json: AsJson = False) -> None:
    """Take an asset out of its draft's trash."""
    shelf = opened_drafts()
    with shelf.edited(shelf.find(draft).draft_id) as opened:
        found = needed(opened, asset, opened.trashed_assets())
        opened.restore_assets([found.id])
        _tell(opened, found.id, json=json)


@drafts.command
def reject(draft: str, asset: str, /, *, medium: Medium = "image", json: AsJson = False) -> None:
    """Take an acceptance back; what was made stays as a candidate."""
    shelf = opened_drafts()
    with shelf.edited(shelf.find(draft).draft_id) as opened:
        found = needed(opened, asset)
        opened.reject(found.id, medium)
        _tell(opened, found.id, json=json)


def _tell(draft: Draft, asset_id: str, *, json: bool) -> None:
    asset = draft.asset(asset_id)
    assert asset is not None
    if json:
        say_json(asset_json(draft, asset))
    else:
        say(cell_of(asset.name))
