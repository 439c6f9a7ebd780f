"""The app: wires settings, keymap, themes, screens, the open project and the server together."""

from __future__ import annotations

import gc
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, ClassVar
from uuid import UUID

from textual import work
from textual.binding import Binding
from textual.screen import Screen

from core.errors import GenkoError
from core.paths import Paths
from screens.base import GenkoScreen
from screens.commands import EVERYWHERE, REGISTRY, Command, bindings
from tui.keymap import build_keymap
from tui.settings import Settings, change_setting
from tui.tabs import TABS, TabbedApp
from tui.terminal import TerminalAbilities, driver_of
from tui.themes import THEMES

if TYPE_CHECKING:
    from screens.workspace import WorkspaceScreen

_NEED_PROJECT = frozenset(command.action for command in EVERYWHERE if command.needs_project)
POLL_SECONDS = 0.25
"""How often the journal is asked for another program's words; asking costs one pragma."""


def _palette() -> Any:
    from screens.palette import CommandsProvider

    return CommandsProvider


class GenkoApp(TabbedApp, inherit_bindings=False):
    """One writer's desk: at most one project open, the projects list, dialogs."""

    TITLE = "Genko"
    CSS_PATH = ["genko.tcss", "../screens/workspace.tcss"]
    """With the script's: for rules that come later, Textual reads all the others again."""
    DEFAULT_MODE = "first"
    COMMANDS: ClassVar[set[Any]] = {_palette}
    COMMAND_PALETTE_BINDING = "unbound-palette"
    BINDINGS = [*bindings(EVERYWHERE), Binding("ctrl+c", "how_to_quit", show=False, system=True)]

    def __init__(
        self,
        paths: Paths,
        settings: Settings,
        *,
        opening: UUID | None = None,
        server: bool = True,
        terminal: TerminalAbilities | None = None,
        news: Sequence[str] = (),
    ) -> None:
        """Open `opening` at once, else show the projects. `server=False`: never start or ask one."""
        super().__init__(paths, settings, server=server, terminal=terminal)
        self._opening = opening
        self._start_news = tuple(news)
        self._leaving = False
        self._building = True
        self._places: dict[str, str] = {}
        self._script: WorkspaceScreen | None = None
        self._came_from = ""
        self._opened = 0
        self._start_problems: list[GenkoError] = []
        self.keymap = build_keymap(settings.keymap, settings.leader)
        self.set_keymap(self.keymap.overrides())
        self.add_mode("first", self._first_screen)
        for theme in THEMES.values():
            self.register_theme(theme)
        self.theme = THEMES[settings.theme].name

    # what screens read (screens.ports.Desk)

    @property
    def preferences(self) -> Settings:
        """The settings as they are now."""
        return self._settings

    def keys_of(self, command: type[Command]) -> tuple[str, ...]:
        """The keys of a command after the user's keymap."""
        return self.keymap.of(command)

    # starting

    def _first_screen(self) -> Screen[Any]:
        if self._opening is not None:
            try:
                return self._open(self._opening, "first")
            except GenkoError as error:
                self._start_problems.append(error)
        self._places["projects"] = "first"
        return self._projects_screen()

    def on_mount(self) -> None:
        """Everything that first paint need not wait for comes after it."""
        self.call_after_refresh(self._after_first_paint)

    def _after_first_paint(self) -> None:
        if not gc.isenabled():  # the launcher held collection back until now
            gc.freeze()
            gc.enable()
        for error in self._start_problems:
            self.report(error)
        for sentence in self._start_news:
            self.notify(sentence, markup=False, timeout=12)
        for problem in self.keymap.problems:
            self.notify(problem, title="Keymap", severity="warning", markup=False, timeout=10)
        self.set_interval(POLL_SECONDS, self._poll)
        if self._wants_server:
            self._reach_server()
        self.keep_backups()

    # projects, opened and closed

    def open_project(self, project_id: UUID) -> None:
        """Open a project at its script; the one that was open is closed first."""
        if self._session is not None and self._session.project_id == project_id:
            self.action_script()
            return
        if not self.may_close_session():
            return
        self._opened += 1
        mode = f"desk-{self._opened}"
        self._close_project()
        self.add_mode(mode, lambda: self._open(project_id, mode))
        self._building = True
        self.hold_keys()
        try:
            self.switch_mode(mode)
        except GenkoError as error:
            self.drop_keys()
            self.remove_mode(mode)
            self.report(error)

    def _open(self, project_id: UUID, mode: str) -> Screen[Any]:
        from screens.workspace import WorkspaceScreen

        session = self.open_session(project_id)
        self._places["script"] = mode
        self._script = WorkspaceScreen(session)
        return self._styled_as_it_comes(self._script)

    def rest(self) -> None:
        """Leave the parsed script out of collections: going through a long one takes 0.1 s and more."""
        gc.freeze()

    def _close_project(self) -> None:
        """Take the screens of the open project away and close it; its words are in its journal."""
        if self._session is None:
            return
        projects = self._places.get("projects", "")
        if self.current_mode != projects:
            self.action_projects()
        for place in ("script", *TABS, "versions"):
            if (mode := self._places.pop(place, None)) and mode != projects:
                self.remove_mode(mode)
        self._script = None
        self.close_session(0.0)
        gc.unfreeze()

    def leave_project(self, project_id: UUID) -> bool:
        """Close this project if it is the open one; False if it has to stay open."""
        if self._session is not None and self._session.project_id == project_id:
            if not self.may_close_session():
                return False
            self._close_project()
        return True

    # places

    def _projects_screen(self) -> Screen[Any]:
        from screens.projects import ProjectsScreen

        return self._styled_as_it_comes(ProjectsScreen())

    def action_projects(self) -> None:
        """To the list of projects."""
        self._go("projects", self._projects_screen)

    def action_script(self) -> None:
        """To the script of the open project."""
        if "script" in self._places:
            self._building = False
            self.switch_mode(self._places["script"])

    def show_in_script(self, row: int) -> None:
        """To a row of the script, and remember where this was asked for."""
        if (script := self._script) is not None:
            self._came_from = self.current_mode
            self.action_script()
            script.editor.go_to(row)
            script.editor.focus()

    @property
    def script_row(self) -> int:
        """The row of the script's cursor."""
        return self._script.editor.cursor[0] if self._script is not None else 0

    def action_back_from_script(self) -> None:
        """To where the last jump into the script was made."""
        if self._came_from in self._places.values():
            self._building = False
            self.switch_mode(self._came_from)

    def action_versions(self) -> None:
        """To the saves of the open project."""
        if (session := self._session) is None:
            return
        from screens.versions import VersionsScreen

        self._go("versions", lambda: VersionsScreen(session))

    def action_help(self) -> None:
        """Help for the screen that is shown."""
        from screens.help import HelpScreen

        screen = self.screen
        if isinstance(screen, GenkoScreen):
            self.push_screen(HelpScreen(screen))

    def action_places(self) -> None:
        """The menu of places."""
        from screens.menu import PlacesMenu

        screen = self.screen
        if isinstance(screen, GenkoScreen):
            self.push_screen(PlacesMenu(screen.commands), self._chosen)

    def _chosen(self, name: str | None) -> None:
        if name is not None:
            self.give(REGISTRY[name])

    def action_palette(self) -> None:
        """Any command by its name."""
        if isinstance(self.screen, GenkoScreen):
            self.action_command_palette()

    # commands

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """What needs an open project is not offered without one; dialogs keep their keys."""
        if action == "save" and isinstance(self.screen, GenkoScreen) and self.screen.saves is not None:
            return True
        if action in _NEED_PROJECT:
            here = self._session is not None and isinstance(self.screen, GenkoScreen)
            return here and (action != "back_from_script" or self._came_from in self._places.values())
        if action in ("projects", "drafts", "backup", "help", "places", "palette"):
            return isinstance(self.screen, GenkoScreen)
        return True

    def can_give(self, command: type[Command]) -> bool:
        """Whether the command means something here."""
        screen = self.screen
        if isinstance(screen, GenkoScreen) and command in screen.commands:
            return bool(screen.check_action(command.action, ()))
        return command in EVERYWHERE and bool(self.check_action(command.action, ()))

    def give(self, command: type[Command]) -> None:
        """Carry out a command as if its key had been pressed."""
        if self.can_give(command):
            owner = "app" if command in EVERYWHERE else "screen"
            self.call_later(self.run_action, f"{owner}.{command.action}")

    def action_give(self, name: str) -> None:
        """The footer's way to a command, for the mouse."""
        self.give(REGISTRY[name])

    def action_next_theme(self) -> None:
        """Dark, light."""
        self.set_preference("theme", "light" if self._settings.theme == "dark" else "dark")

    def action_toggle_mouse(self) -> None:
        """The terminal's own selection, or clicks."""
        self.set_preference("mouse", not self._settings.mouse)

    def action_redraw(self) -> None:
        """All of it, anew."""
        self.action_repaint()

    def action_how_to_quit(self) -> None:
        """Ctrl+C outside a text: say what quits."""
        self.notify("Ctrl+Q quits.")

    async def action_quit(self) -> None:
        """Ask first when the server lacks words, or work would be stopped."""
        if not self._leaving:
            self._ask_to_leave()

    @work(exclusive=True, group="leaving")
    async def _ask_to_leave(self) -> None:
        from screens.leaving import may_leave

        self._leaving = True
        try:
            screens = [screen for stack in self._screen_stacks.values() for screen in stack]
            working = [screen.working for screen in screens if isinstance(screen, GenkoScreen)]
            if await may_leave(self, self._session, [*filter(None, working)]):
                self.exit(0)
        finally:
            self._leaving = False

    def set_preference(self, name: str, value: bool | int | str | list[str]) -> None:
        """Change a setting (`theme`, `hints.off`) now and in the user's file."""
        from msgspec.structs import replace

        table, _, key = name.rpartition(".")
        inner = {key: value}
        whole = {table: replace(getattr(self._settings, table), **inner)} if table else inner
        self._settings = replace(self._settings, **whole)
        if name == "theme":
            self.theme = THEMES[self._settings.theme].name
        elif name == "mouse":
            self._apply_mouse()
        elif table == "drafts":
            self.follow_settings()
        try:
            change_setting(self._paths.settings_file, name, value)
        except (OSError, GenkoError) as error:
            self.notify(f"It is changed, but can't be remembered: {error}", severity="warning", markup=False)

    def _apply_mouse(self) -> None:
        if (driver := driver_of(self)) is not None:
            driver.set_mouse(self._settings.mouse)
        self.notify(
            f"The mouse is {'with Genko' if self._settings.mouse else 'with the terminal'}.", timeout=3
        )


def run_app(
    paths: Paths,
    settings: Settings,
    abilities: TerminalAbilities,
    *,
    opening: UUID | None = None,
    server: bool = True,
    news: Sequence[str] = (),
) -> int:
    """Run the app until it ends; gives the exit status. Everything is on the disk after that.

    `news` are sentences on settings and on how `opening` was found, told once the app is there.
    """
    app = GenkoApp(paths, settings, opening=opening, server=server, terminal=abilities, news=news)
    app.looks_after_backups = True
    try:
        app.run(mouse=settings.mouse)
    finally:
        app.close()
    return app.return_code or 0
