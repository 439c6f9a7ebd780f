"""`genko drafts`: packs of assets; other commands of that name are in the modules beside this one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Annotated, Any, Literal

from cyclopts import App, Parameter

from core.drafts import Draft, DraftEntry, Drafts
from core.drafts.fetching import bring_files
from core.errors import NotFound
from core.money import MILLION
from core.workspace import choose
from core.workspace.saving import save_project
from screens.wording import counted
from tui.cli.backup import progress
from tui.cli.context import Context
from tui.cli.outcome import FAILED, cell_of, complain, say, say_json, table
from tui.cli.projects import AsJson

if TYPE_CHECKING:
    from core.server import Server

drafts = App(name="drafts", help="Make packs of assets: characters, backgrounds, props.")
Languages = Annotated[tuple[str, ...], Parameter(negative="")]


def opened_drafts() -> Drafts:
    """The drafts of this machine; what they notice goes to stderr."""
    return Drafts(Context().paths, complain)


@drafts.command(name="list")
def list_(
    *,
    trash: Annotated[bool, Parameter(negative="")] = False,
    server: Annotated[bool, Parameter(negative="")] = False,
    json: AsJson = False,
) -> None:
    """List the drafts on this machine, last edited first.

    Parameters
    ----------
    trash
        List the trash instead.
    server
        List what the server has and this machine doesn't, too; `genko drafts fetch` brings it.
    """
    shelf = opened_drafts()
    entries = shelf.list(trashed=trash)
    if server:
        with Context().server() as link:
            entries += shelf.on_server(link)
    if json:
        say_json([entry.as_json() for entry in entries])
    elif entries:
        say(table([_row(entry) for entry in entries]))
    else:
        say("The trash is empty." if trash else "No drafts yet. `genko drafts create NAME` makes one.")


def _row(entry: DraftEntry) -> tuple[str, ...]:
    edited = entry.edited_at.astimezone().strftime("%Y-%m-%d %H:%M") if entry.edited_at else ""
    return (
        str(entry.draft_id)[:8],
        cell_of(entry.shown_title),
        entry.slug,
        entry.status.value,
        counted(entry.assets, "asset"),
        edited,
        entry.where,
    )


@drafts.command
def create(
    name: str,
    /,
    *,
    theme: str = "",
    language: Languages = ("en",),
    slug: str = "",
    description: str = "",
    style: str = "",
    colour: str = "",
    visibility: Literal["private", "public"] = "private",
    json: AsJson = False,
) -> None:
    """Make a draft, and print its id; --json has its slug, too.

    Parameters
    ----------
    name
        What it is called. Names may repeat; slugs don't.
    theme
        The key of a theme, whose concepts and prompts it uses; `genko drafts themes` lists them.
    language
        Codes of its languages: --language fr --language en. Prompts are written in the first one.
    slug
        How it is called in addresses; made of the name if none is given.
    visibility
        Who may see it once it is published.
    """
    from core.drafts.themes.shelf import themes

    shelf = opened_drafts()
    if theme:
        themes(shelf.paths).get(theme)  # one that is not there, or has a mistake, is told now
    made = shelf.create(
        name,
        theme=theme,
        languages=language,
        slug=slug,
        description=description,
        style=style,
        colour=colour,
        visibility=visibility,
    )
    _tell(made, json=json)


@drafts.command
def show(draft: str, /, *, json: AsJson = False) -> None:
    """Show what holds for a draft as a whole.

    Parameters
    ----------
    draft
        An id, a slug, a name, or a beginning that fits only one.
    """
    shelf = opened_drafts()
    entry = shelf.find(draft)
    told = {**entry.as_json(), **_about(shelf.read(entry.draft_id))}
    if json:
        say_json(told)
        return
    names = ", ".join(f"{code}: {name}" for code, name in told["names"].items())
    rows = [
        ("name", cell_of(told["name"])),
        ("names", cell_of(names)),
        ("slug", told["slug"]),
        ("id", told["id"]),
        ("status", told["status"]),
        ("visibility", told["visibility"]),
        ("theme", told["theme"]),
        ("languages", ", ".join(told["languages"])),
        ("assets", f"{told['assets']:,}, {told['accepted']:,} with an accepted picture"),
        ("spent", f"{told['spent'] / MILLION:.6g}"),
        ("published", _published(told["published"])),
        ("where", told["where"]),
        ("description", cell_of(told["description"])),
    ]
    say(table([row for row in rows if row[1]]))


def _published(known: Mapping[str, Any]) -> str:
    """What this machine knows of it; others may have published since."""
    shown = known.get("shown")
    return f"revision {shown}, as far as is known here" if isinstance(shown, int) else ""


def _about(draft: Draft) -> dict[str, Any]:
    pack = draft.pack
    return {
        "languages": list(draft.languages),
        "names": dict(pack.names),
        "description": pack.description,
        "style": pack.style,
        "colour": pack.colour,
        "cover": pack.cover,
        "budget": pack.budget,
        "spent": sum(one.cost for one in draft.index.attempts.values()),
        "under_way": len(draft.under_way()),
        "published": dict(pack.published),
    }


@drafts.command
def rename(draft: str, name: str, /, *, slug: str = "", json: AsJson = False) -> None:
    """Call a draft otherwise.

    Parameters
    ----------
    draft
        An id, a slug, a name, or a beginning that fits only one.
    slug
        Another slug; without it the slug stays.
    """
    shelf = opened_drafts()
    _tell(shelf.rename(shelf.find(draft).draft_id, name, slug=slug), json=json)


@drafts.command
def duplicate(
    draft: str, /, *, name: Annotated[str | None, Parameter(name="--as")] = None, json: AsJson = False
) -> None:
    """Make a copy of a draft with its prompts and files, private and unpublished, and print its id."""
    shelf = opened_drafts()
    _tell(shelf.duplicate(shelf.find(draft).draft_id, name=name), json=json)


@drafts.command
def trash(draft: str, /, *, json: AsJson = False) -> None:
    """Put a draft in the trash. Nothing is deleted, and what was published stays so."""
    shelf = opened_drafts()
    entry = shelf.find(draft)
    shelf.trash(entry.draft_id)
    if json:
        say_json(shelf.entry(entry.draft_id).as_json())


@drafts.command
def restore(draft: str, /, *, json: AsJson = False) -> None:
    """Take a draft out of the trash."""
    shelf = opened_drafts()
    entry = shelf.find(draft, trashed=True)
    shelf.restore(entry.draft_id)
    if json:
        say_json(shelf.entry(entry.draft_id).as_json())


@drafts.command
def save(draft: str, /, *, message: str = "", wait: float = 30.0, json: AsJson = False) -> int:
    """Save a draft and its files to the server, and wait until the server has them.

    That is no publication: it brings the draft to the writer's other machines.

    Parameters
    ----------
    draft
        An id, a slug, a name, or a beginning that fits only one.
    message
        A name for this version.
    wait
        Seconds to go on trying while the server can't be reached.
    """
    shelf = opened_drafts()
    entry = shelf.find(draft)
    with Context().server() as server:
        status = save_project(shelf.shelf, entry.draft_id, server, message=message, seconds=wait)
    if json:
        saved_at = status.server_at.isoformat() if status.server_at else None
        say_json({"id": str(entry.draft_id), "name": entry.name, "saved_at": saved_at})
    else:
        say(f"{cell_of(entry.shown_title)}: {status.server_sentence}.")
    for error in status.picture_errors:
        complain(str(error))
    if not status.pictures_to_send:
        return 0
    complain(f"The words are on the server: {status.picture_sentence}.")
    return FAILED


@drafts.command
def fetch(draft: str, /, *, json: AsJson = False) -> int:
    """Bring a draft of the server to this machine, with its history and its files.

    Of one that is here already it brings the files that are lacking.

    Parameters
    ----------
    draft
        An id, a name, or a beginning that fits only one.
    """
    shelf = opened_drafts()
    with Context().server() as link:
        entry = _fetched(shelf, link, draft)
        came = bring_files(shelf, link, entry.draft_id, progress(quiet=json))
    if json:
        say_json({**entry.as_json(), "files": {"brought": came.files, "lacking": came.lacking}})
    else:
        say(str(entry.draft_id))
    for error in came.failures:
        complain(str(error))
    if came.lacking:
        complain(f"{counted(came.lacking, 'file')} did not come: save the draft where they were made.")
    return FAILED if came.lacking else 0


def _fetched(shelf: Drafts, link: Server, wanted: str) -> DraftEntry:
    """Raises NotFound."""
    try:
        found = choose(shelf.on_server(link), wanted, "draft", "`genko drafts list --server` lists them.")
    except NotFound as missing:
        try:
            return shelf.find(wanted)
        except NotFound:
            raise missing from None
    return shelf.fetch(link, found)


def _tell(entry: DraftEntry, *, json: bool) -> None:
    """The id alone: it is what scripts go on with."""
    if json:
        say_json(entry.as_json())
    else:
        say(str(entry.draft_id))
