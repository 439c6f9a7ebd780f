"""What a draft itself knows of its publication, and how its status moves; on the draft's own thread."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any
from uuid import UUID

from core.drafts.publishing.manifest import PublishError
from core.drafts.status import Status, as_status

if TYPE_CHECKING:
    from core.drafts.pack.draft import Draft
    from core.drafts.publishing.preflight import Preflight
    from core.drafts.publishing.published import Published
    from core.server import Server

ASKED = "asked"
"""The key under which a publication that is under way is noted in `pack.published`."""


def begin(draft: Draft, preflight: Preflight) -> None:
    """The draft is being published, which is noted before the first byte goes.

    Raises PublishError for a draft that was edited since the preflight, DraftError for a forbidden move.
    """
    if draft.content != preflight.taken.content:
        raise PublishError(
            "The draft was changed after the preflight.",
            safe="Nothing was published.",
            todo="Look at the preflight again.",
        )
    before = as_status(draft.pack.status)
    asked = {
        "request": str(preflight.request),
        "expected": preflight.expected_revision,
        "content": preflight.taken.content,
        "before": before.value,
    }
    known = {key: value for key, value in draft.pack.published.items() if key != ASKED}
    draft.move_status(Status.PUBLISHING, published={**known, ASKED: asked})


def finished(draft: Draft, published: Published, content: str) -> None:
    """It is published, with the content that the preflight saw.

    Another program may have taken it for broken off meanwhile, and have said so or begun something else.
    """
    known, here = _known(published, content), as_status(draft.pack.status)
    if here is Status.GENERATING:  # once that is over the draft is published again
        draft.move_status(here, published=known)
        return
    if here is Status.FAILED:
        draft.move_status(Status.READY_WITH_ERRORS)
    if here not in (Status.PUBLISHING, Status.PUBLISHED):
        draft.move_status(Status.PUBLISHING)
    draft.move_status(Status.PUBLISHED, published=known)


def noticed(draft: Draft, preflight: Preflight) -> bool:
    """After a preflight that found the same published: the draft says so, too. False if it did before.

    So it is after a publication whose answer was lost, and on another machine than the one that published.
    """
    stored = as_status(draft.pack.status)
    quiet = stored in (Status.DRAFT, Status.READY, Status.READY_WITH_ERRORS, Status.PUBLISHED)
    if not preflight.unchanged or not quiet or draft.content != preflight.taken.content:
        return False
    if draft.status is Status.PUBLISHED:
        return False
    known = {
        "server": str(preflight.server_id),
        "revision": preflight.expected_revision,
        "shown": preflight.shown_revision,
        "slug": preflight.manifest.slug,
        "content": preflight.taken.content,
    }
    if stored is not Status.PUBLISHED:
        draft.move_status(Status.PUBLISHING)
    draft.move_status(Status.PUBLISHED, published=known)
    return True


def failed(draft: Draft, request: UUID | None = None) -> None:
    """It was not published: the draft is where it was before.

    With `request` only if that is what is under way: what another program has done meanwhile stays.
    """
    if request is not None and under_way(draft) != request:
        return
    asked = draft.pack.published.get(ASKED)
    before = as_status(str(asked.get("before", ""))) if isinstance(asked, Mapping) else Status.DRAFT
    if before is Status.PUBLISHING:
        before = Status.DRAFT
    known = {key: value for key, value in draft.pack.published.items() if key != ASKED}
    draft.move_status(before, published=known)


def taken_back(draft: Draft, published: Published) -> None:
    """It was unpublished: the draft is ready to be published again."""
    if as_status(draft.pack.status) is Status.PUBLISHED:
        draft.move_status(Status.READY, published=_known(published, ""))


def returned(draft: Draft, published: Published) -> None:
    """An older revision is what is published now.

    The draft itself has not gone back, so it counts as modified: it is not what is published.
    """
    stored = as_status(draft.pack.status)
    if stored in (Status.GENERATING, Status.FAILED, Status.PUBLISHING):
        return
    if stored is not Status.PUBLISHED:
        draft.move_status(Status.PUBLISHING)
    draft.move_status(Status.PUBLISHED, published=_known(published, ""))


def seen_by_others(draft: Draft, published: Published) -> None:
    """Whoever may see it was changed on the server; the draft says the same from now on."""
    same = draft.status is Status.PUBLISHED
    draft.update_pack(visibility="public" if published.is_public else "private")
    if as_status(draft.pack.status) is Status.PUBLISHED:
        content = draft.content if same else str(draft.pack.published.get("content", ""))
        draft.move_status(Status.PUBLISHED, published=_known(published, content))


def under_way(draft: Draft) -> UUID | None:
    """The request of a publication that was not finished: at start-up, one of a program that is gone."""
    asked = draft.pack.published.get(ASKED)
    if as_status(draft.pack.status) is not Status.PUBLISHING or not isinstance(asked, Mapping):
        return None
    try:
        return UUID(str(asked.get("request")))
    except ValueError:
        return None


def reconcile(draft: Draft, found: Published | None) -> Status:
    """After a crash: `found` is what the server knows of the request (`found_of`), None that it knows none.

    Gives the status. For a draft that is not being published nothing is done.
    """
    if as_status(draft.pack.status) is Status.PUBLISHING:
        asked = draft.pack.published.get(ASKED)
        if found is not None and isinstance(asked, Mapping):
            finished(draft, found, str(asked.get("content", "")))
        else:
            failed(draft)
    return draft.status


def found_of(server: Server, pack: UUID, request: UUID) -> Published | None:
    """What became of a request, from a worker. None: it was not carried out, and never will be unless sent.

    Raises ServerUnreachable, ServerError.
    """
    from core.drafts.publishing import sql
    from core.drafts.publishing.published import published_of
    from core.drafts.publishing.reading import by_request, pack_row
    from core.server.faults import translated

    identity = server.start()
    with translated(), server.connect() as connection, connection.transaction():
        connection.execute(sql.LOCK_REQUESTS, [str(pack)])  # a COMMIT on its way is waited for
        revision = by_request(connection, pack, request)
        row = pack_row(connection, pack)
    if revision is None or row is None:
        return None
    return published_of(pack, row.slug, revision, identity.server_id, again=True)


def _known(published: Published, content: str) -> dict[str, Any]:
    return {
        "server": str(published.server_id),
        "revision": published.revision,
        "shown": published.shown,
        "slug": published.slug,
        "content": content,
        "when": published.made_at.isoformat(),
    }
