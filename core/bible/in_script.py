"""What an open project's script has of its bible: one for all who ask, kept up to date in slices."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from copy import copy
from functools import partial
from time import perf_counter
from typing import NamedTuple

from core.bible.cast import Cast, Names, names_of
from core.bible.places import Places, places_of
from core.bible.presence import Presence
from core.bible.scene_spans import ScenePages
from core.script.script import Script
from core.story import Change, Character, ProjectStore, Section

FEW = 16
"""Records that are looked at one by one; after a change of more, all are."""


class CastWanted(NamedTuple):
    """Names that have to be made ready to be looked up."""

    characters: list[Character]
    number: int
    """Which of those that were asked for it is."""

    def make(self) -> Cast:
        """In any thread: looks for every name once, since what finds a name is prepared at its first use."""
        cast = Cast(self.characters)
        cast.in_words(" ".join(name for one in self.characters for name in (one.name, *one.aliases)))
        return cast


class PlacesWanted(NamedTuple):
    """Places that have to be counted."""

    make: Callable[[], Places]
    """In any thread: it holds what no edit changes."""
    of: tuple[int, int]
    """The state of script and backgrounds that it is of."""


class BibleInScript:
    """Who and what of the bible is where in the script. Belongs to the store's thread.

    It takes note of changes; whoever looks at it does the work, some milliseconds at a time.
    """

    def __init__(
        self, store: ProjectStore, script: Script, characters: Callable[[], Sequence[Character]]
    ) -> None:
        """`script` is kept in step with the store by its owner; `characters` gives those kept, now."""
        self.characters = characters
        self.presence = Presence(script, Cast(()))
        self.scenes = ScenePages(store, script)
        self.timelines: Mapping[str, tuple[int, ...]] = {}
        """For each character in how many panels of each page; of a former state until a new one is whole."""
        self.places: Places | None = None
        """Where backgrounds are used; None until that is known."""
        self.version = 0
        """Grows when answers of any kind may be others."""
        self._store = store
        self._cast_changed = True
        self._casts_asked = self._casts_taken = 0
        self._backgrounds = 0
        """Grows with their changes."""
        self._places_asked = (0, 0)
        self._timelines_of = 0
        """The version of `presence` that they are of, or are being made of."""
        self._left: list[str] = []
        self._fresh: dict[str, tuple[int, ...]] = {}
        self._page_numbers: tuple[int, list[int]] = (-1, [])
        self._listeners: list[Callable[[], None]] = []
        store.subscribe(None, self._changed)

    @property
    def ready(self) -> bool:
        """Whether the script has been read once."""
        return self.presence.version > 0

    def listen(self, listener: Callable[[], None]) -> Callable[[], None]:
        """Call back when a cast or places have come from a thread; gives how to stop that."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    def _tell(self) -> None:
        for listener in list(self._listeners):
            listener()

    # --- who is who

    def _changed(self, change: Change) -> None:
        if change.section is Section.CHARACTERS:
            self._cast_changed = self._cast_changed or self._renamed(change)
        elif change.section is Section.BACKGROUNDS:
            self._backgrounds += 1

    def _renamed(self, change: Change) -> bool:
        """Whether somebody is called otherwise now: what else is written of people doesn't matter here."""
        if len(change.records) > FEW:
            return True
        known = {names.id: names for names in self.presence.cast.key}
        return any(known.get(record_id) != self._names(record_id) for record_id in change.records)

    def _names(self, record_id: str) -> Names | None:
        record = self._store.record(Section.CHARACTERS, record_id)
        return names_of(record) if isinstance(record, Character) and not record.trashed_at else None

    @property
    def cast_is_old(self) -> bool:
        """Whether somebody is called otherwise than the last cast that was asked for has it."""
        return self._cast_changed

    @property
    def waits_for_cast(self) -> bool:
        """Whether a thread makes one: until it is taken nothing is read."""
        return self._casts_taken < self._casts_asked

    def cast_wanted(self) -> CastWanted:
        """The characters as they are now; whoever asks has it made and gives it to `take_cast`."""
        self._cast_changed = False
        self._casts_asked += 1
        return CastWanted(list(self.characters()), self._casts_asked)

    def take_cast(self, cast: Cast, number: int) -> None:
        """What a thread made; older ones that come late are of no use."""
        if number == self._casts_asked:
            self._casts_taken = number
            self.presence.set_cast(cast)
            self._tell()

    # --- who is where

    def advance(self, budget_ms: float) -> bool:
        """Read on for about so many milliseconds; True when `presence` is of the script as it is."""
        before, script = self.presence.version, self.presence.reader.script
        done = (script.done or script.advance(budget_ms)) and self.presence.advance(budget_ms)
        self.version += self.presence.version != before
        return done

    def advance_timelines(self, budget_ms: float) -> bool:
        """Work out everybody's timeline, of `presence` as it is; True when that is done."""
        if self._timelines_of != self.presence.version:
            self._timelines_of = self.presence.version
            self._left, self._fresh = [one.id for one in self.presence.cast.characters], {}
        until = perf_counter() + budget_ms / 1000
        while self._left and perf_counter() < until:
            one = self._left.pop()
            self._fresh[one] = self.presence.of(one).timeline
        if not self._left and self.timelines is not self._fresh:
            self.timelines = self._fresh
            self.version += 1
        return not self._left

    @property
    def page_numbers(self) -> list[int]:
        """The (first) number of each page of the script, as it was when it was last read."""
        version, numbers = self._page_numbers
        if version != self.presence.version:
            pages = self.presence.reader.script.pages
            numbers = [pages.numbers(index)[0] for index in range(len(pages))]
            self._page_numbers = self.presence.version, numbers
        return numbers

    # --- where it is

    @property
    def _places_now(self) -> tuple[int, int]:
        return self.presence.version, self._backgrounds

    @property
    def places_are_old(self) -> bool:
        """Whether script or backgrounds are others than when places were last asked for."""
        return self.ready and self._places_asked != self._places_now

    def places_wanted(self) -> PlacesWanted:
        """What is counted; whoever asks has it made and gives it to `take_places`."""
        reader = copy(self.presence.reader)
        reader.parts = dict(reader.parts)
        self._places_asked = self._places_now
        return PlacesWanted(partial(places_of, reader, self._store.backgrounds()), self._places_asked)

    def take_places(self, places: Places, of: tuple[int, int]) -> None:
        """What a thread counted; older ones that come late are of no use."""
        if of == self._places_asked:
            self.places = places
            self.version += 1
            self._tell()
