"""Brings pictures to the server and from it, a part at a time, so that a save never waits for them."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from uuid import UUID

from core.errors import GenkoError, ServerError, ServerUnreachable
from core.media import MediaError, MediaFolderError, MediaStore, Picture

if TYPE_CHECKING:
    from core.server import Server
    from core.server.media import ServerMedia, Stored

BATCH = 500
"""Pictures that the server is asked about in one question."""
TRUSTED = 600.0
"""Seconds after which the server is asked again for what it had: it may have been restored from a dump."""
MOST_REFUSALS = 3
"""After so many refusals one after another by the server the rest is not tried: it would say the same."""


@dataclass(frozen=True)
class PictureNews:
    """How it stands with the pictures that the document names."""

    to_send: int
    """Here, and not wholly on the server."""
    to_come: int
    """Not here."""
    arrived: frozenset[str] = frozenset()
    """SHA-256 of those that have come since the last news."""
    failures: tuple[GenkoError, ...] = ()
    """What went wrong with single pictures, or why none can be moved now."""
    over: bool = False
    """Nothing more is done now."""
    request: int = 0
    """The number of the request that it answers."""


@dataclass
class _Plan:
    """What is still to be done, and what could not be."""

    send: list[tuple[Picture, Stored | None]] = field(default_factory=list)
    fetch: list[tuple[Picture, int]] = field(default_factory=list)
    """With the number of parts."""
    left: int = 0
    """Can't be sent."""
    absent: int = 0
    """Can't be fetched, or are not on the server."""
    failures: list[GenkoError] = field(default_factory=list)

    def news(self, *, arrived: str = "", over: bool = False) -> PictureNews:
        to_send, to_come = len(self.send) + self.left, len(self.fetch) + self.absent
        came = frozenset((arrived,)) if arrived else frozenset()
        return PictureNews(to_send, to_come, came, tuple(self.failures) if over else (), over)


class Transfer:
    """The pictures of one open project. Belongs to the save loop's thread."""

    def __init__(self, server: Server, project_id: UUID, media: MediaStore) -> None:
        self._server = server
        self._project_id = project_id
        self._media = media
        self._sent: set[str] = set()
        """Found whole on the server not long ago, and as they are here."""
        self._asked_at = time.monotonic()

    def steps(self, pictures: Mapping[str, Picture], *, send: bool) -> Iterator[PictureNews | None]:
        """Bring what the server lacks (if `send`), then fetch what is lacking here.

        Stops after each part for whatever is more urgent, and gives news when there are some. A picture
        that fails is told of at the end, and the others go on. Raises ServerUnreachable; what went
        before that is kept.
        """
        if time.monotonic() - self._asked_at > TRUSTED:
            self._sent.clear()
            self._asked_at = time.monotonic()
        lacking = [*self._media.lacks(pictures.values())]
        missing = {picture.sha for picture in lacking}
        fit = (p for sha, p in pictures.items() if sha not in missing and sha not in self._sent)
        here = [*fit] if send else []
        if not lacking and not here:
            yield PictureNews(0, 0, over=True)
            return
        plan = _Plan()
        with self._server.media(self._project_id) as remote:
            yield from self._look(remote, plan, here, lacking)
            yield plan.news()
            yield from self._send(remote, plan)
            yield from self._fetch(remote, plan)
        yield plan.news(over=True)

    def _look(
        self, remote: ServerMedia, plan: _Plan, here: list[Picture], lacking: list[Picture]
    ) -> Iterator[None]:
        """What is where; nothing is moved."""
        for batch in _batches(here):
            stored = remote.stored([picture.sha for picture in batch])
            for picture in batch:
                if self._is_there(picture, stored.get(picture.sha)):
                    self._sent.add(picture.sha)
                else:
                    plan.send.append((picture, stored.get(picture.sha)))
            yield None
        for batch in _batches(lacking):
            stored = remote.stored([picture.sha for picture in batch])
            for picture in batch:
                found = stored.get(picture.sha)
                if found is not None and found.is_whole and found.size == picture.size:
                    plan.fetch.append((picture, found.parts))
                else:
                    plan.absent += 1
            yield None

    def _is_there(self, picture: Picture, stored: Stored | None) -> bool:
        """Whether the server has the file as it is here. One part's bytes the database has checked."""
        if stored is None or not stored.is_whole or stored.size != picture.size:
            return False
        if stored.parts == 1:
            return True
        try:
            return self._media.digests(picture.sha, _part_size()) == [*stored.digests.values()]
        except MediaError:
            return True  # this copy is damaged, and no reason to doubt the other

    def _send(self, remote: ServerMedia, plan: _Plan) -> Iterator[PictureNews | None]:
        refused = 0
        while plan.send:
            picture, stored = plan.send[0]
            try:
                yield from self._send_one(remote, picture, stored)
                refused = 0
            except ServerUnreachable:
                raise
            except (MediaError, ServerError) as error:
                plan.left += 1
                plan.failures.append(error)
                refused += isinstance(error, ServerError)
            del plan.send[0]
            yield plan.news()
            if refused >= MOST_REFUSALS:
                return

    def _send_one(self, remote: ServerMedia, picture: Picture, stored: Stored | None) -> Iterator[None]:
        """The parts that are not there, of a file that is what its name says."""
        size = _part_size()
        ours = self._media.digests(picture.sha, size)
        theirs = stored.digests if stored is not None and stored.size == picture.size else {}
        yield None
        for part, content in enumerate(self._media.pieces(picture.sha, size)):
            if theirs.get(part) != ours[part]:
                remote.put(picture.sha, picture.mime, picture.size, part, content)
                yield None
        self._sent.add(picture.sha)

    def _fetch(self, remote: ServerMedia, plan: _Plan) -> Iterator[PictureNews | None]:
        while plan.fetch:
            picture, parts = plan.fetch[0]
            arrived = ""
            try:
                with self._media.receiving(picture) as incoming:
                    for content in remote.fetch(picture.sha, parts):
                        incoming.write(content)
                        yield None
                    incoming.finish()
                self._sent.add(picture.sha)
                arrived = picture.sha
            except MediaFolderError as error:
                plan.failures.append(error)
                return  # no room: the next one would find none either
            except MediaError as error:
                plan.absent += 1
                plan.failures.append(error)
                remote.drop_damaged(picture.sha)
            del plan.fetch[0]
            yield plan.news(arrived=arrived)


def _part_size() -> int:
    from core.server.media import PART

    return PART


def _batches(pictures: list[Picture]) -> Iterator[list[Picture]]:
    for start in range(0, len(pictures), BATCH):
        yield pictures[start : start + BATCH]
