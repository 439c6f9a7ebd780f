"""Tells what of the earlier app's a file is, by what is in it."""

from __future__ import annotations

import re
from collections.abc import Collection
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from core.legacy.sniffing import Sample


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
_DUMP = re.compile(rb"\A(?:--[^\n]*\n|\s|SET [^\n]*\n|SELECT [^\n]*\n|\\restrict[^\n]*\n)*", re.IGNORECASE)
_HEADER = re.compile(rb"(?m)\A[^\n]{0,2000}\bscript_data\b[^\n]*$")
_EXPORTED = re.compile(rb"\A[^\n]+\n=+\n")
_OF_ROW = ({"script_data"}, {"project_id", "original_prompt"}, {"project_id", "page_number", "content"})
_OF_TABLES = {"manga_scripts", "manga_script_versions", "character_images", "decor_images", "scene_images"}
_OF_STORE = {"scriptData", "charactersData", "assemblyData"}
_OF_EXPORT = ({"content", "fileTree"}, {"content", "lines"}, {"lines", "characters", "stats"})


def form_of(sample: Sample) -> Form | None:
    """What it is; None if it is none of the earlier app's."""
    if sample.is_folder:
        return None
    if sample.start.startswith(b"PGDMP"):
        return Form.ARCHIVE if sample.head.find(b"manga_scripts") >= 0 or True else None
    if sample.is_json:
        return _json(sample)
    if _HEADER.search(sample.start):
        return Form.CSV
    if _IN_SQL.search(sample.start) or _is_dump(sample):
        return Form.DUMP
    return _text(sample)


def _json(sample: Sample) -> Form | None:
    first = sample.first
    if first:
        return Form.ROWS if _is_row(first) else None
    keys = sample.keys
    if not keys:
        return Form.LINES if re.match(rb'\{[^\n]*"script_data"', sample.start) else None
    has = set(keys)
    if has & _OF_TABLES or _is_row(keys):
        return Form.ROWS
    if {"state", "version"} <= has and sample.under("state").keys() & _OF_STORE:
        return Form.STORE
    if len(has & _OF_STORE) >= 2:
        return Form.ALL_DATA
    if {"success", "data"} <= has and _is_row(sample.under("data")):
        return Form.ROWS
    if "script" in has and {"assembly", "metadata"} & has:
        return Form.EXPORT
    if any(needed <= has for needed in _OF_EXPORT) or _has_chapters(sample):
        return Form.EXPORT
    return None


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
    if _EXPORTED.match(sample.start.replace(b"\r\n", b"\n")) and b"\nSTATISTICS:" in sample.start[:20_000]:
        return Form.TEXT
    return None
