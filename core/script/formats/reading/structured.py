"""Scripts as JSON: our own is read back, any other is data and no script."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from core.errors import IncomingError
from core.script.formats.reading.builder import Builder
from core.script.kinds import LETTERING, LineKind
from core.script.manuscript import Element, Heading, Manuscript, Page, Panel

FORMAT = "genko-script"
MOST = 64_000_000
"""Characters of a text that is tried."""


def read_structure(text: str) -> tuple[Builder, str] | None:
    """The script that a JSON text of ours holds, and its language; None for what is no JSON.

    Raises IncomingError for JSON of another kind.
    """
    found = _loaded(text)
    if not isinstance(found, dict | list) or (isinstance(found, list) and not _holds_more(found)):
        return None
    if not isinstance(found, dict) or found.get("format") != FORMAT:
        raise IncomingError(
            "This is data in JSON, not a script.",
            safe="Nothing was changed.",
            todo="Import the script itself, or its export as text.",
        )
    builder = Builder()
    builder.out = Manuscript(
        front=list(_elements(found.get("front"))),
        loose_panels=list(_panels(found.get("panels"))),
        parts=[_part(part) for part in _dicts(found.get("parts"))],
    )
    return builder, _text(found.get("language"))


def _loaded(text: str) -> Any:
    if len(text) > MOST or text.lstrip("\ufeff \n\t")[:1] not in ("{", "["):
        return None
    import json

    try:
        return json.loads(text.lstrip("\ufeff"))
    except (ValueError, RecursionError):
        return None


def _holds_more(found: list[Any]) -> bool:
    """`[1]` is a panel in some scripts."""
    return any(isinstance(one, dict | list) for one in found)


def _part(part: dict[str, Any]) -> Heading | Page:
    numbers, title = _numbers(part.get("numbers")), _text(part.get("title"))
    elements, panels = list(_elements(part.get("elements"))), list(_panels(part.get("panels")))
    kind = _kind(part.get("kind"))
    if kind is not LineKind.PAGE:
        kind = kind if kind is LineKind.SCENE else LineKind.CHAPTER
        return Heading(kind, 0, numbers, title, elements, panels, _text(part.get("label")))
    stated = part.get("stated_panels")
    return Page(
        0,
        0,
        numbers or (1,),
        part.get("written") is True,
        0,
        0,
        title,
        stated if isinstance(stated, int) else None,
        part.get("splash") is True,
        part.get("spread") is True,
        part.get("forced") is True,
        elements,
        panels,
        _text(part.get("keyword")),
    )


def _panels(found: object) -> Iterator[Panel]:
    for panel in _dicts(found):
        numbers, title = _numbers(panel.get("numbers")), _text(panel.get("title"))
        written = panel.get("written") is True
        elements = list(_elements(panel.get("elements")))
        yield Panel(numbers or (1,), written, 0, 0, title, elements, _text(panel.get("keyword")))


def _elements(found: object) -> Iterator[Element]:
    for element in _dicts(found):
        kind = _kind(element.get("kind"))
        modifiers = element.get("modifiers")
        yield Element(
            kind,
            0,
            1,
            _text(element.get("text")),
            _text(element.get("speaker")),
            tuple(_text(one) for one in modifiers) if isinstance(modifiers, list) else (),
            _text(element.get("label")),
            keyword=_text(element.get("keyword")) if kind in LETTERING else "",
        )


def _kind(found: object) -> LineKind:
    try:
        return LineKind(_text(found))
    except ValueError:
        return LineKind.DESCRIPTION


def _dicts(found: object) -> Iterator[dict[str, Any]]:
    return (one for one in found if isinstance(one, dict)) if isinstance(found, list) else iter(())


def _numbers(found: object) -> tuple[int, ...]:
    return tuple(one for one in found if type(one) is int) if isinstance(found, list) else ()


def _text(found: object) -> str:
    return found if isinstance(found, str) else ""
