"""A worker: takes jobs from the queue and has them made, until it is told to stop."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import os
import signal
import socket
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from enum import Enum
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import psycopg
from procrastinate import App, JobContext, PsycopgConnector
from procrastinate.worker import Worker as QueueWorker

from core.errors import ServerError, ServerUnreachable
from core.jobs.ending import Ends, Link, NotKept
from core.jobs.links import all_translated, fresh_link, pool_of
from core.jobs.making import Making
from core.jobs.manager import TASK, LeasingManager
from core.jobs.pulse import Pulse
from core.jobs.values import Rhythm
from core.jobs.watching import Watch
from core.jobs.words import Word
from core.providers.base import Provider

if TYPE_CHECKING:
    from core.server import Server

CONCURRENCY = 4
GRACE = 30.0
"""Seconds that jobs have to end when the worker is told to stop."""
LONGEST_WAIT = 10.0
AGAIN = 0.5
"""Seconds until a task that was cancelled is cancelled again: `wait_for` may swallow one (Python 3.11)."""
_LEFT = "SELECT count(*) FROM generation_jobs WHERE status = 'waiting' AND provider = ANY(%s)"


class Until(Enum):
    """When a worker ends by itself."""

    STOPPED = "stopped"
    """Never."""
    IDLE = "idle"
    """When nothing waits that it could do, now or later."""
    ONCE = "once"
    """After one job, or when there is none."""


def name_of_worker(token: str = "") -> str:
    """Where it runs, and a name that no other has."""
    host = "".join(letter for letter in socket.gethostname() if letter.isalnum() or letter in "-._")[:60]
    return f"{host}:{os.getpid()}:{token or uuid4().hex[:12]}"


class WorkerRun:
    """One worker from its start to its end, in an event loop of its own. Any thread may call `stop`."""

    def __init__(
        self,
        providers: Mapping[str, Provider],
        server: Server,
        *,
        concurrency: int = CONCURRENCY,
        until: Until = Until.STOPPED,
        linger: float = 0.0,
        grace: float = GRACE,
        called: str = "",
        gone: Iterable[str] = (),
        tell: Callable[[Word], None] = lambda word: None,
        rhythm: Rhythm | None = None,
    ) -> None:
        """`gone`: tokens of workers that have ended; their jobs are put back at once.

        With Until.IDLE it ends when it has been idle for `linger` seconds.
        """
        self._providers, self._server = providers, server
        self._concurrency, self._until, self._grace = concurrency, until, grace
        self._linger = linger
        self._called = called or name_of_worker()
        self._gone, self._tell, self._rhythm = tuple(gone), tell, rhythm or Rhythm()
        self._left = 1 if until is Until.ONCE else -1
        self._stopping = False
        self._loop: asyncio.AbstractEventLoop | None = None
        self._worker: QueueWorker | None = None
        self._manager: LeasingManager | None = None
        self._connector: PsycopgConnector | None = None
        self._is_away = False

    def run(self, *, signals: bool = False) -> None:
        """Blocks until it has ended. With `signals` (main thread only) SIGTERM and SIGINT stop it."""
        logging.getLogger("procrastinate").setLevel(logging.CRITICAL + 1)  # our words are what it says
        asyncio.run(self._run(signals))

    def stop(self, grace: float | None = None) -> None:
        """Take no more jobs; what runs has `grace` seconds to end and is put back then. Twice: at once."""
        loop = self._loop
        if loop is not None:
            with contextlib.suppress(RuntimeError):  # the loop has just closed
                loop.call_soon_threadsafe(self._stop, grace)

    def _stop(self, grace: float | None = None) -> None:
        wait = 0.0 if self._stopping else self._grace if grace is None else grace
        if not self._stopping:
            self._stopping = True
            self._tell(Word("stopping", seconds=wait))
            self._stopped.set()
        if self._worker is not None:
            self._worker.stop()  # type: ignore[no-untyped-call]
        assert self._loop is not None
        self._loop.call_later(wait, self._end_what_runs)

    def _end_what_runs(self, again: bool = False) -> None:
        for running in self._making.running.values():
            running.task.cancel()
        assert self._loop is not None
        self._loop.call_later(AGAIN, self._end_what_runs, True)
        if not again:  # what was made and can't be brought to the server is waited for only so long
            self._loop.call_later(self._rhythm.heartbeat, self._making.ends.hopeless.set)

    async def _run(self, signals: bool) -> None:
        self._loop = asyncio.get_running_loop()
        self._stopped = asyncio.Event()
        ends = Ends(self._called, self._pooled, self._fresh, self._away)
        self._making = Making(self._providers, ends, self._tell, self._rhythm)
        watch = Watch(self._server, on_lost=self._say_lost, rhythm=self._rhythm, gone=self._gone).start()
        try:
            with self._heed(signals):
                await self._until_stopped()
        finally:
            await asyncio.to_thread(watch.close)
        self._tell(Word("ended"))

    async def _until_stopped(self) -> None:
        """Raises ServerError for what another attempt does not mend."""
        pause = 0.2
        while not self._stopping:
            try:
                with all_translated():
                    await self._on_a_connection()
                pause = 0.2
            except ServerUnreachable:
                self._away()
                with contextlib.suppress(TimeoutError):
                    await asyncio.wait_for(self._stopped.wait(), pause)
                pause = min(2 * pause, LONGEST_WAIT)

    async def _on_a_connection(self) -> None:
        """Work until stopped, or until the connection breaks."""
        connector = pool_of(await asyncio.to_thread(self._address))
        app = App(connector=connector)
        makers = {name: provider.at_once for name, provider in self._providers.items()}
        self._manager = app.job_manager = manager = LeasingManager(
            connector, self._called, makers, self._rhythm.lease, self._wanted
        )
        app.task(name=TASK, pass_context=True)(self._make)
        async with app.open_async():
            self._connector = connector
            self._worker = worker = self._queue_worker(app)
            if self._stopping:
                return
            self._tell(Word("ready", text=self._called))
            self._is_away = False
            pulse = Pulse(self._making, connector, self._called, self._rhythm)
            tasks = [asyncio.ensure_future(pulse.beat()), asyncio.ensure_future(pulse.speak())]
            if self._until is not Until.STOPPED:
                tasks.append(asyncio.ensure_future(self._end_when_idle(connector, manager)))
            try:
                await worker.run()  # type: ignore[no-untyped-call]
            finally:
                self._worker = None
                await _end(tasks)

    def _queue_worker(self, app: App) -> QueueWorker:
        return QueueWorker(
            app,
            name=self._called,
            concurrency=self._concurrency,
            fetch_job_polling_interval=self._rhythm.poll,
            abort_job_polling_interval=self._rhythm.look,
            install_signal_handlers=False,
        )

    def _address(self) -> str:
        self._server.start()
        return self._server.url()

    def _wanted(self) -> bool:
        return not self._stopping and self._left != 0

    async def _make(self, context: JobContext, job: str) -> None:
        manager = self._manager
        assert manager is not None
        assert context.job.id is not None
        taken = manager.taken(context.job.id)
        self._left -= self._left > 0
        if self._stopping:  # asked for before that, given after: nobody is to be paid for it now
            with contextlib.suppress(NotKept):
                await self._making.ends.put_back(taken.job)
            return
        await self._making.make(taken, context.should_abort)
        if self._until is Until.ONCE:
            self._stop()
        await manager.look_again()

    async def _end_when_idle(self, connector: PsycopgConnector, manager: LeasingManager) -> None:
        """Nothing may be taken between the count and the stop: then it has only to be waited for."""
        names = list(self._providers)
        idle_since: float | None = None
        while True:
            with contextlib.suppress(psycopg.Error):
                async with connector.pool.connection() as link:
                    row = await (await link.execute(_LEFT, [names])).fetchone()
                now = asyncio.get_running_loop().time()
                if self._making.running or manager.busy or row is None or row[0]:
                    idle_since = None
                elif idle_since is None:
                    idle_since = now
                if idle_since is not None and now - idle_since >= self._linger:
                    self._stop()
                    return
            await asyncio.sleep(self._rhythm.poll)

    def _pooled(self) -> Any:
        assert self._connector is not None
        return self._connector.pool.connection()

    async def _fresh(self) -> Link:
        try:
            address = await asyncio.to_thread(self._address)
        except ServerError as error:
            raise psycopg.OperationalError from error
        return await fresh_link(address)

    def _away(self) -> None:
        if not self._is_away:
            self._is_away = True
            self._tell(Word("away"))

    def _say_lost(self, jobs: list[Any]) -> None:
        for job in jobs:
            self._tell(Word("reaped", job))

    @contextlib.contextmanager
    def _heed(self, signals: bool) -> Iterator[None]:
        numbers = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP) if signals else ()
        assert self._loop is not None
        for number in numbers:
            self._loop.add_signal_handler(number, self._stop)
        try:
            yield
        finally:
            for number in numbers:
                self._loop.remove_signal_handler(number)


async def _end(tasks: Sequence[asyncio.Future[None]]) -> None:
    """Cancel them until they have ended."""
    pending = set(tasks)
    while pending:
        for task in pending:
            task.cancel()
        _, pending = await asyncio.wait(pending, timeout=AGAIN)
    await asyncio.gather(*tasks, return_exceptions=True)


def run_worker(providers: Mapping[str, Provider], server: Server, **wishes: Any) -> None:
    """Work on this thread until stopped; `wishes` are those of WorkerRun."""
    WorkerRun(providers, server, **wishes).run()
