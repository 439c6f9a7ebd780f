"""For tabs that show scenes: their pages, and the names of who and what is in them, as they are by now."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from core.story import Change, Section
from screens.bible.views.viewing import Viewing

if TYPE_CHECKING:
    from core.bible import SceneNames


class NamingScenes(Viewing):
    """Part of a tab. What others are called may change while another tab is shown."""

    named: ClassVar[tuple[Section, ...]]
    """Whose records are named."""

    _names: SceneNames | None = None
    _names_stale = False

    def ready_to_follow(self) -> None:
        """Names of scenes are known from now on."""
        from core.bible import SceneNames

        self._names = SceneNames(self.store)
        for section in self.named:
            self._stops.append(self.store.subscribe(section, self._others_changed))

    def _others_changed(self, change: Change) -> None:
        if self._names is not None:
            self._names.forget(change.section)
        self._names_stale = True
        if self.is_current:
            self._names_again()

    def on_screen_resume(self) -> None:
        """Somebody may be called otherwise by now."""
        if self._names_stale:
            self.call_after_refresh(self._names_again)

    def _names_again(self) -> None:
        self._names_stale = False
        if self.is_attached:
            self.show_names()

    def show_names(self) -> None:
        """Show what is said of others once more."""
        self.fill_dossier()
