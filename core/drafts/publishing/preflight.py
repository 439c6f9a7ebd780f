"""What publishing would do, before anything is done: what is missing, what changes, how much is sent."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from core.drafts.kinds import THINGS
from core.drafts.publishing import sql
from core.drafts.publishing.comparing import Changes, compare
from core.drafts.publishing.manifest import Entry, Manifest
from core.drafts.publishing.naming import stored_name
from core.drafts.publishing.reading import manifest_of, one_moment, pack_row
from core.drafts.publishing.taking import Taken
from core.placeholders import ALLOWED, check, looks_unfilled
from core.server.faults import translated
from core.work import Work

if TYPE_CHECKING:
    from core.media import MediaStore
    from core.server import Server

LARGEST_PACK = 50_000_000_000
"""Bytes of all files of a pack."""
LOOKING = "looking through media"


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that is not as it should be."""

    what: str
    """In a sentence."""
    asset: str = ""
    """The id of the asset that it is about; empty: the pack."""
    kind: str = ""
    """picture, file, name, names, placeholder, slug, size, other."""


@dataclass(frozen=True)
class Preflight:
    """Everything that publishing needs; it stays true until draft or server change, which is noticed."""

    taken: Taken
    request: UUID
    """What is published with this preflight, however often it is sent, is published once."""
    problems: tuple[Problem, ...]
    """Nothing is published while there are any."""
    missing: tuple[Problem, ...]
    """What a reader would miss. It is published without them only when that is said."""
    notes: tuple[Problem, ...]
    """What may be meant."""
    changes: Changes
    bytes: int
    """Of all files."""
    new_bytes: int
    """Of those that no revision names yet."""
    expected_revision: int
    """The last revision on the server; 0: none."""
    shown_revision: int | None
    public_now: bool | None
    """Whether others see what is published now; None: nothing is."""
    server_id: UUID
    """Which server was asked."""

    @property
    def manifest(self) -> Manifest:
        """What would be published."""
        return self.taken.manifest

    @property
    def ready(self) -> bool:
        """Whether it can be published as it is."""
        return not self.problems and not self.missing

    @property
    def unchanged(self) -> bool:
        """Whether the same is published already."""
        return not self.changes and self.public_now == self.taken.public


def preflight(
    taken: Taken, media: MediaStore, server: Server, work: Work | None = None, *, request: UUID | None = None
) -> Preflight:
    """Look at everything; changes nothing. Call it from a worker: files are read and hashed.

    Raises ServerUnreachable, ServerError, StoppedError.
    """
    work = work or Work()
    damaged = frozenset(_damaged(taken, media, work))
    server_id = server.start().server_id
    manifest = taken.manifest
    with server.connect() as connection, translated(), one_moment(connection):
        found = pack_row(connection, manifest.pack)
        shown = found.shown if found is not None else None
        before = manifest_of(connection, manifest.pack, shown) if shown is not None else None
        taken_slug = connection.execute(sql.SLUG_OF_OTHER, [manifest.slug, manifest.pack]).fetchone()
        shas = [bytes.fromhex(sha) for sha in manifest.files()]
        named = {row[0] for row in connection.execute(sql.NAMED_MEDIA, [shas])}
    files = manifest.files().values()
    problems = [*_problems(manifest, damaged), *_slug_problem(taken_slug is not None)]
    return Preflight(
        taken=taken,
        request=request or uuid.uuid4(),
        problems=tuple(problems),
        missing=tuple(_missing(taken)),
        notes=tuple(_notes(manifest)),
        changes=compare(before, manifest),
        bytes=sum(file.size for file in files),
        new_bytes=sum(file.size for file in files if file.sha256 not in named),
        expected_revision=found.revision if found is not None else 0,
        shown_revision=shown,
        public_now=found.is_public if found is not None and shown is not None else None,
        server_id=server_id,
    )


def _damaged(taken: Taken, media: MediaStore, work: Work) -> Iterator[str]:
    """Files that are not what their names promise."""
    files = taken.manifest.files()
    total, done = sum(file.size for file in files.values()), 0
    for sha, file in files.items():
        work.step(LOOKING, done, total)
        if not media.verify(sha, taken.files.get(sha)):
            yield sha
        done += file.size
    work.step(LOOKING, total, total)


def _problems(manifest: Manifest, damaged: frozenset[str]) -> Iterator[Problem]:
    if not manifest.assets:
        yield Problem("There are no assets to publish.", kind="other")
    for entry in manifest.assets:
        for file in (entry.image, entry.clip, entry.music):
            if file is not None and file.sha256 in damaged:
                yield Problem("Its file was altered on this machine.", entry.id, "file")
            elif file is not None and stored_name(file).endswith(".bin"):
                yield Problem("Its file is of no kind that can be published.", entry.id, "file")
        if not entry.name:
            yield Problem("It has no name.", entry.id, "name")
    for medium, text in manifest.prompts.items():
        for found in check(text, ALLOWED[medium]):
            yield Problem(f"The prompt for {THINGS[medium]}: {found.sentence}", kind="placeholder")
    size = sum(file.size for file in manifest.files().values())
    if size > LARGEST_PACK:
        yield Problem("All files together are larger than a pack may be.", kind="size")
    for song in manifest.songs:
        if song.file is not None and song.file.sha256 in damaged:
            yield Problem(f"The music for {song.language} was altered on this machine.", kind="file")


def _slug_problem(taken: bool) -> Iterator[Problem]:
    if taken:
        yield Problem("Another published pack has the same slug.", kind="slug")


def _missing(taken: Taken) -> Iterator[Problem]:
    for one in taken.lacking:
        if one.gone:
            yield Problem(
                f"The {_ONE[one.medium]} that was accepted is not here any more.", one.asset, "file"
            )
        else:
            yield Problem("No picture is accepted.", one.asset, "picture")


_ONE = {"image": "picture", "clip": "clip", "music": "music"}


def _notes(manifest: Manifest) -> Iterator[Problem]:
    for entry in manifest.assets:
        lacking = [code for code in manifest.languages if code not in entry.names]
        if lacking:
            yield Problem(f"It has no name in {', '.join(lacking)}.", entry.id, "names")
        yield from _unfilled(entry)
    lacking = [code for code in manifest.languages if code not in manifest.names]
    if lacking:
        yield Problem(f"The pack has no name in {', '.join(lacking)}.", kind="names")


def _unfilled(entry: Entry) -> Iterator[Problem]:
    for medium, making in entry.making.items():
        if looks_unfilled(making.prompt):
            what = f"The prompt that its {_ONE[medium]} was made from has a place that nothing filled."
            yield Problem(what, entry.id, "placeholder")
