"""One key tells what may have been meant by a misspelt word; words are taught; all of it on or off."""

from __future__ import annotations

import asyncio
from time import monotonic
from typing import NamedTuple

from textual import work

from core.errors import GenkoError
from screens.script.marking import Marking

FARTHEST = 3000
"""Rows in which the next misspelt word is looked for."""
LOOK_SECONDS, LOOK_PAUSE = 0.005, 0.01
"""Of looking at a time, and between."""


class Marked(NamedTuple):
    """A misspelt word: its row and columns."""

    row: int
    start: int
    end: int


class Spelling(Marking):
    """The commands."""

    def action_spelling(self) -> None:
        """On or off, and remembered."""
        wanted = "on" if self.desk.preferences.spelling == "off" else "off"
        self.desk.set_preference("spelling", wanted)
        self._spell_on()
        if wanted == "off":
            self.notify("Misspelt words are not marked.", timeout=3)
        elif self._language:
            self.notify("Misspelt words are underlined.", timeout=3)
        else:
            self.notify("There is no dictionary for the language of this script.", timeout=4)

    @work
    async def action_spell_word(self) -> None:
        """The misspelt word at the cursor or after it: what may be meant, or that it is right."""
        if self._speller is None:
            self.notify(self._why_unmarked(), timeout=4)
            return
        marked = await self._next_marked()
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

    def _why_unmarked(self) -> str:
        if self.desk.preferences.spelling == "off":
            return "Misspelt words are not marked; the menu switches that on."
        if self._language:
            return "The dictionary is being read; try again in a moment."
        return "There is no dictionary for the language of this script."

    async def _next_marked(self) -> Marked | None:
        """Looks for some milliseconds at a time; the text may change meanwhile."""
        lines = self.session.script.lines
        here, column = self.editor.cursor
        until = monotonic() + LOOK_SECONDS
        for row in range(here, here + FARTHEST):
            if self._speller is None or row >= len(lines):
                return None
            for start, end in self._speller.misspelt(lines[row], self.session.script.line(row)):
                if row > here or end >= column:
                    return Marked(row, start, end)
            if monotonic() > until:
                await asyncio.sleep(LOOK_PAUSE)
                until = monotonic() + LOOK_SECONDS
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
        from core.spelling import WORD_MARK, folded

        self.session.store.set_mark(WORD_MARK, folded(word), True)
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
