"""The story bible: who is who, where they appear, who is what to whom, which pages a scene spans."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.lazy import lazy_names

if TYPE_CHECKING:
    from core.bible.appearances import Appearances, Line, Shared, Totals
    from core.bible.arranging import arrange, values_of
    from core.bible.cast import Cast, Double, Speaker
    from core.bible.kinship import inverses, relation_words
    from core.bible.merging import Merging, merge_characters, plan_merge
    from core.bible.naming import Alike
    from core.bible.places import Places, PlaceUse, places_of
    from core.bible.presence import Presence
    from core.bible.present import present_in
    from core.bible.relating import relate, unrelate
    from core.bible.relation_map import RelationMap
    from core.bible.relations import Edge, Node, Relation, relations_of
    from core.bible.scene_people import Mentioned, SceneNames, find_background, people_of
    from core.bible.spanning import (
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
    "cast": ("Cast", "Double", "Speaker"),
    "kinship": ("inverses", "relation_words"),
    "merging": ("Merging", "merge_characters", "plan_merge"),
    "naming": ("Alike",),
    "places": ("PlaceUse", "Places", "places_of"),
    "presence": ("Presence",),
    "present": ("present_in",),
    "relating": ("relate", "unrelate"),
    "relation_map": ("RelationMap",),
    "relations": ("Edge", "Node", "Relation", "relations_of"),
    "spanning": ("ScenePages", "SceneSpan", "link_scene", "place_of_pages", "scene_pages", "unlink_scene"),
    "scene_people": ("Mentioned", "SceneNames", "find_background", "people_of"),
}

__all__ = [
    "Alike",
    "Appearances",
    "Cast",
    "Double",
    "Edge",
    "Line",
    "Mentioned",
    "Merging",
    "Node",
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
    "inverses",
    "link_scene",
    "merge_characters",
    "people_of",
    "place_of_pages",
    "places_of",
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
