"""Has the bible looked for in the script, in slices, while a tab that shows it is shown."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from textual.screen import Screen
from textual.timer import Timer

from core.bible import Cast, Places, Presence, ScenePages
from core.story import Change, Character, Section
from core.workspace import ProjectSession
from screens.bible.views.messages import CastMade, PlacesCounted

SLICE_MS = 5.0
"""Milliseconds of reading at a time."""
SLICE_PAUSE = 0.012
REST_SECONDS = 0.3
"""After the last key of a burst."""


class Following:
    """One for each screen: who wants to hear when the answers of `session.bible` may be others.

    What one tab has had read is there for the others.
    """

    def __init__(
        self,
        screen: Screen[None],
        session: ProjectSession,
        *,
        timelines: bool = False,
        places: bool = False,
    ) -> None:
        """`timelines`: everybody's is worked out, too. `places`: so is where backgrounds are used."""
        self._bible = session.bible
        self._with_timelines, self._with_places = timelines, places
        self._told = 0
        """The version of the answers that the listeners have heard of."""
        self._more: Callable[[float], bool] | None = None
        self._screen = screen
        self._listeners: list[Callable[[], None]] = []
        self._timer: Timer | None = None
        # The bible's own note of a change comes first: it subscribed before.
        self._stops = [session.store.subscribe(None, self._changed), self._bible.listen(self.look_again)]

    @property
    def presence(self) -> Presence:
        """Who appears where."""
        return self._bible.presence

    @property
    def scenes(self) -> ScenePages:
        """Which pages scenes span."""
        return self._bible.scenes

    @property
    def timelines(self) -> Mapping[str, tuple[int, ...]]:
        """For each character in how many panels of each page."""
        return self._bible.timelines

    @property
    def places(self) -> Places | None:
        """Where backgrounds are used; None until that is known."""
        return self._bible.places

    @property
    def page_numbers(self) -> list[int]:
        """The (first) number of each page of the script, as it was when it was last read."""
        return self._bible.page_numbers

    @property
    def ready(self) -> bool:
        """Whether the script has been read once."""
        return self._bible.ready

    def characters(self) -> Sequence[Character]:
        """Those that are not in the trash, now."""
        return self._bible.characters()

    def listen(self, listener: Callable[[], None]) -> Callable[[], None]:
        """Call back when the answers may be others; gives how to stop that."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    def stop(self) -> None:
        """Let go of store and bible."""
        for stop in self._stops:
            stop()
        self._rest()

    def look_again(self) -> None:
        """The screen is shown (again), or something has come from a thread: go on."""
        self._later(SLICE_PAUSE)

    def _changed(self, change: Change) -> None:
        places_are_old = self._with_places and self._bible.places_are_old
        if change.section is Section.SCRIPT or self._bible.cast_is_old or places_are_old:
            self._later(REST_SECONDS)

    def _rest(self) -> None:
        if self._timer is not None:
            self._timer.stop()
            self._timer = None

    def _later(self, seconds: float) -> None:
        self._rest()
        screen = self._screen
        # While another tab is shown nothing is read; `look_again` comes when it is this one.
        if screen.is_mounted and screen in screen.app.screen_stack:
            self._timer = screen.set_timer(seconds, self._slice)

    def _slice(self) -> None:
        self._timer = None
        bible = self._bible
        if bible.cast_is_old:
            self._make_cast()
        if bible.waits_for_cast:
            return  # it tells when it has one
        if not bible.advance(SLICE_MS):
            self._later(SLICE_PAUSE)
            return
        told = self._tell()
        if self._with_places and bible.places_are_old:
            self._count_places()
        if told or (self._with_timelines and not bible.advance_timelines(SLICE_MS)):
            self._later(SLICE_PAUSE)
        else:
            self._tell()
            self._do_more()

    def _do_more(self) -> None:
        if self._more is not None and self._more(SLICE_MS):
            self._more = None
            self._tell(at_all_events=True)
        elif self._more is not None:
            self._later(SLICE_PAUSE)

    def _make_cast(self) -> None:
        """In a worker."""
        wanted = self._bible.cast_wanted()
        self._screen.run_worker(
            lambda: self._screen.post_message(CastMade(wanted.make(), wanted.number)),
            thread=True,
            group="bible-cast",
        )

    def take_cast(self, cast: Cast, number: int) -> None:
        """What the worker made."""
        self._bible.take_cast(cast, number)

    def go_on(self, more: Callable[[float], bool]) -> None:
        """Do this too, in slices, until it says that it is done; everybody is told then."""
        self._more = more
        if self._timer is None:
            self._later(SLICE_PAUSE)

    def _tell(self, *, at_all_events: bool = False) -> bool:
        """Tell those who listen if the answers are others than they were last told; whether they are."""
        if self._told == self._bible.version and not at_all_events:
            return False
        self._told = self._bible.version
        for listener in list(self._listeners):
            listener()
        return True

    def _count_places(self) -> None:
        """In a worker."""
        wanted = self._bible.places_wanted()
        self._screen.run_worker(
            lambda: self._screen.post_message(PlacesCounted(wanted.make(), wanted.of)),
            thread=True,
            group="bible-places",
        )

    def take_places(self, places: Places, of: tuple[int, int]) -> None:
        """What the worker counted."""
        self._bible.take_places(places, of)
