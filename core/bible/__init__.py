"""The story bible: who is who, where they appear, who is what to whom, which pages a scene spans."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.lazy import lazy_names

if TYPE_CHECKING:
    from core.bible.appearances import Appearances, Line, Shared, Totals
    from core.bible.arranging import arrange, values_of
    from core.bible.cast import Cast, Double, Names, Speaker, names_of, present_in
    from core.bible.in_script import BibleInScript
    from core.bible.kinship import inverses, relation_words
    from core.bible.map_text import DrawnMap
    from core.bible.merging import Merging, merge_characters, plan_merge
    from core.bible.naming import Alike, plain_name
    from core.bible.places import Places, PlaceUse, places_of
    from core.bible.presence import Presence
    from core.bible.relating import relate, unrelate
    from core.bible.relation_map import RelationMap
    from core.bible.relations import Edge, Node, Relation, former_name, relations_of
    from core.bible.scene_people import Find, Mentioned, SceneNames, find_background, people_of
    from core.bible.scene_spans import (
        PagesNow,
        ScenePages,
        SceneSpan,
        link_scene,
        place_of_pages,
        scene_pages,
        unlink_scene,
    )

_HOMES = {
    "appearances": ("Appearances", "Line", "Shared", "Totals"),
    "arranging": ("arrange", "values_of"),
    "cast": ("Cast", "Double", "Names", "Speaker", "names_of", "present_in"),
    "in_script": ("BibleInScript",),
    "kinship": ("inverses", "relation_words"),
    "map_text": ("DrawnMap",),
    "merging": ("Merging", "merge_characters", "plan_merge"),
    "naming": ("Alike", "plain_name"),
    "places": ("PlaceUse", "Places", "places_of"),
    "presence": ("Presence",),
    "relating": ("relate", "unrelate"),
    "relation_map": ("RelationMap",),
    "relations": ("Edge", "Node", "Relation", "former_name", "relations_of"),
    "scene_people": ("Find", "Mentioned", "SceneNames", "find_background", "people_of"),
    "scene_spans": (
        *("PagesNow", "ScenePages", "SceneSpan"),
        *("link_scene", "place_of_pages", "scene_pages", "unlink_scene"),
    ),
}

__all__ = [
    "Alike",
    "Appearances",
    "BibleInScript",
    "Cast",
    "Double",
    "DrawnMap",
    "Edge",
    "Find",
    "Line",
    "Mentioned",
    "Merging",
    "Names",
    "Node",
    "PagesNow",
    "PlaceUse",
    "Places",
    "Presence",
    "Relation",
    "RelationMap",
    "SceneNames",
    "ScenePages",
    "SceneSpan",
    "Shared",
    "Speaker",
    "Totals",
    "arrange",
    "find_background",
    "former_name",
    "inverses",
    "link_scene",
    "merge_characters",
    "names_of",
    "people_of",
    "place_of_pages",
    "places_of",
    "plain_name",
    "plan_merge",
    "present_in",
    "relate",
    "relation_words",
    "relations_of",
    "scene_pages",
    "unlink_scene",
    "unrelate",
    "values_of",
]

__getattr__ = lazy_names(__name__, _HOMES)
