"""`genko drafts hang`, `place`, `check`: pictures of a draft in projects, and whether its files are sound."""

from __future__ import annotations

from typing import Annotated

from cyclopts import Parameter

from core.drafts import Draft
from core.drafts.hanging import hang as hang_up
from core.drafts.hanging import place as put_in_panel
from core.drafts.pack.files import find_missing, older_attempts, outputs
from core.errors import UsageError
from core.media import MediaStore
from core.story import Attempt
from screens.wording import counted
from tui.cli.context import Context
from tui.cli.drafts import drafts, opened_drafts
from tui.cli.meant import needed
from tui.cli.outcome import FAILED, cell_of, say, say_json
from tui.cli.projects import AsJson


@drafts.command
def hang(draft: str, asset: str, /, *, json: AsJson = False) -> None:
    """Hang an asset's accepted picture on the character, background or scene that it shows.

    Parameters
    ----------
    draft
        An id, a slug, a name, or a beginning that fits only one.
    asset
        An id, a name, or a beginning that fits only one.
    """
    shelf = opened_drafts()
    opened = shelf.read(shelf.find(draft).draft_id)
    found = needed(opened, asset)
    done = hang_up(shelf, Context().shelf, opened, found.id)
    if json:
        say_json({"asset": found.id, "project": found.project, "record": found.record, "changed": done})
    else:
        say(f"{cell_of(found.name)}: its picture stands for the record{'' if done else ' already'}.")


@drafts.command
def place(
    draft: str,
    asset: str,
    project: str,
    /,
    *,
    page: Annotated[int, Parameter(negative="")],
    panel: Annotated[int, Parameter(negative="")],
    json: AsJson = False,
) -> None:
    """Put an asset's accepted picture into a panel of a project's pages.

    Parameters
    ----------
    draft
        An id, a slug, a name, or a beginning that fits only one.
    asset
        An id, a name, or a beginning that fits only one.
    project
        The project's id or title.
    page
        The page of the book, from 1.
    panel
        The panel of that page, from 1.
    """
    if page < 1 or panel < 1:
        raise UsageError("Pages and panels are counted from 1.")
    shelf, projects = opened_drafts(), Context().shelf
    opened = shelf.read(shelf.find(draft).draft_id)
    found, target = needed(opened, asset), projects.find(project)
    done = put_in_panel(shelf, projects, opened, found.id, target.project_id, page - 1, panel - 1)
    if json:
        told = {"asset": found.id, "project": str(target.project_id), "page": page, "panel": panel}
        say_json({**told, "changed": done})
    else:
        say(f"{cell_of(found.name)}: in panel {panel} of page {page}{'' if done else ' already'}.")


@drafts.command
def check(draft: str, /, *, json: AsJson = False) -> int:
    """Read every file of a draft and compare it with its checksum.

    An older candidate that is gone or altered is told and is no failure: another one is accepted.

    Parameters
    ----------
    draft
        An id, a slug, a name, or a beginning that fits only one.
    """
    shelf = opened_drafts()
    entry = shelf.find(draft)
    opened = shelf.read(entry.draft_id)
    wanted = outputs(opened)
    missing = find_missing(MediaStore(shelf.shelf.media_of(entry.draft_id)), sorted(wanted))
    lost = [one for one in opened.index.attempts.values() if one.output in missing]
    older = older_attempts(opened, lost)
    if json:
        say_json(
            {
                "files": len(wanted),
                "missing": [
                    {
                        "sha256": one.output,
                        "asset": one.asset,
                        "attempt": one.id,
                        "older": one.id in older,
                    }
                    for one in lost
                ],
            }
        )
    elif not lost:
        say(f"{counted(len(wanted), 'file')}, all of them sound.")
    else:
        say(f"Gone or altered: {counted(len(missing), 'file')} of {len(wanted):,}.")
        say("They can be made again." if len(older) < len(lost) else "What is accepted is sound.")
        if entry.saved_at is not None:
            say("`genko drafts fetch` brings those that the server has.")
        for line in dict.fromkeys(_lost_line(opened, one, older) for one in lost):
            say(line)
    return FAILED if len(older) < len(lost) else 0


def _lost_line(opened: Draft, lost: Attempt, older: frozenset[str]) -> str:
    """Of which asset it is, and whether anybody needs it."""
    asset = opened.asset(lost.asset)
    name = cell_of(asset.name) if asset is not None else "(an asset that is gone)"
    return f"  {name}: an older candidate" if lost.id in older else f"  {name}"
