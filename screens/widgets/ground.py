"""The style that a widget's lines are painted on, worked out once for all of them."""

from __future__ import annotations

from rich.style import Style
from textual.widget import Widget


class Ground(Widget):
    """Asking Textual for a widget's style costs as much as painting a line: so not for every line."""

    _ground: tuple[tuple[object, ...], Style] | None = None

    @property
    def ground(self) -> Style:
        """The widget's own style, as long as theme and focus are the same."""
        now = (self.app.theme, self.app.app_focus, self.has_focus)
        if self._ground is None or self._ground[0] != now:
            self._ground = now, self.rich_style
        return self._ground[1]

    def notify_style_update(self) -> None:
        """A theme or a pseudo class has changed."""
        super().notify_style_update()
        self._ground = None
