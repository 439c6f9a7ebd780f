"""The shapes in which the earlier app kept a script, each told by what only it has, and read whole."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from core.legacy.mangaka.chapters import has_chapters, plain, written
from core.legacy.mangaka.vocabulary import UNTITLED
from core.legacy.values import items, mapping


class Shape(StrEnum):
    """How a script was kept. Values are for reports."""

    CHAPTERS = "A: chapters"
    LINES = "B: lines"
    FLAT = "C: text with an outline"
    UNIFIED = "D: unified"
    EMPTIED = "E: unified, the script a list of chapters"
    NESTED = "F: unified, an older script inside"
    STORE = "store of the browser"
    EXPORT = "exported script"
    TEXT = "text alone"
    EMPTY = "nothing"
    UNKNOWN = "not known"


@dataclass(slots=True)
class Script:
    """What one value holds of a script and of its project."""

    shape: Shape
    text: str = ""
    title: str = ""
    """Empty where it only says that there is none."""
    parts: dict[str, list[Any]] = field(default_factory=dict)
    """Raw records under `characters`, `backgrounds`, `decors`, `scenes`; canvases under `pages`."""

    @property
    def is_empty(self) -> bool:
        """Whether it has no word of a script."""
        return not self.text.strip()


_PARTS = {
    "characters": ("characters", "charactersData"),
    "backgrounds": ("backgrounds", "backgroundsData"),
    "decors": ("decors", "decorsData"),
    "scenes": ("scenes", "scenesData"),
}
_PAGES = ("assembly", "assemblyData")


def read_script(data: Any) -> Script:
    """Whatever `script_data` may be, or a store, or an exported script. Never raises."""
    if isinstance(data, str):
        return Script(Shape.TEXT if data.strip() else Shape.EMPTY, data)
    if isinstance(data, list):  # the chapters by themselves
        return Script(*_of_chapters({}, data)) if has_chapters(data) else Script(Shape.EMPTY)
    value = mapping(data)
    inner = mapping(value.get("state")) if "state" in value and "script" not in value else value
    found = _script(inner)
    found.title = clean_name(found.title or plain(mapping(value.get("metadata")).get("title")))
    for part, names in _PARTS.items():
        for name in names:
            held = inner.get(name)
            listed = held if isinstance(held, list) else items(mapping(held).get(part))
            if found.shape is Shape.LINES and name == "characters":
                listed = [
                    one for one in listed if isinstance(one, Mapping)
                ]  # names only: made from the lines
            found.parts.setdefault(part, []).extend(listed)
    for name in _PAGES:
        found.parts.setdefault("pages", []).extend(items(mapping(inner.get(name)).get("pages")))
    return found


def _script(value: Mapping[str, Any]) -> Script:
    """By what only each shape has; never by `metadata`, which others have put beside anything."""
    if "scriptData" in value:
        inner = _flat(mapping(value["scriptData"]), Shape.STORE)
        return Script(Shape.STORE, inner.text, inner.title)
    if "script" in value:
        return _unified(value["script"])
    return _flat(value, Shape.UNKNOWN)


def _unified(script: Any) -> Script:
    if isinstance(script, list):
        text = written({}, script) if has_chapters(script) else ""
        return Script(Shape.EMPTIED, text)
    if isinstance(script, str):
        return Script(Shape.UNIFIED, script)
    value = mapping(script)
    older = "chapters" in value or "lines" in value or ("content" in value and "title" not in value)
    inner = _flat(value, Shape.UNIFIED)
    return Script(Shape.NESTED if older else Shape.UNIFIED, inner.text, inner.title)


def _flat(value: Mapping[str, Any], otherwise: Shape) -> Script:
    """A script that is the value itself: its text before its lines, its lines before its chapters."""
    title = plain(value.get("title"))
    content = value.get("content")
    if isinstance(content, str) and (content.strip() or "chapters" not in value):
        text = content if content.strip() else _of_lines(value)
        return Script(_flat_shape(value, otherwise), text or content, title)
    if isinstance(value.get("lines"), list):
        return Script(Shape.LINES, _of_lines(value), title)
    if isinstance(value.get("chapters"), list):
        shape, text = _of_chapters(value, value["chapters"])
        return Script(shape, text, title)
    return Script(otherwise if value else Shape.EMPTY, "", title)


def _flat_shape(value: Mapping[str, Any], otherwise: Shape) -> Shape:
    if "lines" in value:
        return Shape.LINES
    if "exportDate" in value:
        return Shape.EXPORT
    if otherwise is not Shape.UNKNOWN:
        return otherwise
    return Shape.FLAT


def _of_chapters(value: Mapping[str, Any], chapters: list[Any]) -> tuple[Shape, str]:
    return Shape.CHAPTERS, written(value, chapters) if has_chapters(chapters) else ""


def _of_lines(value: Mapping[str, Any]) -> str:
    return "\n".join(plain(mapping(line).get("content")) or plain(line) for line in items(value.get("lines")))


def clean_name(title: str) -> str:
    """A title without what the app put around it; empty where it means that there is none."""
    name = " ".join(title.split())
    for before in ("Script for project ", "Script du projet "):
        if name.startswith(before):
            name = name.removeprefix(before).strip().removeprefix('"').removesuffix('"').strip()
    name = name.removesuffix(" - Script").strip()
    return "" if name.casefold() in UNTITLED else name
