"""The export dialog of the assembly: as what, which pages, on which paper, to which file."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from textual import on, work
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.message import Message
from textual.widgets import Checkbox, Input, OptionList, Static
from textual.widgets.option_list import Option

from core.errors import GenkoError, UsageError
from core.workspace.storyboards import DrawingWishes, draw_elsewhere
from screens.export_dialog import ExportDialog, Progressed, Tick
from screens.import_paths import PathSuggester, path_from

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


@dataclass
class Drawn(Message):
    """The file is there, or why not."""

    sentence: str = ""
    error: GenkoError | None = None


class PagesExport(ExportDialog):
    """The assembly's: drawn in a process of its own."""

    CSS_PATH = "exporting.tcss"
    doing = "Drawing"

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
            yield Static("", id="state", classes="note", markup=False)

    @property
    def _form(self) -> tuple[str, str, str]:
        return FORMS[self.forms.highlighted or 0]

    @on(OptionList.OptionHighlighted)
    def _form_chosen(self) -> None:
        form, _, ending = self._form
        self.name_file("pages", ending or f" {form}")
        self.query_one("#crop-marks").display = form == "storyboard"
        self.query_one("#title-page").display = form in ("storyboard", "cbz")

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
        if not self.can_begin:
            return
        path = path_from(self.file.value)
        try:
            wishes = self.wishes()
        except UsageError as wrong:
            self.say(str(wrong))
            return
        folder = not self._form[2]
        what = "Pages of the same names are replaced." if folder else "It is replaced."
        if not await self.may_replace(path, what, folder=folder):
            return
        self.begin()
        self._draw(self.session.store.snapshot(), wishes, path)

    @work(thread=True, exclusive=True, group="export", exit_on_error=False)
    def _draw(self, snapshot: bytes, wishes: DrawingWishes, path: Path) -> None:
        session = self.session
        try:
            made = draw_elsewhere(
                session.project_id,
                [snapshot],
                session.media.folder,
                self.desk.shelf.paths.state / "thumbnails",
                path,
                wishes,
                progress=self._progress,
                cancelled=self.stopped,
                replace=True,
            )
        except GenkoError as error:
            self.post_message(Drawn(error=error))
            return
        count = "1 page is" if made.pages == 1 else f"{made.pages:,} pages are"
        self.post_message(Drawn(" ".join([f"{count} in {path}.", *made.warnings])))

    def _progress(self, done: float) -> None:
        self.post_message(Progressed(done))

    @on(Drawn)
    def _was_drawn(self, event: Drawn) -> None:
        self.ended(event.sentence, event.error)


def _number(words: str, what: str) -> float:
    try:
        value = float(words.replace(",", "."))
    except ValueError:
        value = float("nan")
    if not -1e6 < value < 1e6:
        raise UsageError(f"{words[:20]!r} is no number of {what}.")
    return value
