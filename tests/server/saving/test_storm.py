"""Attacks saving with everything at once: three machines, cuts, restarts, restores, in random order."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest

from core.errors import ServerUnreachable
from core.server import SavePackage
from tests.server.postgres import PostgresForTests
from tests.server.saving.cutting import CuttingProxy
from tests.server.saving.machines import VERSIONS, Machine
from tests.server.saving.test_restored import Restore, dump


class Writer:
    """A machine with an outbox: a package that failed is sent again before the next one."""

    def __init__(self, machine: Machine, name: str) -> None:
        self.machine = machine
        self.name = name
        self.words: list[str] = []
        self.waiting: SavePackage | None = None

    def write(self, random: Random) -> None:
        """Put a word that occurs once, and sometimes a page, somewhere."""
        word = f"<{self.name}{len(self.words)}>"
        heading = random.choice(["", "", f"\nPAGE {random.randrange(99)} :\n"])
        text = self.machine.store.text
        position = random.randrange(len(text) + 1)
        if text.rfind("<", 0, position) > text.rfind(">", 0, position):
            position = text.index(">", position) + 1  # not into another word
        self.machine.store.splice(position, 0, heading + word)
        self.words.append(word)

    def save(self) -> bool:
        """Save; False when the server was away twice."""
        self.waiting = self.waiting or self.machine.package()
        try:
            self.machine.save(self.waiting)
        except ServerUnreachable:
            return False
        self.waiting = None
        return True

    def restart(self) -> None:
        """A new process: only the journal's bytes and the outbox are left."""
        self.machine.saver.close()
        store = self.machine.store
        acknowledged = self.machine.acknowledged
        self.machine = Machine(self.machine.conninfo, store, [store.snapshot()])
        self.machine.acknowledged = acknowledged


@pytest.fixture
def folder() -> Iterator[Path]:
    """A folder whose name is short enough for a socket."""
    with tempfile.TemporaryDirectory(prefix="gk") as made:
        yield Path(made)


@pytest.mark.parametrize("seed", [1, *(pytest.param(n, marks=pytest.mark.soak) for n in range(2, 30))])
def test_no_word_is_lost_whatever_happens_in_whatever_order(
    seed: int, folder: Path, postgres18: PostgresForTests, conninfo: str
) -> None:
    random = Random(seed)
    restore: Restore | None = None
    with CuttingProxy(conninfo, folder) as proxy:
        first = Machine.first(proxy.conninfo, saved=True)
        others = (Machine.fetching(proxy.conninfo, first.store.project_id) for _ in range(2))
        writers = [Writer(machine, name) for machine, name in zip((first, *others), "abc", strict=True)]
        for _ in range(60):
            writer = random.choice(writers)
            for _ in range(random.randrange(1, 4)):
                writer.write(random)
            match random.randrange(8):
                case 0 | 1 | 2:
                    proxy.cut(random.randrange(6), after=random.random() < 0.5)
                    writer.save()
                    proxy.stop_cutting()
                case 3:
                    writer.restart()
                case 4 if restore is None or random.random() < 0.3:
                    for each in writers:
                        each.machine.saver.close()
                    if restore is None:
                        restore = dump(postgres18, conninfo)
                    else:
                        restore()
                        restore = None
                case _:
                    assert writer.save()
        check_that_all_is_there(writers)
        for writer in writers:
            writer.machine.saver.close()
    assert proxy.cuts > 5


def check_that_all_is_there(writers: list[Writer]) -> None:
    """After everybody has saved, everybody and the server have every word, once."""
    for writer in (*writers, *writers):
        assert writer.save()
        assert writer.save() or writer.waiting is None
    texts = {writer.machine.store.text for writer in writers} | {writers[0].machine.text_on_server()}
    assert len(texts) == 1
    text = texts.pop()
    for writer in writers:
        assert all(text.count(word) == 1 for word in writer.words)
    numbers = [number for (number,) in writers[0].machine.rows(VERSIONS)]
    assert numbers == list(range(1, len(numbers) + 1))
