"""Who appears where: pages, panels, lines and words of each character, kept up to date page by page."""

from __future__ import annotations

import time
from collections.abc import Iterator

from core.bible.answers import Answers
from core.bible.appearances import Appearances, Totals
from core.bible.cast import Cast
from core.bible.resolving import Resolved, resolve
from core.bible.script_parts import PAUSE, Reader
from core.script.script import Script
from core.story import Character


class Presence:
    """Follows one script and one cast. Nothing is read until `advance` is called.

    The answers are of the state at which `advance` last came to its end; rows too.
    """

    def __init__(self, script: Script, cast: Cast) -> None:
        self.reader = Reader(script)
        self.cast = cast
        self.version = 0
        """Grows when the answers may be others."""
        self._resolved: dict[int, Resolved] = {}
        self._answers = Answers(cast, (), {})
        self._work: Iterator[None] = iter(())
        self._state: tuple[int, int] = (-1, 0)
        self._round = 0
        self._done = False

    def set_cast(self, cast: Cast) -> None:
        """The characters of the bible changed."""
        same = cast.key == self.cast.key
        self.cast = cast
        if same:
            self._answers.cast = cast
        else:
            self._round += 1
            self._resolved.clear()

    @property
    def is_current(self) -> bool:
        """Whether the answers are those of script and cast as they are now."""
        return self._done and self._state == (self.reader.script.version, self._round)

    def advance(self, budget_ms: float = 5.0) -> bool:
        """Go on for about so many milliseconds; True when the answers are those of the script as it is.

        Waits (False) while the parser has not come to the end of the script.
        """
        if self.is_current:
            return True
        if not self.reader.script.done:
            return False
        deadline = time.perf_counter() + budget_ms / 1000
        state = (self.reader.script.version, self._round)
        if self._done or self._state != state:
            self._state, self._done = state, False
            self._work = self._steps()
        for _ in self._work:
            if time.perf_counter() >= deadline:
                return False
        self._done = True
        return True

    def complete(self) -> Presence:
        """All at one go, parsing too; returns itself."""
        self.reader.script.complete()
        while not self.advance(1000):
            pass
        return self

    def _steps(self) -> Iterator[None]:
        yield from self.reader.steps()
        parts, cast = self.reader.parts, self.cast
        for at, (key, part) in enumerate(list(parts.items())):
            old = self._resolved.get(key)
            if old is None or old.part is not part:
                for resolved in resolve(part, cast):
                    yield
                    if resolved is not None:
                        self._resolved[key] = resolved
            elif at % PAUSE == 0:
                yield
        for key in self._resolved.keys() - parts.keys():
            del self._resolved[key]
        self._answers = Answers(cast, self.reader.places, dict(self._resolved))
        self.version += 1

    # --- answers

    def of(self, record_id: str) -> Appearances:
        """All about a character of the bible. Costs the pages that the character is on, once."""
        return self._answers.of(record_id)

    def of_name(self, name: str) -> Appearances:
        """All about a name that is not in the bible."""
        return self._answers.of_name(name)

    def totals(self, record_id: str) -> Totals:
        """The numbers alone, which cost less."""
        return self._answers.totals(record_id)

    def unknown(self) -> list[tuple[str, int]]:
        """(name as first written, lines) of all who speak and are not in the bible; most lines first."""
        return self._answers.unknown()

    def silent(self) -> list[Character]:
        """The characters of the bible who are not in the script: neither do they speak nor are they named."""
        return self._answers.silent()

    def on_pages(self, indexes: range) -> list[tuple[Character, Totals]]:
        """Who of the bible is on these pages (indexes into `Script.pages`), with numbers for them alone."""
        return self._answers.on_pages(indexes)
