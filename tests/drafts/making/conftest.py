"""Programs with a desk of drafts, over a server in memory."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple, cast
from uuid import UUID

import pytest

from core.drafts import Drafts
from core.drafts.making.desk import DraftDesk
from core.drafts.making.loop import MakingLoop
from core.drafts.making.opened import OpenDraft
from core.drafts.making.settings import MakingSettings
from core.drafts.making.wish import Wish
from core.errors import GenkoError
from core.paths import Paths
from core.workspace.saving import Inbox
from tests.drafts.making.memory import MemoryQueue, MemoryServer
from tests.patience import PATIENCE


class Program:
    """A desk and the loop of its screens."""

    def __init__(self, drafts: Drafts, server: MemoryServer | None, **settings: Any) -> None:
        self.inbox = Inbox()
        self.desk = DraftDesk(drafts, self.inbox.put, MakingSettings(**settings))
        self.troubles: list[GenkoError] = []
        self.desk.on_trouble(lambda error: self.troubles.append(error) if error is not None else None)
        if server is not None:
            self.connect(server)

    def connect(self, server: MemoryServer) -> None:
        """Use a server, which here is not a Postgres."""
        loop = MakingLoop(
            cast("Any", None),
            self.desk._from_loop,
            opened=lambda _: MemoryQueue(server),
            first_pause=0.01,
            look=0.01,
        )
        self.desk._loop = loop
        loop.start()
        for opened in self.desk.opened.values():
            opened.reconciler.begin()

    def open(self, draft: UUID) -> OpenDraft:
        """A draft."""
        return self.desk.open(draft)

    def until(self, holds: Callable[[], bool]) -> None:
        """Let things happen until it is so."""
        assert self.inbox.run_until(holds, PATIENCE), "it did not come about"

    def rest(self, opened: OpenDraft) -> None:
        """Until nothing is under way any more."""
        self.until(lambda: not opened.busy)


Begin = Callable[..., Program]


class HandedOver(NamedTuple):
    """A program that has handed over all that a draft lacks."""

    program: Program
    opened: OpenDraft
    asked: tuple[str, ...]
    """Attempts."""


@pytest.fixture
def drafts(tmp_path: Path) -> Drafts:
    """An empty shelf of drafts."""
    return Drafts(Paths(tmp_path / "data", tmp_path / "config", tmp_path / "logs", tmp_path / "state"))


@pytest.fixture
def server() -> MemoryServer:
    """A server with nothing to do."""
    return MemoryServer()


@pytest.fixture
def begin(drafts: Drafts) -> Iterator[Begin]:
    """Starts programs, which are closed afterwards."""
    programs: list[Program] = []

    def started(server: MemoryServer | None, **settings: Any) -> Program:
        programs.append(Program(drafts, server, **settings))
        return programs[-1]

    yield started
    for program in programs:
        program.desk.close(0.5)


@pytest.fixture
def handed_over(begin: Begin, server: MemoryServer, draft: UUID) -> HandedOver:
    """All of a draft was asked for, and the server has it; nobody works yet."""
    server.works = False
    program = begin(server)
    opened = program.open(draft)
    asked = program.desk.generate(draft, Wish())
    program.until(lambda: opened.is_handed_over)
    return HandedOver(program, opened, asked.attempts)


@pytest.fixture
def left(handed_over: HandedOver) -> HandedOver:
    """The same, and the program has ended."""
    handed_over.program.desk.close(1.0)
    return handed_over


@pytest.fixture
def draft(drafts: Drafts) -> UUID:
    """A draft with three assets and a theme."""
    made = drafts.create("Night", theme="jungle", languages=("en", "fr")).draft_id
    with drafts.edited(made) as opened:
        opened.add_assets([{"kind": "prop", "name": name} for name in ("lamp", "kite", "boat")])
    return made
