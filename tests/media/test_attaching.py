"""Pictures in the document: one undo step each, nothing forgotten, nothing believed that is nonsense."""

from __future__ import annotations

import pytest

from core.errors import DocumentError
from core.media import (
    Picture,
    attach,
    detach,
    known_pictures,
    move_picture,
    name_pictures,
    unused,
    used,
)
from core.story import ProjectStore, Section
from core.workspace.pictures import NamedPictures

PEOPLE = Section.CHARACTERS


def picture(number: int) -> Picture:
    """Some picture's facts."""
    return Picture(f"{number:064x}", "image/png", 10, 20, 300, f"{number}.png")


ONE, TWO, THREE = (picture(number).sha for number in (1, 2, 3))


@pytest.fixture
def store() -> ProjectStore:
    """A project with a character `akira`."""
    store = ProjectStore.create(title="Night")
    store.add_record(PEOPLE, record_id="akira", name="Akira")
    store.checkpoint()
    return store


def pictures(store: ProjectStore) -> tuple[str, ...]:
    record = store.record(PEOPLE, "akira")
    assert record is not None
    return record.pictures


def test_attaching_reordering_and_detaching_are_a_step_each_and_the_facts_stay(store: ProjectStore) -> None:
    assert attach(store, PEOPLE, "akira", [picture(1), picture(2), picture(1)]) == 2
    assert attach(store, PEOPLE, "akira", [picture(3), picture(1)], index=1) == 1
    assert pictures(store) == (ONE, THREE, TWO)
    assert move_picture(store, PEOPLE, "akira", TWO, 0)
    assert not move_picture(store, PEOPLE, "akira", TWO, 0)
    assert pictures(store) == (TWO, ONE, THREE)
    assert detach(store, PEOPLE, "akira", ONE)
    assert not detach(store, PEOPLE, "akira", ONE)
    assert [p.sha for p in unused(store)] == [ONE]
    seen = []
    while store.undo():
        record = store.record(PEOPLE, "akira")
        seen.append(record.pictures if record is not None else None)
    assert seen == [(TWO, ONE, THREE), (ONE, THREE, TWO), (ONE, TWO), (), None]
    assert set(known_pictures(store)) == {ONE, TWO, THREE}  # the files are here, whatever is undone
    while store.redo():
        pass
    assert pictures(store) == (TWO, THREE)
    with pytest.raises(DocumentError):
        attach(store, PEOPLE, "nobody", [picture(1)])


def test_pictures_of_the_trash_and_of_panels_are_in_use(store: ProjectStore) -> None:
    attach(store, PEOPLE, "akira", [picture(1)])
    name_pictures(store, [picture(2), picture(3)])
    page = store.add_record(Section.ASSEMBLY, title="1")
    store.update_record(Section.ASSEMBLY, page, **{"panel:1:5:picture": TWO})
    store.update_record(PEOPLE, "akira", trashed_at="2026-01-01T00:00:00Z")
    assert set(used(store)) == {ONE, TWO}
    assert [p.sha for p in unused(store)] == [THREE]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("../../etc/passwd", picture(1).as_mark()),
        (ONE.upper().replace("0", "A"), picture(1).as_mark()),
        (ONE, "a word"),
        (ONE, {**picture(1).as_mark(), "mime": "image/svg+xml"}),
        (ONE, {**picture(1).as_mark(), "size": 1 << 40}),
        (ONE, {**picture(1).as_mark(), "width": True}),
        (ONE, {**picture(1).as_mark(), "name": None}),
    ],
)
def test_a_mark_of_somebody_elses_that_makes_no_sense_is_no_picture(
    store: ProjectStore, name: str, value: object
) -> None:
    store.set_mark("picture", name, value)  # type: ignore[arg-type]
    assert known_pictures(store) == {}
    name_pictures(store, [picture(1)])
    assert known_pictures(store)[ONE] == picture(1)


def test_thousands_are_read_bit_by_bit_and_followed(store: ProjectStore) -> None:
    name_pictures(store, map(picture, range(1, 600)))
    named = NamedPictures(store)
    store.subscribe(None, named.changed)
    told: list[int] = []
    assert not named.advance(0)
    named.when_known(lambda known: told.append(len(known)))
    while not named.advance(0):
        assert told == []
    assert told == [599]
    name_pictures(store, [picture(700)])
    assert len(named.known) == 600
    store.set_mark("picture", ONE, None)
    assert ONE not in named.known
