"""Going from place to place: each is a mode of its own, and the tabs of a project are made ready before."""

from __future__ import annotations

import gc
from collections.abc import Callable
from importlib import import_module
from typing import Any

from textual import events, on, work
from textual.screen import Screen
from textual.timer import Timer
from textual.widget import AwaitMount

from core.paths import Paths
from screens.base import GenkoScreen
from screens.messages import FieldReady, Settled
from tui.drafting import DraftingApp
from tui.settings import Settings
from tui.terminal import TerminalAbilities

TABS = {
    "characters": ("screens.bible.characters", "CharactersScreen"),
    "backgrounds": ("screens.bible.backgrounds", "BackgroundsScreen"),
    "scenes": ("screens.bible.scenes", "ScenesScreen"),
    "assembly": ("screens.assembly.screen", "AssemblyScreen"),
}
"""Where the screen of each tab stands; loaded when the script is settled, or when it is gone to before."""
BACKUP = "backup"
"""Made ready after the tabs; without a project, as soon as the backups have been looked after."""
REST_SECONDS = 1.0
"""How long the keys have to rest before a tab is made ready: that takes a moment."""


class TabbedApp(DraftingApp):
    """Knows the places that were opened, by name, and their modes."""

    def __init__(
        self, paths: Paths, settings: Settings, *, server: bool, terminal: TerminalAbilities | None
    ) -> None:
        super().__init__(paths, settings, server=server, terminal=terminal)
        self._building = True
        self._places: dict[str, str] = {}
        self._opened = 0
        self._preparing: Timer | None = None
        self._no_more_places = False

    async def _close_all(self) -> None:
        """Textual closes screen by screen and waits for each; none may be made meanwhile."""
        self._no_more_places = True
        await super()._close_all()

    async def on_event(self, event: events.Event) -> None:
        """Before a key goes anywhere: does it wait for a field that is going to have the cursor?"""
        if isinstance(event, (events.Key, events.Paste)) and not event.is_forwarded and self.screen_stack:
            screen = self.screen
            if isinstance(screen, GenkoScreen) and screen.takes_early(event):
                return
        await super().on_event(event)

    @on(FieldReady)
    async def _send_early_keys(self) -> None:
        """What has waited goes to the field, in front of all keys that come from now on."""
        if isinstance(self.screen, GenkoScreen):
            for event in self.screen.early_keys():
                await super().on_event(event)

    def delay_update(self, delay: float = 0.05) -> None:
        """Textual holds the picture back at each switch, to mask a screen that is still being built.

        Only a screen that is new needs that; the others would be 50 ms slower for nothing.
        """
        if self._building:
            super().delay_update(delay)

    def _go(self, place: str, make: Callable[[], Screen[Any]]) -> None:
        self._building = place not in self._places
        if self._building:
            self._add_place(place, make)
        self.switch_mode(self._places[place])

    def switch_mode(self, mode: str) -> AwaitMount:
        """Go to a place; one that was painted before is shown in the same moment."""
        if self._building or mode == self.current_mode:
            return super().switch_mode(mode)
        with self.batch_update():  # Textual would paint what its layout finds, and then again
            mounted = super().switch_mode(mode)
        if isinstance(screen := self.screen, GenkoScreen):
            screen.paint_at_once()
        return mounted

    def _add_place(self, place: str, make: Callable[[], Screen[Any]]) -> None:
        self._opened += 1
        self._places[place] = f"{place}-{self._opened}"
        self.add_mode(self._places[place], make)

    # the tabs

    def action_characters(self) -> None:
        """To the characters of the open project."""
        self._go_to_tab("characters")

    def action_backgrounds(self) -> None:
        """To its backgrounds."""
        self._go_to_tab("backgrounds")

    def action_scenes(self) -> None:
        """To its scenes."""
        self._go_to_tab("scenes")

    def action_assembly(self) -> None:
        """To its pages."""
        self._go_to_tab("assembly")

    def _go_to_tab(self, name: str) -> None:
        if self._session is not None:
            self._go(name, lambda: self._tab(name))

    def action_backup(self) -> None:
        """To the backups."""
        self._go(BACKUP, self._backup_screen)

    def _backup_screen(self) -> Screen[Any]:
        from screens.backup.screen import BackupScreen

        return self._styled_as_it_comes(BackupScreen())

    def action_drafts(self) -> None:
        """To the drafts: their list, or the one that was left open."""
        self._go("drafts", self._drafts_screen)

    def _drafts_screen(self) -> Screen[Any]:
        from screens.drafts.list.screen import DraftsScreen

        return self._styled_as_it_comes(DraftsScreen())

    def _tab(self, name: str) -> Screen[Any]:
        module, wanted = TABS[name]
        screen: GenkoScreen = getattr(import_module(module), wanted)(self._session)
        return self._styled_as_it_comes(screen)

    def _styled_as_it_comes(self, screen: GenkoScreen) -> GenkoScreen:
        # Its own rules are read when it is made and its parts are styled as they come; without this
        # Textual would read the rules of every screen again, twice, before it shows this one. And the
        # classes for its size would come late, and have all of it styled once more.
        screen.add_class(*screen.classes_for(self.size))
        screen._css_update_count = self._css_update_count
        screen.call_later(screen.take_styles)  # before it hears that it is shown
        return screen

    # made ready before they are gone to

    @on(Settled)
    def _prepare_soon(self) -> None:
        """The keys have come to rest: if they stay so, there is time to make the next tab ready."""
        if self._preparing is not None:
            self._preparing.stop()
        if self._session is not None and any(name not in self._places for name in (*TABS, BACKUP)):
            self._preparing = self.set_timer(REST_SECONDS, self._load_tabs)

    @work(thread=True, exclusive=True, group="tabs", exit_on_error=False)
    def _load_tabs(self) -> None:
        for module, _ in TABS.values():
            import_module(module)
        import_module("screens.backup.screen")
        self.call_from_thread(self._prepare_next)

    def _prepare_next(self) -> None:
        missing = [name for name in TABS if name not in self._places]
        if self._session is None or self._no_more_places:
            return
        if missing:
            name = missing[0]
            self._prepare(name, lambda: self._tab(name))
        else:
            self.prepare_backups()

    def prepare_backups(self) -> None:
        """The screen of the backups; its module is loaded already."""
        if BACKUP not in self._places and not self._no_more_places:
            self._prepare(BACKUP, self._backup_screen)

    def _prepare(self, place: str, make: Callable[[], Screen[Any]]) -> None:
        self._add_place(place, make)
        self._init_mode(self._places[place])
        self._paint_ahead(self._places[place])

    @work(exclusive=True, group="ahead", exit_on_error=False)
    async def _paint_ahead(self, mode: str) -> None:
        for screen in self._screen_stacks.get(mode, []):
            if isinstance(screen, GenkoScreen):
                await screen.paint_ahead()
        gc.freeze()  # a collection that goes through all that was made just now takes 40 ms
        self._prepare_soon()
