"""Backgrounds are found in scene headings and descriptions, and so are places that have no record."""

from __future__ import annotations

from core.bible import Cast, Places, Presence, places_of
from core.script import parse
from core.story.records import Background

TEXT = """INT. KITCHEN - NIGHT

PAGE 1

PANEL 1
Mara at the table.

PAGE 2

PANEL 1
On the ROOF, above the Château.

PAGE 3

EXT. HARBOUR - DAY

PANEL 1
Boats.

CHAPTER 2

PAGE 4

PANEL 1
Nothing of the kind. Kitchens.
"""


def found(text: str, *names: str) -> Places:
    backgrounds = [Background(id=name, name=name) for name in names]
    return places_of(Presence(parse(text), Cast([])).complete().reader, backgrounds)


def test_a_scene_lasts_until_the_next_one_or_a_chapter() -> None:
    places = found(TEXT, "Kitchen", "roof", "Chateau", "Moon")
    assert {name: use.timeline for name, use in places.uses.items()} == {
        "Kitchen": (1, 1, 0, 0),
        "roof": (0, 1, 0, 0),
        "Chateau": (0, 1, 0, 0),
        "Moon": (0, 0, 0, 0),
    }
    kitchen = places.uses["Kitchen"]
    assert kitchen.first
    assert (kitchen.pages, kitchen.scenes, kitchen.first.row) == (2, 1, 0)
    roof = places.uses["roof"]
    assert roof.first
    assert (roof.scenes, roof.first.label) == (0, "2.1")
    assert [(name, use.pages) for name, use in places.unknown] == [("HARBOUR", 1)]
    assert [one.name for one in places.unused] == ["Moon"]


def test_a_script_without_places_has_none() -> None:
    places = found("PAGE 1\nPANEL 1\nRain.\n", "Kitchen")
    assert (places.unknown, [one.name for one in places.unused]) == ((), ["Kitchen"])
    assert found("").uses == {}
