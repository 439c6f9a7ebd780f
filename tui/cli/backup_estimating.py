"""`genko backup estimate`: how large a backup would be."""

from __future__ import annotations

from typing import Annotated

from cyclopts import Parameter

from core.sizes import as_size
from screens.wording import counted
from tui.cli.backup import backup, find_draft, find_project, what_is_in
from tui.cli.context import Context
from tui.cli.outcome import say, say_json, table
from tui.cli.projects import AsJson


@backup.command
def estimate(
    *projects: str,
    draft: Annotated[tuple[str, ...], Parameter(negative="")] = (),
    section: Annotated[tuple[str, ...], Parameter(negative="")] = (),
    json: AsJson = False,
) -> None:
    """Say about how large a backup would be; quick, no project is opened.

    Parameters
    ----------
    projects
        Ids, titles, or beginnings that fit only one; none: the whole library.
    draft
        A draft: its id, slug or name.
    section
        Only these: script, characters, backgrounds, scenes, assembly, drafts, versions, media, settings,
        kept.
    """
    from core.backup.exporting import SECTIONS
    from core.backup.exporting import estimate as estimated

    context = Context()
    wanted = tuple(find_project(context, name, None) for name in projects)
    wanted += tuple(find_draft(context, name) for name in draft)
    found = estimated(context.shelf, wanted or None, section or SECTIONS)
    if json:
        figures = {
            "projects": found.projects,
            "drafts": found.drafts,
            "pages": found.pages,
            "words": found.words,
        }
        say_json({**figures, "bytes": found.size, "sections": found.sections, "notes": found.notes})
        return
    holds = (
        what_is_in(found.projects, found.drafts),
        counted(found.pages, "page"),
        counted(found.words, "word"),
    )
    say(f"{', '.join(holds)}: about {as_size(found.size)}")
    say(table([(name, as_size(count)) for name, count in found.sections.items() if count]))
    for note in found.notes:
        say(note)
