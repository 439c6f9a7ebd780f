"""What the three bible tabs share: the list at the left, the record at the right, and what follows both."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.containers import Container, Horizontal
from textual.getters import query_one
from textual.message import Message
from textual.widget import Widget

from core.story import AnyRecord, Change, Origin, Section
from core.story.roster import Roster
from core.workspace import ProjectSession
from screens.bible.fields import Field
from screens.bible.list import RecordList
from screens.bible.list_rows import RowFacts
from screens.bible.namesakes import Namesakes
from screens.bible.news import ELSEWHERE, said_of_gone
from screens.bible.pane import RecordPane
from screens.bible.typed_ahead import TypedAhead
from screens.bible.values import fact_text, name_of, swatch_of
from screens.commands import BIBLE, bindings
from screens.commands.bible import EditRecord, NewRecord
from screens.wording import counted


class BibleScreen(TypedAhead):
    """A tab of the bible. It keeps no record: roster and form read the store, and follow it.

    What stands below or right of the form (`#dossier`) is made by `make_dossier` after the first paint.
    """

    CSS_PATH = "bible.tcss"
    AUTO_FOCUS = "RecordList"
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (110, "-wide"), (150, "-roomy")]
    commands = BIBLE
    BINDINGS = bindings(BIBLE)
    section: ClassVar[Section]
    noun: ClassVar[str]
    """What one record is called."""

    list_pane = query_one("#list", RecordList)
    form = query_one(RecordPane)

    @dataclass
    class Chosen(Message):
        """Another record is shown ("" if there is none)."""

        record_id: str

    def __init__(self, session: ProjectSession) -> None:
        super().__init__(session)
        self.roster = Roster(self.store, self.section)
        self.shows_trash = False
        self._told = ""
        self._held = ""
        """A record that somebody writes in and that is not in the list any more."""
        self._stale = False
        self._namesakes = Namesakes()

    # --- what stands where

    def compose_body(self) -> ComposeResult:
        """List, record, and an empty place for what belongs to it."""
        with Horizontal(id="middle"):
            yield RecordList(self.row_facts, id="list")
            with Container(id="record"):
                yield RecordPane(self.store, self.section, self.fact, self.field_hints)
                yield Container(id="dossier")

    def make_dossier(self) -> Widget | None:
        """What stands beside the form; None: nothing. It hears of `Chosen`."""
        return None

    def on_mount(self) -> None:
        """Follow the store; what the first paint can do without comes after it."""
        self._unwatch = self.store.subscribe(None, self._changed)
        self.fill()
        self.call_after_refresh(self._after_first_paint)

    def on_unmount(self) -> None:
        """Let go of the store."""
        self._unwatch()

    def _after_first_paint(self) -> None:
        if not self.is_mounted or not self.query(RecordPane):
            return
        self.form.ready()
        dossier = self.make_dossier()
        if dossier is not None:
            self.query_one("#dossier").mount(dossier)
            self.show_dossier()
        self.post_message(self.Chosen(self.chosen_id))

    def show_dossier(self, shown: bool = True) -> None:
        """Show what belongs to the record; in a narrow window it takes the form's place."""
        self.set_class(shown and not self.has_class("-narrow"), "-dossier")

    @property
    def reads_dossier(self) -> bool:
        """Whether keys go to what belongs to the record."""
        return False

    def leave_dossier(self) -> None:
        """Back to the list."""

    @property
    def chosen_id(self) -> str:
        """The record that is shown; "" if there is none."""
        return self._held or self.list_pane.chosen_id

    @property
    def chosen(self) -> AnyRecord | None:
        """The record that is shown; one that is written in stays, whatever others do with it."""
        record = self.roster.get(self.chosen_id)
        return self.form.form.record if record is None and self._held else record

    # --- what rows and fields say

    def row_facts(self, record_id: str) -> RowFacts:
        """What the list says of a record."""
        record = self.roster.get(record_id)
        if record is None:
            return RowFacts("")
        colour = swatch_of(str(getattr(record, "colour", "")))
        return RowFacts(name_of(record), self.note_of(record), picture=bool(record.pictures), colour=colour)

    def note_of(self, record: AnyRecord) -> str:
        """The second column."""
        return ""

    def fact(self, record: AnyRecord, field: Field) -> str:
        """A field that isn't typed, in words."""
        return fact_text(record, field)

    def field_hints(self, record: AnyRecord, field: Field) -> list[str]:
        """What is to be told below a field that is being typed in."""
        return self._namesakes.hints(record, field.name, self.roster.kept)

    def arranged(self) -> list[AnyRecord]:
        """The records of the list, as it is searched, sorted and filtered."""
        return self.roster.trashed if self.shows_trash else self.roster.kept

    # --- following

    def fill(self, chosen: str = "") -> None:
        """Put the records into the list, and the chosen one into the form."""
        listing = self.list_pane
        shown = [record.id for record in self.arranged()]
        typed = self.form.typed_id
        self._held = typed if typed and typed not in shown else ""
        listing.heading, listing.empty = self.heading(len(shown)), self.nothing()
        self.form.form.forget()
        listing.show(shown, chosen or typed)
        self.show_chosen()

    def heading(self, shown: int) -> str:
        """The list's first line, with so many records below it."""
        if self.shows_trash:
            return f"Trash: {counted(shown, self.noun)}   u takes out   t goes back"
        return counted(shown, self.noun)

    def nothing(self) -> list[str]:
        """What stands in an empty list."""
        if self.shows_trash:
            return ["The trash is empty.", "t goes back."]
        return [f"No {self.noun}s yet.", "", f"n   makes the first {self.noun}."]

    def show_chosen(self) -> None:
        """The form follows the list."""
        pane = self.form
        pane.form.empty = "" if self.chosen is not None else "Nothing is chosen."
        pane.show(self.chosen)
        if self.chosen_id != self._told:
            self._told = self.chosen_id
            self.post_message(self.Chosen(self.chosen_id))

    def _changed(self, change: Change) -> None:
        """Somebody changed something: the list if others are there now, the form if it is what it shows."""
        if change.origin is Origin.UNDO:
            self._say_where(change)
        if change.section is not self.section:
            return
        before = self.chosen
        others = self.roster.follow(change)
        if others or change.records != {self.form.typed_id}:
            self._namesakes.forget()
        if self not in self.app.screen_stack:
            self._stale = True  # looked at when this tab is shown again
        elif others or (self.is_arranged and not self.form.is_typing):
            self._told_gone(before, change)
            if change.origin is Origin.UNDO and self.form.typed_id and self.form.typed_id not in self.roster:
                self.leave_form()  # its making was taken back
            self.fill()
        else:
            self.list_pane.repaint(change.records)
            if self.chosen_id in change.records or self.form.is_typing:  # what is said below it may differ
                self.form.show(self.chosen)
        if change.origin is Origin.UNDO and change.records:
            self.go_to(min(change.records, key=lambda one: one != self.chosen_id))

    @property
    def is_arranged(self) -> bool:
        """Whether the list shows something else than all records in their own order."""
        return False

    @property
    def reads_script(self) -> bool:
        """Whether which records are listed, or in which order, depends on the script."""
        return False

    def _say_where(self, change: Change) -> None:
        """What is taken back, or done again, where nobody sees it, is said."""
        if change.section is not self.section and self.app.screen is self:
            where = ELSEWHERE.get(change.section, change.section.value)
            self.notify(f"That changed {where}.", timeout=4)

    def _told_gone(self, before: AnyRecord | None, change: Change) -> None:
        """Somebody writes in a record that another has thrown away."""
        if before is None or before.id != self.form.typed_id or change.origin is not Origin.REMOTE:
            return
        said = said_of_gone(before, self.roster.get(before.id))
        if said:
            self.notify(said, severity="warning", timeout=12, markup=False)

    def on_screen_resume(self) -> None:
        """Others may have changed records meanwhile."""
        if self._stale and self.is_mounted:
            self._stale = False
            self.fill()

    def go_to(self, record_id: str) -> None:
        """Choose a record, if the list has it."""
        if record_id in self.list_pane.ids and record_id != self.chosen_id:
            self.list_pane.choose(record_id)
            self.show_chosen()

    @on(RecordList.Moved)
    def _moved(self, event: RecordList.Moved) -> None:
        event.stop()
        self.show_chosen()

    @on(RecordList.Opened)
    def _opened(self, event: RecordList.Opened) -> None:
        event.stop()
        self.action_edit_record()

    @on(RecordPane.Left)
    def _left(self, event: RecordPane.Left) -> None:
        event.stop()
        self.leave_form()

    def leave_form(self) -> None:
        """Back to the list."""
        self.form.leave()
        self.remove_class("-record")
        self.list_pane.focus()
        if self._held or self.is_arranged:
            self.fill()

    def action_edit_record(self) -> None:
        """Enter: into the fields. What is typed before they have the cursor is theirs."""
        if self.chosen is None:
            return
        self.await_field()
        self.add_class("-record")
        self.call_after_refresh(self._enter)

    def _enter(self) -> None:
        if self.chosen is not None:
            self.form.enter()
        else:
            self.await_nothing()

    def leads_to_field(self, key: str) -> bool:
        """Whether this key, pressed now, is going to put the cursor into a field."""
        if not self.list_pane.has_focus:
            return False
        commands = (NewRecord, EditRecord) if self.chosen_id else (NewRecord,)
        return any(key in self.desk.keys_of(command) for command in commands)

    @property
    def is_in_field(self) -> bool:
        """Whether keys go to the record."""
        return self.form.has_cursor

    def restyle(self) -> None:
        """The rows have other colours."""
        super().restyle()
        for painted in (self.list_pane, self.form.form):
            painted.notify_style_update()
            painted.refresh()
