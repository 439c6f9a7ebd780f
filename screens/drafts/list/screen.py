"""The drafts of this machine: what each is, how far it is, and into which to go."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from typing import TYPE_CHECKING
from uuid import UUID

from textual import on, work
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.getters import query_one
from textual.timer import Timer
from textual.widgets import Static
from textual.worker import get_current_worker

from core.errors import GenkoError
from screens.commands import DRAFTS, bindings
from screens.commands.everywhere import Help, Palette, Places
from screens.drafts.list.reading import Listed, draft_rows, live_row
from screens.drafts.list.rows import DraftList, DraftRow
from screens.drafts.opened.screen import DraftScreen
from screens.drafts.place import DraftsPlace
from screens.drafts.wording import STATUS_SIGNS
from screens.messages import Refused
from screens.widgets.filter_line import FilterLine
from screens.widgets.keys import KeysLine
from screens.widgets.places import PlacesLine, Slot
from screens.wording import counted

if TYPE_CHECKING:
    from core.drafts.making.wish import Wish
    from screens.ports import JobNews

TOP = (
    Slot("brand", 7, style="accent", bold=True),
    Slot("heading", bold=True),
    Slot("note", 34, 40, style="quiet"),
    Slot("server", 26, 40, style="quiet", right=True),
)
EMPTY = (
    "No draft yet. n begins one from a theme, b from characters and places of the open project.\n\n"
    "A draft is a pack of pictures that are made from prompts. Each is made again until it is right; "
    "nothing is overwritten, and nothing is published before you say so.\n\n"
    "i brings in universes that were made with MagikSwipe."
)
ABOUT = (
    "The drafts of this machine. Enter opens one, n begins one, P publishes it. A draft is private until "
    "you say otherwise, and is on this machine only until it is saved or published."
)
EVERY = 1.0
"""Seconds between two looks at drafts that something is made for, and at the folder of all."""
OF_JOBS = frozenset({"show_jobs", "cancel_job", "cancel_jobs"})
"""What is being made is seen where a draft is open."""
NEEDS_ONE = frozenset({"open_draft", "rename_draft"})


class DraftsScreen(DraftsPlace):
    """The list of drafts; the one that is opened stands over it."""

    CSS_PATH = ["../drafts.tcss", "list.tcss"]
    AUTO_FOCUS = "DraftList"
    commands = DRAFTS
    BINDINGS = bindings(DRAFTS)

    top = query_one("#top", PlacesLine)
    listing = query_one(DraftList)

    def __init__(self) -> None:
        super().__init__()
        self._rows: Sequence[DraftRow] = ()
        self._status = ""
        self._trashed = False
        self._read = False
        self._stamp = 0
        """The folder's, from before it was last read."""
        self._wanted: UUID | None = None
        self._unfollow: Callable[[], None] | None = None
        self._progress_due: Timer | None = None

    def compose(self) -> ComposeResult:
        """Header, list, filter, keys."""
        yield PlacesLine(TOP, id="top")
        with Vertical(id="middle"):
            yield Static("", id="empty", markup=False)
            yield DraftList()
        yield FilterLine("letters of a name, a theme, a status", "#drafts")
        yield KeysLine(DRAFTS, everywhere=(Palette, Help, Places))

    def on_mount(self) -> None:
        """Read the drafts in a worker."""
        self.top.show("brand", "Genko")
        self.show_server()
        self.refresh_bindings()
        self.reload()
        self._unfollow = self.desk.draft_desk.on_progress(self._progress_told)
        self.set_interval(EVERY, self._look_again)

    def on_unmount(self) -> None:
        """Nobody looks any more."""
        if self._unfollow is not None:
            self._unfollow()

    def on_screen_resume(self) -> None:
        """Another program, or the draft that was open, may have changed them."""
        if self.is_mounted and self.query(DraftList):
            self.reload()

    def show_server(self) -> None:
        """The server's state at the right of the first line."""
        self.top.show("server", self.desk.server_note)

    def help_text(self) -> str:
        """For F1."""
        return ABOUT

    @property
    def is_filled(self) -> bool:
        """Whether the drafts have been read."""
        return self._read

    def restyle(self) -> None:
        """The rows have other colours."""
        self.listing.refresh()

    # what actions are meant for

    @property
    def draft_id(self) -> UUID | None:
        """The draft under the cursor."""
        chosen = self.listing.chosen if self.is_mounted else None
        return chosen.id if chosen is not None else None

    @property
    def draft_title(self) -> str:
        """Its name."""
        chosen = self.listing.chosen
        return chosen.name if chosen is not None else ""

    @property
    def shows_trash(self) -> bool:
        """Whether the trash is listed."""
        return self._trashed

    # reading

    def reload(self, chosen: UUID | None = None) -> None:
        """Read the drafts again; the cursor goes to `chosen` once it is listed."""
        self._wanted = chosen or self._wanted
        self._stamp = self.desk.drafts.shelf.stamp()
        self._load(self._trashed)

    def _look_again(self) -> None:
        """Another program may have made a draft, or thrown one away: read only where the folder says so."""
        if self.is_current and self._read and self.desk.drafts.shelf.stamp() != self._stamp:
            self.reload()

    @work(thread=True, exclusive=True, group="shelf", exit_on_error=False)
    def _load(self, trashed: bool) -> None:
        worker = get_current_worker()
        try:
            rows = draft_rows(self.desk.drafts.list(trashed=trashed))
        except GenkoError as error:
            self.post_message(Refused(error))
        else:
            if not worker.is_cancelled:  # it is read again by now, and what was read here may be older
                self.post_message(Listed(rows, trashed))

    @on(Listed)
    def _listed(self, event: Listed) -> None:
        rows = self._live(event.rows)
        if event.trashed == self._trashed and (rows != self._rows or not self._read or self._wanted):
            self._rows, self._read = rows, True
            self.fill()

    def _live(self, rows: Sequence[DraftRow]) -> list[DraftRow]:
        """Those that are open as they are now."""
        opened = self.desk.draft_desk.opened
        return [
            live_row(row, one.draft, one.session.status.disk_at) if (one := opened.get(row.id)) else row
            for row in rows
        ]

    def _progress_told(self, news: Mapping[str, JobNews]) -> None:
        """Something is being made for an open draft: its row follows once a second."""
        if self._progress_due is None:
            self._progress_due = self.set_timer(EVERY, self._show_progress)

    def _show_progress(self) -> None:
        self._progress_due = None
        if not self.is_mounted:
            return
        rows = self._live(self._rows)
        if self.is_current and self._read and rows != self._rows:
            self._rows = rows
            self.fill()

    @on(Refused)
    def _refused(self, event: Refused) -> None:
        event.stop()
        self.desk.report(event.error)

    def fill(self) -> None:
        """List the drafts that pass the filter."""
        letters = self.query_one(FilterLine).letters
        shown = [
            row for row in self._rows if row.has(letters) and (not self._status or row.status == self._status)
        ]
        self.listing.show(shown, self._wanted)
        self._wanted = None
        empty = self._read and not shown
        self.set_class(empty, "-empty")
        if empty:
            self.query_one("#empty", Static).update(self._nothing())
        elif self.focused is None and self.is_current:
            self.listing.focus()
        self.top.show("heading", "Trash" if self._trashed else "Drafts")
        self._show_note()
        self.refresh_bindings()

    def _show_note(self) -> None:
        self.top.show("note", "u: take out   t: back" if self._trashed else self._count())

    def _count(self) -> str:
        """`14 drafts`, `1 of 14 drafts`, `1 of 14 · only ready`: the longest fits a narrow window."""
        whole, listed = len(self._rows), len(self.listing.rows)
        if self._status:
            return f"{listed:,} of {whole:,} · only {self._status}"
        what = counted(whole, "draft")
        return what if listed == whole else f"{listed:,} of {what}"

    def _nothing(self) -> str:
        if self._rows:
            return "No draft is so. Esc shows all."
        return "The trash is empty. t goes back." if self._trashed else EMPTY

    # acting

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """What would mean nothing now is not offered."""
        if action in NEEDS_ONE:
            return self.is_mounted and self.draft_id is not None and not self._trashed
        if action in OF_JOBS:
            return False
        return super().check_action(action, parameters)

    @on(DraftList.Opened)
    def _opened(self, event: DraftList.Opened) -> None:
        event.stop()
        self.action_open_draft()

    def action_open_draft(self) -> None:
        """Enter."""
        if self._trashed:
            self.notify("It is in the trash. Press u to take it out.", severity="warning")
        elif (draft_id := self.draft_id) is not None:
            self.open_draft(draft_id)

    def open_draft(self, draft_id: UUID, wish: Wish | None = None) -> None:
        """To its assets, once it is said that it is being opened; `wish` is offered to be made there."""
        self.top.show("note", "Opening…")
        self.call_after_refresh(self._go_into, draft_id, wish)

    @work(exclusive=True, group="opening")
    async def _go_into(self, draft_id: UUID, wish: Wish | None) -> None:
        desk = self.desk.draft_desk
        try:
            with closing(desk.opening(draft_id)) as slices:
                for _ in slices:
                    await asyncio.sleep(0)  # keys and painting have their turn
            screen = DraftScreen(desk.open(draft_id))
            await asyncio.sleep(0)
        except GenkoError as error:
            self.desk.report(error)
        else:
            if self.is_current:  # nobody has gone elsewhere meanwhile
                await self.app.push_screen(screen)
                if wish is not None:
                    screen.offer(wish)
        finally:
            if self.is_mounted:
                self._show_note()

    def action_filter_drafts(self) -> None:
        """/: a line to filter by; Enter goes back to the list, Escape takes the filter away."""
        self.query_one(FilterLine).open()

    @on(FilterLine.Filtered)
    def _filter(self) -> None:
        self.fill()

    def action_filter_draft_status(self) -> None:
        """f: the next status that any draft has, then all again."""
        there = [status for status in STATUS_SIGNS if any(row.status == status for row in self._rows)]
        ways = ["", *there]
        self._status = ways[(ways.index(self._status) + 1) % len(ways)] if self._status in ways else ""
        self.fill()

    def action_show_draft_trash(self) -> None:
        """t: the trash, and back."""
        self._trashed, self._read, self._rows = not self._trashed, False, ()
        self.fill()
        self.reload()

    def action_back_from_drafts(self) -> None:
        """Esc: one thing after another is taken away."""
        if self.query_one(FilterLine).leave():
            return
        if self._status:
            self._status = ""
            self.fill()
        elif self._trashed:
            self.action_show_draft_trash()
        else:
            self._leave()

    def _leave(self) -> None:
        from screens.commands.everywhere import Projects, Script

        self.desk.give(Script if self.desk.session is not None else Projects)

    # keys that are somebody's matter

    @work
    async def action_new_draft(self) -> None:
        """n."""
        await self.asking.new_draft()

    @work
    async def action_new_draft_from_bible(self) -> None:
        """b."""
        await self.asking.new_draft_from_bible()

    @work
    async def action_import_drafts(self) -> None:
        """i."""
        await self.shelving.bring_in()

    @work
    async def action_rename_draft(self) -> None:
        """e."""
        await self.shelving.rename()

    @work
    async def action_trash_draft(self) -> None:
        """Del."""
        await self.shelving.trash()

    @work
    async def action_restore_draft(self) -> None:
        """u."""
        await self.shelving.restore()
