"""Lists of records are searched, sorted and filtered as people expect."""

from __future__ import annotations

import pytest

from core.bible import arrange, values_of
from core.story.records import Background, Character, Scene
from tests.bible.people import person

PEOPLE: list[Character] = [
    person("Élodie", role="Hero", tags=("north", "Crew")),
    person("Guard 10", role="extra"),
    person("guard 2", role="EXTRA", description="Knows Élodie's château."),
    person("Mara", "The Captain", role="hero", tags=("crew",), relationships={"x": "rival"}),
]


def names(**wanted: object) -> list[str]:
    return [one.name for one in arrange(PEOPLE, **wanted)]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("search", "expected"),
    [
        ("", ["Élodie", "Guard 10", "guard 2", "Mara"]),
        ("ELODIE", ["Élodie", "guard 2"]),
        ("chateau knows", ["guard 2"]),
        ("captain", ["Mara"]),
        ("rival", ["Mara"]),
        ("guard mara", []),
        ("(.*", []),
    ],
)
def test_search(search: str, expected: list[str]) -> None:
    assert names(search=search) == expected


def test_sort() -> None:
    assert names(sort="name") == ["Élodie", "guard 2", "Guard 10", "Mara"]
    assert names(sort="name", backwards=True) == ["Mara", "Guard 10", "guard 2", "Élodie"]
    assert names(sort="tags") == ["Mara", "Élodie", "Guard 10", "guard 2"]
    lines = {PEOPLE[3].id: 5.0, PEOPLE[1].id: 7.0}
    assert names(sort="figures", figures=lines) == ["Guard 10", "Mara", "Élodie", "guard 2"]
    scenes = [Scene(id="1", title="B"), Scene(id="2", name="a")]
    assert [one.id for one in arrange(scenes, sort="name")] == ["2", "1"]


def test_filter() -> None:
    assert names(filters={"role": ["hero"]}) == ["Élodie", "Mara"]
    assert names(filters={"role": ["HERO"], "tags": ["north"]}) == ["Élodie"]
    assert names(filters={"tags": [""]}) == ["Guard 10", "guard 2"]
    assert names(filters={"tags": []}) == names()
    assert names(filters={"nothing": ["x"]}) == []


def test_the_values_that_can_be_filtered_by() -> None:
    assert values_of(PEOPLE, "role") == [("extra", 2), ("Hero", 2)]
    assert values_of(PEOPLE, "tags") == [("Crew", 2), ("north", 1), ("", 2)]
    odd = [Background(id="1", name="x", extra={"type": 5, "floor": 3})]
    assert values_of(odd, "kind") == [("", 1)]
    assert values_of(odd, "floor") == [("3", 1)]
