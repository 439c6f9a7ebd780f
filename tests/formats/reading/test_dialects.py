"""Each dialect is known for what it is and read right, in three languages, and no word of it is lost."""

from __future__ import annotations

import re
from collections import Counter

import pytest

from core.script import parse
from core.script.formats import Dialect
from core.script.formats.reading import read_script
from core.script.formats.reading.fountain import without_settings
from core.script.formats.reading.words import lost_words
from tests.formats.reading.comics import MOONKIN
from tests.formats.reading.fixture import Fixture
from tests.formats.reading.fixtures import FIXTURES
from tests.formats.reading.screenplays import SCREENPLAY

ALL = pytest.mark.parametrize("fixture", FIXTURES, ids=lambda fixture: fixture.name)


@ALL
def test_the_dialect_and_the_language_are_known(fixture: Fixture) -> None:
    reading = read_script(fixture.text, ending=fixture.ending)
    assert (reading.dialect, reading.language) == (fixture.dialect, fixture.language)
    assert reading.candidates[0][0] == fixture.dialect or fixture.dialect.kept


@ALL
def test_the_counts_are_right(fixture: Fixture) -> None:
    found = parse(read_script(fixture.text, ending=fixture.ending).text).statistics()
    assert (found.pages, found.panels, found.dialogues, found.captions, found.sfx) == (
        fixture.pages,
        fixture.panels,
        fixture.balloons,
        fixture.captions,
        fixture.sfx,
    )
    assert (found.notes, found.scenes, found.chapters) == (fixture.notes, fixture.scenes, fixture.chapters)


@ALL
def test_the_lines_are_those_of_our_markup(fixture: Fixture) -> None:
    reading = read_script(fixture.text, ending=fixture.ending)
    lines = reading.text.split("\n")
    assert [line for line in fixture.lines if line not in lines] == []
    assert reading.exact == fixture.dialect.kept


def words(text: str) -> Counter[str]:
    return Counter(word.casefold() for word in re.findall(r"[^\W\d_]{3,}", text))


MARKUP = words("title script page panel serial ページ コマ planche case credit author")


@ALL
def test_every_word_is_found_in_the_result(fixture: Fixture) -> None:
    result = read_script(fixture.text, ending=fixture.ending).text
    body = re.sub(r"/\*.*?END_BEAT \*/", "", fixture.text, flags=re.DOTALL)
    missing = words(body) - words(result)
    assert [
        word for word in missing if word not in MARKUP and not word.startswith(("récitatif", "sfx"))
    ] == []


@ALL
def test_reading_the_result_again_changes_nothing(fixture: Fixture) -> None:
    first = read_script(fixture.text, ending=fixture.ending, canonical=True)
    again = read_script(first.text, canonical=True, dialect=Dialect.GENKO, language=first.language)
    assert again.text == first.text


def test_a_dialect_and_a_language_can_be_chosen() -> None:
    plain = read_script(SCREENPLAY, dialect=Dialect.PLAIN)
    assert plain.exact
    assert plain.text == SCREENPLAY
    french = read_script(SCREENPLAY, language="fr")
    assert french.language == "fr"
    assert "NORA (to the clock) : You could at least pretend." in french.text.split("\n")


def test_a_wrong_choice_loses_nothing() -> None:
    for fixture in FIXTURES:
        for dialect in Dialect:
            result = read_script(fixture.text, dialect=dialect)
            source = without_settings(fixture.text)
            assert result.text == fixture.text or lost_words(source, result.text) == 0


def test_plain_text_is_converted_only_when_asked() -> None:
    assert read_script(MOONKIN).text == MOONKIN
    converted = read_script(MOONKIN, canonical=True)
    assert not converted.exact
    assert "EDDA: Is it time?" in converted.text.split("\n")


def test_the_check_for_lost_words_sees_a_lost_word() -> None:
    assert lost_words("a silent stone", "a stone") == 1
    assert lost_words("PAGE ONE: a stone stone", "PAGE 1: a stone") == 1
    assert lost_words("PAGE TWO", "PLANCHE 2 :") == 0


@pytest.mark.parametrize(
    "text",
    [
        "## Page 1\n\n### Panel 1\n\n#### Action\n\nA door.\n\n#### Dialogue\n\n- MARA: Who?\n\n"
        "### Panel 2\n\n#### Action\n\nIt opens.\n\n#### Dialogue\n\n- MARA: Oh.\n",
        "# Page 1\n\n## Layout\n\n### Top row\n\n**Panel 1:** door\n\n### Bottom row\n\n**Panel 2:** hand\n",
        "PAGE 1\nPANEL 1\n1. A door\n    1. with a handle\n    2. of brass\nMARA: Who?\n",
        "A paper.\n\n---\n\n[1]\n\nA source of it.\n",
        "PAGE 1\n\nPANEL 1\n\nINT. KITCHEN - DAY\n\nMARA\nWho?\n\nCUT TO:\n",
        "- 2.1\n- 2.2\nThe first point of the list is a number.\nPAGE 1\nPANEL 1\n",
    ],
)
def test_scripts_that_our_own_grammar_reads_are_not_taken_for_another_dialect(text: str) -> None:
    assert read_script(text).exact
