"""The file of a link: looked at cheaply, read without guessing, written whole or not at all."""

from __future__ import annotations

import contextlib
import hashlib
import os
import re
import stat
from dataclasses import dataclass
from pathlib import Path

from core.atomic import sync_folder, umask
from core.errors import GenkoError, IncomingError
from core.incoming.encodings import decode, decode_as, marked, unmarked_wide
from core.incoming.files import file_bytes, refuse_binary
from core.incoming.newlines import read_newlines
from core.story import clean_text

SAFE = "The words are safe in the project."
_CONFLICT = re.compile(r"^<{7}(?: .*)?$.*?^={7}$.*?^>{7}(?: .*)?$", re.MULTILINE | re.DOTALL)


class LinkError(GenkoError):
    """A link can't be made, or its file not be read or written."""


@dataclass(frozen=True)
class Stamp:
    """What tells at little cost that a file may have changed."""

    inode: int
    size: int
    modified: int
    changed: int


@dataclass(frozen=True)
class FileText:
    """A file's text, and what is needed to write the same bytes again."""

    text: str
    sha: str
    newline: str
    bom: bool
    encoding: str


def stamp_of(path: str) -> Stamp | None:
    """A file's stamp, following symbolic links; None when there is no file. Raises OSError."""
    try:
        found = os.stat(path)
    except (FileNotFoundError, NotADirectoryError):
        return None
    return Stamp(found.st_ino, found.st_size, found.st_mtime_ns, found.st_ctime_ns)


def sha_of(data: bytes) -> str:
    """The name of some bytes."""
    return hashlib.sha256(data).hexdigest()


def read_bytes(path: str) -> bytes:
    """All of an ordinary file. Raises LinkError."""
    try:
        return file_bytes(Path(path))
    except IncomingError as error:
        raise LinkError(f"The linked file can't be read: {error.what}", safe=SAFE) from error


def text_of(data: bytes, path: str, encoding: str | None) -> FileText:
    """A file's bytes as text, in `encoding` or (None) the one that fits. Raises LinkError.

    Nothing is guessed and nothing replaced where the encoding is known: what does not fit is refused.
    """
    place = Path(path)
    try:
        if marked(data) is None and unmarked_wide(data) is None:
            refuse_binary(data, place)
        is_utf8 = encoding is None or marked(data) is not None
        decoded = decode(data, place) if is_utf8 else decode_as(data, encoding or "", place)
    except IncomingError as error:
        raise LinkError(
            f"The linked file can't be taken in: {error.what}", safe=SAFE, todo="Put it right there."
        ) from error
    if clean_text(decoded.text).replaced:
        raise LinkError(f"{path} holds what no project can keep (NUL, or half a letter).", safe=SAFE)
    text, newline, _ = read_newlines(decoded.text)
    return FileText(text, sha_of(data), newline, decoded.bom, decoded.encoding)


def has_conflict(text: str) -> bool:
    """Whether git (or another) left both sides of a conflict in it, with their marks."""
    return "<<<<<<<" in text and _CONFLICT.search(text) is not None


def temporary_of(target: str, project: str) -> str:
    """Where the next text of a linked file is put before it takes the file's place."""
    folder, name = os.path.split(target)
    return os.path.join(folder, f".{name[:80]}.{project[:8]}.genko-new")


def write_temporary(target: str, temporary: str, data: bytes) -> None:
    """Write the next text beside the file, with the file's own mode, and make it durable. Raises OSError."""
    with contextlib.suppress(FileNotFoundError):
        os.unlink(temporary)
    descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with open(descriptor, "wb") as stream:
            stream.write(data)
            stream.flush()
            _take_after(target, stream.fileno())
            os.fsync(stream.fileno())
        _sync_folder_of(target)
    except BaseException:
        with contextlib.suppress(OSError):
            os.unlink(temporary)
        raise


def put_in_place(target: str, temporary: str) -> bytes | None:
    """Put the new text in the file's place; gives what stood there at that very moment, if it can be told.

    That stays beside the file until `let_go`. Raises OSError; then the file is as it was.
    """
    aside = _aside(temporary)
    let_go(temporary)
    kept = False
    with contextlib.suppress(OSError):  # some file systems know no hard links
        os.link(target, aside)
        kept = True
    os.replace(temporary, target)
    _sync_folder_of(target)
    return displaced_by(temporary) if kept else None


def displaced_by(temporary: str) -> bytes | None:
    """What the new text displaced, if that is still beside the file."""
    try:
        return Path(_aside(temporary)).read_bytes()
    except OSError:
        return None


def let_go(temporary: str) -> None:
    """What the new text displaced is in the project, or was known."""
    with contextlib.suppress(OSError):
        os.unlink(_aside(temporary))


def _aside(temporary: str) -> str:
    return f"{temporary.removesuffix('-new')}-old"


def _sync_folder_of(target: str) -> None:
    """Make a new name in the file's folder survive a power loss, where the system can."""
    with contextlib.suppress(OSError):
        sync_folder(Path(os.path.dirname(target) or "."))


def _take_after(target: str, descriptor: int) -> None:
    """The mode and owner of the file that is replaced, else those of any new file."""
    try:
        old = os.stat(target)
    except OSError:
        os.fchmod(descriptor, 0o666 & ~umask())
        return
    with contextlib.suppress(OSError):  # only root may give files away
        os.fchown(descriptor, old.st_uid, old.st_gid)
    os.fchmod(descriptor, stat.S_IMODE(old.st_mode))
