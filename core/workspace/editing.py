"""The script, or a page of it, lent to the writer's own editor, and what comes back brought home.

What is lent is a file in a private folder. It is deleted once its words are in the project; whatever
goes wrong, a file with words that are not in the project stays, and its path is told.
"""

from __future__ import annotations

import contextlib
import fcntl
import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

import msgspec

from core.errors import GenkoError
from core.paths import Paths, private_folder
from core.story import TextEdit, clean_text, three_way

FOLDER = "editor"
LIKELY = ("nano", "vi", "vim")
"""Editors to try when neither VISUAL nor EDITOR names one."""
KNOW_LINES = frozenset({*LIKELY, "nvim", "emacs", "kak", "micro", "joe", "mg", "ne", "mcedit", "jed"})
"""Editors that take `+12` for the line to begin at."""
_FOR_A_SHELL = re.compile(r"[|&;<>()$`\\\"'*?\[#~=%\s]")
_ABOUT = ".lent"
_MOST = 50_000_000  # bytes


class EditingError(GenkoError):
    """The editor could not be started, failed, or left something that is no text."""


class _Note(msgspec.Struct):
    """What stands beside a lent file, for the start after a crash."""

    project: str
    pid: int
    given: str
    start: int
    end: int
    name: str


@dataclass(frozen=True)
class Lent:
    """A file that an editor works on, and what the script was when it was made."""

    path: Path
    base: str
    """The whole script then."""
    start: int
    """Where in `base` the lent part begins and ends, in code points."""
    end: int

    @property
    def given(self) -> str:
        """The part of the script that was lent."""
        return self.base[self.start : self.end]


@dataclass(frozen=True)
class Ran:
    """How an editor ended: an exit status (negative: the signal), or None if it could not be started."""

    status: int | None
    why: str = ""


def editor_command(environment: Mapping[str, str]) -> list[str]:
    """The writer's editor as a command: VISUAL, then EDITOR, else what is there. Raises EditingError."""
    for name in ("VISUAL", "EDITOR"):
        if command := environment.get(name, "").strip():
            if _FOR_A_SHELL.search(command):  # options, quotes: what a shell makes of it, as git does
                return ["sh", "-c", f'{command} "$@"', command]
            return [command]
    for name in LIKELY:
        if shutil.which(name, path=environment.get("PATH")):
            return [name]
    raise EditingError(
        "No editor was found.", safe="Nothing was changed.", todo="Set EDITOR to the command of yours."
    )


def lend(
    paths: Paths, project_id: UUID, base: str, *, name: str, part: tuple[int, int] | None = None
) -> Lent:
    """Write the script, or the part of it between two offsets, to a file that only this user can read.

    `name` becomes the file's. Raises EditingError when it can't be written.
    """
    start, end = part or (0, len(base))
    lent_name = (re.sub(r"[^\w-]+", "-", name.casefold()).strip("-") or "script")[:60] + ".txt"
    folder: Path | None = None
    try:
        folder = Path(tempfile.mkdtemp(dir=private_folder(paths.state / FOLDER)))
        note = _Note(str(project_id), os.getpid(), _seal(base[start:end]), start, end, lent_name)
        _write(folder / _ABOUT, msgspec.json.encode(note))
        _write(folder / lent_name, base[start:end].encode())
    except OSError as error:
        if folder is not None:
            shutil.rmtree(folder, ignore_errors=True)
        raise EditingError(
            f"The file for the editor can't be written ({error.strerror}).", safe="Nothing was changed."
        ) from error
    return Lent(folder / lent_name, base, start, end)


def run_editor(command: Sequence[str], path: Path, row: int = 0) -> Ran:
    """Run an editor on a file until it ends. Blocks; the terminal must be the editor's meanwhile."""
    line = [f"+{row + 1}"] if row and Path(command[-1].split(" ")[0]).name in KNOW_LINES else []
    try:
        with _held(path) as held:
            done = subprocess.run([*command, *line, str(path)], check=False, pass_fds=held)
        return Ran(done.returncode)
    except OSError as error:
        return Ran(None, error.strerror or "it can't be started")


@contextlib.contextmanager
def _held(path: Path) -> Iterator[tuple[int, ...]]:
    """A lock on a lent file that the editor inherits: it lasts until Genko and the editor are both gone."""
    try:
        descriptor = os.open(path.parent / _ABOUT, os.O_RDONLY | os.O_CLOEXEC)
    except OSError:
        yield ()
        return
    try:
        with contextlib.suppress(OSError):  # some file systems know no locks
            fcntl.flock(descriptor, fcntl.LOCK_SH)
        yield (descriptor,)
    finally:
        os.close(descriptor)


def _is_held(about: Path) -> bool:
    descriptor = os.open(about, os.O_RDONLY | os.O_CLOEXEC)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    except OSError:
        return False
    finally:
        os.close(descriptor)
    return False


def take_back(lent: Lent, ran: Ran) -> str | None:
    """The whole script as the editor left it; None when nothing was changed.

    A line break at the end that the editor added, or left out, is no change. Raises EditingError for
    an editor that failed and for a file that is no text; the file stays if it holds other words.
    """
    failed = _failure(ran)
    try:
        back = _read(lent)
    except EditingError as error:
        if failed:
            raise _told(failed, "Nothing was changed.") from error
        raise
    changed = back != lent.given
    if failed:
        if not changed:
            put_away(lent)
            raise _told(failed, "Nothing was changed.")
        raise _told(failed, f"What was written there is not in the project; it is kept in {lent.path}.")
    if changed and not back.strip():  # a full disk, or a way to call it off
        put_away(lent)
        raise EditingError(
            "The editor left nothing in the file.",
            safe="The project is unchanged.",
            todo="To delete it all, delete it here.",
        )
    return lent.base[: lent.start] + back + lent.base[lent.end :] if changed else None


def brought_home(lent: Lent, wanted: str, ours: str) -> tuple[TextEdit, ...]:
    """The edits of the script as it is now that bring in what was done in the editor."""
    return three_way(lent.base, ours, wanted)


def put_away(lent: Lent) -> None:
    """Delete the file and what the editor may have left beside it."""
    shutil.rmtree(lent.path.parent, ignore_errors=True)


def left_over(paths: Paths, project_id: UUID) -> list[Path]:
    """Files lent from this project by a program that is gone, with words that never came back.

    Those that hold what was given out are deleted, unless an editor has them open still.
    """
    found: list[Path] = []
    for about in sorted((paths.state / FOLDER).glob(f"*/{_ABOUT}")):
        try:
            note = msgspec.json.decode(about.read_bytes(), type=_Note)
            if note.project != str(project_id) or _is_alive(note.pid):
                continue
            path = about.parent / note.name
            held = _is_held(about)
            text = clean_text(path.read_text(encoding="utf-8", errors="replace")).text
        except (OSError, msgspec.MsgspecError):
            continue
        if note.given in (_seal(text), _seal(text.removesuffix("\n"))):
            if not held:  # else the editor is open still, and what it has to write has a place
                shutil.rmtree(about.parent, ignore_errors=True)
        else:
            found.append(path)
    return found


def _read(lent: Lent) -> str:
    kept = f"The project is unchanged; the file is kept: {lent.path}."
    try:
        if not os.path.isfile(lent.path):
            raise EditingError("The editor took the file away.", safe="The project is unchanged.")
        if lent.path.stat().st_size > _MOST:
            raise EditingError("What the editor left is too large for a script.", safe=kept)
        text = lent.path.read_bytes().decode("utf-8")
    except UnicodeDecodeError as error:
        raise EditingError(
            "The editor did not write UTF-8.", safe=kept, todo="Set it to UTF-8 and try again."
        ) from error
    except OSError as error:
        raise EditingError(f"What the editor left can't be read ({error.strerror}).", safe=kept) from error
    if not lent.given.startswith("\ufeff"):
        text = text.removeprefix("\ufeff")
    return _with_end_of(lent.given, clean_text(text).text)


def _with_end_of(given: str, text: str) -> str:
    """`text`, ending with a line break if and only if `given` does: editors add or drop that one."""
    if given.endswith("\n") and text and not text.endswith("\n"):
        return text + "\n"
    if not given.endswith("\n") and text.endswith("\n"):
        return text[:-1]
    return text


def _failure(ran: Ran) -> str:
    if ran.status is None:
        return f"The editor can't be started: {ran.why}."
    if ran.status in (126, 127):
        return "The editor can't be started: there is no such command."
    if ran.status < 0:
        return f"The editor was ended by signal {-ran.status}."
    return f"The editor ended with status {ran.status}." if ran.status else ""


def _told(what: str, safe: str) -> EditingError:
    todo = "Set EDITOR to the command of yours." if "started" in what else ""
    return EditingError(what, safe=safe, todo=todo)


def _write(path: Path, data: bytes) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with open(descriptor, "wb") as stream:
        stream.write(data)


def _seal(text: str) -> str:
    from hashlib import sha256

    return sha256(text.encode()).hexdigest()


def _is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True
