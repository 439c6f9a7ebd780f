"""Spelling: misspelt words are underlined, and one key tells what may have been meant."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from textual import events, on, work
from textual.message import Message
from textual.timer import Timer

from core.errors import GenkoError
from core.script import ParsedLine
from core.story import Change, Section
from core.workspace import ProjectSession
from screens.script.base import ScriptBase, Settled
from screens.widgets.editor import ScriptEditor
from screens.widgets.editor.styling import StyledSpan
from screens.widgets.line_styles import KindStyler

if TYPE_CHECKING:  # loaded when spelling is wanted first
    from core.spelling import Dictionary, NameFinder, PersonalWords, Speller

CHECKED = ("en", "fr")
NAMES_MS, NAMES_PAUSE = 4.0, 0.02
"""Milliseconds at a time in which names are looked for, and seconds between."""
FARTHEST = 3000
"""Rows in which the next misspelt word is looked for."""


@dataclass
class DictionaryRead(Message):
    """A worker has read the words of a language, and those that the writer has taught."""

    dictionary: Dictionary
    own: PersonalWords


@dataclass
class NoDictionary(Message):
    """It could not be read."""

    error: GenkoError


class Marked(NamedTuple):
    """A misspelt word: its row and columns."""

    row: int
    start: int
    end: int


class Spelling(ScriptBase):
    """Marks words once the first keys have rested: nothing of it is loaded before that."""

    def __init__(self, session: ProjectSession) -> None:
        super().__init__(session)
        self._dictionary: Dictionary | None = None
        self._own_words: PersonalWords | None = None
        self._project_words: frozenset[str] = frozenset()
        self._finder: NameFinder | None = None
        self._names_known = 0
        self._speller: Speller | None = None
        self._reading = ""
        self._naming: Timer | None = None

    @property
    def _language(self) -> str:
        """The language that is checked; empty for none."""
        language = self.session.store.meta.language
        return language if self.desk.preferences.spelling != "off" and language in CHECKED else ""

    @on(events.Mount)
    def _watch_words(self) -> None:
        self._unwatch_words = [
            self.session.store.subscribe(Section.META, self._words_changed),
            self.session.store.subscribe(Section.CHARACTERS, self._words_changed),
        ]

    @on(events.Unmount)
    def _unwatch_spelling(self) -> None:
        for stop in self._unwatch_words:
            stop()

    # what is known

    @on(Settled)
    def _spell_on(self) -> None:
        language = self._language
        if not language:
            self._stop_marking()
        elif self._dictionary is None or self._dictionary.language != language:
            if self._reading != language:
                self._reading = language
                self._read_dictionary(language)
        elif self._naming is None:
            self._find_names()

    @work(thread=True, exclusive=True, group="spelling", exit_on_error=False)
    def _read_dictionary(self, language: str) -> None:
        from core.spelling import Dictionary, PersonalWords

        try:
            own = PersonalWords(self.desk.shelf.paths.config / "words.txt")
            own.load()
            self.post_message(DictionaryRead(Dictionary.load(language), own))
        except GenkoError as error:
            self.post_message(NoDictionary(error))

    @on(NoDictionary)
    def _no_dictionary(self, event: NoDictionary) -> None:
        self.desk.report(event.error)

    @on(DictionaryRead)
    def _begin(self, event: DictionaryRead) -> None:
        self._reading = ""
        self._dictionary, self._own_words = event.dictionary, event.own
        self._speller = None
        if self._language == event.dictionary.language:
            self._find_names()

    def _find_names(self) -> None:
        """Look for names in slices; marks are shown once the first look is complete."""
        from core.spelling import NameFinder

        self._naming = None
        if self._finder is None:
            self._finder = NameFinder(self.session.script)
            self._know_records()
        if not self._finder.advance(NAMES_MS):
            self._naming = self.set_timer(NAMES_PAUSE, self._find_names)
        elif self._dictionary is not None and self._language:
            self._start_marking()

    def _know_records(self) -> None:
        """The bible's names and the words of the project."""
        from core.spelling import project_words

        store = self.session.store
        self._project_words = project_words(store.raw_meta())
        if self._finder is not None:
            self._finder.add((store.meta.title, *store.names()))
            self._finder.add(place.name for place in store.backgrounds())

    def _words_changed(self, change: Change) -> None:
        if self._finder is not None:
            self._know_records()
            self._look_anew()
        self.settle_soon()  # the language may be another one

    @on(ScriptEditor.Edited)
    def _names_may_have_come(self, event: ScriptEditor.Edited) -> None:
        if self._finder is not None:
            for splice in event.splices:
                self._finder.look_again(splice.row, splice.inserted)

    # marks

    def _start_marking(self) -> None:
        from core.spelling import Speller

        assert self._dictionary is not None
        assert self._finder is not None
        if self._speller is None:
            self._speller = Speller(self._dictionary, self._finder.names, self._is_taught)
            self._set_marks(on=True)
        elif len(self._finder.names) != self._names_known:
            self._look_anew()
        self._names_known = len(self._finder.names)

    def _stop_marking(self) -> None:
        if self._speller is not None:
            self._speller = None
            self._set_marks(on=False)

    def _set_marks(self, *, on: bool) -> None:
        styler = self.editor.styler
        if isinstance(styler, KindStyler):
            styler.marks = self._marks if on else None
            self.editor.sync()

    def _look_anew(self) -> None:
        if self._speller is not None:
            self._speller.forget()
            self.editor.sync()

    def _is_taught(self, word: str) -> bool:
        return word in self._project_words or (self._own_words is not None and word in self._own_words)

    def _marks(self, row: int, raw: str, line: ParsedLine) -> Sequence[StyledSpan]:
        """Of a row; a word that is being typed is left alone until it is finished."""
        assert self._speller is not None
        found = self._speller.misspelt(raw, line)
        if not found:
            return ()
        anchor, cursor = self.editor.selection
        typing = cursor if anchor == cursor else None
        return [(start, end, "misspelt") for start, end in found if (row, end) != typing]

    # commands

    def action_spelling(self) -> None:
        """On or off, and remembered."""
        wanted = "on" if self.desk.preferences.spelling == "off" else "off"
        self.desk.set_preference("spelling", wanted)
        self._spell_on()
        language = self.session.store.meta.language
        if wanted == "off":
            self.notify("Misspelt words are not marked.", timeout=3)
        elif language in CHECKED:
            self.notify("Misspelt words are underlined.", timeout=3)
        else:
            self.notify("There is no dictionary for the language of this script.", timeout=4)

    @work
    async def action_spell_word(self) -> None:
        """The misspelt word at the cursor or after it: what may be meant, or that it is right."""
        marked = self._next_marked()
        if marked is None or self._dictionary is None or self._finder is None:
            self.notify("No misspelt word from here on.", timeout=3)
            return
        from core.spelling import suggest
        from screens.spelling import SpellingDialog, Verdict

        row, start, end = marked
        self.editor.select((row, start), (row, end))
        word = self.editor.wrapped.buffer[row][start:end]
        names = frozenset(self._finder.names)
        meant = await asyncio.to_thread(suggest, word, self._dictionary, names)
        answer = await self.app.push_screen_wait(SpellingDialog(word, meant))
        if answer is None:
            return
        if answer.verdict is Verdict.MEANT:
            if self.editor.selected_text == word:
                self.editor.insert(answer.word)
        elif answer.verdict is Verdict.KNOWN_HERE:
            self._know(word)
        else:
            self._know_everywhere(word)

    def _next_marked(self) -> Marked | None:
        if self._speller is None:
            return None
        script = self.session.script
        here, column = self.editor.cursor
        for row in range(here, min(len(script.lines), here + FARTHEST)):
            for start, end in self._speller.misspelt(script.lines[row], script.line(row)):
                if row > here or end >= column:
                    return Marked(row, start, end)
        return None

    def action_know_word(self) -> None:
        """The word at the cursor, marked or not."""
        from core.spelling.words import word_at

        row, column = self.editor.cursor
        word = word_at(self.editor.wrapped.buffer[row], column)
        if word:
            self._know(word)
        else:
            self.notify("There is no word here.", timeout=3)

    def _know(self, word: str) -> None:
        from core.spelling import field_of

        self.session.store.set_meta(**{field_of(word): True})
        self.notify(f"“{word}” is known in this project.", timeout=3, markup=False)

    def _know_everywhere(self, word: str) -> None:
        if self._own_words is None:
            return
        try:
            self._own_words.add(word)
        except GenkoError as error:
            self.desk.report(error)
        else:
            self.notify(f"“{word}” is known in all your scripts.", timeout=3, markup=False)
        self._look_anew()
