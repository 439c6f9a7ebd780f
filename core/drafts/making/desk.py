"""The one object of an app that owns its open drafts, and everything that is being made for them."""

from __future__ import annotations

import threading
from collections.abc import Callable, Generator, Iterable, Mapping
from functools import partial
from typing import TYPE_CHECKING
from uuid import UUID

from core.drafts.making.events import (
    Beat,
    CancelTold,
    Connected,
    Event,
    Handed,
    Home,
    LeftAlone,
    News,
    OfDraft,
    Refused,
    Settled,
    Trouble,
    Unknown,
)
from core.drafts.making.host import Host
from core.drafts.making.newsdesk import NewsDesk, OnUi
from core.drafts.making.opened import OpenDraft
from core.drafts.making.progress import JobNews
from core.drafts.making.settings import PICTURE, MakingSettings
from core.drafts.making.toolroom import ToolRoom
from core.drafts.making.wish import Asked, Estimate, Wish
from core.drafts.pack.index import PackIndex
from core.errors import GenkoError, NotFound

if TYPE_CHECKING:
    from core.drafts import Drafts
    from core.drafts.making.loop import MakingLoop
    from core.jobs import WorkerChild
    from core.providers import ProvidersSettings
    from core.server import Server
    from core.workspace import ProjectSession


class DraftDesk(NewsDesk):
    """All of it belongs to the screens' thread, which `on_ui` leads to; nothing here waits."""

    def __init__(
        self,
        drafts: Drafts,
        on_ui: OnUi,
        settings: MakingSettings | None = None,
        *,
        providers: ProvidersSettings | None = None,
        worker: bool = True,
    ) -> None:
        """`providers` are what the settings of this machine say of them. `worker`: one of the app's own
        makes things while there is something to make, in a process of its own.

        `on_ui` runs a call on this thread, after what waits there; safe to call from any thread.
        """
        super().__init__(on_ui)
        self._drafts, self._on_ui = drafts, on_ui
        self._tools = ToolRoom(drafts.paths, settings, providers)
        self._works = worker
        self._worker: WorkerChild | None = None
        self._open: dict[UUID, OpenDraft] = {}
        self._loop: MakingLoop | None = None
        self._server: Server | None = None
        self._server_id = ""
        self._closed = False
        self.worker_deaths = 0
        """How often this app's worker has ended early since something last came home."""

    # drafts

    def open(self, draft_id: UUID) -> OpenDraft:
        """A draft; the same one while it is open. What was left under way goes on. Raises GenkoError."""
        if draft_id in self._open:
            return self._open[draft_id]
        return self._begin(self._drafts.open(draft_id, on_ui=self._on_ui, server=self._server))

    def opening(self, draft_id: UUID) -> Generator[None, None, None]:
        """Open a draft in slices: its file is read in one go, thousands of records a few at a time.

        It is among those that are `opened` when this has come to its end. Raises GenkoError.
        """
        if draft_id in self._open:
            return
        session = self._drafts.open(draft_id, on_ui=self._on_ui, server=self._server)
        try:
            yield
            yield from PackIndex.of(session.store).reading()
            yield
            if draft_id not in self._open and not self._closed:
                self._begin(session)
        finally:
            if (opened := self._open.get(draft_id)) is None or opened.session is not session:
                session.close(0)

    def _begin(self, session: ProjectSession) -> OpenDraft:
        host = Host(
            workshop=self._tools.workshop,
            bound=lambda: self._tools.settings.bound,
            loop=lambda: self._loop,
            hub=self._hub,
            soon=self._soon,
            notice=self._drafts.shelf.notice,
            server_id=lambda: self._server_id,
        )
        opened = self._open[session.project_id] = OpenDraft(session, host)
        opened.begin()
        return opened

    @property
    def opened(self) -> Mapping[UUID, OpenDraft]:
        """The open drafts."""
        return self._open

    def let_go(self, draft_id: UUID, seconds: float = 5.0) -> bool:
        """Close a draft; what is under way goes on at the server and comes home when it is next opened."""
        opened = self._open.pop(draft_id, None)
        if self._loop is not None:
            self._loop.forget(draft_id)
        return opened.close(seconds) if opened is not None else True

    def poll(self) -> None:
        """Bring in what another program wrote to the open drafts; it is also done by itself."""
        for opened in self._open.values():
            opened.session.poll()
            opened.beat()

    def close(self, seconds: float = 5.0) -> bool:
        """Everything to the disk, threads ended. True when all of it was done in time."""
        self._closed = True
        worker = threading.Thread(target=self._worker.stop) if self._worker is not None else None
        if worker is not None:
            worker.start()  # it may take as long as the loop: both at once
        stopped = self._loop.stop(seconds) if self._loop is not None else True
        self._hub.close()
        closed = [opened.close(seconds) for opened in self._open.values()]
        self._open.clear()
        if worker is not None:
            worker.join(seconds)
        return stopped and all(closed)

    def _work(self) -> None:
        """See that there is a worker while there is something to make."""
        if not self._works or self._server is None or self._closed:
            return
        if self._worker is None:
            from core.jobs import WorkerChild
            from core.providers import ProvidersSettings

            self._worker = WorkerChild(
                self._tools.providers or ProvidersSettings(),
                self._server.settings,
                concurrency=self._tools.settings.at_once,
                until_idle=True,
                on_trouble=lambda error: self._soon(partial(self._worker_died, error)),
            )
        self._worker.start()

    def _worker_died(self, error: GenkoError) -> None:
        self.worker_deaths += 1
        self._tell_trouble(error)

    # the server

    def connect(self, server: Server) -> None:
        """From now on things are made by the queue of this server; the call itself waits for nothing."""
        if self._loop is not None:
            return
        from core.drafts.making.loop import MakingLoop

        self._server = server
        self._loop = MakingLoop(server, self._from_loop)
        self._loop.start()
        for opened in self._open.values():
            opened.session.connect(server)
            opened.reconciler.begin()

    @property
    def busy(self) -> bool:
        """Whether anything is being made for an open draft."""
        return any(opened.busy for opened in self._open.values())

    @property
    def is_connected(self) -> bool:
        """Whether a server has answered, be it away now."""
        return bool(self._server_id)

    @property
    def makers(self) -> frozenset[str]:
        """The providers that this machine has."""
        return frozenset(self._tools.workshop().providers)

    # making

    def estimate(self, draft_id: UUID, wish: Wish) -> Estimate:
        """What a wish would ask for and cost; a few milliseconds. Raises GenkoError."""
        return self._needed(draft_id).estimate(wish)

    def generate(self, draft_id: UUID, wish: Wish) -> Asked:
        """Ask for what is wished; nothing is overwritten. Raises GenkoError: then nothing was asked for."""
        return self._needed(draft_id).ask(wish)

    def regenerate(
        self, draft_id: UUID, asset: str, prompt: str | None = None, *, each: int = 1, medium: str = "image"
    ) -> Asked:
        """Make one picture again: a candidate beside the others. A new prompt is a revision of its own.

        The prompt is kept even where nothing can be asked for. Raises GenkoError.
        """
        opened = self._needed(draft_id)
        if opened.draft.asset(asset) is None:
            raise NotFound("There is no such asset in this draft.", safe="Nothing was asked for.")
        if prompt is not None:
            opened.draft.write_prompt(asset, medium, prompt, "regenerated")
        wish = Wish(steps=(PICTURE,), which="selected", assets=(asset,), medium=medium, each=each)
        return opened.ask(wish)

    def cancel(self, attempts: Iterable[str]) -> int:
        """Nobody wants these any more; gives how many were under way."""
        wanted = [*attempts]
        return sum(opened.cancel(wanted) for opened in self._open.values())

    def yet_to_ask(self, draft_id: UUID) -> int:
        """How many attempts were wished of a draft and are yet to be asked for; 0 for one that isn't open."""
        opened = self._open.get(draft_id)
        return opened.stages.attempts_left if opened is not None else 0

    def cancel_all(self, draft_id: UUID) -> int:
        """The same of all that is made for a draft, and of what is yet to be asked for."""
        opened = self._open.get(draft_id)
        return opened.cancel_all() if opened is not None else 0

    def use(self, settings: MakingSettings, providers: ProvidersSettings | None = None) -> None:
        """Follow other settings from now on; a worker that runs goes on with those that it has."""
        self._tools.use(settings, providers)

    # inside

    def _needed(self, draft_id: UUID) -> OpenDraft:
        return self._open.get(draft_id) or self.open(draft_id)

    def _soon(self, call: Callable[[], None]) -> None:
        self._on_ui(partial(self._unless_closed, call))

    def _unless_closed(self, call: Callable[[], None]) -> None:
        if not self._closed:
            call()

    def _from_loop(self, event: Event) -> None:
        self._soon(partial(self._hear, event))

    def _hear(self, event: Event) -> None:
        match event:
            case Beat():
                self.poll()
            case Connected(server_id):
                self._server_id = server_id
                for opened in self._open.values():
                    opened.reconciler.connected()
                if any(opened.under_way for opened in self._open.values()):
                    self._work()
            case News(jobs):
                states = {str(job): JobNews(n.state, n.fraction, n.error, n.tries) for job, n in jobs.items()}
                for opened in self._open.values():
                    opened.reconciler.heard(states)
                self._hub.put(states)
            case Trouble(error):
                self._tell_trouble(error)
            case LeftAlone(providers):
                self._tell_left_alone(providers)
            case _:
                self._hear_of(event)

    def _hear_of(self, event: OfDraft) -> None:
        opened = self._open.get(event.draft)
        if opened is None:
            return
        match event:
            case Home(_, outcomes):
                if self.worker_deaths:
                    self.worker_deaths = 0
                    self._tell_trouble(None)
                opened.take_home(outcomes)
            case Handed():
                opened.reconciler.handed(event)
                self._work()
            case Refused():
                opened.reconciler.refused(event)
            case Settled():
                opened.reconciler.settled(event)
            case Unknown():
                opened.reconciler.unknown(event)
            case CancelTold():
                opened.reconciler.told(event)
