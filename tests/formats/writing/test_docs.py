"""The table of docs/formats.md is what really survives."""

from __future__ import annotations

from core.script.formats.writing import ScriptFormat
from core.workspace import ExportFormat
from tests.formats.writing.surviving import FEATURES, SAME, WORDS, survives
from tests.formats.writing.write_docs import DOCS, filled


def test_the_table_in_the_docs_is_what_survives() -> None:
    text = DOCS.read_text(encoding="utf-8")
    assert text == filled(text), "run `python -m tests.formats.writing.write_docs`"


def test_the_trial_tells_a_loss_from_a_match() -> None:
    text, word = FEATURES["Number left to be counted"]
    assert survives(text, word, ScriptFormat.GENKO, "fr") == SAME
    assert survives(text, word, ScriptFormat.FOUNTAIN, "fr") == WORDS


def test_every_format_is_documented() -> None:
    text = DOCS.read_text(encoding="utf-8")
    assert {form.value for form in ScriptFormat} < {form.value for form in ExportFormat}
    for form in ExportFormat:
        assert f"| `{form.value}` |" in text
