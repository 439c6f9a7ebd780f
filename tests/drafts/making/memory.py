"""A server's queue in memory that makes small pictures at once, and can be away, slow and forgetful."""

from __future__ import annotations

import struct
import threading
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from uuid import UUID

from core.drafts.making.queue import JobEnd, JobNow
from core.errors import ServerUnreachable
from core.jobs import OverBudget
from core.providers.request import Made, MadeFile, MakeRequest

Maker = Callable[[MakeRequest], Made]


def png(width: int, height: int, colour: int, *, claimed: tuple[int, int] | None = None) -> bytes:
    """A PNG of one colour; `claimed` is the size that its header says."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    said = claimed or (width, height)
    row = b"\0" + bytes((colour & 255, colour >> 8 & 255, colour >> 16 & 255)) * width
    header = chunk(b"IHDR", struct.pack(">IIBBBBB", *said, 8, 2, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + header + chunk(b"IDAT", zlib.compress(row * height)) + chunk(b"IEND", b"")


def make(request: MakeRequest) -> Made:
    """What was asked for, in small."""
    if request.step == "concepts":
        return Made(concepts=tuple(f"concept {number}" for number in range(request.count)), cost=7)
    if request.step == "names":
        names = {code: {request.words[0]: f"{request.words[0]} ({code})"} for code in request.languages}
        return Made(names=names, cost=3)
    content = png(4, 4, request.seed)
    return Made(files=(MadeFile(content, "image/png", "made.png"),), cost=5, model="small", seed=request.seed)


class MemoryServer:
    """What a server keeps. Any number of programs may use it."""

    def __init__(self, name: str = "one", maker: Maker = make) -> None:
        self.name, self.maker = name, maker
        self.jobs: dict[UUID, MakeRequest] = {}
        self.ended: dict[UUID, JobEnd] = {}
        self.made: list[UUID] = []
        """Each time that something was made."""
        self.collected: set[UUID] = set()
        self.promised = 0
        """What its jobs may cost, others' than ours among them."""
        self.away = False
        self.works = True
        """Whether a worker is there."""
        self.lock = threading.RLock()
        self.handing: Callable[[], None] = lambda: None
        """Called when something is on its way here."""

    def lose(self) -> None:
        """It was restored from an older dump."""
        with self.lock:
            self.jobs.clear()
            self.ended.clear()

    def work(self) -> None:
        """Do all that waits."""
        with self.lock:
            for job, request in self.jobs.items():
                if job not in self.ended:
                    self.made.append(job)
                    self.ended[job] = self._end(request)

    def _end(self, request: MakeRequest) -> JobEnd:
        when = "2026-01-01T00:00:00+00:00"
        try:
            return JobEnd(request.id, "done", self.maker(request), tries=1, finished_at=when)
        except ValueError as error:
            return JobEnd(request.id, "failed", None, str(error), cost=1, tries=3, finished_at=when)


class MemoryQueue:
    """One program's connection to it."""

    def __init__(self, server: MemoryServer) -> None:
        self._server = server
        self._here()
        self.server_id = server.name

    def _here(self) -> None:
        if self._server.away:
            raise ServerUnreachable("The server is away.")

    def listen(self, on_news: Callable[[UUID | None], None]) -> None:
        """It tells nothing by itself."""

    def hand_over(self, requests: Sequence[MakeRequest], budget: int | None) -> None:
        """Those that are there stay as they are."""
        self._server.handing()
        self._here()
        with self._server.lock:
            fresh = [request for request in requests if request.id not in self._server.jobs]
            wanted = sum(request.estimate for request in fresh)
            if budget is not None and wanted and self._server.promised + wanted > budget:
                raise OverBudget(budget, self._server.promised, wanted)
            self._server.promised += wanted
            for request in requests:
                self._server.jobs.setdefault(request.id, request)

    def left_alone(self) -> frozenset[str]:
        """Those whose jobs wait while no worker is there."""
        server = self._server
        with server.lock:
            waiting = {one.provider for one in server.jobs.values() if one.id not in server.ended}
        return frozenset() if server.works else frozenset(waiting)

    def states(self, ids: Iterable[UUID]) -> Mapping[UUID, JobNow]:
        """All that it knows."""
        self._here()
        server = self._server
        if server.works:
            server.work()
        with server.lock:
            known = [job for job in ids if job in server.jobs]
            return {job: self._now(job) for job in known}

    def _now(self, job: UUID) -> JobNow:
        end = self._server.ended.get(job)
        return JobNow(end.state if end else "waiting", collected=job in self._server.collected)

    def ends(self, ids: Iterable[UUID]) -> Iterator[JobEnd]:
        """What is over."""
        self._here()
        for job in ids:
            if job in self._server.ended:
                yield self._server.ended[job]

    def cancel(self, ids: Iterable[UUID]) -> None:
        """What is not over."""
        self._here()
        with self._server.lock:
            for job in ids:
                if job in self._server.jobs:
                    self._server.ended.setdefault(job, JobEnd(job, "cancelled"))

    def collected(self, ids: Iterable[UUID]) -> None:
        """They are home."""
        self._here()
        self._server.collected |= set(ids)

    def close(self) -> None:
        """Nothing to let go of."""
