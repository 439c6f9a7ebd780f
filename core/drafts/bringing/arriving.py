"""Brings universes into new drafts: the media first, then the document, in one step that counts."""

from __future__ import annotations

import contextlib
import shutil
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

from core.drafts.bringing.coming import Coming, ComingFile, ComingPack
from core.drafts.bringing.making import make_store
from core.drafts.entry import DraftEntry
from core.drafts.errors import DraftError
from core.drafts.kinds import MIME_OF
from core.drafts.shelf import Drafts
from core.drafts.slugs import free_slug
from core.drafts.themes import Themes
from core.media import MediaError, MediaFolderError, MediaStore, Picture
from core.media.asking import Asker
from core.work import Work


@dataclass(frozen=True)
class Brought:
    """What became of one universe."""

    pack: ComingPack
    entry: DraftEntry | None = None
    """The new draft; None where nothing was done."""
    refused: tuple[tuple[str, str], ...] = ()
    """(file, why) of media that were not taken."""

    @property
    def sentence(self) -> str:
        """What happened, for people."""
        if self.entry is not None:
            return f"“{self.entry.name}” is a new draft: {self.entry.slug}."
        if self.pack.same_as:
            return f"Nothing was done: {self.pack.same_as} holds exactly the same."
        if self.pack.there == "in the trash":
            return "Nothing was done: this very universe was brought before; its draft is in the trash."
        return "Nothing was done: this very universe was brought before."


def bring(
    coming: Coming, drafts: Drafts, themes: Themes, *, work: Work, only: Iterable[UUID] | None = None
) -> list[Brought]:
    """Make a draft of each new universe, one after another; `only`: of these.

    What is here already stays as it is. Raises MediaFolderError, JournalError where the disk takes no more,
    and StoppedError: universes that were done before that are there, whole; of the one meant nothing is.
    """
    wanted = None if only is None else set(only)
    return [
        _bring(pack, drafts, themes, work) if pack.is_new else Brought(pack)
        for pack in coming.packs
        if wanted is None or pack.draft_id in wanted
    ]


def _bring(pack: ComingPack, drafts: Drafts, themes: Themes, work: Work) -> Brought:
    folder = drafts.shelf.media_of(pack.draft_id)
    drafts.shelf.make_folder()
    try:
        pictures, refused = _take(pack, MediaStore(folder), work)
        with drafts.slugs() as taken:
            store = make_store(pack, free_slug(pack.slug, taken), pictures, themes, datetime.now(UTC))
            if drafts.shelf.path_of(pack.draft_id).exists():
                raise DraftError(
                    "Another program has just brought this universe.", safe="It is there, whole."
                )
            drafts.shelf.adopt(store)
    except BaseException:
        if not drafts.shelf.path_of(pack.draft_id).exists():  # else it is another program's, with its media
            shutil.rmtree(folder, ignore_errors=True)
        raise
    return Brought(pack, drafts.entry(pack.draft_id), tuple(refused))


def _take(
    pack: ComingPack, media: MediaStore, work: Work
) -> tuple[dict[str, Picture], list[tuple[str, str]]]:
    """The files of concepts and songs in the media store, by SHA-256, and those that are refused."""
    wanted = _wanted(pack)
    total, done = sum(file.size for file in wanted.values()), 0
    taken: dict[str, Picture] = {}
    refused: list[tuple[str, str]] = []

    def check() -> None:
        work.step(f"Bringing {pack.slug}", done, total)

    with contextlib.closing(Asker(check)) as asker:
        for file in wanted.values():
            check()
            try:
                picture = media.add_with(asker, file.path, {}, check)
            except MediaFolderError:
                raise
            except MediaError as error:
                refused.append((file.name, error.what))
            else:
                if picture.sha != file.sha256:
                    refused.append((file.name, "It was changed since it was looked at."))
                elif not picture.mime.startswith(MIME_OF[file.medium]):
                    refused.append((file.name, f"It is {picture.mime}, and not what it is named for."))
                else:
                    taken[picture.sha] = picture
            done += file.size
    return taken, refused


def _wanted(pack: ComingPack) -> dict[str, ComingFile]:
    """Each content once, by SHA-256."""
    files = [file for asset in pack.assets for file in (*asset.images, *asset.clips)]
    files += [song.file for song in pack.songs if song.file is not None]
    return {file.sha256: file for file in reversed(files)}
