"""What the three tabs share beside their fields: the script is followed, the dossier filled, jumps made."""

from __future__ import annotations

from collections.abc import Sequence
from importlib import import_module
from typing import TYPE_CHECKING

from textual import events, on, work
from textual.message import Message
from textual.timer import Timer

from core.story import Section
from screens.bible.base import BibleScreen
from screens.bible.views.dossier import BibleDossier, Jump, Open
from screens.bible.views.lines import LineList
from screens.bible.views.messages import CastMade, PlacesCounted
from screens.bible.views.picturing import Picturing
from screens.commands.base import key_name
from screens.commands.everywhere import BackFromScript

if TYPE_CHECKING:
    from textual.widget import Widget

    from core.workspace import ProjectSession
    from screens.bible.views.following import Following
    from screens.bible.views.lines import Line

FILL_SECONDS = 0.04
"""Who walks through the list sees the dossier of where the walk ends."""
READERS: tuple[str, ...] = (
    "core.bible.in_script",
    "core.script.figures",
    "screens.bible.views.following",
    "screens.widgets.picture",
)
"""What takes a while to be loaded."""
LOOK_MS = 20.0
"""Milliseconds that a jump may take to find where its place is by now."""


class Viewing(Picturing):
    """A tab with a dossier. What reads the script is made after the first paint."""

    class Loaded(Message):
        """The script can be read."""

    def __init__(self, session: ProjectSession) -> None:
        super().__init__(session)
        self.following: Following | None = None
        """What the script has of everybody; None until the tab has been shown."""
        self.dossier: LineList | None = None
        self._filling: Timer | None = None
        self._told_way_back = False
        self._dossier_stale = False

    def make_dossier(self) -> Widget:
        """The lines beside the form; begins to read the script."""
        self.dossier = BibleDossier()
        self._stops.append(self.store.subscribe(self.section, lambda change: self._chosen_changed()))
        self._load()
        return self.dossier

    @work(thread=True, group="bible-loading")
    def _load(self) -> None:
        """What reads scripts takes a while to be loaded: not on the screen's thread."""
        for module in READERS:
            import_module(module)
        self.post_message(self.Loaded())

    @on(Loaded)
    def _begin_to_follow(self) -> None:
        from screens.bible.views.following import Following

        if self.following is None and self.is_mounted:
            self.following = Following(
                self,
                self.session,
                timelines=self.section is Section.CHARACTERS,
                places=self.section is not Section.CHARACTERS,
            )
            self.ready_to_follow()
            self._stops += [self.following.stop, self.following.listen(self.script_seen)]
            self.following.look_again()

    def ready_to_follow(self) -> None:
        """What else a tab needs of the script."""

    @on(CastMade)
    def _cast_made(self, event: CastMade) -> None:
        event.stop()
        if self.following is not None:
            self.following.take_cast(event.cast, event.number)

    @on(PlacesCounted)
    def _places_counted(self, event: PlacesCounted) -> None:
        event.stop()
        if self.following is not None:
            self.following.take_places(event.places, event.of)

    def on_screen_resume(self) -> None:
        """Script and records may have been written in meanwhile."""
        if self.following is not None:
            self.following.look_again()
        if self._dossier_stale:
            self._dossier_stale = False
            self.call_after_refresh(self._chosen_changed)

    # --- the dossier

    def dossier_lines(self, width: int) -> Sequence[Line]:
        """What stands in the dossier, for so many cells."""
        return ()

    def script_seen(self) -> None:
        """The script has been read (again)."""
        self.fill_dossier()
        if self.reads_script and not self.form.is_typing:
            self.fill()

    @on(LineList.Chosen, "#dossier-lines")
    def _line_chosen(self, event: LineList.Chosen) -> None:
        event.stop()
        if isinstance(event.value, Jump):
            self.jump(event.value)
        elif isinstance(event.value, Open):
            self.open_record(event.value)

    def open_record(self, wanted: Open) -> object:
        """To a record of another tab."""

    @on(BibleScreen.Chosen)
    def _chosen_changed(self) -> None:
        if self not in self.app.screen_stack:
            self._dossier_stale = True
        elif self._filling is None:
            self._filling = self.set_timer(FILL_SECONDS, self.fill_dossier)
        else:
            self._filling.reset()

    def fill_dossier(self) -> None:
        """Show what the script has of the chosen record."""
        if self._filling is not None:
            self._filling.stop()
            self._filling = None
        if self.dossier is not None and self.dossier.is_mounted:
            self.dossier.show(self.dossier_lines)
            if self.following is not None:
                self.show_portrait()

    def action_show_in_script(self) -> None:
        """l: into the dossier, which takes the list's place in a narrow window."""
        if self.dossier is None or self.chosen is None:
            return
        if self.has_class("-narrow"):
            self.add_class("-record")
        self.add_class("-dossier")
        self.call_after_refresh(self.dossier.focus)

    @property
    def reads_dossier(self) -> bool:
        """Whether keys go to what the script has of the record."""
        return self.dossier is not None and self.dossier.has_focus

    def action_leave_dossier(self) -> None:
        """Escape in the dossier."""
        self.leave_dossier()

    def leave_dossier(self) -> None:
        """Back to the list."""
        if self.has_class("-narrow"):
            self.remove_class("-record", "-dossier")
        self.list_pane.focus()

    @on(events.Resize)
    def _dossier_has_room(self) -> None:
        self.call_after_refresh(self._fit_dossier)

    def _fit_dossier(self) -> None:
        if self.dossier is None or not self.is_mounted:
            return
        if not self.has_class("-narrow"):
            self.show_dossier()
        elif not self.dossier.has_focus:
            self.remove_class("-dossier")
        if self.following is not None:
            self.show_portrait()

    # --- jumps

    def jump(self, place: Jump) -> None:
        """To a place of the script, where it is by now."""
        following = self.following
        if following is not None and not following.presence.is_current:
            following.presence.advance(LOOK_MS)
            self.fill_dossier()
            lines = self.dossier.lines if self.dossier is not None else ()
            known = [line.value for line in lines if isinstance(line.value, Jump)]
            place = next((one for one in known if one == place), place)
        self.go_to_row(place.row)

    def go_to_row(self, row: int) -> None:
        """To a row of the script; how to come back is said once."""
        self.desk.show_in_script(row)
        keys = self.desk.keys_of(BackFromScript)
        if keys and not self._told_way_back:
            self._told_way_back = True
            self.notify(f"{key_name(keys[0])} goes back.", timeout=3)

    def first_row(self) -> int | None:
        """Where the chosen record first comes up in the script; None: nowhere."""
        return None

    def action_go_to_script(self) -> None:
        """g."""
        if self.following is None or not self.following.ready:
            self.notify("The script is still being read; try again in a moment.", timeout=3)
        elif (row := self.first_row()) is None:
            self.notify("The script does not have it.", timeout=3)
        else:
            self.go_to_row(row)
