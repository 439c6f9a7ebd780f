"""Pictures that come along: each checked against its name, and on the disk before the document names it."""

from __future__ import annotations

import msgspec

from core.backup.importing.applying.running import Run
from core.backup.importing.reading.given import Source
from core.backup.plan import Item, Outcome, ProjectPlan
from core.content import Content, Picture
from core.media import MediaError, MediaFolderError, MediaStore, is_sha, known_pictures
from core.media import Picture as KnownPicture
from core.media.kinds import SUFFIXES
from core.story import ProjectStore

_PIECE = 1 << 18
NOT_THERE = "its file is not in what is imported"


def take_pictures(
    run: Run, source: Source, content: Content, planned: ProjectPlan, store: ProjectStore
) -> ProjectPlan:
    """Put the files that are lacking into the project's folder; the plan, with what has become of each.

    A picture whose bytes are others than its name says is refused, and the rest goes on. Raises
    MediaFolderError when the disk takes nothing; files that are there by then do no harm.
    """
    if not content.pictures:
        return planned
    media = MediaStore(run.shelf.home_of(store).media_of(store.project_id))
    facts = known_pictures(store)
    found: dict[str, Item] = {}
    for at, picture in enumerate(content.pictures):
        run.work.step("bringing pictures", at, len(content.pictures), "pictures")
        found[f"media:{picture.sha256}"] = _take(source, media, picture, facts.get(picture.sha256))
    items = [found.pop(item.id, item) for item in planned.items]
    return msgspec.structs.replace(planned, items=(*items, *found.values()))


def _take(source: Source, media: MediaStore, picture: Picture, known: KnownPicture | None) -> Item:
    item = Item(f"media:{picture.sha256}", "media", picture.name or picture.sha256[:12], Outcome.CREATE)
    if media.verify(picture.sha256):
        return msgspec.structs.replace(item, outcome=Outcome.SAME)
    mime = known.mime if known is not None else picture.mime
    opened = source.picture(picture.sha256) if is_sha(picture.sha256) and mime in SUFFIXES else None
    if opened is None:
        return msgspec.structs.replace(item, outcome=Outcome.REFUSED, detail=NOT_THERE)
    wanted = KnownPicture(picture.sha256, mime, 0, 0, picture.size, picture.name)
    try:
        with opened as stream, media.receiving(wanted) as incoming:
            for piece in iter(lambda: stream.read(_PIECE), b""):
                incoming.write(piece)
            incoming.finish()
    except MediaFolderError:
        raise
    except MediaError:
        said = "its bytes are others than its name promises"
        return msgspec.structs.replace(item, outcome=Outcome.REFUSED, detail=said)
    return item
