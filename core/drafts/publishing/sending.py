"""Publishing, end to end, on a worker's thread: media first, then one transaction, then reading back."""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

from core.drafts.mediastore.place import Sending
from core.drafts.publishing import sql
from core.drafts.publishing.manifest import Manifest, PublishError
from core.drafts.publishing.naming import stored_name
from core.drafts.publishing.preflight import Preflight
from core.drafts.publishing.published import Published, published_of
from core.drafts.publishing.reading import (
    Revision,
    by_request,
    differing,
    manifest_of,
    one_moment,
    pack_row,
    revisions,
)
from core.drafts.publishing.rows import Row
from core.drafts.publishing.transaction import (
    SAFE,
    Carried,
    Request,
    carry_out,
    not_ours,
    superseded,
)
from core.errors import ServerUnreachable
from core.server.faults import translated
from core.work import Step, Work

if TYPE_CHECKING:
    from core.drafts.mediastore import MediaPlace
    from core.server import Server
    from core.server.connection import Connection

WRITING = "writing rows"
COMPARING = "comparing with what was sent"


class Incomplete(PublishError):
    """A preflight found what has to be seen to first."""


def send(
    preflight: Preflight,
    server: Server,
    place: MediaPlace,
    work: Work | None = None,
    *,
    anyway: bool = False,
) -> Published:
    """Publish what a preflight has looked at. May be called again with the same one after any failure.

    What is published already makes no revision: its files are compared, and put there again where they lack.
    `anyway`: without what is missing. Raises Incomplete, Superseded (somebody else was quicker),
    PublishError, MediaPlaceError, ServerUnreachable (nothing is known to be published: try again),
    ServerError, StoppedError. Whatever is raised, the old revision or the new one is published, whole.
    """
    work = work or Work()
    refuse_incomplete(preflight, anyway=anyway)
    taken = preflight.taken
    request = Request(
        pack=taken.manifest.pack,
        id=preflight.request,
        expected=preflight.expected_revision,
        action="publish",
        public=taken.public,
        manifest=taken.manifest,
    )
    files = sendings(taken.manifest, taken.files)
    return _do(request, server, place, files, work, settled=preflight.unchanged)


def refuse_incomplete(preflight: Preflight, *, anyway: bool) -> None:
    """Raises Incomplete where there are problems, or something is missing that nobody said may be."""
    first = next(iter(preflight.problems or (() if anyway else preflight.missing)), None)
    if first is None:
        return
    count = len(preflight.problems) or len(preflight.missing)
    raise Incomplete(
        f"The draft can't be published as it is: {count} {'thing' if count == 1 else 'things'} to see to.",
        safe=SAFE,
        todo="The preflight lists them." if preflight.problems else "Make them, or say that it is meant so.",
    )


def unpublish(server: Server, pack: UUID, expected: int, *, request: UUID | None = None) -> Published:
    """Show it to nobody any more. Its revisions, files and slug stay; it can be gone back to."""
    asked = Request(pack=pack, id=request or uuid.uuid4(), expected=expected, action="unpublish")
    return _do(asked, server, None, [], Work())


def go_back(
    server: Server,
    place: MediaPlace,
    pack: UUID,
    revision: int,
    expected: int,
    work: Work | None = None,
    *,
    request: UUID | None = None,
) -> Published:
    """Publish an older revision again, as it was; who may see it stays as it is now.

    Its files are compared in their place first. Raises as `send` does.
    """
    asked = Request(
        pack=pack, id=request or uuid.uuid4(), expected=expected, action="return", back_to=revision
    )
    return _do(asked, server, place, [], work or Work())


def set_visibility(
    server: Server, pack: UUID, expected: int, *, public: bool, request: UUID | None = None
) -> Published:
    """Open what is published to other logins, or close it. Only its owner can close it."""
    asked = Request(
        pack=pack, id=request or uuid.uuid4(), expected=expected, action="visibility", public=public
    )
    return _do(asked, server, None, [], Work())


def sendings(manifest: Manifest, files: Mapping[str, Path]) -> list[Sending]:
    """What has to be in the media store for this manifest."""
    return [Sending(stored_name(file), files[sha], sha, file.size) for sha, file in manifest.files().items()]


def _do(
    request: Request,
    server: Server,
    place: MediaPlace | None,
    files: list[Sending],
    work: Work,
    *,
    settled: bool = False,
) -> Published:
    try:
        return _attempt(request, server, place, files, work, settled)
    except ServerUnreachable:
        # A COMMIT whose answer was lost is cleared up by asking again: the request's id is found there.
        return _attempt(request, server, place, files, work, settled)


def _attempt(
    request: Request,
    server: Server,
    place: MediaPlace | None,
    files: list[Sending],
    work: Work,
    settled: bool,
) -> Published:
    identity = server.start()
    with translated(), server.connect() as connection, guarded(connection):
        sent = _media_first(connection, request, place, files, work)
        if settled:
            return _as_it_is(connection, request, identity.server_id, sent)
        work.step(WRITING, 0, 0, "rows")
        carried = carry_out(connection, request)
        work.tell(Step(COMPARING, 0, 0, "rows"))  # it is published: nothing is stopped any more
        _compare(connection, request, carried)
        return published_of(
            request.pack,
            carried.pack.slug,
            carried.revision,
            identity.server_id,
            again=carried.again,
            sent_bytes=sent,
            rows=carried.written,
        )


def _as_it_is(connection: Connection, request: Request, server_id: UUID, sent: int) -> Published:
    """The same is published already."""
    found = pack_row(connection, request.pack)
    revision = next(iter(revisions(connection, request.pack, 1)), None)
    if found is None or revision is None or revision.number != request.expected:
        raise superseded(revision.number if revision is not None else 0, request.expected)
    return published_of(request.pack, found.slug, revision, server_id, again=True, sent_bytes=sent)


@contextmanager
def guarded(connection: Connection) -> Iterator[None]:
    """Nobody clears the media store while files of ours are there that no revision names yet.

    The lock goes with the connection, and so does the transaction: without the one there is not the other.
    """
    connection.execute(sql.SHARE_GUARD)
    yield
    connection.execute(sql.UNSHARE_GUARD)  # at once: the server notices a closed connection a little later


def _media_first(
    connection: Connection, request: Request, place: MediaPlace | None, files: list[Sending], work: Work
) -> int:
    """Have all files in their place. What was done before, or can't be done, costs nothing."""
    if by_request(connection, request.pack, request.id) is not None:
        return 0
    found = pack_row(connection, request.pack)
    if found is None and request.manifest is None:
        raise not_ours()
    if (found.revision if found is not None else 0) != request.expected:
        raise superseded(found.revision if found is not None else 0, request.expected)
    if place is None:
        return 0
    if request.back_to is not None:
        manifest = manifest_of(connection, request.pack, request.back_to)
        check_all(manifest, place, work)
        return 0
    return place.put(files, work)


def check_all(manifest: Manifest, place: MediaPlace, work: Work) -> None:
    """Compare every file of a manifest in its place. Raises MediaPlaceError for the first that is wrong."""
    for sha, file in manifest.files().items():
        place.check(stored_name(file), sha, work)


def _compare(connection: Connection, request: Request, carried: Carried) -> None:
    """Read what is there after COMMIT, at one moment; what others did since is theirs."""
    with one_moment(connection):
        revision: Revision | None = by_request(connection, request.pack, request.id)
        found = pack_row(connection, request.pack)
        wrong = ["univers_revisions"] if revision != carried.revision else []
        if found is not None and revision is not None and found.revision == revision.number:
            wrong += differing(connection, found, *_expected(connection, request, carried, found.shown))
    if wrong:
        raise PublishError(
            f"It was published, but the server gives back something else: {', '.join(wrong)}.",
            safe="The revision before it can be gone back to.",
            todo="Publish again; if that does not help, look at the server's disk.",
        )


def _expected(
    connection: Connection, request: Request, carried: Carried, shown: int | None
) -> tuple[Manifest | None, Mapping[str, Sequence[Row]] | None]:
    """What was sent, as long as the server has kept it; for a request of before, what the server has."""
    stored = manifest_of(connection, request.pack, shown) if shown is not None else None
    if not carried.again and stored == carried.manifest:
        return carried.manifest, carried.rows
    return stored if carried.again else carried.manifest, None
