"""The script of the open project: the text, where it is kept, find, go to, undo."""

from __future__ import annotations

from textual import events, on, work
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.getters import query_one

from core.journal import JournalState
from core.story import Change, Origin, Section
from core.workspace import ProjectSession, SessionStatus
from screens.commands import SCRIPT, bindings
from screens.commands.base import key_name
from screens.commands.everywhere import Places, Save, Script
from screens.commands.script.hinting import BringHome
from screens.script.finding import Finding
from screens.script.hinting import Hinting
from screens.script.linking import Linking
from screens.script.moving import Moving
from screens.script.outside import Outside
from screens.script.seeing import Seeing
from screens.script.settling import Settling
from screens.script.writing import Writing
from screens.textkeys import text_keys
from screens.widgets.editor import ScriptEditor
from screens.widgets.header import DeskHeader
from screens.widgets.keys import KeysLine
from screens.widgets.line_styles import KindStyler
from screens.widgets.outline import Outline
from screens.widgets.status import StatusLine
from screens.widgets.tabs import TabsLine

WARM_SECONDS = 0.3
"""After the first paint, the document is unpacked so that the first key need not wait for it."""

TEXT_ACTIONS = frozenset({"undo", "redo", "cycle_kind"})
"""Actions whose keys mean something else in a field for typing."""

ABOUT = (
    "The script. What you type is on this machine's disk at once; the header says so, and says when "
    "it is not. Ctrl+S also sends it to the server and makes a version to come back to. Tab changes "
    "the kind of a line. Escape, then Tab, moves to the outline."
)


class WorkspaceScreen(Writing, Moving, Finding, Hinting, Seeing, Settling, Outside, Linking):
    """The script tab. It keeps no words: the editor follows the session's store.

    What one can do here is in the parts (`screens/script`); this is what holds them together.
    """

    commands = SCRIPT
    BINDINGS = bindings(SCRIPT)
    CSS_PATH = "workspace.tcss"
    AUTO_FOCUS = "ScriptEditor"
    header = query_one(DeskHeader)

    def __init__(self, session: ProjectSession) -> None:
        super().__init__(session)
        self._escaped = False

    def compose(self) -> ComposeResult:
        """Header, outline and text, find, status, keys."""
        preferences = self.desk.preferences
        yield DeskHeader()
        yield TabsLine(Script)
        with Horizontal(id="middle"):
            yield Outline(width=preferences.outline_width, classes="" if preferences.outline else "-off")
            editor = ScriptEditor(self.session.store)
            editor.styler = KindStyler(self.session.script)
            editor.line_numbers = preferences.line_numbers
            editor.soft_wrap = preferences.wrap
            if preferences.hints.shown:
                editor.margin, editor.sign = self.note_of, self.sign_of
            yield editor
        yield StatusLine()
        yield KeysLine((Save, *SCRIPT))

    def on_mount(self) -> None:
        """Follow the session; what first paint can do without comes after it."""
        self._unwatch = [
            self.session.on_status(self.show_status),
            self.session.store.subscribe(Section.META, self._meta_changed),
            self.watch_meta_for_hints(),
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
        if not self.query(StatusLine):
            return  # closed before it was ever shown
        self.desk.release_keys()
        self._settle()
        recovered = self.session.recovered
        if self.session.recovery:
            self._tell_recovery(self.session.recovery)
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
        reason = f" {status.disk_error.what}" if failing and status.disk_error is not None else ""
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
        row = self.editor.cursor[0]  # the text may have changed since the message was sent
        self.show_place(row)
        self.outline.show_cursor(row)

    def on_resize(self) -> None:
        """A window that has become wide shows the outline."""
        if self.is_mounted and self.query(Outline):
            self.call_after_refresh(self.outline_resized)
            self.call_after_refresh(self.settle_soon)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Undo and Tab are the text's; a line being typed elsewhere keeps its own."""
        if self.find_bar_has(action):
            return False
        if action in TEXT_ACTIONS:  # what was moved in the outline is undone there
            return self.editor.has_focus or (action != "cycle_kind" and self.outline.has_focus)
        return True

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
