"""The documented spellings are those of the data tables, and the documented examples mean what they say."""

from __future__ import annotations

from core.script import LineKind, parse
from tests.script.write_docs import DOCS, filled


def test_the_tables_in_the_docs_are_those_of_the_code() -> None:
    text = DOCS.read_text(encoding="utf-8")
    assert text == filled(text), "run `python -m tests.script.write_docs`"
    assert text.count("RÉCITATIF") == 1
    assert "モノローグ" in text


def test_the_documented_form_is_what_the_parser_reads() -> None:
    block = DOCS.read_text(encoding="utf-8").split("```")[1].strip()
    script = parse(block)
    kinds = [script.kind(row) for row in range(len(script.lines)) if script.lines[row]]
    assert kinds == [
        LineKind.CHAPTER,
        LineKind.PAGE,
        LineKind.PANEL,
        LineKind.DESCRIPTION,
        LineKind.DIALOGUE,
        LineKind.CAPTION,
        LineKind.SFX,
        LineKind.NOTE,
    ]
