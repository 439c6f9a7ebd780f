"""Renaming a character: the old name, the new one, and a preview of every place before anything changes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.screen import ModalScreen
from textual.timer import Timer
from textual.widgets import Input, Static

from core.errors import UsageError
from core.script import Script
from core.script.renaming import NameUses, Use, check_name, same_name
from screens.widgets.use_list import UseList
from screens.wording import counted

SLICE_MS = 6.0
PAUSE = 0.01
KEYS = "Enter: rename   Tab: next field   Space: on or off   Esc: cancel"


@dataclass(frozen=True)
class Renaming:
    """What the writer decided."""

    old: str
    new: str
    uses: list[Use]


class RenameCharacter(ModalScreen[Renaming | None]):
    """Shows every cue, and apart from them (and off at first) every mention."""

    CSS_PATH = "renaming.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss(None)", "Cancel"),
        Binding("enter", "accept", "Rename"),
    ]

    def __init__(self, script: Script, old: str, records: dict[str, str]) -> None:
        """`records` are the bible's characters: the name as it is looked up, and as written."""
        super().__init__()
        self._script = script
        self._old = old
        self._records = records
        self._uses: NameUses | None = None
        self._others: NameUses | None = None
        self._slicing: Timer | None = None
        self._version = script.version

    def compose(self) -> ComposeResult:
        """Two fields, what they mean, the places."""
        with Vertical(classes="dialog"):
            yield Static("Rename a character", classes="question", markup=False)
            with Horizontal(classes="field"):
                yield Static("Name now", classes="label")
                yield Input(self._old, id="old-name", select_on_focus=True)
            with Horizontal(classes="field"):
                yield Static("New name", classes="label")
                yield Input(id="new-name")
            yield Static("", id="rename-sense", markup=False)
            yield UseList(self._place, self._line)
            yield Static(KEYS, classes="note", markup=False)

    def on_mount(self) -> None:
        """Look for the name under the cursor."""
        self.query_one("#new-name" if self._old else "#old-name", Input).focus()
        self._look()

    def _line(self, row: int) -> str:
        lines = self._script.lines
        return lines[row] if row < len(lines) else ""

    def _place(self, row: int) -> str:
        if row >= len(self._script.lines):
            return ""  # somebody else took it away
        place = self._script.place(row)
        page = "–".join(dict.fromkeys(str(number) for number in (place.numbers[:1] + place.numbers[-1:])))
        return f"p{page}.{place.panel}" if page and place.panel else f"p{page}" if page else f"line {row + 1}"

    # --- looking

    @on(Input.Changed, "#old-name")
    def _old_changed(self) -> None:
        self._look()

    @on(Input.Changed, "#new-name")
    def _new_changed(self, event: Input.Changed) -> None:
        self.query_one(UseList).show_new(" ".join(event.value.split()))
        self._others = NameUses(self._script, event.value) if event.value.strip() else None
        self._go_on()

    @on(UseList.Toggled)
    def _toggled(self) -> None:
        self._say()

    def _look(self) -> None:
        old = self.query_one("#old-name", Input).value
        self._uses = NameUses(self._script, old) if old.strip() else None
        self._go_on()

    def _go_on(self) -> None:
        """Look for a few milliseconds, and again soon if there is more."""
        if self._slicing is not None:
            self._slicing.stop()
            self._slicing = None
        if self._version != self._script.version:  # rows have other words: what was looked at is void
            self._version = self._script.version
            if self._uses is not None and self._shown is not self._uses:
                self._uses = NameUses(self._script, self.query_one("#old-name", Input).value)
            if self._others is not None:
                self._others = NameUses(self._script, self.query_one("#new-name", Input).value)
        found = self._uses is None or self._shown is self._uses or self._uses.advance(SLICE_MS)
        others = self._others is None or self._others.advance(SLICE_MS)
        if not found or not others:
            self._slicing = self.set_timer(PAUSE, self._go_on)
        if found and self._shown is not self._uses:
            self._shown = self._uses
            uses = self._uses
            self.query_one(UseList).show(uses.cues if uses else [], uses.mentions if uses else [])
        self._say()

    _shown: NameUses | None = None

    def _say(self, problem: str = "") -> None:
        old = self.query_one("#old-name", Input).value
        new = self.query_one("#new-name", Input).value
        words = [problem] if problem else []
        if not problem and self._slicing is None:
            words = self._sense(old, new)
        sense = self.query_one("#rename-sense", Static)
        sense.set_class(bool(problem), "-problem")
        sense.update(" ".join(words) or "…")

    def _sense(self, old: str, new: str) -> list[str]:
        wanted = len(self.query_one(UseList).wanted)
        record = self._records.get(same_name(old), "")
        if not wanted and not record:
            return [f"Nobody is called {old.strip()} here." if old.strip() else "Who gets another name?"]
        words = [f"{counted(wanted, 'place')} {'change' if wanted != 1 else 'changes'}."]
        if record:
            words.append(f"The bible’s {record} is renamed too.")
        if new.strip() and same_name(new) != same_name(old):
            speaks = len(self._others.cues) if self._others else 0
            if speaks or same_name(new) in self._records:
                cues = f" and has {counted(speaks, 'cue')}" if speaks else ""
                words.append(f"▲ {new.strip()} exists{cues}: the two would be one person.")
        return words

    # --- the answer

    @on(Input.Submitted, "#old-name")
    def _to_new(self) -> None:
        self.query_one("#new-name", Input).focus()

    @on(Input.Submitted, "#new-name")
    def action_accept(self) -> None:
        """Enter: do it, if there is anything to do."""
        old = self.query_one("#old-name", Input).value
        try:
            new = check_name(self.query_one("#new-name", Input).value)
        except UsageError as error:
            self._say(error.what)
            return
        uses = self.query_one(UseList).wanted
        if self._slicing is None and (uses or same_name(old) in self._records):
            self.dismiss(Renaming(old, new, uses))
