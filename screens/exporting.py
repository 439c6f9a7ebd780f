"""The export dialog: which form, to which file, with which options; and who it is sent to."""

from __future__ import annotations

import os
import re
import threading
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar, cast

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.getters import query_one
from textual.message import Message
from textual.screen import ModalScreen
from textual.widgets import Checkbox, Input, OptionList, Static
from textual.widgets.option_list import Option

from core.errors import GenkoError
from core.story import Frontier
from core.workspace import ExportFormat, ProjectSession, Wishes, export_store, pin, write_file
from core.workspace.handoffs import LAST, handoffs
from core.workspace.shelf import load_store
from screens.import_paths import PathSuggester, path_from
from screens.ports import Desk
from screens.prompts import Choice

FORMS: tuple[tuple[ExportFormat, str, str], ...] = (
    (ExportFormat.PDF, "PDF", ".pdf"),
    (ExportFormat.DOCX, "Word", ".docx"),
    (ExportFormat.LETTERING_TSV, "Lettering table", ".tsv"),
    (ExportFormat.LETTERING_TXT, "Lettering text", ".lettering.txt"),
    (ExportFormat.CSP, "Clip Studio story editor", ".csp.txt"),
    (ExportFormat.TXT, "Text, just as it is", ".txt"),
    (ExportFormat.GENKO, "Genko markup, strict", ".genko.txt"),
    (ExportFormat.MARKDOWN, "Markdown", ".md"),
    (ExportFormat.FOUNTAIN, "Fountain", ".fountain"),
    (ExportFormat.FDX, "Final Draft", ".fdx"),
    (ExportFormat.HTML, "HTML, ready to print", ".html"),
    (ExportFormat.SCRIPT_JSON, "JSON of the script", ".script.json"),
    (ExportFormat.JSON, "JSON of the whole project", ".json"),
)
PRINTED = frozenset({ExportFormat.PDF, ExportFormat.DOCX, ExportFormat.HTML})
LETTERING = frozenset({ExportFormat.LETTERING_TSV, ExportFormat.LETTERING_TXT})


@dataclass
class Written(Message):
    """The file is there, or why not."""

    path: Path
    size: int
    frontier: Frontier
    error: GenkoError | None = None
    left_out: str = ""
    """What the form could not carry."""


@dataclass
class Progressed(Message):
    """So much of it is done, from 0 to 1."""

    done: float

    def can_replace(self, message: Message) -> bool:
        """Only the newest matters."""
        return isinstance(message, Progressed)


class Tick(Checkbox):
    """A check box that can be read without colours."""

    def __init__(self, words: str, value: bool = False, *, id: str, disabled: bool = False) -> None:
        super().__init__(self._spoken(words, value), value, id=id, compact=True, disabled=disabled)
        self._words = words

    @staticmethod
    def _spoken(words: str, value: bool) -> str:
        return f"{words}: {'yes' if value else 'no'}"

    @on(Checkbox.Changed)
    def _say(self, event: Checkbox.Changed) -> None:
        self.label = self._spoken(self._words, event.value)


class ExportScreen(ModalScreen[str]):
    """Dismissed with a sentence on what was done; empty for nothing."""

    CSS_PATH = "exporting.tcss"
    AUTO_FOCUS = "#forms"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", "Cancel"),
        Binding("ctrl+g", "export", "Export", priority=True),
    ]

    forms = query_one("#forms", OptionList)
    file = query_one("#file", Input)
    to = query_one("#to", Input)
    state = query_one("#state", Static)

    def __init__(self, session: ProjectSession) -> None:
        super().__init__()
        self._session = session
        self._stop = threading.Event()
        self._writing = False
        self._own_file = False
        self._sent = handoffs(session.store)

    def compose(self) -> ComposeResult:
        """Forms, file, options, recipient."""
        with Vertical(classes="dialog"):
            yield Static("Export", classes="question", markup=False)
            yield OptionList(
                *(Option(title, form.value) for form, title, _ in FORMS), id="forms", compact=True
            )
            yield Static("File", classes="name", markup=False)
            yield Input(id="file", compact=True, suggester=PathSuggester())
            yield Tick("title on a sheet of its own", True, id="title-page")
            yield Tick("each comic page begins a sheet", id="page-per-page")
            yield Tick(self._since_label(), id="since", disabled=not self._sent)
            yield Static("Sent to (remembered as a hand-off; may stay empty)", classes="name", markup=False)
            yield Input(id="to", compact=True, placeholder="letterer")
            yield Static("", id="state", classes="note", markup=False)

    def _since_label(self) -> str:
        if not self._sent:
            return "only what changed since a hand-off (there is none yet)"
        last = self._sent[-1]
        return f"only what changed since {last.at.astimezone():%d %B} ({last.to})"

    def on_mount(self) -> None:
        """At the first form."""
        self.forms.highlighted = 0
        self._say()

    @property
    def _form(self) -> tuple[ExportFormat, str, str]:
        return FORMS[self.forms.highlighted or 0]

    @property
    def _desk(self) -> Desk:
        return cast(Desk, self.app)

    def _say(self, sentence: str = "") -> None:
        self.state.update(sentence or "Tab: next field   Enter or ^G: export   Esc: cancel")

    @on(OptionList.OptionHighlighted)
    def _form_chosen(self) -> None:
        form, _, ending = self._form
        if not self._own_file:
            title = self._session.store.meta.title or "script"
            name = re.sub(r"[/\x00-\x1f]+", " ", title).strip().lstrip(".") or "script"
            with self.prevent(Input.Changed):
                self.file.value = f"~/{name[:80]}{ending}"
        self.query_one("#title-page").display = form in PRINTED
        self.query_one("#page-per-page").display = form in PRINTED
        self.query_one("#since").display = form in LETTERING

    @on(Input.Changed, "#file")
    def _file_changed(self) -> None:
        self._own_file = True

    @on(OptionList.OptionSelected)
    def _go_to_file(self) -> None:
        self.file.focus()

    @on(Input.Submitted)
    def _submitted(self) -> None:
        self.action_export()

    @work(exclusive=True, group="export-ask")
    async def action_export(self) -> None:
        """Write it in a worker."""
        if self._writing or not self.file.value.strip():
            return
        path = path_from(self.file.value)
        if os.path.lexists(path) and not os.path.isdir(path):
            question = Choice("Replace it?", f"{path} is there.", [("yes", "Replace"), ("cancel", "Cancel")])
            if await self.app.push_screen_wait(question) != "yes":
                return
        self._writing = True
        self._say("Writing…   Esc: stop")
        form = self._form[0]
        since = LAST if form in LETTERING and self.query_one("#since", Checkbox).value else None
        wishes = Wishes(
            title_page=self.query_one("#title-page", Checkbox).value,
            page_per_page=self.query_one("#page-per-page", Checkbox).value,
            since=since,
        )
        store = self._session.store
        self._write(store.snapshot(), store.frontier, form, wishes, path)

    @work(thread=True, exclusive=True, group="export", exit_on_error=False)
    def _write(
        self, snapshot: bytes, frontier: Frontier, form: ExportFormat, wishes: Wishes, path: Path
    ) -> None:
        told: list[str] = []
        try:
            store = load_store(self._session.project_id, [snapshot])
            data = export_store(store, form, wishes, progress=self._progress, notice=told.append)
            if not self._stop.is_set():
                write_file(path, data, replace=True)
        except GenkoError as error:
            self.post_message(Written(path, 0, frontier, error))
        else:
            self.post_message(Written(path, len(data), frontier, left_out=" ".join(told)))

    def _progress(self, done: float) -> None:
        """From the worker: how far it is, and whether to stop."""
        from core.script.formats.writing import WritingStoppedError

        if self._stop.is_set():
            raise WritingStoppedError("Stopped.", safe="Nothing was written.")
        self.post_message(Progressed(done))

    @on(Progressed)
    def _show_progress(self, event: Progressed) -> None:
        if self._writing:
            self._say(f"Writing, {event.done:.0%}   Esc: stop")

    @on(Written)
    def _was_written(self, event: Written) -> None:
        self._writing = False
        if self._stop.is_set():
            self.dismiss("Stopped; nothing was written.")
        elif event.error is not None:
            self._say()
            self._desk.report(event.error)
        else:
            said = f"{event.size:,} bytes are in {event.path}. {event.left_out}".rstrip()
            if to := self.to.value.strip():
                said += self._hand_off(to, event.frontier)
            self.dismiss(said)

    def _hand_off(self, to: str, frontier: Frontier) -> str:
        try:
            made = pin(self._session.store, to, frontier=frontier)
        except GenkoError as error:
            self._desk.report(error)
            return ""
        return f" Remembered as sent to {made.to}."

    def action_leave(self) -> None:
        """Escape: stop what is being written, else go."""
        if self._writing:
            self._stop.set()
            self._say("Stopping…")
        else:
            self.dismiss("")
