"""Looks at old universes: what lies under a path, or what was kept of an earlier import. Changes nothing."""

from __future__ import annotations

import contextlib
import os
import shutil
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from core.content import Fate
from core.drafts.bringing.coming import Coming, ComingPack
from core.drafts.bringing.planning import plan_universe
from core.drafts.errors import DraftError
from core.drafts.shelf import Drafts
from core.drafts.themes import Themes
from core.errors import GenkoError, IncomingError
from core.legacy.kept import Kept, kept_packages
from core.legacy.kept_list import is_safe
from core.legacy.magikswipe.media import Media
from core.legacy.magikswipe.report import All, read_universes
from core.media import MediaError
from core.media.asking import Asker
from core.media.kinds import largest
from core.media.signatures import HEAD, carried_kind
from core.paths import private_folder
from core.sizes import as_size
from core.work import Work

SYSTEM = "magikswipe"
HERE, IN_TRASH = "here", "in the trash"
_SHOWN = 6
_LAID = ".kept-"
_STALE = 86_400.0
"""Seconds after which kept files that are laid out are nobody's: their program was killed."""


@contextmanager
def look(
    source: Path, drafts: Drafts, themes: Themes, *, work: Work, decoded: bool = False
) -> Iterator[Coming]:
    """All universes under a folder, or of a database; reads every file of theirs to its end.

    `decoded`: pictures are tried too, as they will be when they are brought. A folder of `data/kept` is read
    as what it was made of; such files are there until the block ends. Raises IncomingError, DraftError if
    there is nothing to bring, StoppedError.
    """
    if not os.path.lexists(source):
        raise IncomingError(
            f"There is no {source.name or source} at this place.", safe="Nothing was changed."
        )
    kept = next((one for one in kept_packages(source.parent) if one.folder == source), None)
    if kept is not None:
        with _laid_out([kept], drafts.paths.data) as folder:
            yield _seen(folder, source.name, _Looker(drafts, themes, work, decoded))
    else:
        yield _seen(source, str(source), _Looker(drafts, themes, work, decoded))


@contextmanager
def look_at_database(
    address: str, media: Path | None, drafts: Drafts, themes: Themes, *, work: Work, decoded: bool = False
) -> Iterator[Coming]:
    """The same for a Postgres, whose buckets lie under `media`. Raises ServerError, without the address."""
    from core.legacy.magikswipe.report import read_database
    from core.legacy.mangaka.sources.database import conninfo_of, described

    conninfo = conninfo_of(address)
    everything = read_database(conninfo, media, work=work)
    yield _coming(everything, described(conninfo), _Looker(drafts, themes, work, decoded))


@contextmanager
def look_at_kept(drafts: Drafts, themes: Themes, *, work: Work, decoded: bool = False) -> Iterator[Coming]:
    """The same for all that earlier imports have kept for drafts. Raises DraftError if there is nothing."""
    kept = [one for one in kept_packages(drafts.paths.kept) if one.listing.system == SYSTEM]
    if not kept:
        raise DraftError(
            "No universe waits among what earlier imports have kept.",
            safe="Nothing was changed.",
            todo="Name a folder or a database: `genko drafts import PATH`.",
        )
    with _laid_out(kept, drafts.paths.data) as folder:
        yield _seen(folder, str(drafts.paths.kept), _Looker(drafts, themes, work, decoded))


class _Looker(NamedTuple):
    drafts: Drafts
    themes: Themes
    work: Work
    decoded: bool


def _seen(folder: Path, source: str, looker: _Looker) -> Coming:
    return _coming(read_universes(folder, work=looker.work), source, looker)


def _coming(everything: All, source: str, looker: _Looker) -> Coming:
    if looker.decoded:
        _try_media(everything, looker.work)
    packs = _known(everything, looker)
    if not packs:
        why = next((f" {row.where}: {row.why}" for row in everything.rows if row.fate is Fate.REFUSED), "")
        raise DraftError(
            f"There is no universe here that could be read.{why}",
            safe="Nothing was changed.",
            todo="Name a universe's folder, a folder of them, or the database.",
        )
    return Coming(source, packs, tuple(everything.rows), (*everything.notes, *_alike(packs)))


def _try_media(everything: All, work: Work) -> None:
    """Look at every file as bringing it will, pictures in another process; what is wrong is its trouble."""
    media = [file for universe in everything.universes for file in universe.media if not file.trouble]
    total, done = sum(file.size for file in media), 0
    told: dict[Path, str] = {}

    def check() -> None:
        work.step("Looking at pictures", done, total)

    with contextlib.closing(Asker(check)) as asker:
        for file in media:
            check()
            if why := _trouble(file, asker):
                told[file.path] = why
            done += file.size
    for universe in everything.universes if told else ():
        universe.media = [replace(file, trouble=told.get(file.path, file.trouble)) for file in universe.media]


def _trouble(file: Media, asker: Asker) -> str:
    """Why the media store will not take a file; empty if it will."""
    try:
        if file.kind == "image":
            asker.look(file.path, PurePosixPath(file.name).name)
            return ""
        with file.path.open("rb") as stream:
            carried = carried_kind(stream.read(HEAD))
    except MediaError as error:
        return error.what.rstrip(".")
    except OSError as error:
        return f"it can't be read ({error.strerror})"
    if not carried.startswith(file.kind):
        return "its bytes are no clip or music that is carried: MP4, WebM, MP3, Ogg or M4A"
    return f"it is larger than {as_size(largest(carried))}" if file.size > largest(carried) else ""


def _known(everything: All, looker: _Looker) -> tuple[ComingPack, ...]:
    """Each with whether it is here already, or twice in the source."""
    seen: dict[object, str] = {}
    packs: list[ComingPack] = []
    for universe in everything.universes:
        pack = plan_universe(universe, looker.themes)
        first = seen.setdefault(pack.draft_id, pack.where)
        packs.append(
            replace(pack, there=_there(pack, looker.drafts), same_as=first if first != pack.where else "")
        )
    return tuple(packs)


def _there(pack: ComingPack, drafts: Drafts) -> str:
    if not drafts.shelf.path_of(pack.draft_id).exists():
        return ""
    try:
        entry = drafts.entry(pack.draft_id)
    except GenkoError:
        return HERE  # it can't be read; that is no reason to write over it
    return IN_TRASH if entry.trashed_at is not None else HERE


def _alike(packs: tuple[ComingPack, ...]) -> Iterator[str]:
    """Spellings of one name in several places: said, and never merged."""
    by_slug: dict[str, list[ComingPack]] = defaultdict(list)
    for pack in packs:
        if not pack.same_as:
            by_slug[pack.slug].append(pack)
    for several in by_slug.values():
        if len(several) > 1:
            places = ", ".join(pack.where for pack in several[:_SHOWN])
            yield f"By their names these are one universe; each becomes a draft of its own: {places}."


@contextmanager
def _laid_out(packages: list[Kept], data: Path) -> Iterator[Path]:
    """Kept files under the names that they had, in a private folder that goes when it was read."""
    private_folder(data)
    for left in data.glob(f"{_LAID}*"):
        with contextlib.suppress(OSError):  # another program may take its own away just now
            if time.time() - left.lstat().st_mtime > _STALE:
                shutil.rmtree(left, ignore_errors=True)
    folder = Path(tempfile.mkdtemp(prefix=_LAID, dir=data))
    try:
        for number, kept in enumerate(packages):
            if not is_safe(kept.listing):
                raise IncomingError(
                    f"What {kept.folder.name} holds leads elsewhere.", safe="Nothing was read."
                )
            for file in kept.listing.files:
                target = folder / str(number) / file.name
                target.parent.mkdir(parents=True, exist_ok=True)
                _linked(kept.path_of(file), target)
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _linked(source: Path, target: Path) -> None:
    """Another name for the same bytes; a copy where the file system has no such thing."""
    try:
        os.link(source, target, follow_symlinks=False)
    except FileExistsError:
        return
    except OSError:
        shutil.copyfile(source, target, follow_symlinks=False)
