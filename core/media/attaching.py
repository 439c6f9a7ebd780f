"""Which pictures the document names: marks say what a picture is, records say where it is used."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from core.errors import DocumentError
from core.media.kinds import Picture, is_sha
from core.story import RECORD_SECTIONS, Section

if TYPE_CHECKING:
    from core.story import AnyRecord, ProjectStore
    from core.story.readings import Readings

MARK_KIND = "picture"
_IN_PANEL = ":picture"
"""How the key of a panel's picture ends: `panel:<panel>:picture`."""


def known_pictures(readings: Readings) -> dict[str, Picture]:
    """Every picture that was ever put into the project, by its SHA-256, with its facts."""
    found = (Picture.from_mark(sha, value) for sha, value in readings.marks(MARK_KIND).items())
    return {picture.sha: picture for picture in found if picture is not None}


def known_picture(readings: Readings, sha: str) -> Picture | None:
    """One picture's facts, from the document itself; None if it names none such."""
    return Picture.from_mark(sha, readings.mark(MARK_KIND, sha))


def used(readings: Readings) -> dict[str, list[tuple[Section, str]]]:
    """Where each picture is used: section and id of the records, those in the trash among them."""
    places: dict[str, list[tuple[Section, str]]] = {}
    for section in RECORD_SECTIONS:
        for record in readings.all_records(section):
            for sha in dict.fromkeys(_of_record(record)):
                places.setdefault(sha, []).append((section, record.id))
    return places


def unused(readings: Readings) -> list[Picture]:
    """Pictures that no record has now. They are kept: undo and older versions may want them."""
    places = used(readings)
    return [picture for sha, picture in known_pictures(readings).items() if sha not in places]


def name_pictures(store: ProjectStore, pictures: Iterable[Picture]) -> None:
    """Note in the document what these pictures are. That they are here is no step that could be undone."""
    store.set_marks(MARK_KIND, {picture.sha: picture.as_mark() for picture in pictures}, undoable=False)


def attach(
    store: ProjectStore,
    section: Section,
    record_id: str,
    pictures: Sequence[Picture],
    index: int | None = None,
) -> int:
    """Give a record these pictures from place `index` on (the end if None), as one undo step.

    Those it has already stay where they are. Gives how many are new to it. DocumentError if there is
    no such record.
    """
    before = _pictures_of(store, section, record_id)
    new = {picture.sha: picture for picture in pictures if picture.sha not in before}
    store.checkpoint()
    name_pictures(store, (one for one in pictures if known_picture(store, one.sha) is None))
    if new:
        at = len(before) if index is None else min(max(index, 0), len(before))
        _write(store, section, record_id, [*before[:at], *new, *before[at:]])
    store.checkpoint()
    return len(new)


def detach(store: ProjectStore, section: Section, record_id: str, sha: str) -> bool:
    """Take a picture from a record, as one undo step; the file is kept. False if it had none such."""
    before = _pictures_of(store, section, record_id)
    if sha not in before:
        return False
    store.checkpoint()
    _write(store, section, record_id, [other for other in before if other != sha])
    store.checkpoint()
    return True


def move_picture(store: ProjectStore, section: Section, record_id: str, sha: str, index: int) -> bool:
    """Make a picture the `index`-th of its record, as one undo step; the first stands for the record."""
    before = _pictures_of(store, section, record_id)
    if sha not in before:
        return False
    rest = [other for other in before if other != sha]
    at = min(max(index, 0), len(rest))
    after = [*rest[:at], sha, *rest[at:]]
    if after == before:
        return False
    store.checkpoint()
    _write(store, section, record_id, after)
    store.checkpoint()
    return True


def _write(store: ProjectStore, section: Section, record_id: str, pictures: list[str]) -> None:
    store.update_record(section, record_id, pictures=pictures)


def _pictures_of(store: ProjectStore, section: Section, record_id: str) -> list[str]:
    record = store.record(section, record_id)
    if record is None:
        raise DocumentError("There is no such record.", safe="Nothing was changed.")
    return list(dict.fromkeys(record.pictures))


def _of_record(record: AnyRecord) -> Iterable[str]:
    from core.story import Attempt  # a type of drafts, which a project is opened without

    yield from record.pictures
    if isinstance(record, Attempt) and is_sha(record.output):
        yield record.output
    for key, value in record.extra.items():
        if key.endswith(_IN_PANEL) and isinstance(value, str) and is_sha(value):
            yield value
