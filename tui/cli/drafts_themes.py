"""`genko drafts themes`, `resolved` and `from-bible`: themes, what would be sent, prompts from the bible."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

from cyclopts import Parameter

from core.story import Section
from tui.cli.context import Context
from tui.cli.drafts import drafts, opened_drafts
from tui.cli.meant import name_of_record, needed, record_meant
from tui.cli.outcome import FAILED, cell_of, complain, say, say_json, table
from tui.cli.projects import AsJson

if TYPE_CHECKING:
    from core.drafts.themes import Theme

Medium = Literal["image", "clip", "music", "concepts"]
Where = Literal["characters", "backgrounds", "scenes"]


@drafts.command
def themes(key: str = "", /, *, check: Path | None = None, json: AsJson = False) -> int | None:
    """List the themes, show one, or check a file of one's own.

    Themes of your own are files in the folder `themes` beside the settings.

    Parameters
    ----------
    key
        A theme to show in full.
    check
        A theme's file: say with line and column what is wrong with it.
    """
    from core.drafts.themes import themes as all_themes
    from core.drafts.themes.reading import read_theme_file

    if check is not None:
        _show(read_theme_file(check), json=json)
        return None
    found = all_themes(Context().paths)
    if key:
        _show(found.get(key), json=json)
        return None
    for problem in found.problems:
        complain(str(problem))
    if json:
        say_json([{**_as_json(theme), "own": theme.key in found.own} for theme in found.all()])
    else:
        say(table([_row(theme, theme.key in found.own) for theme in found.all()]))
    return FAILED if found.problems else None


def _row(theme: Theme, own: bool) -> tuple[str, ...]:
    told = f"{len(theme.concepts):,} concepts"
    return theme.key, cell_of(theme.name()), ", ".join(theme.kinds), told, "your own" if own else ""


def _show(theme: Theme, *, json: bool) -> None:
    if json:
        say_json(_as_json(theme))
        return
    concepts = ", ".join(theme.concept_name(one) for one in theme.concepts)
    rows: list[tuple[str, ...]] = [
        ("key", theme.key),
        ("name", theme.name()),
        ("about", theme.description()),
        ("style", theme.style),
        ("palette", " ".join(theme.palette)),
        ("kinds", ", ".join(theme.kinds)),
        ("size", f"{theme.size[0]} × {theme.size[1]}"),
        ("concepts", concepts),
    ]
    prompts = [f"{medium}: {theme.prompt(medium)}" for medium in ("concepts", "image", "clip", "music")]
    say("\n\n".join([table(rows), *(one for one in prompts if not one.endswith(": "))]))


def _as_json(theme: Theme) -> dict[str, Any]:
    import msgspec

    told = msgspec.to_builtins(theme)
    return dict(told) if isinstance(told, dict) else {}


@drafts.command
def resolved(
    draft: str, asset: str = "", /, *, medium: Medium = "image", count: int = 10, json: AsJson = False
) -> None:
    """Show what would be sent: the prompt that counts, with all its places filled in. Nothing is sent.

    Parameters
    ----------
    draft
        An id, a slug, a name, or a beginning that fits only one.
    asset
        An id, a name, or a beginning that fits only one; without it the draft's own music or concepts.
    count
        How many concepts would be asked for.
    """
    from core.drafts.prompting.resolving import resolved_prompt
    from core.drafts.themes import themes as all_themes

    shelf = opened_drafts()
    opened = shelf.read(shelf.find(draft).draft_id)
    one = needed(opened, asset) if asset else None
    concepts = count if medium == "concepts" else 0
    found = resolved_prompt(opened, one, medium, all_themes(shelf.paths), count=concepts)
    if json:
        told = {"medium": medium, "origin": found.origin, "revision": found.revision or None}
        say_json({**told, "template": found.template, "text": found.text})
    else:
        say(found.text)


@drafts.command(name="from-bible")
def from_bible(
    draft: str,
    project: str,
    name: str,
    /,
    *,
    section: Where | None = None,
    asset: str = "",
    dry_run: Annotated[bool, Parameter(negative="")] = False,
    json: AsJson = False,
) -> None:
    """Draw up a prompt from a character, background or scene, for an asset that shows it.

    Parameters
    ----------
    draft
        An id, a slug, a name, or a beginning that fits only one.
    project
        Whose bible: an id, a title, or a beginning that fits only one.
    name
        The record's id, its name, or a beginning that fits only one.
    section
        Where to look for it, if several have the name.
    asset
        The asset that gets the prompt; without it a new one is added.
    dry_run
        Only print the prompt.
    """
    from core.drafts.kinds import SHOWN
    from core.drafts.prompting.from_bible import KIND_OF, prompt_of
    from core.workspace import open_store

    context = Context()
    entry = context.shelf.find(project)
    store = open_store(context.shelf, entry)
    where, record = record_meant(store, name, [Section(section)] if section else SHOWN)
    words = prompt_of(store, where, record.id)
    told: dict[str, Any] = {
        "section": where.value,
        "record": record.id,
        "name": name_of_record(record),
        "prompt": words,
    }
    if not dry_run:
        shelf = opened_drafts()
        link = {"project": str(entry.project_id), "section": where.value, "record": record.id}
        with shelf.edited(shelf.find(draft).draft_id) as opened:
            shown = name_of_record(record) or record.id
            key = needed(opened, asset).id if asset else opened.add_asset(KIND_OF[where], shown, **link)
            revision = opened.write_prompt(key, "image", words, "bible")
        told |= {"asset": key, "revision": revision}
    if json:
        say_json(told)
    else:
        say(words)
