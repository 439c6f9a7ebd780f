"""Hints: what they say, going through them, mending what they name."""

from __future__ import annotations

from screens.script.base import ScriptBase


class Hinting(ScriptBase):
    """Words left behind."""

    def action_bring_home(self) -> None:
        """The hint's one key."""
        if self.session.bring_home():
            self.notify("The words are in their page; undo takes them back.", timeout=4)
        else:
            self.notify("No words were left behind.", timeout=3)
