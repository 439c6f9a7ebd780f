"""What all full screens of Genko share: their commands and typed access to the app."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, cast

from textual import events
from textual.widget import Widget

from screens.ahead import AheadScreen
from screens.commands import Command
from screens.ports import Desk

if TYPE_CHECKING:
    from core.workspace import ProjectSession


class GenkoScreen(AheadScreen):
    """A place. `commands` lists what can be done there beside what works everywhere."""

    commands: ClassVar[tuple[type[Command], ...]] = ()

    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (110, "-wide")]
    VERTICAL_BREAKPOINTS = [(0, "-low"), (30, "-tall")]

    @property
    def desk(self) -> Desk:
        """The app."""
        return cast(Desk, self.app)

    def help_text(self) -> str:
        """A few sentences on this place, for F1."""
        return ""

    def help_keys(self) -> list[tuple[str, str]]:
        """(keys, what they do) of the focused part, beyond the commands."""
        return []

    _cut_short = False

    async def mount_composed_widgets(self, widgets: list[Widget]) -> None:
        """Textual's own; it mounts none where the screen is closed meanwhile."""
        await super().mount_composed_widgets(widgets)
        self._cut_short = bool(widgets) and not self.children

    async def on_event(self, event: events.Event) -> None:
        """A screen that was closed while it was made has no widgets: nothing is begun with them."""
        if not (self._cut_short and isinstance(event, events.Mount)):
            await super().on_event(event)

    def on_mount(self) -> None:
        """What is drawn in a theme's colours is drawn anew in those of the next."""
        self.app.theme_changed_signal.subscribe(self, lambda _: self.restyle())

    def restyle(self) -> None:
        """The theme has changed: texts that hold its colours must be made again."""

    @property
    def saves(self) -> ProjectSession | None:
        """What Ctrl+S saves here, where that is not the open project."""
        return None

    @property
    def working(self) -> str:
        """What is under way here and would be stopped by quitting, in sentences; empty: nothing."""
        return ""

    def takes_early(self, event: events.Key | events.Paste) -> bool:
        """Whether a key waits here for a field that is going to have the cursor. Asked for every key."""
        return False

    def early_keys(self) -> list[events.Key | events.Paste]:
        """The keys that have waited, in their order; they are let go of here."""
        return []

    def show_server(self) -> None:
        """The app has heard from the server, or that there is none."""

    def show_backups(self) -> None:
        """The app knows more about the backups (`Desk.backup_trouble`, `Desk.elsewhere`)."""
        from screens.widgets.header import DeskHeader

        for header in self.query(DeskHeader):
            header.show_backups()
