"""Makes a backup in a process of its own, and says what memory that took; or writes; or dies on the way.

Arguments: HOME and what to do: `backup FOLDER`, `cramped FOLDER BYTES`, `die FOLDER STEP`,
`write PROJECT RECORD`.
"""

from __future__ import annotations

import os
import resource
import signal
import sys
from collections.abc import Callable
from itertools import count
from pathlib import Path
from uuid import UUID

from core.backup.exporting import CreateWishes, create
from core.backup.work import Step, Work
from core.errors import GenkoError
from core.story import Section
from core.workspace import Shelf
from tests.workspace.conftest import paths_in


def say(*values: object) -> None:
    """To whoever started it."""
    sys.stdout.write(" ".join(map(str, values)) + "\n")
    sys.stdout.flush()


def backup(shelf: Shelf, folder: str) -> None:
    """Print the seconds and the most memory that was held, in MB."""
    made = create(shelf, CreateWishes(Path(folder)))
    told = Path("/proc/self/status").read_text().splitlines()
    memory = next(int(line.split()[1]) for line in told if line.startswith("VmHWM"))
    say(made.seconds, memory / 1e3)


def die(shelf: Shelf, folder: str, step: str) -> None:
    """Be killed at a step; print how many there are if there is no such step."""
    told = count(1)

    def tell(_: Step) -> None:
        if next(told) == int(step):
            os.kill(os.getpid(), signal.SIGKILL)

    create(shelf, CreateWishes(Path(folder)), work=Work(tell))
    say(next(told) - 1)


def cramped(shelf: Shelf, folder: str, most: str) -> None:
    """Make one where no file may have more than so many bytes; print what went wrong."""
    resource.setrlimit(resource.RLIMIT_FSIZE, (int(most), int(most)))
    try:
        create(shelf, CreateWishes(Path(folder)))
    except GenkoError as error:
        say(f"{type(error).__name__}: {error}")


def write(shelf: Shelf, project: str, record: str) -> None:
    """Write the same number into the script and into a note, for ever."""
    for number in count(1):
        with shelf.edited(UUID(project)) as store:
            store.update_record(Section.CHARACTERS, record, notes=str(number))
            store.splice(0, store.text_length, str(number))
        say(number)


if __name__ == "__main__":
    doing: dict[str, Callable[..., None]] = {"backup": backup, "cramped": cramped, "die": die, "write": write}
    doing[sys.argv[2]](Shelf(paths_in(Path(sys.argv[1]))), *sys.argv[3:])
