"""All hints of the script in a dialog: read, go there, mend, hush, switch a rule off."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import ClassVar, NamedTuple

from rich.text import Text
from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.getters import query_one
from textual.screen import ModalScreen
from textual.widgets import Static

from core.script.hints import Fix, Hint, Hints, Rule
from screens.widgets.hint_list import HintRows
from screens.wording import counted

LOOK_PAUSE = 0.01
NEAR = 200
"""Hints above and below the chosen one among which it is looked for when lines have come or gone."""


class HintDeeds(NamedTuple):
    """What the list asks of the script tab below it."""

    hints: Callable[[], tuple[Hints, bool]]
    """The hints, and whether they are those of the text as it is; looks on for a moment if not."""
    mend: Callable[[Hint, Fix], object]
    hush: Callable[[Hint], object]
    switch: Callable[[Rule, bool], object]
    """Switch a rule on or off, for good."""
    off: Callable[[], list[str]]
    """The names of the rules that are off."""


class HintsScreen(ModalScreen[Hint | None]):
    """The answer is the hint to go to, or None."""

    CSS_PATH = "hints.tcss"
    AUTO_FOCUS = "HintRows"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss(None)", "Back"),
        Binding("n", "hush", "Not here"),
        Binding("o", "switch_off", "Rule off"),
        Binding("a", "switch_on", "All rules on"),
    ]
    rows = query_one(HintRows)

    def __init__(self, deeds: HintDeeds, row: int) -> None:
        """`row` is the line that the cursor is on: the list begins there."""
        super().__init__()
        self._deeds = deeds
        self._row: int | None = row

    def compose(self) -> ComposeResult:
        """Title, rows, the chosen hint with what can be done."""
        with Vertical(classes="dialog"):
            yield Static("", classes="question", id="title", markup=False)
            yield HintRows()
            yield Static("", id="detail", markup=False)
            yield Static("", classes="note", id="keys", markup=False)

    def on_mount(self) -> None:
        """Show what there is."""
        self.call_after_refresh(self._look)

    def _look(self, *, follow: bool = False) -> None:
        """Bring the list up to date; asks again until the hints are those of the text.

        `follow`: the chosen hint stays chosen, if it is not too far from where it was.
        """
        if not self.is_mounted:
            return
        hints, done = self._deeds.hints()
        if not done:
            self.set_timer(LOOK_PAUSE, partial(self._look, follow=follow))
            return
        chosen: int | None
        if self._row is not None:
            chosen = min(hints.index_at(self._row), max(0, len(hints) - 1))
        else:
            chosen = self._found_again(hints) if follow else None
        self._row = None
        self.rows.show(hints, chosen)
        off = len(self._deeds.off())
        rules = f"   {counted(off, 'rule')} off" if off else ""
        title = counted(len(hints), "hint") if hints else "No hints"
        self.query_one("#title", Static).update(title + rules)

    @on(HintRows.Moved)
    def _tell(self) -> None:
        hint = self.rows.hint
        quiet = self.app.theme_variables["quiet"]
        text = Text()
        if hint is not None:
            text.append(f"{hint.sentence}\n")
            for number, fix in enumerate(hint.fixes, 1):
                text.append(f"{number} ", "bold").append(f"{fix.title}   ".replace(" ", "\u00a0"))
            text.append("\n" if hint.fixes else "")
            text.append("n ", "bold").append("not here   ", quiet)
            text.append("o ", "bold").append(f"nothing more about {hint.rule.about}", quiet)
        self.query_one("#detail", Static).update(text)
        keys = "Esc: back"
        if hint is not None:
            keys = f"Enter: go there   {'1: mend   ' if hint.fixes else ''}{keys}"
        if self._deeds.off():
            keys += "   a: all rules on"
        self.query_one("#keys", Static).update(keys)

    @on(HintRows.Chosen)
    def _chosen(self) -> None:
        self.dismiss(self.rows.hint)

    def on_key(self, event: events.Key) -> None:
        """A number is a way to mend the chosen hint; `m` is the first of them."""
        hint, letter = self.rows.hint, event.character or ""
        if hint is None or not (letter.isdecimal() or letter == "m"):
            return
        event.stop()
        place = int(letter) - 1 if letter.isdecimal() else 0
        if 0 <= place < len(hint.fixes):
            self._deeds.mend(hint, hint.fixes[place])
            self._soon()

    def action_hush(self) -> None:
        """n: a note in the script silences the rule in this panel or page."""
        if self.rows.hint is not None:
            self._deeds.hush(self.rows.hint)
            self._soon()

    def action_switch_off(self) -> None:
        """o: the rule says nothing any more, in any project."""
        if self.rows.hint is not None:
            self._deeds.switch(self.rows.hint.rule, False)
            self._soon()

    def action_switch_on(self) -> None:
        """a: every rule again."""
        for name in self._deeds.off():
            self._deeds.switch(Rule(name), True)
        self._soon()

    def look_again(self) -> None:
        """The text has changed, whoever changed it."""
        self._look(follow=True)

    def _found_again(self, hints: Hints) -> int | None:
        before, at = self.rows.hint, self.rows.chosen
        if before is None:
            return None
        near = range(max(0, at - NEAR), min(len(hints), at + NEAR))
        same = [here for here in near if _unplaced(hints[here]) == _unplaced(before)]
        return min(same, key=lambda here: abs(here - at), default=None)

    def _soon(self) -> None:
        self.set_timer(LOOK_PAUSE, self._look)


def _unplaced(hint: Hint) -> Hint:
    """Without what changes with the lines above it."""
    return hint._replace(row=0, end_row=0, where="")
