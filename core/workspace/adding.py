"""Pictures of a project that is not open: adding files, and which there are, are lacking, are used."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from core.media import Added, MediaStore, Picture, add_all, known_pictures, name_pictures, used
from core.story import ProjectStore, Section
from core.workspace.entry import ShelfEntry
from core.workspace.shelf import Shelf


@dataclass(frozen=True)
class KeptPicture:
    """One picture that the document names."""

    picture: Picture
    places: tuple[str, ...]
    """Names of the records that have it; empty for one that nobody uses now."""
    path: Path | None
    """Its file, if it is on this machine."""
    damaged: bool
    """The file is here, and holds other bytes than it should."""


def pictures_of(shelf: Shelf, project: ShelfEntry, store: ProjectStore) -> list[KeptPicture]:
    """Every picture of a project, every file read and compared with its checksum. Blocks."""
    media = media_store(shelf, project)
    places = used(store)
    found = []
    for sha, picture in known_pictures(store).items():
        path = media.path(sha)
        sound = path is not None and media.verify(sha)
        names = tuple(_name(store, *place) for place in places.get(sha, ()))
        found.append(KeptPicture(picture, names, path, damaged=path is not None and not sound))
    return found


def add_pictures(
    shelf: Shelf,
    project: ShelfEntry,
    paths: Iterable[Path],
    *,
    progress: Callable[[int, int, str], None] = lambda done, total, name: None,
    cancelled: threading.Event | None = None,
) -> Added:
    """Add files, and those of folders, to a project, and name them in its document; see `add_all`.

    Raises JournalError. What was added before a failure is named all the same.
    """
    with shelf.edited(project.project_id) as store:
        known = known_pictures(store)
        media = media_store(shelf, project)
        added = add_all(media, paths, known=known, progress=progress, cancelled=cancelled)
        name_pictures(store, (picture for picture in added.pictures if picture.sha not in known))
        return added


def media_store(shelf: Shelf, project: ShelfEntry) -> MediaStore:
    """The pictures of a project of the shelf."""
    return MediaStore(shelf.media_of(project.project_id), shelf.paths.state / "thumbnails")


def _name(store: ProjectStore, section: Section, record_id: str) -> str:
    record = store.record(section, record_id)
    return str(getattr(record, "name", "") or getattr(record, "title", "") or record_id)
