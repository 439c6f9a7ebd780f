"""Foreign data that has no place yet, kept whole: private copies under `data/kept`, named by their content.

A package is a folder `<system>-<digest>` with `files/<sha256>` and, written last, `kept.json`, which says
what each file was called. No name from outside ever becomes the name of a file of ours.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import shutil
import stat
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import BinaryIO, Protocol, runtime_checkable

import msgspec

from core.atomic import rename_new, sync_file, sync_folder
from core.errors import IncomingError
from core.legacy.kept_list import (
    FORMAT,
    LISTING,
    MOST_BYTES,
    MOST_FILES,
    NAME,
    SUM,
    KeptFile,
    Listing,
    digest_of,
    kept_name,
)
from core.legacy.values import ForeignError
from core.paths import private_folder
from core.work import Work

__all__ = [
    "Item",
    "KeepsItems",
    "Kept",
    "KeptFile",
    "Listing",
    "bring_back",
    "keep",
    "kept_name",
    "kept_packages",
    "remove",
    "sweep",
    "verify",
]

_PIECE = 1 << 20


@dataclass(frozen=True, slots=True)
class Item:
    """Something to be kept: a file, or bytes that were made of one (without its secrets, say)."""

    name: str
    """What it was called, with the folders it lay in."""
    source: Path | bytes


@runtime_checkable
class KeepsItems(Protocol):
    """A reader that says itself what of a source is to be kept; of all others the file itself is."""

    def items(self, source: Path, *, work: Work) -> Iterator[Item]:
        """What to keep. Raises GenkoError."""


@dataclass(frozen=True, slots=True)
class Kept:
    """A package that is whole."""

    folder: Path
    digest: str
    """Of the names and contents, in hex: the same data have the same."""
    listing: Listing
    is_new: bool = False
    """Whether it was made just now; undoing the import may then take it away."""

    @property
    def size(self) -> int:
        """Bytes of its files, each content once."""
        return sum({file.sha256: file.size for file in self.listing.files}.values())

    def path_of(self, file: KeptFile) -> Path:
        """Where its bytes are."""
        return self.folder / "files" / file.sha256


def keep(items: Iterable[Item], system: str, source: str, root: Path, *, work: Work, at: datetime) -> Kept:
    """Copy `items` into a package under `root`; one that is there already stays as it is.

    Raises ForeignError where there is no room or too much, IncomingError for what can't be read, OSError,
    StoppedError; then nothing new is there.
    """
    with _staging(root) as staging:
        files = tuple(_taken(items, staging / "files", work))
        listing = Listing(system=system, source=_shown(source), kept_at=_moment(at), files=files)
        return _settled(staging, root, listing)


def bring_back(
    listing: Listing,
    opened: Callable[[KeptFile], AbstractContextManager[BinaryIO]],
    root: Path,
    *,
    work: Work,
) -> Kept:
    """The package of a listing again, from wherever `opened` has its files; one that is there stays.

    Raises ForeignError for bytes that are others than the listing says, OSError, StoppedError; then nothing
    new is there.
    """
    there = _opened(root / kept_name(listing))
    if there is not None:
        return there
    with _staging(root) as staging:
        total, done = 0, set()
        for file in listing.files:
            if file.sha256 in done:
                continue
            with opened(file) as stream:
                found = _copied(stream, file.name, staging / "files", work, total)
            if (found.sha256, found.size) != (file.sha256, file.size):
                raise ForeignError(f"A kept file is other than its list says: {_shown(file.name)[:200]!a}.")
            total += found.size
            done.add(file.sha256)
        return _settled(staging, root, listing)


@contextlib.contextmanager
def _staging(root: Path) -> Iterator[Path]:
    """A folder that does not count, with `files` in it; gone at the end unless it was settled."""
    private_folder(root)
    staging = Path(tempfile.mkdtemp(prefix=".", suffix=".part", dir=root))
    try:
        (staging / "files").mkdir(mode=0o700)
        yield staging
    finally:
        shutil.rmtree(staging, ignore_errors=True)


def _settled(staging: Path, root: Path, listing: Listing) -> Kept:
    """Give a package its name, durably, unless it is there already."""
    target = root / kept_name(listing)
    there = _opened(target)
    if there is not None:
        return there
    _write(staging / LISTING, BytesIO(msgspec.json.encode(listing)))
    sync_folder(staging / "files")
    sync_folder(staging)
    while not rename_new(staging, target):
        if (there := _opened(target)) is not None:  # another program has just kept the same
            return there
        # without a listing that can be read: damaged, and put aside rather than lost
        target.rename(root / f".{target.name}-{os.urandom(4).hex()}.damaged")
    sync_folder(root)
    return Kept(target, digest_of(listing.files), listing, is_new=True)


def kept_packages(root: Path) -> list[Kept]:
    """All whole packages, by name. Their files are not read: see `verify`."""
    try:
        names = sorted(entry.name for entry in os.scandir(root) if NAME.match(entry.name))
    except OSError:
        return []
    found = (_opened(root / name) for name in names)
    return [kept for kept in found if kept is not None]


def verify(kept: Kept, *, work: Work) -> None:
    """Read every byte. Raises ForeignError naming the first file that is not what it was."""
    done = 0
    for file in kept.listing.files:
        work.step("Verifying", done, kept.size)
        try:
            with kept.path_of(file).open("rb") as stream:
                digest = hashlib.file_digest(stream, "sha256").hexdigest()
        except OSError as error:
            raise ForeignError(f"A kept file of {kept.folder.name} is missing: {file.name}.") from error
        if digest != file.sha256:
            raise ForeignError(f"A kept file of {kept.folder.name} is damaged: {file.name}.")
        done += file.size


def remove(kept: Kept) -> None:
    """Take a package away, the listing first, so that half a package is never taken for a whole one."""
    (kept.folder / LISTING).unlink(missing_ok=True)
    shutil.rmtree(kept.folder, ignore_errors=True)


def sweep(root: Path) -> None:
    """Take away what a program that was ended left half written. Only while no import runs."""
    with contextlib.suppress(OSError):
        for entry in os.scandir(root):
            if (
                entry.name.startswith(".")
                and entry.name.endswith(".part")
                and entry.is_dir(follow_symlinks=False)
            ):
                shutil.rmtree(entry.path, ignore_errors=True)


def _taken(items: Iterable[Item], folder: Path, work: Work) -> Iterator[KeptFile]:
    total = 0
    for count, item in enumerate(items):
        if count >= MOST_FILES:
            raise ForeignError(f"There are more than {MOST_FILES:,} files.", safe="Nothing was kept.")
        with _opened_item(item) as stream:
            file = _copied(stream, _shown(item.name), folder, work, total)
        total += file.size
        yield file


@contextlib.contextmanager
def _opened_item(item: Item) -> Iterator[BinaryIO]:
    if isinstance(item.source, bytes):
        yield BytesIO(item.source)
        return
    try:
        # A pipe must not hold us, and a link must not lead elsewhere.
        descriptor = os.open(item.source, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    except OSError as error:
        raise IncomingError(f"{item.source} can't be read: {error.strerror}.") from error
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        os.close(descriptor)
        raise IncomingError(f"{item.source} is no ordinary file.")
    with open(descriptor, "rb") as stream:
        yield stream


def _copied(stream: BinaryIO, name: str, folder: Path, work: Work, before: int) -> KeptFile:
    part = folder / "part"
    digest, size = hashlib.sha256(), 0
    with open(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as out:
        while piece := stream.read(_PIECE):
            work.step("Keeping", before + size, 0)
            size += len(piece)
            if before + size > MOST_BYTES:
                raise ForeignError(
                    f"There are more than {MOST_BYTES / 1e9:,.0f} GB.", safe="Nothing was kept."
                )
            digest.update(piece)
            out.write(piece)
        out.flush()
        sync_file(out.fileno())
    part.rename(folder / digest.hexdigest())
    return KeptFile(name, size, digest.hexdigest())


def _write(path: Path, stream: BinaryIO) -> None:
    with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as out:
        shutil.copyfileobj(stream, out)
        out.flush()
        sync_file(out.fileno())


def _opened(folder: Path) -> Kept | None:
    """The package in a folder, if its listing is whole and its files are there with their sizes."""
    try:
        listing = msgspec.json.decode((folder / LISTING).read_bytes(), type=Listing)
        if listing.format != FORMAT or listing.version != 1:
            return None
        for file in listing.files:
            if not SUM.match(file.sha256):
                return None
            if (folder / "files" / file.sha256).stat().st_size != file.size:
                return None
    except (OSError, msgspec.MsgspecError, UnicodeDecodeError):
        return None
    return Kept(folder, digest_of(listing.files), listing)


def _shown(name: str) -> str:
    """A name as text, whatever bytes it was made of."""
    return name.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")


def _moment(at: datetime) -> str:
    return at.astimezone(UTC).isoformat()
