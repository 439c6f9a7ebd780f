"""The script as a tree of chapters, pages and panels, and a script made of such a tree."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Protocol

from core.script.formats.reading import read_script
from core.script.formats.reading.structured import FORMAT
from core.script.formats.writing.about import About
from core.script.formats.writing.structure import structure
from core.script.manuscript import manuscript
from core.script.script import parse

_PAGE = "page"


class Named(Protocol):
    """A record with fields, in any of its forms."""

    @property
    def fields(self) -> Mapping[str, Any]: ...


def tree_of_project(
    script: str, title: str, meta: Mapping[str, Any], people: Iterable[Named]
) -> dict[str, Any]:
    """The tree of a project's script, its cues read with the names of the bible. Costs a parse."""
    names = [name for record in people if isinstance(name := record.fields.get("name"), str)]
    language = meta.get("language")
    return tree_of(script, title=title, language=language if isinstance(language, str) else "en", names=names)


def tree_of(text: str, *, title: str = "", language: str = "en", names: Sequence[str] = ()) -> dict[str, Any]:
    """A script's tree, whose pages stand in their chapters; pages before the first are in one without title.

    `names` are those of the bible. Costs a parse.
    """
    flat = structure(manuscript(parse(text, names=names)), About(title, language=language))
    chapters: list[dict[str, Any]] = []
    for part in flat.pop("parts"):
        if part["kind"] != _PAGE:
            chapters.append({**part, "pages": []})
            continue
        if not chapters:
            chapters.append(
                {"kind": "", "numbers": [], "title": "", "elements": [], "panels": [], "pages": []}
            )
        chapters[-1]["pages"].append({key: value for key, value in part.items() if key != "kind"})
    kept = {key: flat[key] for key in ("language", "front", "panels")}
    return {**kept, "chapters": chapters}


def script_of(tree: Mapping[str, Any]) -> str:
    """A script in our markup that says what the tree says. Raises IncomingError for a tree that is none."""
    parts: list[dict[str, Any]] = []
    for chapter in _dicts(tree.get("chapters")):
        if chapter.get("kind") or chapter.get("title") or chapter.get("numbers"):
            parts.append({**chapter, "kind": chapter.get("kind") or "chapter"})
        parts += [{**page, "kind": _PAGE} for page in _dicts(chapter.get("pages"))]
    flat = {"format": FORMAT, **tree, "parts": parts}
    return read_script(json.dumps(flat, ensure_ascii=False)).text


def _dicts(value: object) -> list[dict[str, Any]]:
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []
