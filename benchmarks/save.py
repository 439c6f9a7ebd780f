"""Ctrl+S of one changed line against a bare UPDATE + COMMIT of one row on the same server."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from random import Random
from statistics import median
from uuid import uuid4

from core.server import SavePackage, Saver, Server, ServerSettings
from core.server.connection import Connection
from core.server.embedded import EmbeddedServer
from core.story import ProjectStore, Version

SIZES = (300, 3000)
ROUNDS = 200
WARM_UP = 20
GOAL = 4.0
GOAL_GROWTH = 1.3

_WORDS = (
    "la",
    "pluie",
    "tombe",
    "sur",
    "le",
    "toit",
    "de",
    "tôle",
    "et",
    "personne",
    "ne",
    "parle",
    "encore",
)


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table: milliseconds of both, and their ratio."""

    pages: int
    save_ms: float
    update_ms: float

    @property
    def ratio(self) -> float:
        """How many bare updates a save costs."""
        return self.save_ms / self.update_ms


def script(pages: int, random: Random) -> str:
    """A script with about 1 kB a page."""
    parts: list[str] = []
    for page in range(1, pages + 1):
        parts.append(f"PAGE {page} :\n\n")
        for panel in range(1, 6):
            words = " ".join(random.choices(_WORDS, k=20))
            parts.append(
                f"PANEL {panel} :\n({words}.)\nAKIRA : {' '.join(random.choices(_WORDS, k=12))}.\n\n"
            )
    return "".join(parts)


class Writer:
    """A project with a Saver that edits one line and saves it."""

    def __init__(self, server: Server, pages: int, random: Random) -> None:
        self._random = random
        self._store = ProjectStore.create(title=f"{pages} pages")
        self._store.splice(0, 0, script(pages, random))
        self._saver: Saver = server.saver(self._store.project_id, [])
        self._acknowledged: Version | None = None
        self.save()

    def save_one_line(self) -> float:
        """Type a word somewhere, then the milliseconds from Ctrl+S to the COMMIT's acknowledgement."""
        start = self._random.randrange(self._store.text_length - 2000)
        found = self._store.text_slice(start, start + 2000).index("AKIRA")
        self._store.splice(start + found + 8, 0, "oui ")
        started = time.perf_counter()
        return (self.save() - started) * 1000

    def save(self) -> float:
        """What Ctrl+S does, without the journal's part; when the COMMIT was acknowledged."""
        store = self._store
        frontier, version = store.frontier, store.version
        blob = store.updates_since(self._acknowledged)
        result = self._saver.save(SavePackage.of(uuid4(), version, frontier, blob))
        self._acknowledged = result.acknowledged
        return result.committed

    def close(self) -> None:
        """Let go of the connection."""
        self._saver.close()


@contextmanager
def bare_update(connection: Connection, random: Random) -> Iterator[Callable[[], float]]:
    """A table of pages and what it costs to update one row of it, in milliseconds."""
    connection.execute("CREATE TABLE bench (id int PRIMARY KEY, text text)")
    page = script(1, random)
    connection.execute("INSERT INTO bench SELECT n, %s FROM generate_series(1, 300) n", [page])
    connection.autocommit = False

    def update() -> float:
        changed = page + str(random.random())
        started = time.perf_counter()
        connection.execute("UPDATE bench SET text = %s WHERE id = %s", [changed, random.randint(1, 300)])
        connection.commit()
        return (time.perf_counter() - started) * 1000

    try:
        yield update
    finally:
        connection.autocommit = True
        connection.execute("DROP TABLE bench")


def measure(server: Server, rounds: int = ROUNDS) -> list[Row]:
    """One row a size. Saves and bare updates take turns, so that both see the same machine."""
    random = Random(32)
    writers = {pages: Writer(server, pages, random) for pages in SIZES}
    saves: dict[int, list[float]] = {pages: [] for pages in SIZES}
    updates: list[float] = []
    with server.connect() as connection, bare_update(connection, random) as update:
        for turn in range(rounds + WARM_UP):
            times = {pages: writer.save_one_line() for pages, writer in writers.items()}
            bare = update()
            if turn >= WARM_UP:
                updates.append(bare)
                for pages, taken in times.items():
                    saves[pages].append(taken)
    for writer in writers.values():
        writer.close()
    return [Row(pages, median(saves[pages]), median(updates)) for pages in SIZES]


def run(rounds: int = ROUNDS) -> list[Row]:
    """Measure on an embedded server of its own, which is removed afterwards."""
    with tempfile.TemporaryDirectory(prefix="genko-bench-") as home:
        embedded = EmbeddedServer(Path(home))
        try:
            server = Server(ServerSettings(url=embedded.start()))
            server.start()
            return measure(server, rounds)
        finally:
            embedded.destroy()


def main() -> None:
    """Print the table."""
    rows = run()
    print("| pages | save, ms | UPDATE + COMMIT, ms | ratio |\n|---|---|---|---|")
    for row in rows:
        print(f"| {row.pages} | {row.save_ms:.2f} | {row.update_ms:.2f} | {row.ratio:.2f} |")
    growth = rows[-1].save_ms / rows[0].save_ms
    print(
        f"\nGoals: at most {GOAL} at {SIZES[0]} pages; {SIZES[-1]} over {SIZES[0]} at most {GOAL_GROWTH}: ",
        end="",
    )
    print(f"{rows[0].ratio:.2f} and {growth:.2f}.")


if __name__ == "__main__":
    main()
