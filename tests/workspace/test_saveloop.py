"""The save loop: whatever goes wrong in a save, the next one goes out."""

from __future__ import annotations

import hashlib
import queue
import threading
from collections.abc import Callable, Iterator
from uuid import uuid4

import pytest

from core.errors import ServerUnreachable
from core.server import SavePackage, Saver, Server, ServerIdentity, ServerSettings
from core.story import ProjectStore
from core.workspace.saveloop import Event, Failed, Saved, SaveLoop, Waiting
from tests.patience import PATIENCE


class FaultySaver(Saver):
    """A saver with a fault of ours in it."""

    def snapshot(self) -> bytes:
        raise MemoryError

    def save(self, package: SavePackage, brought: object = ()) -> object:  # type: ignore[override]
        raise AssertionError("the writer's own words")


class FaultyServer(Server):
    """Gives out one faulty saver, then sound ones."""

    faulty = 1

    def saver(self, *what: object) -> Saver:
        self.faulty -= 1
        if self.faulty >= 0:
            return FaultySaver(self.connect, *what)  # type: ignore[arg-type]
        return super().saver(*what)  # type: ignore[arg-type]


def package(store: ProjectStore) -> SavePackage:
    """All of a document."""
    blob = store.snapshot()
    return SavePackage(uuid4(), store.version, store.frontier, blob, hashlib.sha256(blob).digest())


@pytest.fixture
def looped(server: Server) -> Iterator[Callable[[ProjectStore], tuple[SaveLoop, Callable[[], Event]]]]:
    """A loop on a faulty server, and the way to its next outcome of a save."""
    loops: list[SaveLoop] = []

    def make(store: ProjectStore) -> tuple[SaveLoop, Callable[[], Event]]:
        events: queue.SimpleQueue[Event] = queue.SimpleQueue()
        faulty = FaultyServer(server._settings)
        loop = SaveLoop(faulty, store.project_id, events.put)
        loops.append(loop)
        loop.start()

        def outcome() -> Event:
            while True:
                event = events.get(timeout=60)
                if isinstance(event, Saved | Failed):
                    return event

        return loop, outcome

    yield make
    for loop in loops:
        assert loop.stop()


def test_a_fault_of_ours_stops_one_save_and_not_all_that_follow(
    looped: Callable[[ProjectStore], tuple[SaveLoop, Callable[[], Event]]],
) -> None:
    store = ProjectStore.create()
    store.replace_text("PAGE 1 :\n")
    loop, outcome = looped(store)
    first, second = package(store), package(store)
    loop.submit(first, [])
    failed = outcome()
    assert isinstance(failed, Failed)
    assert failed.package is first
    assert "AssertionError" in failed.error.what
    assert "the writer's own words" not in str(failed.error)
    loop.submit(second, [])
    saved = outcome()
    assert isinstance(saved, Saved)
    assert saved.package is second


class AwayServer(Server):
    """Nobody answers."""

    def start(self, *, migrate: bool = True) -> ServerIdentity:
        raise ServerUnreachable("Nobody answers.")


def test_a_save_that_comes_while_another_fails_does_not_wait_out_the_pause() -> None:
    store = ProjectStore.create()
    tries = threading.Semaphore(0)

    def note(event: Event) -> None:
        if isinstance(event, Waiting):
            if not again.is_set():
                again.set()
                loop.submit(package(store), [])  # the pause has not begun
            tries.release()

    again = threading.Event()
    loop = SaveLoop(AwayServer(ServerSettings()), store.project_id, note, first_pause=10 * PATIENCE)
    loop.start()
    loop.submit(package(store), [])
    try:
        assert tries.acquire(timeout=PATIENCE)
        assert tries.acquire(timeout=PATIENCE), "it slept"
    finally:
        assert loop.stop(PATIENCE)
