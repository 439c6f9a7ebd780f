"""Misspelt words are underlined, in the language of the script and with its own names known."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual import events, on, work
from textual.message import Message
from textual.timer import Timer

from core.errors import GenkoError
from core.script import ParsedLine
from core.story import Change, Section
from core.workspace import ProjectSession
from screens.messages import Settled
from screens.script.base import ScriptBase
from screens.widgets.editor import ScriptEditor
from screens.widgets.editor.styling import StyledSpan
from screens.widgets.line_styles import KindStyler

if TYPE_CHECKING:  # loaded when spelling is wanted first
    from core.spelling import Dictionary, NameFinder, PersonalWords, Speller

CHECKED = ("en", "fr")
NAMES_MS, NAMES_PAUSE = 4.0, 0.02
"""Milliseconds at a time in which names are looked for, and seconds between."""
SAMPLE_ROWS, SAMPLE = 400, 12_000
"""Rows and characters from which a language is told."""
FEWEST_WORDS, GROWN, SURE_WORDS = 8, 3, 400
"""Words that tell a language; growth after which it is told again; words from which it stays."""


@dataclass
class DictionaryRead(Message):
    """A worker has read the words of a language, and those that the writer has taught."""

    dictionary: Dictionary
    own: PersonalWords


@dataclass
class LanguageTold(Message):
    """The language that a script is in."""

    language: str


@dataclass
class NoDictionary(Message):
    """It could not be read."""

    error: GenkoError


class Marking(ScriptBase):
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
        self._told = ""
        self._told_at = 0
        self._naming: Timer | None = None
        self._bible_waits = False

    @property
    def _language(self) -> str:
        """The language that is checked; empty for none.

        English is what a project has that nobody gave a language: then the script itself tells.
        """
        language = self.session.store.meta.language
        if language == "en":
            language = self._told
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
        if self.desk.preferences.spelling != "off":
            self._ask_language()
        language = self._language
        if not language:
            self._stop_marking()
        elif self._dictionary is None or self._dictionary.language != language:
            if self._reading != language:
                self._reading = language
                self._read_dictionary(language)
        elif self._naming is None:
            self._find_names()

    def _ask_language(self) -> None:
        """Have the script's language told, and again while it is short and has grown."""
        words = self.session.script.statistics().words
        if self._told_at < SURE_WORDS and words >= max(FEWEST_WORDS, GROWN * self._told_at):
            self._told_at = words
            lines = self.session.script.lines
            self._tell_language("\n".join(lines.rows(0, SAMPLE_ROWS))[:SAMPLE])

    @work(thread=True, exclusive=True, group="language", exit_on_error=False)
    def _tell_language(self, sample: str) -> None:
        from core.script.formats.reading.language import language_of

        self.post_message(LanguageTold(language_of(sample)))

    @on(LanguageTold)
    def _language_told(self, event: LanguageTold) -> None:
        if event.language != self._told:
            self._told = event.language
            self._spell_on()

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
        if not self.may_slice():
            self._naming = self.set_timer(NAMES_PAUSE, self._find_names)
            return
        if self._finder is None:
            self._finder = NameFinder(self.session.script)
            self._know_records()
        if not self._finder.advance(NAMES_MS):
            self._naming = self.set_timer(NAMES_PAUSE, self._find_names)
        elif self._dictionary is not None and self._language:
            self._start_marking()
            self.rest_once("names")
        self.sliced()

    def _know_records(self) -> None:
        """The bible's names and the words of the project."""
        from core.spelling import WORD_MARK, project_words

        store = self.session.store
        self._project_words = project_words(store.marks(WORD_MARK))
        if self._finder is not None:
            self._finder.add((store.meta.title, *store.names()))
            self._finder.add(place.name for place in store.backgrounds())

    @on(events.ScreenResume)
    def _look_at_bible(self) -> None:
        """Who was renamed while another tab was shown is known now."""
        if self._bible_waits and self._finder is not None:
            self._bible_waits = False
            self._know_records()
            self._look_anew()

    def _words_changed(self, change: Change) -> None:
        if change.section is Section.CHARACTERS and self not in self.app.screen_stack:
            self._bible_waits = True  # somebody types there: it is looked at when this tab is shown again
            return
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
