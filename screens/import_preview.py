"""What was recognised in a script, before anything is created: figures, unsure lines, its text."""

from __future__ import annotations

from time import monotonic
from uuid import UUID

from rich.text import Text
from textual import on, work
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.getters import query_one
from textual.timer import Timer
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from core.errors import GenkoError
from core.story import TextEdit
from screens.commands import IMPORTING, bindings
from screens.commands.everywhere import Help, Palette
from screens.commands.importing import NextUnsure
from screens.cycling import Cycle, cycle_in
from screens.import_choices import FILES, encodings_to_offer, odd_row, offered_dialects, offered_languages
from screens.import_draft import Reading, Source
from screens.import_work import CountedAgain, Imported, ImportWork, NotImported, Read
from screens.widgets.editor import ScriptEditor
from screens.widgets.keys import KeysLine
from screens.widgets.line_styles import KindStyler
from screens.widgets.places import PlacesLine, Slot
from screens.wording import counted

ABOUT = (
    "What Genko recognised, before anything is created. The unsure lines are those that may be something "
    "else than what they were taken for; k makes the line under the cursor another kind. f reads the "
    "whole text as another format, l in another language, e with another encoding."
)
TOP = (
    Slot("brand", 7, style="accent", bold=True),
    Slot("heading", bold=True),
    Slot("state", 24, style="quiet"),
)
TICK = 0.5
"""Seconds between two looks at the clock while a long file is read."""


class ImportPreview(ImportWork):
    """Dismissed with nothing; `imported` or `error` say how it ended."""

    CSS_PATH = ["workspace.tcss", "import_preview.tcss"]
    AUTO_FOCUS = "ScriptEditor"
    commands = IMPORTING
    BINDINGS = bindings(IMPORTING)

    top = query_one("#top", PlacesLine)
    sentence = query_one("#sentence", Static)
    how = query_one("#how", Static)
    notes = query_one("#notes", Static)
    title_line = query_one("#title", Input)
    text = query_one(ScriptEditor)
    unsure = query_one("#unsure", OptionList)

    def __init__(self, source: Source) -> None:
        super().__init__()
        self.source = source
        self.imported: UUID | None = None
        self.error: GenkoError | None = None
        """Why nothing could be shown at all."""
        self._reading: Reading | None = None
        self._number = 0
        self._began = 0.0
        self._ticking: Timer | None = None
        self._busy = False
        self._counting = 0
        self._own_title: str | None = None
        self._cycle: Cycle | None = None

    def compose(self) -> ComposeResult:
        """Figures, title, how it was read, notes; the text and the unsure lines; keys."""
        yield PlacesLine(TOP, id="top")
        with Vertical(id="about"):
            yield Static("", id="sentence", markup=False)
            with Horizontal(id="title-row"):
                yield Static("Title ", id="title-name", markup=False)
                yield Input(id="title", compact=True)
            yield Static("", id="how", markup=False)
            yield Static("", id="notes", markup=False)
        with Horizontal(id="middle"):
            text = ScriptEditor()
            text.read_only = True
            yield text
            yield OptionList(id="unsure", markup=False)
        yield KeysLine(IMPORTING, everywhere=(Palette, Help))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """A text that was pasted has no encoding to choose."""
        return self.source.path is not None if action == "other_encoding" else True

    def on_mount(self) -> None:
        """Read it in a worker."""
        self.top.show("brand", "Genko")
        self.top.show("heading", f"Import  {self.source.name}")
        self.top.show("state", "nothing created yet")
        self.unsure.display = False
        self.read(self.source)

    def help_text(self) -> str:
        """For F1."""
        return ABOUT

    def restyle(self) -> None:
        """The lists have other colours."""
        if self._reading is not None:
            self._fill_unsure(self._reading)
            self._show_how(self._reading)

    # reading

    @property
    def is_reading(self) -> bool:
        """Whether what is shown, if anything, is about to be replaced."""
        return self._reading is None or self._ticking is not None

    def read(self, source: Source) -> None:
        """Read it as `source` says; what was under way is given up."""
        self._number += 1
        self._began = monotonic()
        if self._ticking is None:
            self._ticking = self.set_interval(TICK, self._tick)
        if self._reading is None:
            self.sentence.update("Reading…")
        self.read_in_worker(source, self._number)

    def _tick(self) -> None:
        seconds = monotonic() - self._began
        self.top.show("state", f"reading, {seconds:.0f} s; Esc stops")

    def _stop_ticking(self) -> None:
        if self._ticking is not None:
            self._ticking.stop()
            self._ticking = None
        self.top.show("state", "nothing created yet")

    @on(Read)
    def _was_read(self, event: Read) -> None:
        if event.number != self._number:
            return  # it was asked for in another way meanwhile, or stopped
        self._stop_ticking()
        if event.reading is not None:
            self.source = event.reading.source
            self._show(event.reading, again=self._reading is not None)
        elif self._reading is not None and event.error is not None:
            self.desk.report(event.error)
        else:
            self.error = event.error
            self.dismiss()

    # showing

    def _show(self, reading: Reading, *, again: bool) -> None:
        row = self.text.cursor[0]
        self._reading = reading
        self._cycle = None
        self.text.styler = KindStyler(reading.draft.script)
        self.text.attach(reading.draft)
        if self._own_title is None:
            with self.prevent(Input.Changed):
                self.title_line.value = reading.incoming.title
        self._show_figures(reading)
        if again or reading.incoming.guessed:
            self.call_after_refresh(self.text.go_to, row if again else odd_row(reading.incoming.text))

    def _show_figures(self, reading: Reading) -> None:
        self.sentence.update(reading.preview.sentence)
        self._show_how(reading)
        self._fill_unsure(reading)
        keys = self.query_one(KeysLine)
        keys.leave_out(*([] if reading.preview.unsure else [NextUnsure]))

    def _show_how(self, reading: Reading) -> None:
        quiet = self.app.theme_variables["quiet"]
        line = Text.assemble(("Read as ", quiet), reading.how)
        others = [f"{one.title} {score:.0%}" for one, score in reading.incoming.candidates[:3]]
        if len(others) > 1 and reading.incoming.dialect not in FILES:  # a Word file can be nothing else
            line.append(f"   fits: {', '.join(others)}", quiet)
        self.how.update(line)
        notes = list(reading.incoming.notes)
        if not reading.incoming.exact:
            notes.insert(0, "It is converted to Genko's markup; the file itself stays as it is.")
        self.notes.update("\n".join(notes))
        self.notes.display = bool(notes)

    def _fill_unsure(self, reading: Reading) -> None:
        chosen = self.unsure.highlighted
        lines = reading.draft.script.lines
        quiet = self.app.theme_variables["quiet"]
        options: list[Option] = []
        for at, (row, why) in enumerate(reading.preview.unsure):
            shown = lines[row].strip() if row < len(lines) else ""
            words = Text(f"{row + 1:>5}  ", quiet, no_wrap=True, overflow="ellipsis")
            words.append(shown[:120], self.app.theme_variables["foreground"])
            reason = Text.assemble(words, "\n", (f"       {why}", quiet), no_wrap=True, overflow="ellipsis")
            options.append(Option(reason, str(at)))
        more = reading.preview.unsure_total - len(reading.preview.unsure)
        if more > 0:
            options.append(Option(Text(f"       and {counted(more, 'line')} more", quiet), disabled=True))
        self.unsure.clear_options().add_options(options)
        self.unsure.display = bool(options)
        if options:
            self.unsure.highlighted = min(chosen or 0, len(reading.preview.unsure) - 1)

    # the unsure lines

    @on(OptionList.OptionHighlighted)
    def _unsure_highlighted(self, event: OptionList.OptionHighlighted) -> None:
        if self.unsure.has_focus:
            self._show_unsure(event.option_index)

    @on(OptionList.OptionSelected)
    def _unsure_chosen(self, event: OptionList.OptionSelected) -> None:
        self._show_unsure(event.option_index)
        self.text.focus()

    def _show_unsure(self, at: int) -> None:
        if self._reading is not None and at < len(self._reading.preview.unsure):
            self.text.go_to(self._reading.preview.unsure[at].row)

    def action_next_unsure(self) -> None:
        """n: the next one after the cursor, the first after the last."""
        if self._reading is None or not (found := self._reading.preview.unsure):
            return
        row = self.text.cursor[0]
        at = next((at for at, one in enumerate(found) if one.row > row), 0)
        self.unsure.highlighted = at
        self._show_unsure(at)

    def action_retype_line(self) -> None:
        """k: the line under the cursor as another kind."""
        if self._reading is None:
            return
        draft, row = self._reading.draft, self.text.cursor[0]
        self._cycle = cycle_in(self._cycle, draft.script, self._reading.incoming.language, row)
        if self._cycle is None:
            self.notify("This line has a kind of its own; it stays as it is.", timeout=3)
            return
        line = draft.script.lines[row]
        draft.edit_text([TextEdit(draft.script.lines.offset(row, 0), len(line), self._cycle.made)])
        self._counting += 1
        self.count_again(self._reading, self._number, self._counting)

    @on(CountedAgain)
    def _was_counted_again(self, event: CountedAgain) -> None:
        if event.number == self._number and event.counting == self._counting:
            self._reading = event.reading
            self._show_figures(event.reading)

    # reading it in another way

    @work(exclusive=True, group="import-ask")
    async def action_other_dialect(self) -> None:
        """f: choose the format."""
        if self._reading is not None:
            chosen = await self.app.push_screen_wait(offered_dialects(self._reading))
            if chosen is not None:
                self.read(chosen)

    @work(exclusive=True, group="import-ask")
    async def action_other_language(self) -> None:
        """l: choose the language."""
        if self._reading is not None:
            chosen = await self.app.push_screen_wait(offered_languages(self._reading))
            if chosen is not None:
                self.read(chosen)

    @work(exclusive=True, group="import-ask")
    async def action_other_encoding(self) -> None:
        """e: choose the encoding of a file."""
        if self._reading is not None and self.source.path is not None:
            question = encodings_to_offer(self._reading, self.desk.preferences.encodings)
            chosen = await self.app.push_screen_wait(question)
            if chosen is not None:
                self.read(chosen)

    # the title

    def action_change_title(self) -> None:
        """t: into the title's line."""
        self.title_line.focus()

    @on(Input.Changed)
    def _title_changed(self, event: Input.Changed) -> None:
        self._own_title = event.value

    @on(Input.Submitted)
    def _title_done(self) -> None:
        self.text.focus()

    # the end

    def action_back_from_import(self) -> None:
        """Escape: out of the title or the list, then back."""
        if self._busy:
            return  # the project is being made; it is opened when it is there
        self._number += 1  # whatever is still being read is not wanted any more
        if self._ticking is not None and self._reading is not None:
            self._stop_ticking()
        elif self.title_line.has_focus or self.unsure.has_focus:
            self.text.focus()
        else:
            self.dismiss()

    def action_import_script(self) -> None:
        """i, Enter: make the project."""
        if self._reading is None or self._busy or self.is_reading:
            return
        self._busy = True
        self.import_in_worker(self._reading, self._own_title)

    @on(Imported)
    def _was_imported(self, event: Imported) -> None:
        self.imported = event.project_id
        self.dismiss()

    @on(NotImported)
    def _was_not_imported(self, event: NotImported) -> None:
        self._busy = False
        self.desk.report(event.error)
