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

from core.story import Change, Origin, Section
from core.story.records import AnyRecord
from core.story.roster import Roster
from core.workspace import ProjectSession
from screens.bible.fields import Field
from screens.bible.list import RecordList
from screens.bible.list_rows import RowFacts
from screens.bible.pane import RecordPane
from screens.bible.values import fact_text, name_of
from screens.commands import BIBLE, bindings
from screens.tab import TabScreen
from screens.wording import counted


class BibleScreen(TabScreen):
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
        self._unwatch = self.store.subscribe(self.section, self._changed)
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
    def chosen_id(self) -> str:
        """The record that is shown; "" if there is none."""
        return self.list_pane.chosen_id

    @property
    def chosen(self) -> AnyRecord | None:
        """The record that is shown."""
        return self.roster.get(self.chosen_id)

    # --- what rows and fields say

    def row_facts(self, record_id: str) -> RowFacts:
        """What the list says of a record."""
        record = self.roster.get(record_id)
        if record is None:
            return RowFacts("")
        return RowFacts(name_of(record), self.note_of(record), picture=bool(record.pictures))

    def note_of(self, record: AnyRecord) -> str:
        """The second column."""
        return ""

    def fact(self, record: AnyRecord, field: Field) -> str:
        """A field that isn't typed, in words."""
        return fact_text(record, field)

    def field_hints(self, record: AnyRecord, field: Field) -> list[str]:
        """What is to be told below a field that is being typed in."""
        return []

    def arranged(self) -> list[AnyRecord]:
        """The records of the list, as it is searched, sorted and filtered."""
        return self.roster.trashed if self.shows_trash else self.roster.kept

    # --- following

    def fill(self, chosen: str = "") -> None:
        """Put the records into the list, and the chosen one into the form."""
        listing = self.list_pane
        listing.heading, listing.empty = self.heading(), self.nothing()
        listing.show([record.id for record in self.arranged()], chosen)
        self.show_chosen()

    def heading(self) -> str:
        """The list's first line."""
        if self.shows_trash:
            return f"Trash: {counted(len(self.roster.trashed), self.noun)}   u takes out   t goes back"
        return counted(len(self.roster.kept), self.noun)

    def nothing(self) -> list[str]:
        """What stands in an empty list."""
        if self.shows_trash:
            return ["The trash is empty.", "t goes back."]
        return [f"No {self.noun}s yet.", "", f"n   makes the first {self.noun}."]

    def show_chosen(self) -> None:
        """The form follows the list."""
        record = self.chosen
        pane = self.form
        pane.form.empty = "" if record is not None else "Nothing is chosen."
        pane.show(record)
        if self.chosen_id != self._told:
            self._told = self.chosen_id
            self.post_message(self.Chosen(self.chosen_id))

    def _changed(self, change: Change) -> None:
        """Somebody changed records: the list if others are there, the form if it is the one that is shown."""
        others = self.roster.follow(change)
        if others or not self._keeps_places(change):
            self.fill()
        else:
            self.list_pane.refresh()
            if self.chosen_id in change.records:
                self.form.show(self.chosen)
        if change.origin is Origin.UNDO and change.records:
            self.go_to(next(iter(sorted(change.records))))

    def _keeps_places(self, change: Change) -> bool:
        """Whether the changed fields leave every record where it is in the list."""
        return True

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

    def action_edit_record(self) -> None:
        """Enter: into the fields."""
        if self.chosen is None:
            return
        self.add_class("-record")
        self.call_after_refresh(self._enter)

    def _enter(self) -> None:
        if self.chosen is not None:
            self.form.enter()

    def restyle(self) -> None:
        """The rows have other colours."""
        super().restyle()
        self.list_pane.refresh()
        self.form.form.refresh()
