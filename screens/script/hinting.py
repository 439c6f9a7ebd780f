"""Hints: what they say, going through them, mending what they name."""

from __future__ import annotations

import asyncio
from importlib import import_module
from typing import TYPE_CHECKING

from textual import on, work
from textual.message import Message
from textual.timer import Timer

from core.script import HEADINGS, LineKind
from core.story import Section
from core.workspace import ProjectSession
from screens.commands.base import key_name
from screens.commands.script.hinting import FixHint
from screens.messages import Settled
from screens.script.ordering import LOOK_MS, LOOK_PAUSE, Ordering
from screens.widgets.editor import ScriptEditor
from screens.widgets.editor.paint import MarginNote
from screens.wording import counted

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from core.script.hints import Fix, Hint, HintKeeper, Hints, Rule
    from core.script.renumbering import Edit
    from screens.hints import HintsScreen

SPEAKER_MARK = "speaker"
"""The kind of mark under which a project keeps the names that its writer has said are right."""
SIGNS = {"warn": "!", "hint": "•"}
"""What stands behind the line number, and in front of the sentence."""
FILLING = 40
"""Lines below a panel's heading that are looked at for words: what was typed since the last look."""


class HintsReady(Message):
    """What hints need has been loaded, in a thread: the first look need not wait for it."""


class Hinting(Ordering):
    """Hints, numbers, words left behind. `hints` is None until what they need has been loaded."""

    def __init__(self, session: ProjectSession) -> None:
        super().__init__(session)
        self.hints: HintKeeper | None = None
        self._looking: Timer | None = None
        self._listed: HintsScreen | None = None
        self._loading = False
        self._hinted_row = -1

    # looking

    @on(Settled)
    def _look_for_hints(self) -> None:
        if not self._loading:
            self._loading = True
            self._load_hints()
        elif self.hints is not None and self._looking is None:
            self._look()

    @work(thread=True, group="hints")
    def _load_hints(self) -> None:
        """Import the matcher of names and the rules; on the screen's thread they would cost 50 ms."""
        for name in ("core.script.hints.mending", "rapidfuzz.distance", "rapidfuzz.process"):
            import_module(name)
        self.post_message(HintsReady())

    @on(HintsReady)
    def _begin_hints(self) -> None:
        from core.script.hints import HintKeeper

        if not self.desk.preferences.hints.shown:
            return
        self.hints = HintKeeper(self.session.script, self.desk.preferences.hints.thresholds())
        self._follow_meta()
        self.editor.sync()
        self._look()

    def _look(self) -> None:
        """Look on until the hints are those of the text."""
        self._looking = None
        if self.hints is None or not self.is_mounted:
            return
        if not self.may_slice():
            self.look_again()
            return
        was_current = self.hints.is_current
        if not self.hints.advance(LOOK_MS):
            if self.session.script.done:
                self.look_again()
        elif was_current:
            self._show_hints()
            self.rest_once("hints")
            if self._listed is not None:
                self._listed.look_again()
        else:
            self.look_again()  # shown in a turn of its own
        self.sliced()

    def look_again(self) -> None:
        """Settings, meta or the theme have changed."""
        if self.hints is not None and self._looking is None:
            self._looking = self.set_timer(LOOK_PAUSE, self._look)

    def _follow_meta(self) -> None:
        from core.script.hints import Sides

        if self.hints is None:
            return
        meta = self.session.store.meta
        side = meta.extra.get("first_page_side", "")
        self.hints.set_sides(Sides(meta.direction, side if isinstance(side, str) else ""))
        self.hints.set_known(frozenset(self.session.store.marks(SPEAKER_MARK)))

    def watch_meta_for_hints(self) -> Callable[[], None]:
        """Follow reading direction and known speakers; gives how to stop that."""

        def changed(change: object) -> None:
            self._follow_meta()
            self.look_again()

        return self.session.store.subscribe(Section.META, changed)

    # showing

    def note_of(self, row: int) -> MarginNote | None:
        """Figures for the margin, once they are known."""
        return self.hints.note(row) if self.hints is not None else None

    def sign_of(self, row: int) -> tuple[str, str]:
        """The sign behind a line number, and its role; a blank for no hint."""
        if self.hints is None or not self.hints.begins_at(row):
            return " ", ""
        found = [hint for hint in self._hints_on(row) if hint.row == row]
        if not found:
            return " ", ""
        severity = "warn" if any(hint.severity == "warn" for hint in found) else "hint"
        return SIGNS[severity], "margin-over" if severity == "warn" else "margin-near"

    def _hints_on(self, row: int) -> list[Hint]:
        """The hints of a row. A panel that is just being begun is not called empty."""
        if self.hints is None:
            return []
        return [
            hint
            for hint in self.hints.at(row)
            if not (hint.rule == "empty-panel" and self._is_being_filled(hint.row))
        ]

    def _is_being_filled(self, row: int) -> bool:
        """Whether words stand below a panel's heading, or the cursor: hints are older than the last keys."""
        cursor = self.editor.cursor[0]
        for at, kind in enumerate(self.session.script.kinds(row + 1, row + FILLING), row + 1):
            if kind in HEADINGS:
                return row <= cursor < at
            if kind is not LineKind.BLANK:
                return True
        return row <= cursor < row + FILLING

    def _show_hints(self) -> None:
        self._hinted_row = -1
        self._show_hint(self.editor.cursor[0])
        self.mark_outline(self.hints.counts_by_page() if self.hints is not None else {})
        self.editor.sync()

    @on(ScriptEditor.CursorMoved)
    def _hint_at_cursor(self, event: ScriptEditor.CursorMoved) -> None:
        self._show_hint(self.editor.cursor[0])

    def _show_hint(self, row: int) -> None:
        """The sentence of the cursor's line, and how many hints there are."""
        if self.hints is None:
            return
        here = self.hints.at(row)
        shown = self._hints_on(row)
        self.status_line.show_hint_count(len(self.hints.hints) - (len(here) - len(shown)))
        self.status_line.show_hint(self._told_of(shown[0]) if shown else "")

    def _told_of(self, hint: Hint) -> str:
        """The sentence, and what the one key does where there is room for that."""
        keys = self.desk.keys_of(FixHint)
        mending = f"  {key_name(keys[0])}: {hint.fix.title}" if hint.fix is not None and keys else ""
        return f"{SIGNS[hint.severity.value]} {hint.sentence}{mending}"

    # going

    def action_next_hint(self) -> None:
        """Alt+H."""
        self._go_to_hint(1)

    def action_previous_hint(self) -> None:
        """Alt+Shift+H."""
        self._go_to_hint(-1)

    def _go_to_hint(self, step: int) -> None:
        hints = self.hints.hints if self.hints is not None else ()
        if self.hints is None or not hints:
            self.notify("There are no hints.", timeout=3)
            return
        row = self.editor.cursor[0]
        index = self.hints.hints.index_at(row + 1) if step > 0 else self.hints.hints.index_at(row) - 1
        self.show_hint_place(hints[index % len(hints)])

    def show_hint_place(self, hint: Hint) -> None:
        """Put the cursor where a hint is."""
        row = min(hint.row, self.editor.wrapped.rows - 1)
        self.editor.go_to(row, min(hint.columns[0], len(self.editor.wrapped.buffer[row])))

    @work
    async def action_list_hints(self) -> None:
        """All hints; the answer is one to go to."""
        if self.hints is None:
            self.notify("Hints are off in the settings, or still being made.", timeout=3)
            return
        from screens.hints import HintDeeds, HintsScreen

        deeds = HintDeeds(
            self._hints_now, self.mend, self.hush, self._switch_rule, lambda: self.desk.preferences.hints.off
        )
        self._listed = HintsScreen(deeds, self.editor.cursor[0])
        try:
            hint = await self.app.push_screen_wait(self._listed)
        finally:
            self._listed = None
        if hint is not None:
            self.show_hint_place(hint)

    def _hints_now(self) -> tuple[Hints, bool]:
        assert self.hints is not None  # the list is only shown with it
        done = self.session.script.advance(LOOK_MS) and self.hints.advance(LOOK_MS)
        if done:
            self._show_hints()
        return self.hints.hints, done

    def _switch_rule(self, rule: Rule, on: bool) -> None:
        """Switch a rule on or off, here and in the settings."""
        off = [name for name in self.desk.preferences.hints.off if name != rule.value]
        self.desk.set_preference("hints.off", off if on else [*off, rule.value])
        if self.hints is not None:
            self.hints.set_limits(self.desk.preferences.hints.thresholds())
            self.look_again()

    # mending

    def action_fix_hint(self) -> None:
        """Alt+M: what the first hint on this line that can be mended proposes."""
        shown = self._hints_on(self.editor.cursor[0])
        hint = next((hint for hint in shown if hint.fix is not None), None)
        if hint is not None and hint.fix is not None:
            self.mend(hint, hint.fix)
        elif shown:
            self.notify("Nobody but you can mend this; the list of hints can hush it.", timeout=4)
        else:
            self.notify("There is no hint on this line.", timeout=3)

    @work(exclusive=True, group="mending")
    async def mend(self, hint: Hint, fix: Fix) -> None:
        """Carry out a fix, as one undo step."""
        from core.script.hints.hint import Action
        from core.script.hints.mending import edits_of

        if fix.action is Action.KNOW:
            self.session.store.set_mark(SPEAKER_MARK, fix.value, value=True)
            self.notify(f"{fix.value} is a speaker of this project.", timeout=4, markup=False)
            return
        if not await self._still_so(hint):
            return
        script, version = self.session.script, self.session.script.version
        pages = self.hints.pages_with(self._name_at(hint)) if self.hints is not None else []
        edits: Sequence[Edit] | None = None
        for edits in edits_of(script, hint, fix, pages):
            if edits is None:
                await asyncio.sleep(0)
            if script.version != version:
                self.notify("The text has changed meanwhile; nothing was done.", timeout=4)
                return
        if not edits:
            self.notify("There is nothing to be mended here any more.", timeout=3)
        elif await self._apply(edits) and len(edits) > 1:
            self.notify(f"Changed in {counted(len(edits), 'place')}.", timeout=3)

    async def _still_so(self, hint: Hint) -> bool:
        """Whether the text is still as a hint saw it; others may have moved its lines or taken them away."""
        keeper = self.hints
        while keeper is not None and self.is_mounted and not self._hints_now()[1]:
            await asyncio.sleep(LOOK_PAUSE)
        if keeper is not None and self.is_mounted:
            if hint.row < len(self.session.script.lines) and hint in keeper.at(hint.row):
                return True
            self.notify("The text has changed meanwhile; nothing was done.", timeout=4)
        return False

    def _name_at(self, hint: Hint) -> str:
        lines = self.session.script.lines
        return lines[hint.row][slice(*hint.columns)] if hint.row < len(lines) else ""

    @work(exclusive=True, group="mending")
    async def hush(self, hint: Hint) -> None:
        """Put a note into the panel or page that silences the rule there."""
        from core.script.hints.mending import hush_edits

        if await self._still_so(hint):
            await self._apply(hush_edits(self.session.script, hint))

    def action_bring_home(self) -> None:
        """The hint's one key."""
        if self.session.bring_home():
            self.notify("The words are in their page; undo takes them back.", timeout=4)
        else:
            self.notify("No words were left behind.", timeout=3)
