"""Tells what of the earlier app's a file is, by what is in it."""

from __future__ import annotations

import re
from collections.abc import Collection
from enum import StrEnum
from typing import TYPE_CHECKING

from core.legacy.mangaka.sources.first_line import has_no_names, is_copied

if TYPE_CHECKING:
    from core.legacy.sniffing import Sample


STORED_AS = "mangaka-project-store"
"""The name of the store in a browser."""


class Form(StrEnum):
    """The forms in which its data travel. Values are for people."""

    ROWS = "rows as JSON"
    LINES = "rows as lines of JSON"
    CSV = "rows as CSV"
    DUMP = "an SQL dump"
    ARCHIVE = "an archive of pg_dump"
    STORE = "the browser's store"
    EXPORT = "an exported script"
    ALL_DATA = "everything exported"
    TEXT = "a script exported as text"


_TABLES = rb"manga_scripts|manga_script_versions|manga_projects|character_images|decor_images|scene_images"
_IN_SQL = re.compile(
    rb"(?:COPY|INSERT INTO|CREATE TABLE)\s[^\n]{0,80}?\b(?:" + _TABLES + rb")\b", re.IGNORECASE
)
_HEADER = re.compile(rb"(?m)\A[^\n]{0,2000}\bscript_data\b[^\n]*$")
_HEADING = re.compile(rb"(?m)^[ \t]*(?:PAGE|PANEL|CHAPTER|CHAPITRE) [0-9]+ *:")
_EXPORTED = re.compile(rb"\A[^\n]+\n=+\n")
_OF_ROW = ({"script_data"}, {"project_id", "original_prompt"}, {"project_id", "page_number", "content"})
_OF_TABLES = {"manga_scripts", "manga_script_versions", "character_images", "decor_images", "scene_images"}
_OF_STORE = {"scriptData", "charactersData", "assemblyData"}
_ROW_BEGINS = re.compile(rb'"(?:script_data|' + _TABLES + rb')"\s*:')
MOST_DECODED = 16_000_000
"""Bytes of a file of JSON that is looked at as a whole."""
_OF_EXPORT = (
    {"script", "metadata"},
    {"canvasData", "projectId"},
    {"content", "fileTree"},
    {"content", "lines"},
    {"lines", "characters", "stats"},
)


def form_of(sample: Sample) -> Form | None:
    """What it is; None if it is none of the earlier app's."""
    if sample.is_folder:
        return Form.ARCHIVE if "toc.dat" in sample.names else None
    if sample.start.startswith((b"PGDMP", b"toc.dat\0")):
        return Form.ARCHIVE
    if sample.is_json:
        return _json(sample)
    first = sample.start.partition(b"\n")[0].decode("utf-8", "replace")
    if _HEADER.search(sample.start) or is_copied(first) or has_no_names(first):
        return Form.CSV
    if _IN_SQL.search(sample.start) or _is_dump(sample):
        return Form.DUMP
    return _text(sample)


def _json(sample: Sample) -> Form | None:
    if sample.size > MOST_DECODED:
        return _large_json(sample)
    if sample.first:
        return Form.ROWS if _is_row(sample.first) else None
    keys = sample.keys
    has = set(keys)
    if not has:
        return _large_json(sample)
    if has & _OF_TABLES or _is_row(has) or ({"success", "data"} <= has and _is_row(sample.under("data"))):
        return Form.ROWS
    if STORED_AS in has or ({"success", "data"} <= has and "script" in sample.under("data")):
        return Form.STORE
    if {"state", "version"} <= has and sample.under("state").keys() & _OF_STORE:
        return Form.STORE
    if len(has & _OF_STORE) >= 2:
        return Form.ALL_DATA
    exported = any(needed <= has for needed in _OF_EXPORT) or _has_chapters(sample)
    return Form.EXPORT if exported else None


def _large_json(sample: Sample) -> Form | None:
    """One that is not decoded to tell what it is: too large, a row a line, or damaged."""
    if not _ROW_BEGINS.search(sample.start):
        return None
    first = sample.start.partition(b"\n")[0].rstrip()
    return Form.LINES if first.startswith(b"{") and first.endswith(b"}") else Form.ROWS


def _is_row(keys: Collection[str]) -> bool:
    return any(needed <= set(keys) for needed in _OF_ROW)


def _has_chapters(sample: Sample) -> bool:
    return {"chapters", "title"} <= set(sample.keys) and b'"panels"' in sample.start


def _is_dump(sample: Sample) -> bool:
    """A dump may begin with pages of other tables: all of it is looked through, as it lies there."""
    if b"PostgreSQL database dump" not in sample.start[:2000]:
        return False
    try:
        with sample.path.open("rb") as stream:
            before = b""
            while piece := stream.read(1 << 20):
                if _IN_SQL.search(before + piece):
                    return True
                before = piece[-200:]
    except OSError:
        return False
    return False


def _text(sample: Sample) -> Form | None:
    """The layout of its printed scripts; or a script under the name that its button gave."""
    start = sample.start.replace(b"\r\n", b"\n")
    if _EXPORTED.match(start) and b"\nSTATISTICS:" in start[:20_000]:
        return Form.TEXT
    named = sample.name.endswith("_script.txt") and _HEADING.search(start)
    return Form.TEXT if named else None
