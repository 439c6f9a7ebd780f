"""The real program on a real project in a real terminal, for the tests that kill it."""

from __future__ import annotations

import random
import re
import shutil
import sys
from collections.abc import Sequence
from pathlib import Path

from core.journal import Journal
from core.paths import Paths
from core.workspace import Shelf, open_store
from core.workspace.shelf import load_store
from tests.terminal.pty import Terminal, plain_environment

SCRIPT = "PAGE 1 :\n\nPANEL 1 :\n(Rain on the roofs.)\nMIKA : Run, now.\n"
MARK = re.compile(r"<([a-z0-9]*)")
"""What the tests type begins with `<`, so that it is found on the screen and in the file."""

WITHOUT_JOURNAL = """
import sys
from core.journal import journal
whole = journal.Journal.append
def lazy(self, blob, **facts):
    # what an editor does that saves now and then: the words stay in memory until it ends
    kept.append((self, blob))
    return whole(self, b"")
kept = []
journal.Journal.append = lazy
from tui.__main__ import main
main()
"""
"""The program without a journal of every key: the control."""


def folders_of(home: Path) -> Paths:
    """All of a user's folders."""
    return Paths(*(home / part for part in ("data", "config", "logs", "state")))


class Desk:
    """One home with one project; `open` shows it in a terminal."""

    def __init__(self, folder: Path, text: str = SCRIPT) -> None:
        self.home = folder / "home"
        self.shelf = Shelf(folders_of(self.home))
        self.project_id = self.shelf.create(title="Rain", text=text).project_id

    def environment(self, **changes: str) -> dict[str, str]:
        """Where the program finds this home; by default with a server that is not there."""
        address = {"GENKO_DATABASE_URL": "host=/nowhere/at/all dbname=none"} | changes
        kept = {name: value for name, value in plain_environment().items() if not name.startswith("PG")}
        return kept | {"GENKO_HOME": str(self.home)} | address

    def open(self, command: Sequence[str] | None = None, **changes: str) -> Terminal:
        """Start the program on the project and wait until its text is on the screen."""
        terminal = self.start(str(self.project_id), command=command, **changes)
        try:
            return terminal.wait_for("MIKA : Run, now.")
        except BaseException:
            terminal.close()
            raise

    def start(self, *arguments: str, command: Sequence[str] | None = None, **changes: str) -> Terminal:
        """Start `genko open …`, and wait for nothing."""
        return Terminal(
            [*(command or [sys.executable, "-m", "tui"]), "open", *arguments],
            columns=100,
            env={name: value for name, value in self.environment(**changes).items() if value},
            stderr=self.home / "stderr",
        )

    def errors(self) -> str:
        """What the programs of this home wrote to standard error."""
        return (self.home / "stderr").read_text()

    def write(self, text: str) -> None:
        """Put `text` at the end of the script without a screen, a word at a time (many updates)."""
        path = self.shelf.path_of(self.project_id)
        journal, recovered = Journal.open(path)
        store = load_store(self.project_id, recovered.blobs)
        for word in text.split(" "):
            before = store.version
            store.splice(store.text_length, 0, f"{word} ")
            journal.append(store.updates_since(before))
        assert journal.close()

    def damage(self, chance: random.Random, *, flips: int = 0, cut: float = 1.0) -> None:
        """Flip bits of the closed project's file, and cut it to a part of its length."""
        path = self.shelf.path_of(self.project_id)
        data = bytearray(path.read_bytes())
        for _ in range(flips):
            data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
        path.write_bytes(data[: round(len(data) * cut)])

    def text(self) -> str:
        """The script as the next start finds it."""
        return open_store(self.shelf, self.shelf.entry(self.project_id)).text

    def text_if_killed(self, copy: Path) -> str:
        """The script as the next start would find it after a kill just now; `copy` is no folder yet."""
        shutil.copytree(self.home, copy)
        left = Shelf(folders_of(copy))
        return open_store(left, left.entry(self.project_id)).text

    def typed(self) -> str:
        """What of the typed letters the next start finds."""
        return typed_in(self.text())


def typed_in(text: str) -> str:
    """The letters after the mark, on a screen or in a file; empty without a mark."""
    found = MARK.search(text)
    return found[1] if found else ""


def on_screen(terminal: Terminal) -> str:
    """The text that is shown, wrapped lines put together again, without line numbers."""
    return "".join(row.lstrip(" 0123456789").rstrip() for row in terminal.screen.display[1:-2])


def is_said_unsafe(terminal: Terminal) -> bool:
    """Whether the header says that the newest words are not on the disk."""
    header = terminal.screen.display[0]
    return "writing" in header or "only in memory" in header
