"""What the app's own buttons and the browser gave: exported scripts, everything exported, the store."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from core.legacy.mangaka.rows import PAGES, Row, loads
from core.legacy.mangaka.sources import MOST_OF_A_ROW, Tally
from core.legacy.mangaka.sources.streams import opened_text
from core.legacy.mangaka.telling import STORED_AS
from core.legacy.values import ForeignError, mapping

STORE = "browser store"
EXPORT = "exported script"
TEXT = "exported text"
_CANVAS = "canvasData"
_NOBODY = "00000000-0000-0000-0000-000000000001"
"""What the store called everybody who had not logged in, and those who had."""


def rows_of_export(path: Path, tally: Tally) -> Iterator[Row]:
    """The one row that a file of JSON is: a store, everything exported, a script."""
    value = mapping(loads(_whole(path, tally)))
    beside: dict[str, Any] = {}
    if STORED_AS in value:  # all that a browser keeps for the app
        beside = {name: _decoded(held) for name, held in value.items() if name != STORED_AS}
        value = mapping(_decoded(value[STORED_AS]))
    elif "success" in value:  # what the app's server answered
        at = value.get("updatedAt")
        value = {**mapping(value.get("data")), "exportDate": at}
    state = mapping(value.get("state")) or value
    if "scriptData" in state or "charactersData" in state or "assemblyData" in state:
        user = state.get("userId")
        ids = {"project_id": state.get("projectId"), "user_id": None if user == _NOBODY else user}
        at = _saved_at(state) or value.get("exportDate")
        yield Row(STORE, 1, {**ids, "updated_at": at, "script_data": dict(state), **beside})
    elif _CANVAS in value:
        row = {"project_id": value.get("projectId"), "title": value.get("title"), "page_number": 1}
        yield Row(PAGES, 1, {**row, "content": _decoded(value[_CANVAS])})
    else:
        yield _exported(value, path.stem)


def _exported(value: Mapping[str, Any], name: str) -> Row:
    """A script by itself: known by its id, else by its title."""
    title = str(value.get("title") or mapping(value.get("script")).get("title") or name)
    known = str(value.get("id") or "") or hashlib.sha256(title.encode("utf-8", "replace")).hexdigest()[:16]
    at = value.get("exportDate") or value.get("updatedAt") or mapping(value.get("metadata")).get("savedAt")
    row = {"project_id": f"export {known}", "updated_at": at, "title": title, "script_data": value}
    return Row(EXPORT, 1, row)


def _decoded(value: Any) -> Any:
    """JSON that was kept as a string."""
    if isinstance(value, str) and value.lstrip()[:1] in ("{", "["):
        try:
            return loads(value)
        except ForeignError:
            return value
    return value


def rows_of_text(path: Path, tally: Tally) -> Iterator[Row]:
    """The one row that a file of text is."""
    text = _whole(path, tally).replace("\r\n", "\n").replace("\r", "\n")
    title, script = _unfolded(text) if _LAID_OUT.match(text) else ("", text)
    title = title or re.sub(r"_script\Z", "", path.stem).replace("_", " ").strip()
    known = hashlib.sha256(title.encode("utf-8", "replace")).hexdigest()[:16]
    values = {"project_id": f"export {known}", "title": title, "script_data": script}
    yield Row(TEXT, 1, values, raw=text if script is not text else "")


def _whole(path: Path, tally: Tally) -> str:
    with opened_text(path, tally) as stream:
        text = stream.read(MOST_OF_A_ROW + 1)
    if len(text) > MOST_OF_A_ROW:
        raise ForeignError(
            f"The file is larger than {MOST_OF_A_ROW // 1_000_000} MB.", safe="Nothing was changed."
        )
    return text


def _saved_at(state: Any) -> str | None:
    """When the store was last written; its dates are strings since it was put away."""
    sections = [mapping(mapping(state).get(name)) for name in ("scriptData", "assemblyData")]
    dates = [held for one in sections if isinstance(held := one.get("lastModified"), str)]
    return max(dates, default=None)


_LAID_OUT = re.compile(r"\A[^\n]+\n=+\n")
_SKIPPED = re.compile(r"\s*[=-]{10,}\s*\Z")
_CHAPTER = re.compile(r"CHAPTER (\d+): ?(.*)\Z")
_SCENE = re.compile(r"  SCENE (\d+): ?(.*)\Z")
_PANEL = re.compile(r"    PANEL (\d+) \(Page (\d+)\)\s*\Z")
_NUMBERED = re.compile(r"\s*(\d+)\. (.*)\Z")
_SPOKEN = re.compile(r'([^:]{1,60}): "(.*)"\s*\Z')
_HEADS = ("DESCRIPTION:", "STATISTICS:", "DIALOGUES:", "SOUND EFFECTS:", "NOTES:")


def _unfolded(text: str) -> tuple[str, str]:
    """(title, script) of the layout that printed one thing below the other, indented."""
    lines = text.split("\n")
    out: list[str] = []
    page, section = "", ""
    for line in lines[2:]:
        told = line.strip()
        if match := _CHAPTER.match(line):
            out += ["", f"CHAPTER {match[1]}: {match[2]}".rstrip()]
            section = ""
        elif match := _SCENE.match(line):
            out += ["", f"SCENE {match[1]}: {match[2]}".rstrip()]
            section = ""
        elif match := _PANEL.match(line):
            if match[2] != page:
                page = match[2]
                out += ["", f"PAGE {page}:"]
            out += ["", f"PANEL {match[1]}:"]
            section = ""
        elif told in _HEADS:
            section = told
        elif told and not _SKIPPED.match(line):
            out.append(_line(section, told))
    return lines[0].strip(), "\n".join(out).strip("\n") + "\n"


def _line(section: str, told: str) -> str:
    numbered = _NUMBERED.match(told)
    if section == "DIALOGUES:" and numbered:
        spoken = _SPOKEN.match(numbered[2])
        return f"{spoken[1].upper()}: {spoken[2]}" if spoken else numbered[2]
    if section == "SOUND EFFECTS:" and numbered:
        return f"SFX: {numbered[2]}"
    if section == "NOTES:":
        return f"[[{told}]]"
    if told.startswith(("Location:", "Time:", "PLAN:", "AMBIANCE:", "Style:")):
        return told
    return f"({told})" if section == "DESCRIPTION:" else told
