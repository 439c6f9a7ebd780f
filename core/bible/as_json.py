"""What the bible knows, as plain values for programs."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from core.bible.appearances import Appearances
from core.bible.places import Places, PlaceUse
from core.bible.presence import Presence
from core.bible.relation_map import RelationMap
from core.bible.scene_people import Mentioned
from core.bible.scene_spans import SceneSpan
from core.script.figures.model import Spot
from core.story import Background, Character, Scene


def character_json(character: Character, about: Appearances) -> dict[str, Any]:
    """A character with all its lines; lines of the script count from 1."""
    return {
        "id": character.id,
        "name": character.name,
        "aliases": list(character.aliases),
        "role": character.role,
        "pages": about.pages,
        "panels": about.panels,
        "lines": about.lines,
        "words": about.words,
        "japanese_characters": about.cjk,
        "first": _spot(about.first),
        "last": _spot(about.last),
        "with": [{"id": one.id or None, "name": one.name, "panels": one.panels} for one in about.with_],
        "timeline": list(about.timeline),
        "said": [{"at": line.label, "line": line.row + 1, "text": line.text} for line in about.said],
    }


def missing_json(presence: Presence) -> dict[str, Any]:
    """Who is in the script and not in the bible, the reverse, and whose names are nearly the same."""
    return {
        "not_in_the_bible": [{"name": name, "lines": lines} for name, lines in presence.unknown()],
        "not_in_the_script": [{"id": one.id, "name": one.name} for one in presence.silent()],
        "alike": [
            {"first": double.first.id, "second": double.second.id, "sentence": double.sentence}
            for double in presence.cast.doubles()
        ],
    }


def background_json(background: Background, use: PlaceUse) -> dict[str, Any]:
    """A background and its use."""
    return {
        "id": background.id,
        "name": background.name,
        "kind": background.kind,
        **_use(use),
        "timeline": list(use.timeline),
    }


def missing_places_json(places: Places) -> dict[str, Any]:
    """The places that are in the script and not in the bible, and the reverse."""
    return {
        "not_in_the_bible": [{"name": name, **_use(use)} for name, use in places.unknown],
        "not_in_the_script": [{"id": one.id, "name": one.name} for one in places.unused],
    }


def scene_json(
    scene: Scene, span: SceneSpan, pages: str, people: Iterable[Mentioned], places: Iterable[Mentioned]
) -> dict[str, Any]:
    """A scene; `pages` is how people call its pages."""
    return {
        "id": scene.id,
        "title": scene.title or scene.name,
        "status": scene.status,
        "pages": pages or None,
        "linked": span.linked,
        "lost_ends": span.lost,
        "characters": [_mentioned(one) for one in people],
        "places": [_mentioned(one) for one in places],
    }


def map_json(drawn: RelationMap) -> dict[str, Any]:
    """Everybody, the most connected first, and what each is to the other."""
    return {
        "people": [{"id": node.id, "name": node.name, "in_the_bible": not node.lost} for node in drawn.nodes],
        "relations": [
            {"first": e.first, "second": e.second, "second_is": e.forth or None, "first_is": e.back or None}
            for e in drawn.edges
        ],
    }


def _spot(spot: Spot | None) -> dict[str, Any] | None:
    return None if spot is None else {"at": spot.label, "line": spot.row + 1}


def _use(use: PlaceUse) -> dict[str, Any]:
    return {"pages": use.pages, "scenes": use.scenes, "first": _spot(use.first), "last": _spot(use.last)}


def _mentioned(one: Mentioned) -> dict[str, Any]:
    return {"id": one.record.id if one.record else None, "name": one.name, "problem": one.sentence or None}
