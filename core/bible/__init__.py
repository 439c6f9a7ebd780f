"""The story bible: who is who, where they appear, who is what to whom, which pages a scene spans."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.lazy import lazy_names

if TYPE_CHECKING:
    from core.bible.appearances import Appearances, Line, Shared, Totals
    from core.bible.cast import Alike, Cast, Double, Speaker
    from core.bible.kinship import inverses, relation_words
    from core.bible.merging import Merging, merge_characters, plan_merge
    from core.bible.presence import Presence
    from core.bible.present import present_in
    from core.bible.relating import relate, unrelate
    from core.bible.relation_map import RelationMap
    from core.bible.relations import Edge, Node, Relation, relations_of

_HOMES = {
    "appearances": ("Appearances", "Line", "Shared", "Totals"),
    "cast": ("Alike", "Cast", "Double", "Speaker"),
    "kinship": ("inverses", "relation_words"),
    "merging": ("Merging", "merge_characters", "plan_merge"),
    "presence": ("Presence",),
    "present": ("present_in",),
    "relating": ("relate", "unrelate"),
    "relation_map": ("RelationMap",),
    "relations": ("Edge", "Node", "Relation", "relations_of"),
}

__all__ = [
    "Alike",
    "Appearances",
    "Cast",
    "Double",
    "Edge",
    "Line",
    "Merging",
    "Node",
    "Presence",
    "Relation",
    "RelationMap",
    "Shared",
    "Speaker",
    "Totals",
    "inverses",
    "merge_characters",
    "plan_merge",
    "present_in",
    "relate",
    "relation_words",
    "relations_of",
    "unrelate",
]

__getattr__ = lazy_names(__name__, _HOMES)
