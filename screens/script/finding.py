"""Finding, replacing and renaming."""

from __future__ import annotations

from screens.script.base import ScriptBase
from screens.widgets.editor import FindBar


class Finding(ScriptBase):
    """The find line."""

    def action_find(self) -> None:
        """Ctrl+F: the find line, made when it is wanted first."""
        bars = self.query(FindBar)
        if bars:
            bars.first().open()
        else:
            bar = FindBar(self.editor)
            self.mount(bar, before=self.status_line)
            bar.call_after_refresh(bar.open)
