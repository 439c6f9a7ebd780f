"""The app: wires settings, keymap, themes, screens, the open project and the server together."""

from __future__ import annotations

import asyncio
import gc
from collections.abc import Callable
from typing import Any, ClassVar
from uuid import UUID

from textual import on, work
from textual.binding import Binding
from textual.screen import Screen

from core.errors import GenkoError
from core.paths import Paths
from core.server import Server
from core.workspace import ProjectSession, SessionStatus, Shelf
from screens.base import GenkoScreen
from screens.commands import EVERYWHERE, REGISTRY, Command, bindings
from screens.messages import Refused
from screens.news import SaveNews
from tui.keymap import build_keymap
from tui.log import log_crash, log_error
from tui.server import ServerReady, server_settings
from tui.settings import Settings, change_setting
from tui.terminal import Loss, TerminalAbilities, TerminalApp, driver_of
from tui.themes import THEMES

POLL_SECONDS = 0.25
"""How often the journal is asked for another program's words; asking costs one pragma."""


def _palette() -> Any:
    from screens.palette import CommandsProvider

    return CommandsProvider


class GenkoApp(TerminalApp[int], inherit_bindings=False):
    """One writer's desk: at most one project open, the projects list, dialogs."""

    TITLE = "Genko"
    CSS_PATH = "genko.tcss"
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
    ) -> None:
        """Open `opening` at once, else show the projects. `server=False`: never start or ask one."""
        super().__init__(terminal=terminal)
        self._paths = paths
        self._settings = settings
        self._opening = opening
        self._wants_server = server
        self._server: Server | None = None
        self._server_usable = False
        self._save_when_connected = False
        self._leaving = False
        self._reached: Server | None = None  # before it has answered
        self._server_note = "database starting" if server else "no database"
        self._shelf = Shelf(paths)
        self._session: ProjectSession | None = None
        self._news = SaveNews()
        self._places: dict[str, str] = {}
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
    def shelf(self) -> Shelf:
        """The projects of this machine."""
        return self._shelf

    @property
    def server(self) -> Server | None:
        """The server, once it has answered."""
        return self._server

    @property
    def server_note(self) -> str:
        """Where the server is, or why there is none."""
        return self._server_note

    @property
    def server_starting(self) -> bool:
        """Whether it has yet to be seen if there is a server."""
        return self._wants_server and self._server is None

    @property
    def session(self) -> ProjectSession | None:
        """The open project."""
        return self._session

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
        for problem in self.keymap.problems:
            self.notify(problem, title="Keymap", severity="warning", markup=False, timeout=10)
        self.set_interval(POLL_SECONDS, self._poll)
        if self._wants_server:
            self._reach_server()

    @work(thread=True, group="server", exit_on_error=False)
    def _reach_server(self) -> None:
        server = self._reached = Server(server_settings(self._settings, self._paths))
        try:
            identity = server.start()
        except GenkoError as error:
            self.post_message(ServerReady(server, None, error))
        else:
            self.post_message(ServerReady(server, identity, None))

    @on(ServerReady)
    def _server_answered(self, event: ServerReady) -> None:
        self._server = event.server
        self._server_note = event.note
        self._server_usable = event.worth_connecting
        if self._session is not None and self._server_usable:
            self._session.connect(event.server)
            if self._save_when_connected:
                self._session.request_save()
        self._save_when_connected = False
        for screen in self.screen_stack:
            if isinstance(screen, GenkoScreen):
                screen.show_server()

    def _poll(self) -> None:
        if self._session is not None:
            self._session.poll()

    # projects, opened and closed

    def open_project(self, project_id: UUID) -> None:
        """Open a project at its script; the one that was open is closed first."""
        if self._session is not None and self._session.project_id == project_id:
            self.action_script()
            return
        self._opened += 1
        mode = f"desk-{self._opened}"
        self._close_project()
        self.add_mode(mode, lambda: self._open(project_id, mode))
        try:
            self.switch_mode(mode)
        except GenkoError as error:
            self.remove_mode(mode)
            self.report(error)

    def _open(self, project_id: UUID, mode: str) -> Screen[Any]:
        from screens.workspace import WorkspaceScreen

        session = ProjectSession.open(self._shelf, project_id, on_ui=self._on_ui)
        self._session = session
        self._places["script"] = mode
        self._news = SaveNews()
        session.on_status(self._status_changed)
        if self._server is not None and self._server_usable:
            session.connect(self._server)
        return WorkspaceScreen(session)

    def _on_ui(self, function: Callable[[], Any]) -> None:
        self.call_later(function)

    def _close_project(self) -> None:
        """Close the session and take its screens away; its words are in its journal."""
        session, self._session = self._session, None
        if session is None:
            return
        if self.current_mode not in (projects := self._places.get("projects", ""),):
            self.action_projects()
        for place in ("script", "versions"):
            if (mode := self._places.pop(place, None)) and mode != projects:
                self.remove_mode(mode)
        session.close(1.0)

    def leave_project(self, project_id: UUID) -> None:
        """Close this project if it is the open one."""
        if self._session is not None and self._session.project_id == project_id:
            self._close_project()

    def close(self) -> None:
        """Everything to the disk, nothing left running. For after `run`, whatever ended it."""
        if self._session is not None:
            self._session.close()
            self._session = None
        self._server = None
        if self._reached is not None:
            self._reached.close()
            self._reached = None

    async def keep_everything(self, loss: Loss) -> None:
        """The terminal is gone or a signal came: words to the disk first, then the server let go."""
        session, self._session = self._session, None
        if session is not None:
            session.close(3.0)
        server, self._server = self._server, None
        if server is not None:
            await asyncio.to_thread(server.close)

    def keep_the_least(self, loss: Loss) -> None:
        """The orderly end took too long: at least the journal."""
        if self._session is not None:
            self._session.journal.flush(1.0)

    def _status_changed(self, status: SessionStatus) -> None:
        if (news := self._news.hear(status)) is not None:
            self.notify(
                news.sentence, title=news.title, severity=news.severity, markup=False, timeout=news.seconds
            )

    # places

    def _projects_screen(self) -> Screen[Any]:
        from screens.projects import ProjectsScreen

        return ProjectsScreen()

    def _go(self, place: str, make: Callable[[], Screen[Any]]) -> None:
        if place not in self._places:
            self._opened += 1
            self._places[place] = f"{place}-{self._opened}"
            self.add_mode(self._places[place], make)
        self.switch_mode(self._places[place])

    def action_projects(self) -> None:
        """To the list of projects."""
        self._go("projects", self._projects_screen)

    def action_script(self) -> None:
        """To the script of the open project."""
        if "script" in self._places:
            self.switch_mode(self._places["script"])

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
        if action in ("save", "script", "versions"):
            return self._session is not None and isinstance(self.screen, GenkoScreen)
        if action in ("projects", "help", "places", "palette"):
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

    def action_save(self) -> None:
        """Ctrl+S."""
        if self._session is None:
            return
        self._news.asked()
        if self.server_starting:
            self._save_when_connected = True
        else:
            self._session.request_save()

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
        """Ask first when the server lacks words."""
        if not self._leaving:
            self._ask_to_leave()

    @work(exclusive=True, group="leaving")
    async def _ask_to_leave(self) -> None:
        from screens.leaving import may_leave

        self._leaving = True
        try:
            if self._session is None or await may_leave(self, self._session):
                self.exit(0)
        finally:
            self._leaving = False

    def set_preference(self, name: str, value: bool | str) -> None:
        """Change a setting now and in the user's file."""
        from msgspec.structs import replace

        self._settings = replace(self._settings, **{name: value})
        if name == "theme":
            self.theme = THEMES[self._settings.theme].name
        elif name == "mouse":
            self._apply_mouse()
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

    # trouble

    def _fatal_error(self) -> None:
        """Textual would print the source and all values, a writer's words among them."""
        if self._exception is not None:
            log_crash(self._exception)
        self.bell()
        self._close_messages_no_wait()

    @on(Refused)
    def _refused(self, event: Refused) -> None:
        self.report(event.error)

    def report(self, error: GenkoError) -> None:
        """A toast: what happened, what is safe, what to do."""
        log_error(error)
        sentence = " ".join(part for part in (error.safe, error.todo) if part)
        self.notify(sentence or error.what, title=error.what if sentence else "", severity="error",
                    markup=False, timeout=12)  # fmt: skip


def run_app(
    paths: Paths, settings: Settings, abilities: TerminalAbilities, *, opening: UUID | None = None
) -> int:
    """Run the app until it ends; gives the exit status. Everything is on the disk after that."""
    app = GenkoApp(paths, settings, opening=opening, terminal=abilities)
    try:
        app.run(mouse=settings.mouse)
    finally:
        app.close()
    return app.return_code or 0
