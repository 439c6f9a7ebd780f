"""What all full screens of Genko share: their commands and typed access to the app."""

from __future__ import annotations

from typing import ClassVar, cast

from textual import events, on
from textual.geometry import Size
from textual.screen import Screen

from screens.commands import Command
from screens.ports import Desk


class GenkoScreen(Screen[None]):
    """A place. `commands` lists what can be done there beside what works everywhere."""

    commands: ClassVar[tuple[type[Command], ...]] = ()

    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (110, "-wide")]
    VERTICAL_BREAKPOINTS = [(0, "-low"), (30, "-tall")]

    _styled_for: tuple[str, bool, Size] | None = None
    """Theme, whether the terminal has the focus, and size, when the screen was hidden."""

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

    def on_mount(self) -> None:
        """What is drawn in a theme's colours is drawn anew in those of the next."""
        self.app.theme_changed_signal.subscribe(self, lambda _: self.restyle())

    @on(events.ScreenSuspend)
    def _hidden(self) -> None:
        """Remember what the styles were made for."""
        self._styled_for = (self.app.theme, self.app.app_focus, self.app.size)

    @on(events.ScreenResume)
    def _shown_again(self, event: events.ScreenResume) -> None:
        """A place that is shown again looks as it did: styling each of its parts anew costs two frames."""
        event.refresh_styles = self._styled_for != (self.app.theme, self.app.app_focus, self.app.size)

    def restyle(self) -> None:
        """The theme has changed: texts that hold its colours must be made again."""

    def show_server(self) -> None:
        """The app has heard from the server, or that there is none."""
