"""A place to paste a script into, of any length, before it is looked at."""

from __future__ import annotations

from textual import on
from textual.app import ComposeResult
from textual.getters import query_one
from textual.widgets import Static

from core.story import ProjectStore
from screens.base import GenkoScreen
from screens.commands import PASTING, bindings, key_name
from screens.commands.everywhere import Help, Palette
from screens.commands.importing import ReadPasted
from screens.widgets.editor import ScriptEditor
from screens.widgets.keys import KeysLine
from screens.widgets.places import PlacesLine, Slot
from screens.wording import counted

TOP = (
    Slot("brand", 7, style="accent", bold=True),
    Slot("heading", bold=True),
    Slot("count", 40, style="quiet", right=True),
)


class PasteScreen(GenkoScreen):
    """Dismissed with nothing; `pasted` is the text, or empty when the writer thought better of it."""

    CSS_PATH = ["workspace.tcss", "import_preview.tcss"]
    AUTO_FOCUS = "ScriptEditor"
    commands = PASTING
    BINDINGS = bindings(PASTING)

    top = query_one("#top", PlacesLine)
    text = query_one(ScriptEditor)

    def __init__(self) -> None:
        super().__init__()
        self.pasted = ""
        self._store = ProjectStore.create()

    def compose(self) -> ComposeResult:
        """What to do, and the place for the text."""
        yield PlacesLine(TOP, id="top")
        yield Static(self._advice(), id="about", markup=False)
        yield ScriptEditor(self._store)
        yield KeysLine(PASTING, everywhere=(Palette, Help))

    def _advice(self) -> str:
        key = next((key_name(key) for key in self.desk.keys_of(ReadPasted)), "Go on")
        return (
            "Paste a script here with the paste key of your terminal, in English, French or Japanese, in any "
            f"format. {key} shows what was recognised. Nothing is created before you say so."
        )

    def on_mount(self) -> None:
        """An empty place."""
        self.top.show("brand", "Genko")
        self.top.show("heading", "Paste a script")

    @on(ScriptEditor.Edited)
    def _edited(self) -> None:
        letters, lines = self.text.wrapped.buffer.length, self.text.wrapped.rows
        self.top.show(
            "count", f"{counted(letters, 'character')}, {counted(lines, 'line')}" if letters else ""
        )

    def action_read_pasted(self) -> None:
        """On to what was recognised."""
        self.pasted = self._store.text
        if self.pasted.strip():
            self.dismiss()
        else:
            self.notify("Nothing has been pasted yet.", timeout=3)

    def action_leave_pasting(self) -> None:
        """Back; the text is dropped."""
        self.pasted = ""
        self.dismiss()
