"""Whatever another program wrote into records, everything that is asked of the bible is answered."""

from __future__ import annotations

import json
from xml.etree import ElementTree

import pytest

from core.bible import (
    Cast,
    Presence,
    RelationMap,
    SceneNames,
    ScenePages,
    arrange,
    as_json,
    link_scene,
    merge_characters,
    place_of_pages,
    places_of,
    relate,
    values_of,
)
from core.media import Picture, attach, detach, used
from core.script import Script
from core.story import ProjectStore, Section
from core.story.records import columns_of

VALUES: tuple[object, ...] = (True, -1e308, "", "x" * 2_000, ["a", 5, None], {"a": 5}, [{}], "\n\x01<&", "İß")
SCRIPT = """\
PAGE 1

PANEL 1
Mara walks.
MARA: Hi.

PAGE 2

PANEL 1
INT. KITCHEN - NIGHT
TOM (off): Yes.
"""
SECTIONS = (Section.CHARACTERS, Section.BACKGROUNDS, Section.SCENES)


@pytest.fixture(scope="module")
def store() -> ProjectStore:
    made = ProjectStore.create(title="\x01 & <b>")
    made.splice(0, 0, SCRIPT)
    for section in SECTIONS:
        records: dict[str, dict[str, object]] = {}
        for column in columns_of(section).values():
            for at, value in enumerate(VALUES):
                records[f"{section.value} {column.key} {at}"] = {"name": "Mara", column.key: value}
        made.change_records(section, records)
    return made


def test_everything_is_answered(store: ProjectStore) -> None:
    script = Script(store.text, names=store.names()).complete()
    people, scenes = store.characters(), store.scenes()
    presence = Presence(script, Cast(people)).complete()
    places = places_of(presence.reader, store.backgrounds())
    names, spans = SceneNames(store), ScenePages(store, script)
    told: list[object] = [as_json.missing_json(presence), as_json.missing_places_json(places)]
    told += [as_json.character_json(one, presence.of(one.id)) for one in people]
    told += [as_json.background_json(one, places.uses[one.id]) for one in store.backgrounds()]
    for one in scenes:
        span = spans.settled(one)
        pages = place_of_pages(script, span)
        told.append(as_json.scene_json(one, span, pages, names.people(one), names.places(one)))
    assert json.loads(json.dumps(told)) == told
    assert presence.of(people[0].id).lines == 1, "the first Mara has her line"
    for field in ("name", "aliases", "relationships", "metadata", "colour", "nothing"):
        assert sum(count for _, count in values_of(people, field)) >= len(people)
        assert (
            len(arrange(people, sort=field, search="mara")) <= len(arrange(people, sort=field)) == len(people)
        )


def test_the_map_is_drawn_and_is_xml(store: ProjectStore) -> None:
    drawn = RelationMap(store.characters(), store.former_names(Section.CHARACTERS))
    assert len(drawn.text(40, 12)) == 12
    assert ElementTree.fromstring(drawn.svg(store.meta.title)).tag.endswith("svg")


def test_what_is_not_as_it_should_be_is_written_over_and_comes_back(store: ProjectStore) -> None:
    other = ProjectStore.load(store.project_id, [store.snapshot()])
    script = Script(other.text).complete()
    picture = Picture("a" * 64, "image/png", 2, 2, 10, "a.png")
    odd = [one for one in other.characters() if "pictures" in one.extra or "relationships" in one.extra]
    assert len(odd) >= 10, "the control: there are such records"
    for one in odd[::3]:
        assert attach(other, Section.CHARACTERS, one.id, [picture]) == 1
        assert (Section.CHARACTERS, one.id) in used(other)[picture.sha]
        assert detach(other, Section.CHARACTERS, one.id, picture.sha)
        relate(other, one.id, other.characters()[0].id, "friend", "friend")
        for _ in range(3):
            assert other.undo()
        assert other.record(Section.CHARACTERS, one.id) == one
    merge_characters(other, script, odd[0].id, odd[-1].id, rename_cues=True)
    link_scene(other, script, other.scenes()[0].id, 0, 1)
    assert ProjectStore.load(other.project_id, [other.snapshot()]).characters() == other.characters()
