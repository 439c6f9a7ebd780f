"""A project linked to a plain file: what is remembered of the file, and how a link is made and ended.

All of it stands in the project's journal on this machine, under two facts: `link` says what file and
script last agreed on, `link_intent` what is about to be written. The intent is durable before the file
is touched, and its temporary file is gone once it has taken the file's place: after a crash at any
moment it is certain which text the file was made of.
"""

from __future__ import annotations

import base64
import fcntl
import os
import time
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from uuid import UUID

import msgspec

from core.paths import Paths, private_folder
from core.story import Frontier
from core.workspace.linkfile import SAFE, FileText, LinkError

LINK, INTENT = "link", "link_intent"
LOCK_SECONDS = 10.0


class Link(msgspec.Struct, frozen=True):
    """What file and script last agreed on."""

    path: str
    """As it was named, absolute; symbolic links are followed each time."""
    sha: str = ""
    """Of the file's bytes; empty while they never agreed."""
    encoding: str = "utf-8"
    newline: str = "lf"
    bom: bool = False
    frontier: str = ""
    """A point of the script's history at which it said what the file says; base64."""
    text: str = ""
    """The file's text where no such point exists; compressed, base64."""

    @property
    def target(self) -> str:
        """The file itself."""
        return os.path.realpath(self.path)

    def agreed(self, sha: str, frontier: Frontier) -> Link:
        """File and script say the same at `frontier`."""
        return msgspec.structs.replace(self, sha=sha, frontier=base64.b64encode(frontier).decode(), text="")

    def came(self, found: FileText) -> Link:
        """The file's text is in the script, among words that are not in the file."""
        packed = base64.b64encode(zlib.compress(found.text.encode(), 6)).decode()
        return msgspec.structs.replace(self.like(found), sha=found.sha, frontier="", text=packed)

    def like(self, found: FileText) -> Link:
        """Written from now on as this file is."""
        return msgspec.structs.replace(self, encoding=found.encoding, newline=found.newline, bom=found.bom)

    def base_frontier(self) -> Frontier:
        """Where in the history the text of the file stands."""
        return Frontier(base64.b64decode(self.frontier))

    def base_text(self) -> str | None:
        """The text of the file, if it is kept here."""
        return zlib.decompress(base64.b64decode(self.text)).decode() if self.text else None


class Intent(msgspec.Struct, frozen=True):
    """What is about to take the file's place."""

    sha: str
    frontier: str
    temporary: str


def read_link(facts: str | None) -> Link | None:
    """A link from its fact; None without one, or when it can't be read."""
    if not facts:
        return None
    try:
        return msgspec.json.decode(facts, type=Link)
    except msgspec.MsgspecError:
        return None


def read_intent(facts: str | None) -> Intent | None:
    """An intent from its fact."""
    if not facts:
        return None
    try:
        return msgspec.json.decode(facts, type=Intent)
    except msgspec.MsgspecError:
        return None


def written(value: Link | Intent) -> str:
    """A link or an intent as a fact."""
    return msgspec.json.encode(value).decode()


def settled(link: Link, intent: Intent | None, sha: str | None) -> Link:
    """What the file was last made of, after whatever ended the program; `sha` is the file's now."""
    if intent is None or (sha != intent.sha and os.path.lexists(intent.temporary)):
        return link
    try:
        return link.agreed(intent.sha, Frontier(base64.b64decode(intent.frontier)))
    except ValueError:
        return link


@contextmanager
def link_lock(paths: Paths, name: str) -> Iterator[None]:
    """One program at a time compares and writes a linked file. Raises LinkError when that takes too long."""
    try:
        folder = private_folder(paths.state / "links")
        descriptor = os.open(folder / f"{name}.lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    except OSError as error:
        raise LinkError(f"The linked file can't be looked after ({error.strerror}).", safe=SAFE) from error
    try:
        _take(descriptor)
        yield
    finally:
        os.close(descriptor)


def _take(descriptor: int) -> None:
    end = time.monotonic() + LOCK_SECONDS
    while True:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            if time.monotonic() > end:
                raise LinkError(
                    "Another program is busy with the linked file.", safe=SAFE, todo="Try again."
                ) from error
            time.sleep(0.02)
        else:
            return


def owner_of(path: Path, links: Mapping[UUID, Link]) -> UUID | None:
    """The project that is linked to this very file, by whatever name."""
    wanted = os.path.realpath(path)
    stamp = _stamp(wanted)
    for project_id, link in links.items():
        if link.target == wanted:
            return project_id
        if stamp is not None and (other := _stamp(link.target)) and other == stamp:
            return project_id
    return None


def _stamp(path: str) -> tuple[int, int] | None:
    try:
        found = os.stat(path)
    except OSError:
        return None
    return found.st_dev, found.st_ino
