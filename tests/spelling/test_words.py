"""Dictionaries, suggestions, and the words that writers teach."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from core.script import Script
from core.spelling import WORD_MARK, Dictionary, NameFinder, PersonalWords, folded, project_words, suggest
from core.spelling.dictionary import LANGUAGES
from core.spelling.personal import PersonalWordsError
from core.story import ProjectStore


def test_the_librarys_dictionaries_are_where_and_what_they_are_taken_for(
    english: Dictionary, french: Dictionary
) -> None:
    """The canary for pyspellchecker: its files are read without its classes."""
    from spellchecker import SpellChecker

    assert english.size > 150_000
    theirs = SpellChecker(language="fr").word_frequency
    assert theirs.unique_words <= french.size < theirs.unique_words + 500
    assert all(word in french for word in list(theirs.words())[::50])
    assert LANGUAGES == ("en", "fr")


def test_the_best_suggestions_come_first_in_the_case_of_the_word(
    english: Dictionary, french: Dictionary
) -> None:
    assert suggest("recieve", english)[0] == "receive"
    assert suggest("Rian", english)[0] == "Rain"
    assert suggest("ecolle", french)[0] == "école"
    assert suggest("MANTEUX", french)[0] == "MANTEAUX"
    assert "Kestrix" in suggest("Kestirx", english, {"kestrix"})
    assert suggest("qqqqqqqqqqqqq", english) == []


def test_a_word_that_two_writers_teach_a_project_survives_a_merge() -> None:
    mine = ProjectStore.create(title="One")
    theirs = ProjectStore.load(mine.project_id, [mine.snapshot()])
    mine.set_mark(WORD_MARK, folded("Grok"), True)
    theirs.set_mark(WORD_MARK, folded("Zorblat"), True)
    mine.receive([theirs.snapshot()])
    assert project_words(mine.marks(WORD_MARK)) == {"grok", "zorblat"}
    mine.set_mark(WORD_MARK, folded("grok"), None)
    assert project_words(mine.marks(WORD_MARK)) == {"zorblat"}


def test_own_words_are_in_a_file_that_people_can_edit(tmp_path: Path) -> None:
    file = tmp_path / "config" / "words.txt"
    words = PersonalWords(file)
    words.load()
    assert "grok" not in words
    words.add("Grok")
    file.write_text(file.read_text(encoding="utf-8") + "# mine\n\nÉtoilique", encoding="utf-8")
    words.add("zorblat")
    assert file.read_text(encoding="utf-8") == "Grok\n# mine\n\nÉtoilique\nzorblat\n"
    again = PersonalWords(file)
    again.load()
    assert all(word in again for word in ("grok", "étoilique", "zorblat"))
    assert "# mine" not in again
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_a_word_is_known_even_if_it_can_not_be_written(tmp_path: Path) -> None:
    (tmp_path / "config").write_text("a file where a folder should be", encoding="utf-8")
    words = PersonalWords(tmp_path / "config" / "words.txt")
    with pytest.raises(PersonalWordsError):
        words.add("grok")
    assert "grok" in words


def test_names_are_found_in_slices_and_in_what_was_edited() -> None:
    script = Script("(Nobody here.)\n" * 2000)
    script.complete()
    finder = NameFinder(script)
    slices = 1
    while not finder.advance(0.1):
        slices += 1
    assert slices > 1
    done = script.splice(0, 0, "(Nobody.)\n" * 300 + "KESTRIX: Yes.\n")
    for _ in range(5):
        finder.look_again(done.row, done.inserted)
    assert not finder.advance(0.1)
    while not finder.advance(1):
        pass
    assert "kestrix" in finder.names
