"""The structure of a script as JSON: for programs, the one form that holds everything a line was read as."""

from __future__ import annotations

from typing import Any

from core.script.formats.writing.about import About
from core.script.formats.writing.flow import flow
from core.script.keywords import meaning_of
from core.script.manuscript import Element, Heading, Manuscript, Page, Panel

VERSION = 1
"""Of this form; grows when a key changes its meaning."""


def structure(manuscript: Manuscript, about: About) -> dict[str, Any]:
    """A manuscript in plain values; rows count from 0."""
    head = flow(Manuscript(front=manuscript.front), about)
    return {
        "format": "genko-script",
        "version": VERSION,
        "title": head.title,
        "author": head.author,
        "language": head.language,
        "front": [_element(element) for element in manuscript.front],
        "panels": [_panel(panel) for panel in manuscript.loose_panels],
        "parts": [_part(part) for part in manuscript.parts],
    }


def write_structure(manuscript: Manuscript, about: About) -> bytes:
    """The same as UTF-8 JSON, indented by two."""
    import json

    return (json.dumps(structure(manuscript, about), ensure_ascii=False, indent=2) + "\n").encode()


def _part(part: Heading | Page) -> dict[str, Any]:
    shared = {
        "numbers": list(part.numbers),
        "title": part.title,
        "row": part.row,
        "elements": [_element(element) for element in part.elements],
        "panels": [_panel(panel) for panel in part.panels],
    }
    if isinstance(part, Heading):
        return {"kind": part.kind.value, "label": part.label, **shared}
    return {
        "kind": "page",
        "written": part.written,
        "forced": part.forced,
        "stated_panels": part.stated_panels,
        "splash": part.splash,
        "spread": part.spread,
        **shared,
    }


def _panel(panel: Panel) -> dict[str, Any]:
    return {
        "numbers": list(panel.numbers),
        "written": panel.written,
        "title": panel.title,
        "row": panel.row,
        "elements": [_element(element) for element in panel.elements],
    }


def _element(element: Element) -> dict[str, Any]:
    found: dict[str, Any] = {"kind": element.kind.value, "text": element.text, "row": element.row}
    if element.speaker:
        found["speaker"] = element.speaker
    if element.modifiers:
        found["modifiers"] = list(element.modifiers)
        found["meanings"] = [meaning_of(modifier) for modifier in element.modifiers]
    if element.label:
        found["label"] = element.label
    return found
