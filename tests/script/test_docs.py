"""The documented spellings are those of the data tables, and the documented examples mean what they say."""

from __future__ import annotations

import re

from core.script import LineKind, fold, parse
from tests.script.write_docs import DOCS, filled


def test_the_tables_in_the_docs_are_those_of_the_code() -> None:
    text = DOCS.read_text(encoding="utf-8")
    assert text == filled(text), "run `python -m tests.script.write_docs`"
    assert text.count("RÉCITATIF") == 1
    assert "モノローグ" in text


def test_the_documented_forms_are_what_the_parser_reads() -> None:
    blocks = re.findall(r"^```\n(.*?)^```$", DOCS.read_text(encoding="utf-8"), re.DOTALL | re.MULTILINE)
    assert len(blocks) == 3
    for block in blocks:
        script = parse(block.strip())
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
        assert script.line(len(script.lines) - 4).modifiers[0] in ("off", "画面外")


def _written(text: str, head: str) -> list[str]:
    """What stands in backticks in the first column of the table below a heading."""
    table = text.split(head)[1].split("| --- | --- |\n")[1].split("\n\n")[0]
    return [found for row in table.split("\n") for found in re.findall(r"`([^`]+)`", row.split(" | ")[0])]


def test_the_examples_of_pages_open_pages() -> None:
    for line in _written(DOCS.read_text(encoding="utf-8"), "**Pages.**"):
        assert parse(f"{line}\n").statistics().pages >= 1, line


def test_the_examples_of_speech_are_said_by_somebody() -> None:
    for line in _written(DOCS.read_text(encoding="utf-8"), "**Who speaks.**"):
        words = line.replace(" ⇥ ", "\t")
        script = parse(f"PAGE 1\nPANEL 1\n\n{words}\nHere.\n")
        assert script.kind(3) is LineKind.DIALOGUE, line
        speaker = script.line(3).speaker or ""
        assert line.startswith("“") or fold(speaker)[:4] in ("mara", "マラ"), line
