"""One job at a provider: asked, watched, and ended one way or another."""

from __future__ import annotations

import asyncio
import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from random import Random
from uuid import UUID

import msgspec
import psycopg

from core.errors import GenkoError
from core.jobs.ending import Ends, NotKept
from core.jobs.manager import Taken
from core.jobs.packing import LARGEST_FILE, unpack_request
from core.jobs.values import MOST_TRIES, Rhythm, Trouble
from core.jobs.words import Word
from core.money import as_money
from core.places import places_of
from core.providers.base import Provider, ProviderError
from core.providers.request import Made, MakeRequest

ALMOST = 0.99
"""No more is told of what has not been kept yet."""


@dataclass(slots=True)
class Running:
    """A job while a provider has it."""

    task: asyncio.Task[None]
    progress: float = 0.0
    told: float = 0.0
    cancelled: bool = False
    """Whether it was given up because somebody asked for that, or because it has ended elsewhere."""


@dataclass
class Making:
    """Makes one job after another, several at a time. Belongs to one event loop."""

    providers: Mapping[str, Provider]
    ends: Ends
    tell: Callable[[Word], None]
    rhythm: Rhythm
    random: Random = field(default_factory=Random)
    running: dict[UUID, Running] = field(default_factory=dict)

    async def make(self, taken: Taken, asked_to_stop: Callable[[], bool]) -> None:
        """Do a job that was taken, to one of its ends. `asked_to_stop`: whether it was to be given up."""
        task = asyncio.current_task()
        assert task is not None
        if taken.job in self.running:
            return  # it was thought lost, and we have it still: its lease is ours again
        running = self.running[taken.job] = Running(task)
        try:
            await self._make(taken, running, asked_to_stop)
        except NotKept:
            self.tell(Word("lost", taken.job, text="The server could not be told what came of it."))
        finally:
            del self.running[taken.job]

    async def _make(self, taken: Taken, running: Running, asked_to_stop: Callable[[], bool]) -> None:
        job = taken.job
        try:
            request = unpack_request(taken.request)
            made = await self._ask(request, taken, running)
        except msgspec.ValidationError:
            await self._fail(job, Trouble("This version of Genko does not understand the request."), 0)
        except ProviderError as error:
            await self._try_again(taken, Trouble.of(error), error.retry, error.retry_after, error.cost)
        except TimeoutError:
            trouble = Trouble("The provider took longer than it was given.")
            await self._try_again(taken, trouble, True, None, 0)
        except GenkoError as error:
            await self._fail(job, Trouble.of(error), 0)
        except asyncio.CancelledError:
            await self._give_up(job, running.cancelled or asked_to_stop())
        except BaseException as error:
            # A fault in a provider: the job must not stay with us for ever.
            await self._fail(job, Trouble(f"The provider stumbled ({type(error).__name__})."), 0)
            self.tell(Word("fault", job, text=places_of(error)))
            raise
        else:
            await self._keep(job, made)

    async def _ask(self, request: MakeRequest, taken: Taken, running: Running) -> Made:
        """Raises what the provider raises, TimeoutError, and GenkoError for what may not be asked."""
        provider = self.providers[request.provider]
        price = provider.estimate(request)
        if price > 2 * request.estimate:
            raise GenkoError(
                f"It would cost {as_money(price, 4)} with the prices of this worker; "
                f"it was said to cost {as_money(request.estimate, 4)}.",
                todo="Look at the prices in the settings, and ask again.",
            )
        if taken.spent and taken.spent + price > 2 * request.estimate:
            raise GenkoError("Its tries have cost as much as it may cost.", todo="Ask for it again.")
        self.tell(Word("begun", taken.job, request.provider, request.step, tries=taken.tries))

        def progress(share: float) -> None:
            if math.isfinite(share):
                running.progress = max(running.progress, min(share, ALMOST))

        async with asyncio.timeout(request.seconds):
            return await provider.make(request, progress)

    async def _keep(self, job: UUID, made: Made) -> None:
        if any(len(file.content) > LARGEST_FILE for file in made.files):
            await self._fail(job, Trouble("The file that was made is larger than Genko keeps."), made.cost)
            return
        try:
            kept = await self.ends.done(job, made)
        except psycopg.Error as error:
            code = error.sqlstate or type(error).__name__
            await self._fail(job, Trouble(f"The server refused to keep what was made ({code})."), made.cost)
            return
        self.tell(Word("done" if kept else "again", job, cost=made.cost))

    async def _fail(self, job: UUID, trouble: Trouble, cost: int) -> None:
        await self.ends.failed(job, trouble, cost)
        self.tell(Word("failed", job, text=trouble.what, cost=cost))

    async def _give_up(self, job: UUID, wanted: bool) -> None:
        if wanted:
            await self.ends.cancelled(job)
            self.tell(Word("cancelled", job))
        else:
            await self.ends.put_back(job, lost=True)
            self.tell(Word("put back", job))

    async def _try_again(
        self, taken: Taken, trouble: Trouble, again: bool, wish: float | None, cost: int
    ) -> None:
        """After a pause, if that may help and was not done too often."""
        job = taken.job
        if not again or taken.tries >= MOST_TRIES:
            await self._fail(job, trouble, cost)
            return
        if wish is not None and not wish <= self.rhythm.longest_wish:
            late = Trouble(
                f"{trouble.what} It wants to be left alone for too long.", trouble.safe, trouble.todo
            )
            await self._fail(job, late, cost)
            return
        pause = min(self.rhythm.first_pause * 2 ** (taken.tries - 1), self.rhythm.longest_pause)
        pause *= 1 + self.random.random() / 4  # so that many that failed together don't come together
        pause = max(pause, wish or 0.0)
        await self.ends.put_back(job, pause, trouble, cost)
        self.tell(Word("again later", job, text=trouble.what, cost=cost, seconds=pause))
