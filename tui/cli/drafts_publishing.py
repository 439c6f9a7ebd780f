"""`genko drafts publish`, `preflight`, `unpublish` and so on: what others get to see of a draft."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Literal
from uuid import UUID

import msgspec
from cyclopts import Parameter

from core.drafts import Drafts
from core.errors import ServerError
from core.work import Work
from core.workspace.saving import save_project
from tui.cli.context import Context
from tui.cli.drafts import drafts, opened_drafts
from tui.cli.outcome import FAILED, say, say_json, table
from tui.cli.projects import AsJson
from tui.cli.publishing_telling import (
    preflight_json,
    revision_json,
    revision_row,
    say_preflight,
    say_published,
)

if TYPE_CHECKING:
    from core.drafts.mediastore import MediaPlace
    from core.drafts.publishing.preflight import Preflight
    from core.server import Server

Flag = Annotated[bool, Parameter(negative="")]


@dataclass(frozen=True)
class Desk:
    """What these commands need, while one of them runs."""

    drafts: Drafts
    draft: UUID
    server: Server
    server_id: UUID
    place: MediaPlace

    def preflight(self) -> Preflight:
        """Of the draft as it is now."""
        from core.drafts.publishing.preflight import preflight
        from core.drafts.publishing.taking import take, theme_prompts
        from core.drafts.themes.shelf import themes
        from core.media import MediaStore

        paths = self.drafts.paths
        opened = self.drafts.read(self.draft)
        media = MediaStore(self.drafts.shelf.media_of(self.draft), paths.state / "thumbnails")
        taken = take(opened, media, theme_prompts(opened, themes(paths)))
        return preflight(taken, media, self.server)

    def last_revision(self) -> int:
        """The number of what was done last to the published pack; 0: never published."""
        from core.drafts.publishing.reading import pack_row
        from core.server.faults import translated

        with self.server.connect() as connection, translated():
            found = pack_row(connection, self.draft)
        return found.revision if found is not None else 0

    def save_if_saved(self) -> None:
        """Save the draft if the server has it: its own copy has to be seen by the same logins.

        Raises ServerError: then the server's copy is seen by the same as before.
        """
        if self.drafts.entry(self.draft).saved_at is not None:
            save_project(self.drafts.shelf, self.draft, self.server)

    def clear_up(self) -> None:
        """Say of the draft what has become of a publication whose program was killed."""
        from core.drafts.publishing import standing

        request = standing.under_way(self.drafts.read(self.draft))
        if request is not None:
            found = standing.found_of(self.server, self.draft, request)
            with self.drafts.edited(self.draft) as draft:
                standing.reconcile(draft, found)


@contextmanager
def publishing_desk(wanted: str) -> Iterator[Desk]:
    """The desk for a draft, by an id, a slug, a name, or a beginning that fits only one."""
    from core.drafts.mediastore import media_place, media_wishes_of

    context = Context()
    shelf = opened_drafts()
    entry = shelf.find(wanted)
    wishes = media_wishes_of(msgspec.to_builtins(context.settings.drafts.media), context.paths)
    with context.server() as server:
        server_id = server.start().server_id
        yield Desk(shelf, entry.draft_id, server, server_id, media_place(wishes, server_id))


@drafts.command
def preflight(draft: str, /, *, json: AsJson = False) -> int:
    """Say what publishing a draft would do: what is missing, what changes, how much is sent. Does nothing.

    Parameters
    ----------
    draft
        An id, a slug, a name, or a beginning that fits only one.
    """
    with publishing_desk(draft) as desk:
        found = desk.preflight()
    if json:
        say_json(preflight_json(found))
    else:
        say_preflight(found)
    return 0 if found.ready else FAILED


@drafts.command
def publish(draft: str, /, *, anyway: Flag = False, json: AsJson = False) -> int:
    """Publish a draft, as one piece: others see all of the new one, or all of the old one.

    Parameters
    ----------
    draft
        An id, a slug, a name, or a beginning that fits only one.
    anyway
        Without the pictures that are missing.
    """
    from core.drafts.publishing import standing
    from core.drafts.publishing.sending import refuse_incomplete, send

    with publishing_desk(draft) as desk:
        desk.clear_up()
        found = desk.preflight()
        if not found.ready and not json:
            say_preflight(found)
        refuse_incomplete(found, anyway=anyway)
        with desk.drafts.edited(desk.draft) as opened:
            standing.begin(opened, found)
        try:
            done = send(found, desk.server, desk.place, Work(), anyway=anyway)
        except BaseException:
            with suppress(ServerError):  # it may be published; what nobody knows now the next command asks
                desk.clear_up()
            raise
        with desk.drafts.edited(desk.draft) as opened:
            standing.finished(opened, done, found.taken.content)
    say_published(done, json=json)
    return 0


@drafts.command
def unpublish(draft: str, /, *, json: AsJson = False) -> None:
    """Show a published draft to nobody any more. It stays here, and its revisions stay on the server."""
    from core.drafts.publishing import sending, standing

    with publishing_desk(draft) as desk:
        desk.clear_up()
        done = sending.unpublish(desk.server, desk.draft, desk.last_revision())
        with desk.drafts.edited(desk.draft) as opened:
            standing.taken_back(opened, done)
    say_published(done, json=json)


@drafts.command
def revisions(draft: str, /, *, json: AsJson = False) -> None:
    """List what was done to a published draft, newest first."""
    from core.drafts.publishing.reading import revisions as read_revisions

    with publishing_desk(draft) as desk, desk.server.connect() as connection:
        found = read_revisions(connection, desk.draft)
    if json:
        say_json([revision_json(one) for one in found])
    else:
        say(table([revision_row(one) for one in found]) or "It was never published here.")


@drafts.command
def rollback(draft: str, revision: int, /, *, json: AsJson = False) -> None:
    """Publish an older revision again, as it was. The draft itself stays as it is.

    Parameters
    ----------
    draft
        An id, a slug, a name, or a beginning that fits only one.
    revision
        Its number in `genko drafts revisions`.
    """
    from core.drafts.publishing import sending, standing

    with publishing_desk(draft) as desk:
        desk.clear_up()
        done = sending.go_back(desk.server, desk.place, desk.draft, revision, desk.last_revision())
        with desk.drafts.edited(desk.draft) as opened:
            standing.returned(opened, done)
    say_published(done, json=json)


@drafts.command
def visibility(draft: str, seen: Literal["private", "public"], /, *, json: AsJson = False) -> None:
    """Say who may see a draft, and what is published of it: only your own login, or everybody's.

    Parameters
    ----------
    draft
        An id, a slug, a name, or a beginning that fits only one.
    seen
        private or public.
    """
    from core.drafts.publishing import sending, standing

    with publishing_desk(draft) as desk:
        desk.clear_up()
        last = desk.last_revision()
        if not last:
            with desk.drafts.edited(desk.draft) as opened:
                opened.update_pack(visibility=seen)
            if json:
                unpublished = {"revision": 0, "shown": None, "public": seen == "public"}
                say_json({"id": str(desk.draft), **unpublished})
            else:
                say(f"It is {seen}.")
            desk.save_if_saved()
            return
        done = sending.set_visibility(desk.server, desk.draft, last, public=seen == "public")
        with desk.drafts.edited(desk.draft) as opened:
            standing.seen_by_others(opened, done)
        desk.save_if_saved()
    say_published(done, json=json)
