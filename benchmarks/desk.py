"""Genko as a writer starts it: a data folder with projects, a server of its own, the app in a pty."""

from __future__ import annotations

import re
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import UUID

from benchmarks.editor_host import LINES_A_PAGE, page, script
from benchmarks.ptybench import PtyProgram
from core.journal import Journal
from core.paths import Paths
from core.server import Server, ServerSettings
from core.server.embedded import EmbeddedServer
from core.story import ProjectStore
from core.workspace import Shelf
from core.workspace.shelf import load_store

GO_TO = b"\x07"
RIGHT = b"\x1b[C"
COLUMN = 20
READY = "● +server"
"""The header's mark once the server has answered."""


def prose(size: int) -> str:
    """A script of about so many bytes with long paragraphs and few pages, as some writers have it."""
    parts: list[str] = []
    length = 0
    while length < size:
        number = len(parts) + 1
        lines = page(number)
        parts.append("\n".join([*lines[:2], " ".join(lines[2:6]), "", *lines[6:], ""]))
        length += len(parts[-1].encode()) + 1
    return "\n".join(parts)


class Desk:
    """A data folder with projects; `open` runs the real program on one of them."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.paths = Paths(home / "data", home / "config", home / "logs", home / "state")
        self.shelf = Shelf(self.paths)

    @property
    def environment(self) -> dict[str, str]:
        """What the program is told: only where its files are."""
        return {"GENKO_HOME": str(self.home), "GENKO_DATABASE_URL": ""}

    def file(self, text: str) -> Path:
        """The same text as a file, for the bare app."""
        path = self.home / f"{abs(hash(text)):x}.txt"
        path.write_text(text, encoding="utf-8")
        return path

    def bare(self, text: str, row: int = 0, column: int = 0) -> PtyProgram:
        """The bare Textual app with this text."""
        command = [sys.executable, "-m", "benchmarks.bare", str(self.file(text)), str(row), str(column)]
        return PtyProgram(command, env=self.environment)

    def open(self, title: str) -> PtyProgram:
        """`genko open TITLE`, by the installed command if there is one."""
        command = shutil.which("genko", path=str(Path(sys.executable).parent))
        start = [command] if command else [sys.executable, "-m", "tui"]
        return PtyProgram([*start, "open", title], env=self.environment)

    def measured(self, title: str, report: Path) -> PtyProgram:
        """The same app with three more keys; see `benchmarks.desk_host`."""
        return PtyProgram(
            [sys.executable, "-m", "benchmarks.desk_host", title, str(report)], env=self.environment
        )

    @contextmanager
    def other_program(self, project_id: UUID) -> Iterator[tuple[Journal, ProjectStore]]:
        """Another program that has the same project open."""
        journal, recovered = Journal.open(self.shelf.path_of(project_id))
        try:
            yield journal, load_store(project_id, recovered.blobs)
        finally:
            journal.close()

    def project(self, title: str, lines: int) -> UUID:
        """Make a project with a script of so many lines."""
        return self.shelf.create(title=title, text=script(lines) if lines else "").project_id


@contextmanager
def desk(*, server: bool = True) -> Iterator[Desk]:
    """A desk in a temporary folder. With `server` its database runs already, as it does all day long."""
    with tempfile.TemporaryDirectory(prefix="genko-bench-") as folder:
        made = Desk(Path(folder))
        if not server:
            yield made
            return
        embedded = EmbeddedServer(made.paths.data)
        try:
            Server(ServerSettings(url=embedded.start())).start()  # makes the tables
            yield made
        finally:
            embedded.destroy()


def go_to(program: PtyProgram, row: int) -> None:
    """Put Genko's cursor into a row (from 0) at COLUMN."""
    for keys in (GO_TO, str(row + 1).encode(), b"\r", b"\x1b[H", RIGHT * COLUMN):
        program.send(keys)
        program.settle(0.3, limit=3)


def middle(lines: int) -> int:
    """A row in the middle of a page in the middle of a script; it holds a line of text."""
    return lines // 2 // LINES_A_PAGE * LINES_A_PAGE + 3


def wait_for(program: PtyProgram, expected: str, limit: float = 60.0) -> None:
    """Wait until a pattern is on the screen. Raises TimeoutError."""
    end = time.perf_counter() + limit
    while time.perf_counter() < end:
        program.pump(0.1)
        if re.search(expected, program.display()):
            return
    raise TimeoutError(f"{expected!r} is not on the screen:\n{program.display()}")
