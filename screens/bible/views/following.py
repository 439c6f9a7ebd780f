"""Keeps up to date, in slices, what the script has of the bible while its screen is shown."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from copy import copy
from time import monotonic

from textual.screen import Screen
from textual.timer import Timer

from core.bible import Cast, Names, Places, Presence, names_of, places_of
from core.story import Change, Character, Section
from core.workspace import ProjectSession
from screens.bible.views.messages import CastMade, PlacesCounted

SLICE_MS = 5.0
"""Milliseconds of reading at a time."""
SLICE_PAUSE = 0.012
REST_SECONDS = 0.3
"""After the last key of a burst."""
FEW = 16
"""Records that are looked at one by one; after a change of more, all are."""


class Following:
    """One for each screen: a `Presence`, and who wants to hear when its answers may be others."""

    def __init__(
        self,
        screen: Screen[None],
        session: ProjectSession,
        characters: Callable[[], Sequence[Character]],
        *,
        timelines: bool = False,
        places: bool = False,
    ) -> None:
        """`characters` gives those that are not in the trash, now.

        `timelines`: everybody's is worked out, too. `places`: so is where backgrounds are used.
        """
        self.presence = Presence(session.script, Cast(()))
        self.timelines: Mapping[str, tuple[int, ...]] = {}
        """For each character in how many panels of each page; of a former state until a new one is whole."""
        self.places: Places | None = None
        """Where backgrounds are used; None until that is known."""
        self._with_timelines, self._with_places = timelines, places
        self._places_changed = False
        self._left: list[str] = []
        self._fresh: dict[str, tuple[int, ...]] = {}
        self._page_numbers: tuple[int, list[int]] = (-1, [])
        self._more: Callable[[float], bool] | None = None
        self._screen = screen
        self._session = session
        self._listeners: list[Callable[[], None]] = []
        self._timer: Timer | None = None
        self._stops = [session.store.subscribe(None, self._changed)]
        self.characters = characters
        self._cast_changed = True
        self._casts_asked = self._casts_taken = 0

    @property
    def ready(self) -> bool:
        """Whether the script has been read once."""
        return self.presence.version > 0

    def listen(self, listener: Callable[[], None]) -> Callable[[], None]:
        """Call back when the answers may be others; gives how to stop that."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    def stop(self) -> None:
        """Let go of the store."""
        for stop in self._stops:
            stop()
        self._rest()

    def look_again(self) -> None:
        """The screen is shown (again): read what changed meanwhile."""
        self._later(SLICE_PAUSE)

    def _changed(self, change: Change) -> None:
        if change.section is Section.CHARACTERS:
            self._cast_changed = self._cast_changed or self._renamed(change)
        if change.section is Section.BACKGROUNDS and self._with_places:
            self._places_changed = True
        if change.section is Section.SCRIPT or self._cast_changed or self._places_changed:
            self._later(REST_SECONDS)

    def _renamed(self, change: Change) -> bool:
        """Whether somebody is called otherwise now: what else is written of people doesn't matter here."""
        if len(change.records) > FEW:
            return True
        known = {names.id: names for names in self.presence.cast.key}
        return any(known.get(record_id) != self._names(record_id) for record_id in change.records)

    def _names(self, record_id: str) -> Names | None:
        record = self._session.store.record(Section.CHARACTERS, record_id)
        return names_of(record) if isinstance(record, Character) and not record.trashed_at else None

    def _rest(self) -> None:
        if self._timer is not None:
            self._timer.stop()
            self._timer = None

    def _later(self, seconds: float) -> None:
        self._rest()
        screen = (
            self._screen
        )  # while another tab is shown nothing is read; `look_again` comes when it is this
        if screen.is_mounted and screen in screen.app.screen_stack:
            self._timer = screen.set_timer(seconds, self._slice)

    def _slice(self) -> None:
        self._timer = None
        if self._cast_changed:
            self._make_cast()
        if self._casts_taken < self._casts_asked:
            return  # `take_cast` goes on
        before = self.presence.version
        script = self._session.script
        if not (script.done or script.advance(SLICE_MS)) or not self.presence.advance(SLICE_MS):
            self._later(SLICE_PAUSE)
        elif self.presence.version != before:
            self._begin_timelines()
            self._tell()
            self._count_places()
        elif self._places_changed:
            self._count_places()
        elif self._left:
            self._go_on_with_timelines()
        elif self._more is not None:
            if self._more(SLICE_MS):
                self._more = None
                self._tell()
            else:
                self._later(SLICE_PAUSE)

    def _make_cast(self) -> None:
        """In a worker, which looks for every name once: what finds a name is prepared at its first use."""
        self._cast_changed = False
        self._casts_asked += 1
        characters, number = list(self.characters()), self._casts_asked

        def make() -> None:
            cast = Cast(characters)
            cast.in_words(" ".join(name for one in characters for name in (one.name, *one.aliases)))
            self._screen.post_message(CastMade(cast, number))

        self._screen.run_worker(make, thread=True, group="bible-cast")

    def take_cast(self, cast: Cast, number: int) -> None:
        """What the worker made; older ones that come late are of no use."""
        if number == self._casts_asked:
            self._casts_taken = number
            self.presence.set_cast(cast)
            self._later(SLICE_PAUSE)

    def go_on(self, more: Callable[[float], bool]) -> None:
        """Do this too, in slices, until it says that it is done; everybody is told then."""
        self._more = more
        if self._timer is None:
            self._later(SLICE_PAUSE)

    def _tell(self) -> None:
        for listener in list(self._listeners):
            listener()

    def _count_places(self) -> None:
        """In a worker, which is given what no edit changes."""
        self._places_changed = False
        if self._with_places:
            reader = copy(self.presence.reader)
            reader.parts = dict(reader.parts)
            backgrounds = self._session.store.backgrounds()
            self._screen.run_worker(
                lambda: self._screen.post_message(PlacesCounted(places_of(reader, backgrounds))),
                thread=True,
                group="bible-places",
            )

    def take_places(self, places: Places) -> None:
        """What the worker counted."""
        self.places = places
        self._tell()

    def _begin_timelines(self) -> None:
        if self._with_timelines:
            self._left, self._fresh = [one.id for one in self.presence.cast.characters], {}
            self._later(SLICE_PAUSE)

    def _go_on_with_timelines(self) -> None:
        until = monotonic() + SLICE_MS / 1000
        while self._left and monotonic() < until:
            one = self._left.pop()
            self._fresh[one] = self.presence.of(one).timeline
        if self._left:
            self._later(SLICE_PAUSE)
        else:
            self.timelines = self._fresh
            self._tell()

    @property
    def page_numbers(self) -> list[int]:
        """The (first) number of each page of the script, as it was when it was last read."""
        version, numbers = self._page_numbers
        if version != self.presence.version:
            pages = self._session.script.pages
            numbers = [pages.numbers(index)[0] for index in range(len(pages))]
            self._page_numbers = self.presence.version, numbers
        return numbers
