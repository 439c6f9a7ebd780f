"""The first line of a project's screens: its name, and where its words are."""

from __future__ import annotations

from dataclasses import replace
from typing import cast

from rich.text import Text
from textual.app import ComposeResult
from textual.containers import Horizontal

from core.journal import JournalState
from core.workspace import ServerState, SessionStatus
from screens.ports import Desk
from screens.widgets.places import Place

DISK_WIDTH = 20
ELSEWHERE_WIDTH = 17


class DeskHeader(Horizontal):
    """Name of the project, yellow dot while the server lacks something, states in words and colour."""

    DEFAULT_CSS = """
    DeskHeader { height: 1; width: 1fr; padding: 0 1; background: $panel; }
    DeskHeader #brand { width: 7; color: $accent; text-style: bold; }
    DeskHeader #dot { width: 2; color: $warning; }
    DeskHeader #title { width: 1fr; text-style: bold; }
    DeskHeader #disk { margin-left: 2; }
    DeskHeader #server { margin-left: 2; width: 25; }
    DeskHeader #elsewhere { display: none; color: $quiet; margin-left: 2; }
    .-wide DeskHeader #elsewhere { display: block; }
    .-wide DeskHeader #server { width: 40; }
    """

    def compose(self) -> ComposeResult:
        """From left to right: brand, dot, title, disk, server, elsewhere."""
        yield Place(id="brand")
        yield Place(id="dot")
        yield Place(id="title")
        yield Place(id="disk", width=DISK_WIDTH)
        yield Place(id="server")
        yield Place(id="elsewhere", width=ELSEWHERE_WIDTH)

    def on_mount(self) -> None:
        """The parts that never change."""
        self.query_one("#brand", Place).show("Genko")

    def show(self, title: str, status: SessionStatus) -> None:
        """Show one status; each part is painted only if it differs from what is there."""
        if status.server is ServerState.OFF and cast(Desk, self.app).server_starting:
            status = replace(status, server=ServerState.CONNECTING)
        colours = self.app.theme_variables
        self.query_one("#dot", Place).show(
            "●" if status.is_dirty else "", tooltip="Yellow: not all is on the server"
        )
        self.query_one("#title", Place).show(title or "(untitled)")
        self.query_one("#disk", Place).show(disk_text(status, colours))
        self.query_one("#server", Place).show(
            server_text(status, colours, wide=self.screen.has_class("-wide"))
        )
        lone = status.embedded and status.server is not ServerState.OFF
        self.query_one("#elsewhere", Place).show("elsewhere: never" if lone else "")


def disk_text(status: SessionStatus, colours: dict[str, str]) -> Text:
    """`● this disk 14:32:15`, `◐ writing`, `▲ only in memory`."""
    marks = {JournalState.ON_DISK: ("●", "success"), JournalState.WRITING: ("◐", "warning")}
    mark, colour = marks.get(status.disk, ("▲", "error"))
    text = Text.assemble((mark, colours[colour]), " ", status.disk_sentence)
    if status.disk is JournalState.FAILING:
        text.stylize(f"bold {colours['error']}")
    return text


_SERVER_MARKS = {
    ServerState.SAVED: ("●", "success"),
    ServerState.UNSAVED: ("●", "warning"),
    ServerState.SAVING: ("◐", "secondary"),
    ServerState.WAITING: ("○", "warning"),
    ServerState.ERROR: ("▲", "error"),
    ServerState.CONNECTING: ("◌", "quiet"),
    ServerState.OFF: ("○", "quiet"),
}


def server_text(status: SessionStatus, colours: dict[str, str], *, wide: bool) -> Text:
    """`● server 14:31:58 saved`, `○ server unreachable, 3 edits wait`, …; shorter if not `wide`."""
    mark, colour = _SERVER_MARKS[status.server]
    return Text.assemble((mark, colours[colour]), " ", _server_words(status, wide=wide))


def _server_words(status: SessionStatus, *, wide: bool) -> str:
    edits = f"{status.edits_waiting:,} {'edit' if status.edits_waiting == 1 else 'edits'}"
    wait = "waits" if status.edits_waiting == 1 else "wait"
    at = status.server_at.astimezone().strftime("%H:%M:%S") if status.server_at else ""
    match status.server:
        case ServerState.SAVED:
            return f"server {at or 'has all'} saved" if at else "server saved"
        case ServerState.UNSAVED:
            return (
                f"server {at or 'never'} unsaved" if not wide else f"server {at or 'never'}, {edits} unsaved"
            )
        case ServerState.SAVING:
            return f"server {at} saving".replace("  ", " ")
        case ServerState.WAITING:
            return f"server unreachable, {edits} {wait}" if wide else f"server away, {edits}"
        case ServerState.ERROR:
            return f"error: not saved, {edits} {wait}" if wide else "error: not saved"
        case ServerState.CONNECTING:
            return "server starting"
        case _:
            return f"no server, {edits} {wait}" if wide and status.is_dirty else "no server"
