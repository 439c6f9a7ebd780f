"""Completion in the script tab: made after the first paint, and switched on and off."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.story import Change, Section
from screens.script.base import ScriptBase

if TYPE_CHECKING:
    from screens.script.helping import ScriptHelper


class Completing(ScriptBase):
    """Completion, on or off."""

    _helper: ScriptHelper | None = None

    @property
    def helper(self) -> ScriptHelper:
        """The editor's helper, made when it is wanted first."""
        if self._helper is None:
            from screens.script.helping import ScriptHelper

            self._helper = ScriptHelper(self.session, self.editor, on=self.desk.preferences.completion)
        return self._helper

    def on_mount(self) -> None:
        """Help the editor once it is painted; the bible is followed."""
        self.call_after_refresh(self._help)
        store = self.session.store
        self._stop_helping = [
            store.subscribe(section, self._bible_changed)
            for section in (Section.CHARACTERS, Section.BACKGROUNDS)
        ]

    def on_unmount(self) -> None:
        """Let go of the store."""
        for stop in self._stop_helping:
            stop()

    def _help(self) -> None:
        self.editor.helper = self.helper

    def _bible_changed(self, change: Change) -> None:
        if self._helper is not None:
            self._helper.bible_changed()

    def action_toggle_completion(self) -> None:
        """Whether words are offered while one types."""
        self.helper.on = not self.helper.on
        self.editor.ghost = ""
        self.desk.set_preference("completion", self.helper.on)
        self.notify(f"Completion is {'on' if self.helper.on else 'off'}.", timeout=2)
