"""A merge of many edits at once is parsed as the text that comes of it."""

from __future__ import annotations

from hypothesis import given, settings

from core.script import parse
from tests.script.test_incremental import EDITS, TEXTS, picture


@given(TEXTS, EDITS, EDITS)
@settings(max_examples=150, deadline=None)
def test_many_edits_at_once_mean_what_they_mean_one_by_one(
    text: str, merged: list[tuple[int, int, str]], typed: list[tuple[int, int, str]]
) -> None:
    """Keys that are typed before the parser has come by again are understood as well."""
    script = parse(text)
    edits = []
    for at, deleted, inserted in merged:
        offset = at % (len(text) + 1)
        deleted = min(deleted, len(text) - offset)
        edits.append((offset, deleted, inserted))
        text = text[:offset] + inserted + text[offset + deleted :]
    script.splice_many(edits)
    assert script.lines.text() == text
    for at, deleted, inserted in typed:
        offset = at % (len(text) + 1)
        deleted = min(deleted, len(text) - offset)
        script.splice(offset, deleted, inserted)
        text = text[:offset] + inserted + text[offset + deleted :]
    assert picture(script.complete()) == picture(parse(text))
