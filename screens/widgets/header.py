"""The first line of a project's screens: its name, and where its words are."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import cast

from rich.text import Text

from core.journal import JournalState
from core.workspace import ServerState, SessionStatus
from screens.ports import Desk
from screens.widgets.places import PlacesLine, Slot

BADGE, BADGE_WIDE = "▲ backup", "▲ backup trouble (F9)"


def _slots(*, trouble: bool) -> tuple[Slot, ...]:
    return (
        Slot("brand", 7, style="accent", bold=True),
        Slot("dot", 2, style="warning"),
        Slot("title", bold=True),
        Slot("backup", len(BADGE) + 1 if trouble else 0, wide=0, style="warning"),
        Slot("disk", 22),
        Slot("server", 25, wide=40),
        Slot("elsewhere", 0, wide=len(BADGE_WIDE), style="quiet"),
    )


SLOTS, SLOTS_IN_TROUBLE = _slots(trouble=False), _slots(trouble=True)


class DeskHeader(PlacesLine):
    """Name of the project, yellow dot while the server lacks something, states in words and colour."""

    DEFAULT_CSS = "DeskHeader { background: $panel; }"

    def __init__(self) -> None:
        super().__init__(SLOTS)
        self._shown: tuple[str, SessionStatus] | None = None
        self.show("brand", "Genko")

    def on_resize(self) -> None:
        """A narrow window has fewer words."""
        if self._shown is not None:
            self.show_status(*self._shown)

    def show_status(self, title: str, status: SessionStatus) -> None:
        """Show one status; each place is painted only if it differs from what is there."""
        self._shown = title, status
        if status.server is ServerState.OFF and cast(Desk, self.app).server_starting:
            status = replace(status, server=ServerState.CONNECTING)
        colours = self.app.theme_variables
        self.show("dot", "●" if status.is_dirty else "")
        self.show("title", title or "(untitled)")
        self.show("disk", disk_text(status, colours))
        self.show("server", server_text(status, colours, wide=self.is_wide))
        lone = status.embedded and status.server is not ServerState.OFF
        self.show("elsewhere", self._elsewhere() if lone else "")
        self._show_badge(colours)

    def show_backups(self) -> None:
        """A backup has left the machine, or could not be made."""
        if self._shown is not None:
            self.show_status(*self._shown)

    def _elsewhere(self) -> str:
        desk = cast(Desk, self.app)
        return elsewhere_text(desk.elsewhere, datetime.now().astimezone()) if desk.elsewhere_known else ""

    def _show_badge(self, colours: dict[str, str]) -> None:
        """In a wide window it takes the place of `elsewhere`, in a narrow one some of the title's."""
        trouble = bool(cast(Desk, self.app).backup_trouble)
        slots = SLOTS_IN_TROUBLE if trouble else SLOTS
        if slots != self._slots:
            self._slots = slots
            self.refresh()
        self.show("backup", BADGE if trouble else "")
        if trouble and self.is_wide:
            self.show("elsewhere", Text(BADGE_WIDE, colours["warning"]))


def elsewhere_text(moment: datetime | None, now: datetime) -> str:
    """`elsewhere: never`, `elsewhere 14:32` of today, `elsewhere 19 Nov`, `elsewhere 3 Mar 2024`."""
    if moment is None:
        return "elsewhere: never"
    local = moment.astimezone(now.tzinfo)
    if local.date() == now.date():
        return f"elsewhere {local:%H:%M}"
    year = "" if local.year == now.year else f" {local.year}"
    return f"elsewhere {local.day} {local:%b}{year}"


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
    if status.server is ServerState.SAVED and status.picture_sentence:
        mark, colour = _SERVER_MARKS[ServerState.SAVING]
    return Text.assemble((mark, colours[colour]), " ", _server_words(status, wide=wide))


def _server_words(status: SessionStatus, *, wide: bool) -> str:
    edits = f"{status.edits_waiting:,} {'edit' if status.edits_waiting == 1 else 'edits'}"
    wait = "waits" if status.edits_waiting == 1 else "wait"
    at = status.server_at.astimezone().strftime("%H:%M:%S") if status.server_at else ""
    match status.server:
        case ServerState.SAVED if status.picture_sentence:
            said = status.picture_sentence
            return said if wide else said.partition(",")[0].replace(" still", "")
        case ServerState.SAVED:
            return f"server {at or 'has all'} saved" if at else "server saved"
        case ServerState.UNSAVED:
            saved = f"server {at}, {edits} unsaved" if wide else f"server {at} unsaved"
            return saved if at else f"server: {edits} to save" if wide else "server: not saved yet"
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
