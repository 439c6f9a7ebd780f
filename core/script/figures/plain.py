"""The figures as plain values, for programs."""

from __future__ import annotations

from typing import Any

from core.script.figures.model import (
    BalloonFigures,
    Figures,
    PageFigures,
    PanelFigures,
    PlaceFigures,
    SpeakerFigures,
    Spot,
    Words,
)
from core.script.statistics import Statistics


def as_json(figures: Figures) -> dict[str, Any]:
    """All figures: the totals at the top, then a list of each kind. Lines count from 1."""
    return {
        **totals_json(figures.totals),
        "dialogue_words": figures.dialogue.words,
        "dialogue_cjk": figures.dialogue.cjk,
        "lettered_cjk": figures.lettered.cjk,
        "description_words": figures.described.words,
        "speakers": [_speaker(speaker) for speaker in figures.speakers],
        "per_page": [_page(page) for page in figures.pages],
        "panels_outside_pages": [_panel(panel) for panel in figures.loose_panels],
        "places": [_place(place) for place in figures.places],
        "longest": [_balloon(balloon) for balloon in figures.longest],
    }


def totals_json(totals: Statistics) -> dict[str, int]:
    """The counts of the whole script; the first six have had these names from the beginning."""
    return {
        "pages": totals.pages,
        "panels": totals.panels,
        "chapters": totals.chapters,
        "words": totals.words,
        "characters": totals.characters,
        "dialogues": totals.dialogues,
        "captions": totals.captions,
        "sfx": totals.sfx,
        "signs": totals.signs,
        "notes": totals.notes,
        "scenes": totals.scenes,
        "lettered_words": totals.lettered_words,
        "cjk_characters": totals.cjk_characters,
        "lines": totals.lines,
    }


def _spot(spot: Spot) -> dict[str, Any]:
    return {"at": spot.label, "line": spot.row + 1}


def _size(size: Words) -> dict[str, int]:
    return {"words": size.words, "cjk": size.cjk}


def _speaker(speaker: SpeakerFigures) -> dict[str, Any]:
    return {
        "name": speaker.name,
        "balloons": speaker.balloons,
        **_size(speaker.size),
        "pages": speaker.pages,
        "panels": speaker.panels,
        "first": _spot(speaker.first),
        "last": _spot(speaker.last),
        "longest": {**_size(speaker.longest.size), **_spot(speaker.longest.at)},
    }


def _page(page: PageFigures) -> dict[str, Any]:
    return {
        "page": page.at.label,
        "line": page.at.row + 1,
        "count": page.count,
        "title": page.title,
        "panels": page.panels,
        **_size(page.size),
        "balloons": page.balloons,
        "captions": page.captions,
        "sfx": page.sfx,
        "per_panel": [_panel(panel) for panel in page.per_panel],
    }


def _panel(panel: PanelFigures) -> dict[str, Any]:
    return {
        **_spot(panel.at),
        "count": panel.count,
        "title": panel.title,
        **_size(panel.size),
        "balloons": panel.balloons,
        "captions": panel.captions,
        "sfx": panel.sfx,
    }


def _place(place: PlaceFigures) -> dict[str, Any]:
    return {"name": place.name, "scenes": place.scenes, "pages": place.pages, "first": _spot(place.first)}


def _balloon(balloon: BalloonFigures) -> dict[str, Any]:
    return {
        **_spot(balloon.at),
        "kind": balloon.kind.value,
        "speaker": balloon.speaker,
        **_size(balloon.size),
        "text": balloon.text,
    }
