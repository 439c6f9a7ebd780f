"""The export dialog of the assembly: as what, which pages, on which paper, to which file."""

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
from textual.containers import Horizontal, Vertical
from textual.getters import query_one
from textual.message import Message
from textual.screen import ModalScreen
from textual.widgets import Checkbox, Input, OptionList, Static
from textual.widgets.option_list import Option

from core.errors import GenkoError, UsageError
from core.workspace import ProjectSession
from core.workspace.storyboards import DrawingWishes, draw_elsewhere
from screens.exporting import Progressed, Tick
from screens.import_paths import PathSuggester, path_from
from screens.ports import Desk
from screens.prompts import Choice

FORMS: tuple[tuple[str, str, str], ...] = (
    ("storyboard", "Storyboard, a PDF to print", ".pdf"),
    ("cbz", "Comic archive for readers (CBZ)", ".cbz"),
    ("png", "A picture of each page (PNG), in a folder", ""),
    ("svg", "A drawing of each page (SVG), in a folder", ""),
)
_FIELDS = (
    ("pages", "Pages", "all, or 1-4,7"),
    ("trim", "Paper", "the project's, or b5, 182x257, 6.625x10.25in"),
    ("bleed", "Bleed, mm", "the project's in a PDF, else none"),
    ("dpi", "Dots an inch", "150"),
    ("direction", "Direction", "the project's, or ltr, rtl, vertical"),
    ("first-side", "Page 1 on the", "as usual, or left, right"),
)
_TICKS = (
    ("title-page", "the script's title on a sheet of its own", True),
    ("descriptions", "descriptions in small type", True),
    ("figures", "figures for the characters", True),
    ("split-spreads", "spreads as two pages", False),
    ("crop-marks", "crop marks", False),
)
_HINT = "Tab: next field   Enter or ^G: export   Esc: cancel"


@dataclass
class Drawn(Message):
    """The file is there, or why not."""

    sentence: str = ""
    error: GenkoError | None = None


class PagesExport(ModalScreen[str]):
    """Dismissed with a sentence on what was done; empty for nothing."""

    CSS_PATH = "exporting.tcss"
    AUTO_FOCUS = "#forms"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", "Cancel"),
        Binding("ctrl+g", "export", "Export", priority=True),
    ]

    forms = query_one("#forms", OptionList)
    file = query_one("#file", Input)
    state = query_one("#state", Static)

    def __init__(self, session: ProjectSession) -> None:
        super().__init__()
        self._session = session
        self._stop = threading.Event()
        self._writing = False
        self._own_file = False

    def compose(self) -> ComposeResult:
        """Forms, file, options, what is going on."""
        with Vertical(classes="dialog"):
            yield Static("Export the pages as sketches", classes="question", markup=False)
            yield OptionList(*(Option(title, form) for form, title, _ in FORMS), id="forms", compact=True)
            with Horizontal(classes="row"):
                yield Static("To", classes="name", markup=False)
                yield Input(id="file", compact=True, suggester=PathSuggester())
            for name, title, hint in _FIELDS:
                with Horizontal(classes="row"):
                    yield Static(title, classes="name", markup=False)
                    yield Input(id=name, compact=True, placeholder=hint)
            for name, words, value in _TICKS:
                yield Tick(words, value, id=name)
            yield Static(_HINT, id="state", classes="note", markup=False)

    def on_mount(self) -> None:
        """At the first form."""
        self.forms.highlighted = 0

    @property
    def _form(self) -> tuple[str, str, str]:
        return FORMS[self.forms.highlighted or 0]

    @property
    def _desk(self) -> Desk:
        return cast(Desk, self.app)

    def _say(self, sentence: str) -> None:
        self.state.update(sentence)

    @on(OptionList.OptionHighlighted)
    def _form_chosen(self) -> None:
        form, _, ending = self._form
        if not self._own_file:
            title = self._session.store.meta.title or "pages"
            name = re.sub(r"[/\x00-\x1f\x7f]+", " ", title).strip().lstrip(".") or "pages"
            with self.prevent(Input.Changed):
                self.file.value = f"~/{name[:80]}{ending or f' {form}'}"
        self.query_one("#crop-marks").display = form == "storyboard"
        self.query_one("#title-page").display = form in ("storyboard", "cbz")

    @on(Input.Changed, "#file")
    def _file_changed(self) -> None:
        self._own_file = True

    @on(OptionList.OptionSelected)
    def _go_to_file(self) -> None:
        self.file.focus()

    @on(Input.Submitted)
    def _submitted(self) -> None:
        self.action_export()

    def wishes(self) -> DrawingWishes:
        """What is asked for. Raises UsageError for what can't be."""
        written = {name: self.query_one(f"#{name}", Input).value.strip() for name, _, _ in _FIELDS}
        ticked = {name: self.query_one(f"#{name}", Checkbox).value for name, _, _ in _TICKS}
        wishes = DrawingWishes(
            form=self._form[0],
            dpi=int(_number(written["dpi"] or "150", "dots an inch")),
            trim=written["trim"],
            bleed=_number(written["bleed"], "millimetres of bleed") if written["bleed"] else None,
            pages="" if written["pages"].casefold() == "all" else written["pages"],
            crop_marks=ticked["crop-marks"] and self._form[0] == "storyboard",
            split_spreads=ticked["split-spreads"],
            direction=written["direction"].casefold(),
            first_side=written["first-side"].casefold(),
            title_page=ticked["title-page"],
            figures=ticked["figures"],
            descriptions=ticked["descriptions"],
        )
        wishes.options()
        return wishes

    @work(exclusive=True, group="export-ask")
    async def action_export(self) -> None:
        """Draw it in a process of its own."""
        if self._writing or not self.file.value.strip():
            return
        path = path_from(self.file.value)
        try:
            wishes = self.wishes()
        except UsageError as wrong:
            self._say(str(wrong))
            return
        folder = not self._form[2]
        if os.path.lexists(path) and (folder or not os.path.isdir(path)):
            what = "Pages of the same names are replaced." if folder else "It is replaced."
            question = Choice("Replace it?", f"{path} is there. {what}", _REPLACE)
            if await self.app.push_screen_wait(question) != "yes":
                return
        self._writing = True
        self._say("Drawing…   Esc: stop")
        self._draw(self._session.store.snapshot(), wishes, path)

    @work(thread=True, exclusive=True, group="export", exit_on_error=False)
    def _draw(self, snapshot: bytes, wishes: DrawingWishes, path: Path) -> None:
        session = self._session
        try:
            made = draw_elsewhere(
                session.project_id,
                [snapshot],
                session.media.folder,
                self._desk.shelf.paths.state / "thumbnails",
                path,
                wishes,
                progress=self._progress,
                cancelled=self._stop,
                replace=True,
            )
        except GenkoError as error:
            self.post_message(Drawn(error=error))
            return
        count = "1 page is" if made.pages == 1 else f"{made.pages:,} pages are"
        self.post_message(Drawn(" ".join([f"{count} in {path}.", *made.warnings])))

    def _progress(self, done: float) -> None:
        self.post_message(Progressed(done))

    @on(Progressed)
    def _show_progress(self, event: Progressed) -> None:
        if self._writing and not self._stop.is_set():
            full = round(event.done * 20)
            self._say(f"Drawing {'█' * full}{'░' * (20 - full)} {event.done:.0%}   Esc: stop")

    @on(Drawn)
    def _was_drawn(self, event: Drawn) -> None:
        self._writing = False
        if self._stop.is_set() and event.error is not None:
            self.dismiss("Stopped; nothing was written.")
        elif event.error is not None:
            self._say(_HINT)
            self._desk.report(event.error)
        else:
            self.dismiss(event.sentence)

    def action_leave(self) -> None:
        """Escape: stop what is being drawn, else go."""
        if self._writing:
            self._stop.set()
            self._say("Stopping…")
        else:
            self.dismiss("")

    def on_unmount(self) -> None:
        """Nobody waits for it any more."""
        self._stop.set()


_REPLACE = [("yes", "Replace"), ("cancel", "Cancel")]


def _number(words: str, what: str) -> float:
    try:
        value = float(words.replace(",", "."))
    except ValueError:
        value = float("nan")
    if not -1e6 < value < 1e6:
        raise UsageError(f"{words[:20]!r} is no number of {what}.")
    return value
