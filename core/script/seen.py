"""What the lines of a script say of each other: names met twice, scenes, pages that a list names too."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice

from core.script.cues import Cue
from core.script.facts import Facts
from core.script.heading import Heading, Lone
from core.script.keywords import fold
from core.script.kinds import LineKind
from core.script.name_book import NameBook
from core.script.rows import Row

_COMIC = (LineKind.PAGE, LineKind.PANEL)


class Seen:
    """Names and numbers with the rows that have them. `learn` and `forget` give the rows to look at again."""

    def __init__(self, names: Iterable[str] = ()) -> None:
        self.names = frozenset(fold(name) for name in names)
        """The folded names of the bible."""
        self._speakers = NameBook()
        self._scenes = NameBook()
        self._headed: dict[int, set[Row]] = {}
        self._listed: dict[int, set[Row]] = {}
        self._items: set[Row] = set()
        self._panelled: set[Row] = set()
        """Rows where a panel is called one: numbered items are none there."""
        self._first: set[Row] = set()
        """Rows of panels that are the first, or have no number."""
        self._doubtful: set[Row] = set()

    def known(self, what: Cue | Heading | Lone) -> bool:
        """Whether a cue's name is a speaker's, or a page with a title is also headed without one."""
        if isinstance(what, Lone):
            return bool(self._first)
        if isinstance(what, Heading):
            if what.item:
                return not self._panelled
            return bool(self._headed.get(what.numbers[0]))
        if (what.weak and self._is_known(what.key)) or what.key in self.names:
            return True
        return bool(what.together) and all(map(self._is_known, what.together))

    def _is_known(self, name: str) -> bool:
        return len(self._speakers.get(name, ())) > 1 or name in self.names

    def rename(self, names: Iterable[str]) -> list[Row]:
        """The bible's names are these from now on."""
        fresh = frozenset(fold(name) for name in names)
        again = [row for name in fresh ^ self.names for row in self._speakers.get(name, ())]
        self.names = fresh
        return again

    def learn(self, row: Row, facts: Facts) -> list[Row]:
        """A row has these facts; a name that is met for the second time is a speaker's from now on."""
        again: list[Row] = []
        if facts.cue and facts.cue.key:
            for name in _names(facts.cue):
                rows = self._speakers.rows_of(name)
                rows.add(row)
                again += rows if len(rows) == 2 else ()
        elif title := _scene(facts):
            self._scenes.rows_of(fold(title)).add(row)
        if facts.heading and (number := _page_number(facts.heading)):
            rows = self._book(facts.heading).setdefault(number, set())
            rows.add(row)
            if not facts.heading.listing and len(rows) == 1:
                again += self._listed.get(number, ())
        for book, waiting in self._books(facts):
            book.add(row)
            again += waiting if len(book) == 1 else ()
        return again

    def forget(self, row: Row, facts: Facts) -> list[Row]:
        """A row with these facts is gone."""
        again: list[Row] = []
        if facts.cue and facts.cue.key:
            for name in _names(facts.cue):
                rows = self._speakers.let_go(name, row)
                again += rows if len(rows) == 1 else ()
        elif title := _scene(facts):
            self._scenes.let_go(fold(title), row)
        if facts.heading and (number := _page_number(facts.heading)):
            headed = self._book(facts.heading)
            headed[number].discard(row)
            if not headed[number]:
                del headed[number]
                again += () if facts.heading.listing else self._listed.get(number, ())
        for book, waiting in self._books(facts):
            book.discard(row)
            again += () if book else waiting
        return again

    def _books(self, facts: Facts) -> Iterator[tuple[set[Row], set[Row]]]:
        """The books that a row goes into, each with the rows for which it matters whether it is empty."""
        heading = facts.heading
        if facts.deep:
            yield self._panelled, self._items
        if heading is None or heading.kind not in _COMIC:
            return
        if heading.item:
            yield self._items, set()
            return
        if heading.doubtful:
            yield self._doubtful, set()
        panels = heading.numbers if heading.kind is LineKind.PANEL else heading.panels
        if panels is not None:
            yield self._panelled, self._items
            if panels[:1] in ((), (1,)):
                yield self._first, self._doubtful

    def _book(self, heading: Heading) -> dict[int, set[Row]]:
        return self._listed if heading.listing else self._headed

    def names_from(self, beginning: str, most: int) -> list[tuple[str, int]]:
        """(name as written, times) of speakers whose name begins so, whatever the case."""
        found: list[tuple[str, int]] = []
        for key in self._speakers.starting_with(fold(beginning), most):
            rows = self._speakers[key]
            cues = (row.facts.cue for row in rows if row.facts and row.kind is LineKind.DIALOGUE)
            name = next((cue.name for cue in islice(cues, most) if cue and cue.key == key), None)
            if name:
                found.append((name, len(rows)))
        return found

    def scenes_from(self, beginning: str, most: int) -> list[str]:
        """Titles of scenes that begin so, whatever the case, as they are first found."""
        found = []
        for key in self._scenes.starting_with(fold(beginning), most):
            facts = next(iter(self._scenes[key])).facts
            if facts and facts.heading:
                found.append(facts.heading.title)
        return found


def _names(cue: Cue) -> Iterable[str]:
    return dict.fromkeys((cue.key, *cue.together))


def _page_number(heading: Heading) -> int:
    """The number that the heading of a page gives, 0 for any other."""
    if heading.kind is not LineKind.PAGE or heading.panels is not None:
        return 0
    return heading.numbers[0] if heading.numbers else 0


def _scene(facts: Facts) -> str:
    """What a scene is called; empty for other lines."""
    heading = facts.heading
    return heading.title if heading and heading.kind is LineKind.SCENE else ""
