"""What a backup would hold, without making one: the name of its content, and how large it would be."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from core.backup.archive.contentid import content_id, kept_line
from core.backup.exporting.gathering import Gathering
from core.backup.exporting.journals import Journals
from core.backup.exporting.kept import fitting
from core.backup.exporting.memory import Memory
from core.backup.exporting.spools import Spools
from core.backup.exporting.wishes import CreateWishes
from core.backup.library import library_of
from core.backup.work import Work
from core.errors import DocumentError, JournalError
from core.legacy.kept import Kept
from core.media import MediaStore
from core.paths import private_folder

if TYPE_CHECKING:
    from core.workspace import Shelf


def content_id_of(shelf: Shelf, projects: tuple[UUID, ...] | None = None, *, work: Work | None = None) -> str:
    """The content id that a backup of these projects (None: of all on this machine) would have now.

    Projects that stayed as they were when this was asked last, or a backup was made, are not read. Blocks.
    """
    shelf = library_of(shelf)
    work, memory, journals = work or Work(), Memory.of(shelf.paths), Journals.of(shelf)
    here = journals.ids()
    wanted = here if projects is None else [one for one in projects if one in here]
    lines: list[str] = []
    has_drafts = False
    for done, project_id in enumerate(wanted):
        work.step("looking for changes", done, len(wanted), "projects")
        try:
            lines += _lines(shelf, journals, memory, project_id)
            has_drafts = has_drafts or shelf.is_draft(project_id)
        except (JournalError, DocumentError):
            continue  # a backup leaves it out as well, and says so
    memory.keep(set(here))
    if projects is None:
        lines += [kept_line(one.folder.name) for one in fitting(shelf.paths) if isinstance(one, Kept)]
    wishes = CreateWishes(shelf.paths.data)
    with Spools(private_folder(shelf.paths.state)) as spools:
        gathering = Gathering(wishes, spools)
        if has_drafts:
            gathering.expect_drafts()
        return content_id(gathering.content.chosen, lines)


def _lines(shelf: Shelf, journals: Journals, memory: Memory, project_id: UUID) -> tuple[str, ...]:
    """What one project adds."""
    known = memory.get(project_id, journals.mark(project_id))
    if known is None:
        with Spools(private_folder(shelf.paths.state)) as spools:
            project = journals.read(project_id)
            gathering = Gathering(CreateWishes(shelf.paths.data), spools)
            gathering.take(project, MediaStore(shelf.media_of(project_id)), None)
            known = gathering.known(project)
        if project.mark:
            memory.put(project_id, known)
    return known.lines
