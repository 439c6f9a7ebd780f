"""An accepted picture on a record of a project's bible, or in a panel of its pages.

The file is carried first, in a worker (`files.carry`); what is done here to the project's document is one
undo step of it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from core.drafts.errors import DraftError
from core.drafts.kinds import SHOWN
from core.drafts.pack.files import accepted_picture, carry
from core.errors import NotFound
from core.media import attach, known_picture, move_picture, name_pictures
from core.story import Section

if TYPE_CHECKING:
    from core.assembly.book.live import LiveBook
    from core.drafts.pack.draft import Draft
    from core.drafts.shelf import Drafts
    from core.media import Picture
    from core.story import ProjectStore
    from core.workspace import Shelf


def link_of(draft: Draft, asset_id: str) -> tuple[UUID, Section, str]:
    """Project, section and record that an asset shows. Raises DraftError when it shows none."""
    asset = draft.asset(asset_id)
    try:
        if asset is not None and asset.record:
            return UUID(asset.project), Section(asset.section), asset.record
    except ValueError:
        pass
    raise DraftError(
        "This asset is not linked to a character, background or scene.",
        safe="Nothing was changed.",
        todo="Link it first.",
    )


def hang_on_record(store: ProjectStore, section: Section, record_id: str, picture: Picture) -> bool:
    """Make a picture the one that stands for a record: one undo step. False if it was so already.

    Its file has to be in the project's media store. Raises DraftError when there is no such record.
    """
    if section not in SHOWN or not store.has_record(section, record_id):
        raise DraftError(
            "The record that this asset shows is not in the project.",
            safe="Nothing was changed.",
            todo="It may be deleted, or the project is another one.",
        )
    if attach(store, section, record_id, [picture], 0):
        return True
    return move_picture(store, section, record_id, picture.sha, 0)


def place_in_panel(book: LiveBook, page: int, panel: int, picture: Picture) -> bool:
    """Put a picture into a panel of the book, both counted from 0: one undo step. False if it is there.

    Its file has to be in the project's media store. Raises NotFound for a page or panel that isn't there.
    """
    from core.assembly.book import change_panels

    book.settle()
    if not 0 <= page < book.count:
        raise NotFound(f"The book has no page {page + 1}.", safe="Nothing was changed.")
    panels = book.page(page).panels
    if not 0 <= panel < len(panels):
        raise NotFound(f"Page {page + 1} has no panel {panel + 1}.", safe="Nothing was changed.")
    store = book.store
    if known_picture(store, picture.sha) is None:
        name_pictures(store, [picture])
    store.checkpoint()
    return change_panels(book, page, {panels[panel].id: {"picture": picture.sha}})


def hang(drafts: Drafts, shelf: Shelf, draft: Draft, asset_id: str) -> bool:
    """Hang an asset's accepted picture on its record, in a project that this program does not have open.

    Blocks. Another program that has it open hears of it. Raises DraftError, NotFound, MediaError.
    """
    project_id, section, record_id = link_of(draft, asset_id)
    picture = _brought(drafts, shelf, draft, asset_id, project_id)
    with shelf.edited(project_id) as store:
        return hang_on_record(store, section, record_id, picture)


def place(
    drafts: Drafts, shelf: Shelf, draft: Draft, asset_id: str, project_id: UUID, page: int, panel: int
) -> bool:
    """Put an asset's accepted picture into a panel, both counted from 0; see `hang`."""
    from core.assembly.book import LiveBook
    from core.script import Script

    picture = _brought(drafts, shelf, draft, asset_id, project_id)
    with shelf.edited(project_id) as store:
        return place_in_panel(LiveBook(store, Script(store.text, names=store.names())), page, panel, picture)


def _brought(drafts: Drafts, shelf: Shelf, draft: Draft, asset_id: str, project_id: UUID) -> Picture:
    from core.media import MediaStore

    picture = accepted_picture(draft, asset_id)
    shelf.entry(project_id)
    source = MediaStore(drafts.shelf.media_of(draft.store.project_id))
    carry(picture, source, MediaStore(shelf.media_of(project_id)))
    return picture
