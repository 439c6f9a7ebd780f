"""The script of the open project: the text, where it is kept, find, go to, undo."""

from __future__ import annotations

from textual import events, on, work
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.getters import query_one
from textual.timer import Timer

from core.journal import JournalState
from core.script import LineKind, OutlineItem
from core.story import Change, Origin, Section
from core.workspace import ProjectSession, SessionStatus
from screens.base import GenkoScreen
from screens.commands import SCRIPT, bindings
from screens.commands.base import key_name
from screens.commands.everywhere import Places
from screens.commands.script import BringHome
from screens.cycling import Cycle, cycle
from screens.textkeys import text_keys
from screens.widgets.editor import FindBar, ScriptEditor
from screens.widgets.header import DeskHeader
from screens.widgets.keys import KeysLine
from screens.widgets.line_styles import KindStyler
from screens.widgets.outline import Outline, outline_rows
from screens.widgets.status import StatusLine

PARSE_MS = 8.0
"""Milliseconds of parsing at a time, so that keys are never kept waiting."""
PARSE_PAUSE = 0.01
WARM_SECONDS = 0.3
"""After the first paint, the document is unpacked so that the first key need not wait for it."""
SETTLE_SECONDS = 0.3
"""Counts and outline follow this long after the last key of a burst."""

ABOUT = (
    "The script. What you type is on this machine's disk at once; the header says so, and says when "
    "it is not. Ctrl+S also sends it to the server and makes a version to come back to. Tab changes "
    "the kind of a line. Escape, then Tab, moves to the outline."
)


class WorkspaceScreen(GenkoScreen):
    """The script tab. It keeps no words: the editor follows the session's store."""

    CSS_PATH = "workspace.tcss"
    AUTO_FOCUS = "ScriptEditor"
    commands = SCRIPT
    BINDINGS = bindings(SCRIPT)

    header = query_one(DeskHeader)
    editor = query_one(ScriptEditor)
    outline = query_one(Outline)
    status_line = query_one(StatusLine)

    def __init__(self, session: ProjectSession) -> None:
        super().__init__()
        self.session = session
        self._settling: Timer | None = None
        self._outline_of = -1  # the script's structure that the outline was made of
        self._items: list[OutlineItem] = []
        self._page: int | None = None
        self._styled = session.script.done
        self._escaped = False
        self._cycle: Cycle | None = None

    def compose(self) -> ComposeResult:
        """Header, outline and text, find, status, keys."""
        preferences = self.desk.preferences
        yield DeskHeader()
        with Horizontal(id="middle"):
            yield Outline(classes="" if preferences.outline else "-off")
            editor = ScriptEditor(self.session.store)
            editor.styler = KindStyler(self.session.script)
            editor.line_numbers = preferences.line_numbers
            editor.soft_wrap = preferences.wrap
            yield editor
        yield StatusLine()
        yield KeysLine(SCRIPT)

    def on_mount(self) -> None:
        """Follow the session; what first paint can do without comes after it."""
        self._unwatch = [
            self.session.on_status(self.show_status),
            self.session.store.subscribe(Section.META, self._meta_changed),
            self.session.on_left_behind(self._words_left_behind),
        ]
        self.show_status(self.session.status)
        self.call_after_refresh(self._first_settled)

    def on_unmount(self) -> None:
        """Let go of the session."""
        for stop in self._unwatch:
            stop()

    def help_text(self) -> str:
        """For F1."""
        return ABOUT

    def help_keys(self) -> list[tuple[str, str]]:
        """The editor's keys; those that extend the selection are the same with Shift."""
        return text_keys(self.desk)

    def _first_settled(self) -> None:
        self._settle()
        recovered = self.session.recovered
        if recovered.damaged_copy is not None:
            self._tell_recovery(recovered.sentence)
        elif recovered.sentence:
            self.notify(recovered.sentence, severity="warning", timeout=12, markup=False)
        self.set_timer(WARM_SECONDS, self.session.store.warm_up)

    @work
    async def _tell_recovery(self, sentence: str) -> None:
        from screens.prompts import Choice

        await self.app.push_screen_wait(Choice("Recovered", sentence, [("ok", "Go on")]))

    # the session's news

    def show_status(self, status: SessionStatus) -> None:
        """Header, and the banner while words are only in memory."""
        self.header.show_status(self.session.store.meta.title, status)
        failing = status.disk is JournalState.FAILING
        reason = f" {status.error.what}" if failing and status.error is not None else ""
        self.status_line.show_failure(f"Your words are only in memory.{reason}" if failing else "")

    def show_server(self) -> None:
        """The app knows more about the server."""
        self.show_status(self.session.status)

    def restyle(self) -> None:
        """The header's marks have other colours."""
        self.show_status(self.session.status)

    def on_screen_resume(self) -> None:
        """The server may have answered while another screen was shown."""
        if self.is_mounted and self.query(DeskHeader):
            self.show_status(self.session.status)

    def _meta_changed(self, change: Change) -> None:
        self.show_status(self.session.status)

    def _words_left_behind(self) -> None:
        words = sum(stray.words for stray in self.session.left_behind)
        keys = " ".join(key_name(key) for key in (*self.desk.keys_of(Places)[-1:], BringHome.letter))
        self.notify(
            f"{words} {'word' if words == 1 else 'words'} stayed behind. {keys} brings them to their page.",
            title="A page was moved while it was written",
            severity="warning",
            timeout=20,
        )

    # the editor's news

    @on(ScriptEditor.Edited)
    def _edited(self, event: ScriptEditor.Edited) -> None:
        if event.change.origin is not Origin.REMOTE:
            self._escaped = False
        if self._settling is None:
            self._settling = self.set_timer(SETTLE_SECONDS, self._settle)
        else:
            self._settling.reset()

    @on(ScriptEditor.Replaced)
    def _replaced(self, event: ScriptEditor.Replaced) -> None:
        letters = "1 character" if event.characters == 1 else f"{event.characters:,} characters"
        self.notify(
            f"{letters} can't be kept in any file or database (NUL or half a letter) and stand as \ufffd.",
            severity="warning",
            timeout=10,
        )

    @on(ScriptEditor.CursorMoved)
    def _moved(self, event: ScriptEditor.CursorMoved) -> None:
        self._escaped = False
        self._show_place(event.row)
        self.outline.show_cursor(event.row)

    def _settle(self) -> None:
        """Counts and outline, once the keys have come to rest; parses on if there is more to parse."""
        self._settling = None
        script = self.session.script
        done = script.advance(PARSE_MS)
        figures = script.statistics()
        self.status_line.show_counts(figures.pages, figures.panels, figures.dialogues, figures.words)
        self._show_place(self.editor.cursor[0])
        if not done:
            self._settling = self.set_timer(PARSE_PAUSE, self._settle)
        elif self._outline_of != script.structure:
            self._outline_of = script.structure
            self._items = script.outline()
            self._show_outline()
        if done and not self._styled:
            self._styled = True  # what was guessed before the parser came by may look different now
            self.editor.sync()

    def _show_place(self, row: int) -> None:
        place = self.session.script.place(row)
        kind = "" if place.kind is LineKind.BLANK else place.kind.value
        page = "–".join(str(number) for number in place.numbers)
        self.status_line.show_place(page, _number(place.panel), kind)
        if place.page != self._page:
            self._page = place.page
            self._show_outline()

    def _show_outline(self) -> None:
        row = self.editor.cursor[0]
        self.outline.show(outline_rows(self._items, row), row)

    @on(Outline.Chosen)
    def _outline_chosen(self, event: Outline.Chosen) -> None:
        self.editor.go_to(event.row)
        self.editor.focus()

    @on(Outline.Left)
    def _outline_left(self) -> None:
        self.editor.focus()

    # Escape, then Tab

    def on_key(self, event: events.Key) -> None:
        """Escape arms Tab to move the focus; any other use of the text disarms it."""
        if event.key == "escape":
            self._escaped = True
        elif event.key == "tab" and (self._escaped or not self.editor.has_focus):
            self._escaped = False
            event.stop()
            event.prevent_default()
            self.focus_next()

    # commands

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Undo and Tab are the text's; a line being typed elsewhere keeps its own."""
        if action in ("undo", "redo", "cycle_kind"):
            return self.editor.has_focus
        return True

    def action_undo(self) -> None:
        """Ctrl+Z."""
        if not self.session.store.can_undo:
            self.notify("Nothing to undo.", timeout=2)
        self.editor.action_undo()

    def action_redo(self) -> None:
        """Ctrl+Y."""
        self.editor.action_redo()

    def action_bring_home(self) -> None:
        """The hint's one key."""
        if self.session.bring_home():
            self.notify("The words are in their page; undo takes them back.", timeout=4)
        else:
            self.notify("No words were left behind.", timeout=3)

    def action_cycle_kind(self) -> None:
        """Tab: the line as another kind."""
        row, column = self.editor.cursor
        line = self.editor.wrapped.buffer[row]
        self._cycle = cycle(self._cycle, self.session, row)
        if self._cycle is None:
            self.notify("This line has a kind of its own; it stays as it is.", timeout=3)
        elif self._cycle.made != line:
            behind = len(line) - column
            self.editor.replace((row, 0), (row, len(line)), self._cycle.made)
            self.editor.go_to(row, max(0, len(self._cycle.made) - behind), center=False)

    def action_toggle_outline(self) -> None:
        """The pages at the left."""
        off = not self.outline.has_class("-off")
        self.outline.set_class(off, "-off")
        self.desk.set_preference("outline", not off)
        if not self.has_class("-wide"):
            self.notify("It is shown in windows of 110 columns and more.")

    def action_toggle_line_numbers(self) -> None:
        """The numbers in front of the lines."""
        self.editor.line_numbers = not self.editor.line_numbers
        self.desk.set_preference("line_numbers", self.editor.line_numbers)

    def action_toggle_wrap(self) -> None:
        """Long lines."""
        self.editor.soft_wrap = not self.editor.soft_wrap
        self.desk.set_preference("wrap", self.editor.soft_wrap)

    @work
    async def action_go_to_line(self) -> None:
        """Ctrl+G: a line, or p12, or p12.3."""
        from screens.goto import row_of
        from screens.prompts import TextPrompt

        last = self.editor.wrapped.rows
        note = f"A line from 1 to {last:,}, or a page: p12, or a panel: 12.3"
        answer = await self.app.push_screen_wait(TextPrompt("Go to", note=note))
        if not answer:
            return
        row = row_of(answer, self.session.script, last)
        if row is None:
            self.notify(f"There is no {answer.strip()[:20]} here.", severity="warning", markup=False)
        else:
            self.editor.go_to(row)

    def action_find(self) -> None:
        """Ctrl+F: the find line, made when it is wanted first."""
        bars = self.query(FindBar)
        if bars:
            bars.first().open()
        else:
            bar = FindBar(self.editor)
            self.mount(bar, before=self.status_line)
            bar.call_after_refresh(bar.open)


def _number(number: object) -> str:
    return "" if number is None else str(number)
