"""The export dialog: which form, to which file, with which options; and who it is sent to."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from textual import on, work
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.getters import query_one
from textual.message import Message
from textual.widgets import Checkbox, Input, OptionList, Static
from textual.widgets.option_list import Option

from core.errors import GenkoError
from core.story import Frontier
from core.workspace import ExportFormat, ProjectSession, Wishes, export_store, pin, write_file
from core.workspace.handoffs import LAST, handoffs
from core.workspace.shelf import load_store
from screens.export_dialog import ExportDialog, Progressed, Tick
from screens.import_paths import PathSuggester, path_from

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


class ExportScreen(ExportDialog):
    """The script's: who it is sent to is remembered."""

    CSS_PATH = "exporting.tcss"
    doing = "Writing"
    to = query_one("#to", Input)

    def __init__(self, session: ProjectSession) -> None:
        super().__init__(session)
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

    @property
    def _form(self) -> tuple[ExportFormat, str, str]:
        return FORMS[self.forms.highlighted or 0]

    @on(OptionList.OptionHighlighted)
    def _form_chosen(self) -> None:
        form, _, ending = self._form
        self.name_file("script", ending)
        self.query_one("#title-page").display = form in PRINTED
        self.query_one("#page-per-page").display = form in PRINTED
        self.query_one("#since").display = form in LETTERING

    @work(exclusive=True, group="export-ask")
    async def action_export(self) -> None:
        """Write it in a worker."""
        if not self.can_begin:
            return
        path = path_from(self.file.value)
        if not await self.may_replace(path):
            return
        self.begin()
        form = self._form[0]
        since = LAST if form in LETTERING and self.query_one("#since", Checkbox).value else None
        wishes = Wishes(
            title_page=self.query_one("#title-page", Checkbox).value,
            page_per_page=self.query_one("#page-per-page", Checkbox).value,
            since=since,
        )
        store = self.session.store
        self._write(store.snapshot(), store.frontier, form, wishes, path)

    @work(thread=True, exclusive=True, group="export", exit_on_error=False)
    def _write(
        self, snapshot: bytes, frontier: Frontier, form: ExportFormat, wishes: Wishes, path: Path
    ) -> None:
        told: list[str] = []
        try:
            store = load_store(self.session.project_id, [snapshot])
            data = export_store(store, form, wishes, progress=self._progress, notice=told.append)
            if not self.stopped.is_set():
                write_file(path, data, replace=True)
        except GenkoError as error:
            self.post_message(Written(path, 0, frontier, error))
        else:
            self.post_message(Written(path, len(data), frontier, left_out=" ".join(told)))

    def _progress(self, done: float) -> None:
        """From the worker: how far it is, and whether to stop."""
        from core.script.formats.writing import WritingStoppedError

        if self.stopped.is_set():
            raise WritingStoppedError("Stopped.", safe="Nothing was written.")
        self.post_message(Progressed(done))

    @on(Written)
    def _was_written(self, event: Written) -> None:
        said = ""
        if event.error is None and not self.stopped.is_set():
            said = f"{event.size:,} bytes are in {event.path}. {event.left_out}".rstrip()
            if to := self.to.value.strip():
                said += self._hand_off(to, event.frontier)
        self.ended(said, event.error)

    def _hand_off(self, to: str, frontier: Frontier) -> str:
        try:
            made = pin(self.session.store, to, frontier=frontier)
        except GenkoError as error:
            self.desk.report(error)
            return ""
        return f" Remembered as sent to {made.to}."
