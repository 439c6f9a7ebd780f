"""Providers for tests: they do what a function says, and know what was asked of them."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from typing import Any
from uuid import UUID, uuid4

from core.jobs import Rhythm, Until, WorkerRun
from core.jobs.words import Word
from core.providers.base import Standing
from core.providers.request import Made, MadeFile, MakeRequest
from core.server import Server
from tests.patience import PATIENCE

QUICK = Rhythm(
    heartbeat=0.05,
    lease=0.4,
    doubt=0.2,
    look=0.05,
    poll=0.03,
    progress=0.005,
    first_pause=0.01,
    longest_wish=5,
)
"""A worker's life in fast motion."""
STEADY = replace(QUICK, lease=PATIENCE, doubt=PATIENCE)
"""The same where no worker is lost: on a busy machine a lease of QUICK may run out under a living one."""
Act = Callable[[MakeRequest, Callable[[float], None]], Awaitable[Made]]


async def picture(request: MakeRequest, progress: Callable[[float], None]) -> Made:
    """Something small, at once."""
    progress(0.5)
    return Made(files=(MadeFile(request.prompt.encode(), "image/png"),), cost=request.estimate, model="m")


async def nothing(request: MakeRequest, progress: Callable[[float], None]) -> Made:
    """No files, at once."""
    return Made()


class Fake:
    """A provider that does what `act` does."""

    def __init__(self, act: Act = picture, at_once: int = 8, price: int = 0, name: str = "fake") -> None:
        self.act, self.price = act, price
        self.name, self.at_once = name, at_once
        self.asked: list[UUID] = []
        self.most = self.now = 0

    def estimate(self, request: MakeRequest) -> int:
        """What the worker's prices say."""
        return self.price

    def standing(self) -> Standing:
        """Nothing to say."""
        return Standing(self.name, ("picture",), "", (), "none", 0, 0, self.at_once)

    async def check(self) -> tuple[str, ...]:
        """It works."""
        return ()

    async def make(self, request: MakeRequest, progress: Callable[[float], None]) -> Made:
        """Counted."""
        self.asked.append(request.id)
        self.now += 1
        self.most = max(self.most, self.now)
        try:
            return await self.act(request, progress)
        finally:
            self.now -= 1


class Held:
    """An act that says when it was begun, and ends when it may."""

    def __init__(self) -> None:
        self.begun = threading.Semaphore(0)
        self.may_end = threading.Event()

    async def __call__(self, request: MakeRequest, progress: Callable[[float], None]) -> Made:
        """Wait for `may_end`."""
        progress(0.25)
        self.begun.release()
        while not self.may_end.is_set():
            await asyncio.sleep(0.005)
        return await picture(request, progress)


def request(draft: UUID | None = None, **fields: Any) -> MakeRequest:
    """One for the fake."""
    given: dict[str, Any] = {
        "id": uuid4(),
        "draft": draft or uuid4(),
        "step": "picture",
        "provider": "fake",
        "prompt": "a cat",
    }
    return MakeRequest(**(given | fields))


def work(server: Server, *fakes: Fake, until: Until = Until.IDLE, **wishes: Any) -> list[Word]:
    """Let a worker run until it ends by itself; what it said."""
    said: list[Word] = []
    found = {fake.name: fake for fake in fakes}
    WorkerRun(found, server, until=until, rhythm=STEADY, tell=said.append, **wishes).run()
    return said


def soon(reached: Callable[[], object]) -> None:
    """Wait until it is so."""
    pause = threading.Event()
    end = time.monotonic() + PATIENCE
    while not reached():
        assert time.monotonic() < end, "it did not come to that"
        pause.wait(0.01)


class Working:
    """A worker on a thread, until the end of the block."""

    def __init__(self, server: Server, fake: Fake, **wishes: Any) -> None:
        self.said: list[Word] = []
        self._ready = threading.Event()
        given: dict[str, Any] = {"rhythm": STEADY, "grace": 0.0} | wishes
        self.run = WorkerRun({fake.name: fake}, server, tell=self._hear, **given)
        self._thread = threading.Thread(target=self.run.run)

    def _hear(self, word: Word) -> None:
        self.said.append(word)
        if word.what == "ready":
            self._ready.set()

    def __enter__(self) -> Working:
        self._thread.start()
        assert self._ready.wait(PATIENCE)
        return self

    def __exit__(self, *_: object) -> None:
        self.run.stop()
        self._thread.join(PATIENCE)
        assert not self._thread.is_alive()


def providers(settings: dict[str, float]) -> Mapping[str, Fake]:
    """For a worker that is a process: `slow` seconds for each job."""

    async def slowly(request: MakeRequest, progress: Callable[[float], None]) -> Made:
        progress(0.5)
        await asyncio.sleep(settings.get("slow", 0))
        return await picture(request, progress)

    return {"fake": Fake(slowly)}
