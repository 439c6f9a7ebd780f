"""The lines below the text in which one types what to find, and what to put in its place."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical
from textual.message import Message
from textual.reactive import var
from textual.timer import Timer
from textual.widgets import Input, Static

from core.script.search import Area, SearchError, Wanted
from core.story import Change
from screens.widgets.editor.editor import ScriptEditor
from screens.widgets.editor.find_look import FIND_CSS, find_bindings
from screens.widgets.editor.find_options import FindOptions, Option
from screens.widgets.editor.replacing import SelectedArea

RECOUNT_AFTER = 0.3
"""Seconds without an edit after which matches are counted again."""
PATTERN_AFTER = 0.25
"""Seconds without a key after which a pattern is tried."""

Areas = Callable[[], Sequence[Area]]
"""The parts of the text that one may want to look in, from the cursor's place."""


class FindBar(Vertical):
    """Hidden until `open()`. Typing finds at once; Enter goes on, Escape goes back to the text."""

    DEFAULT_CSS = FIND_CSS
    BINDINGS: ClassVar[list[BindingType]] = find_bindings()

    match_case: var[bool] = var(False, init=False)
    whole_word: var[bool] = var(False, init=False)
    pattern: var[bool] = var(False, init=False)

    class Closed(Message):
        """The bar is gone and the text has the focus again."""

    def __init__(self, editor: ScriptEditor, areas: Areas | None = None, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._editor = editor
        self._find_areas = areas or (lambda: ())
        self._areas: list[Area | None] = [None]
        self._at = 0
        self._start = 0
        self._later: Timer | None = None
        self._problem = ""
        self._said = ""

    def compose(self) -> ComposeResult:
        """Find, replace, options."""
        with Horizontal():
            yield Static("Find", classes="label")
            box = Input(compact=True, select_on_focus=True, id="find-wanted")
            box.cursor_blink = False
            yield box
            yield Static("", id="find-count", markup=False)
        with Horizontal(classes="replacing"):
            yield Static("Replace", classes="label")
            box = Input(compact=True, select_on_focus=True, id="find-template")
            box.cursor_blink = False
            yield box
            yield Static("Enter one  Alt+A all", markup=False)
        yield FindOptions(id="find-options")

    @property
    def is_open(self) -> bool:
        """Whether the bar is shown."""
        return self.has_class("-open")

    @property
    def area(self) -> Area | None:
        """Where is looked; None: everywhere."""
        return self._areas[self._at]

    # --- opening, closing

    def open(self, *, replacing: bool = False) -> None:
        """Show the bar, with the selected word in it if there is one, and type there."""
        editor = self._editor
        low, high = editor.ordered_selection
        self._start = editor.wrapped.offset(low)
        self.add_class("-open")
        self.set_class(replacing or self.has_class("-replacing"), "-replacing")
        box = self.query_one("#find-wanted", Input)
        selected = editor.selected_text
        self._areas, self._at = [None, *self._find_areas()], 0
        if "\n" in selected:  # who selects several lines means them
            self._areas.append(SelectedArea(editor.wrapped.buffer, self._start, editor.wrapped.offset(high)))
            self._at = len(self._areas) - 1
        elif selected:
            box.value = selected
        box.focus()
        self._show_options()
        self._look()

    def look_again(self, go: Callable[[FindBar], None]) -> None:
        """Show the bar with what was looked for last, and leave the keys in the text."""
        self._start = self._editor.wrapped.offset(self._editor.ordered_selection[0])
        self.add_class("-open")
        self._areas, self._at = [None, *self._find_areas()], 0
        self._show_options()
        self._look(jump=False)
        go(self)

    def action_close(self) -> None:
        """Hide the bar; the match stays selected."""
        self.remove_class("-open", "-replacing")
        self._said = ""
        self._editor.stop_finding()
        self._editor.focus()
        self.post_message(self.Closed())

    # --- keys

    def action_next(self) -> None:
        """Go to the next match."""
        self._said = ""
        self._editor.find_next()
        self._show_count()

    def action_previous(self) -> None:
        """Go to the match before."""
        self._said = ""
        self._editor.find_previous()
        self._show_count()

    def action_toggle_case(self) -> None:
        """Tell small and capital letters apart, or not."""
        self.match_case = not self.match_case

    def action_toggle_word(self) -> None:
        """Only whole words, or parts of them too."""
        self.whole_word = not self.whole_word

    def action_toggle_regex(self) -> None:
        """What is typed is a pattern, or the words themselves."""
        self.pattern = not self.pattern

    def action_next_area(self) -> None:
        """Look in another part of the text."""
        self._at = (self._at + 1) % len(self._areas)
        self._options_changed()

    def action_other_field(self) -> None:
        """Between what to find and what to put there."""
        if not self.has_class("-replacing"):
            self.action_replace()
            return
        fields = [self.query_one("#find-wanted", Input), self.query_one("#find-template", Input)]
        fields[1 if fields[0].has_focus else 0].focus()

    def action_replace(self) -> None:
        """Show the line for the replacement, and type there."""
        self.add_class("-replacing")
        self.query_one("#find-template", Input).focus()
        self._show_options()

    def action_replace_all(self) -> None:
        """Replace every match, as one step of undo."""
        if not self.has_class("-replacing"):
            self.action_replace()
        elif self._template is not None and not self._problem:
            self._ask(self._editor.replace_all)

    def _ask(self, replace: Callable[[str], None]) -> None:
        try:
            replace(self.query_one("#find-template", Input).value)
        except SearchError as error:
            self._fail(error.what)
        else:
            self._show_count()

    @property
    def _template(self) -> str | None:
        return (
            self.query_one("#find-template", Input).value
            if self.query_one("#find-wanted", Input).value
            else None
        )

    def watch_match_case(self) -> None:
        self._options_changed()

    def watch_whole_word(self) -> None:
        self._options_changed()

    def watch_pattern(self) -> None:
        self._options_changed()

    def _options_changed(self) -> None:
        self._show_options()
        self._look()

    # --- what happens in the fields and in the text

    @on(Input.Changed, "#find-wanted")
    def _wanted_changed(self, event: Input.Changed) -> None:
        event.stop()
        if self.is_open:
            self._stop_timer()
            if self.pattern:  # each trial starts a process
                self._later = self.set_timer(PATTERN_AFTER, self._look)
            else:
                self._look()

    @on(Input.Changed, "#find-template")
    def _template_changed(self, event: Input.Changed) -> None:
        event.stop()
        if self._said or self._problem:
            self._said = self._problem = ""
            self._show_count()

    @on(Input.Submitted)
    def _submitted(self, event: Input.Submitted) -> None:
        event.stop()
        if event.input.id == "find-template":
            self._said = ""
            self._ask(self._editor.replace_match)
        else:
            self.action_next()

    def on_mount(self) -> None:
        """Follow the editor."""
        self._editor.edited.subscribe(self, self._on_edited)
        self._editor.counted.subscribe(self, self._on_counted)

    def _on_edited(self, change: Change) -> None:
        """Count the matches again when the writer pauses."""
        if self.is_open:
            self._stop_timer()
            self._later = self.set_timer(RECOUNT_AFTER, self._recount)

    def _recount(self) -> None:
        self._editor.recount()
        self._show_count()

    def _on_counted(self, problem: str) -> None:
        self._problem = problem
        self._show_count()

    def say(self, words: str) -> None:
        """Say something in the place of the count, until the next key that finds."""
        self._said = words
        self._show_count()

    def _stop_timer(self) -> None:
        if self._later is not None:
            self._later.stop()
            self._later = None

    def _look(self, *, jump: bool = True) -> None:
        self._stop_timer()
        self._problem = self._said = ""
        wanted = Wanted(
            self.query_one("#find-wanted", Input).value, self.match_case, self.whole_word, self.pattern
        )
        try:
            self._editor.look_for(wanted, self.area, self._start if jump else -1)
        except SearchError as error:
            self._editor.stop_finding()
            self._fail(error.what)
        else:
            self._show_count()

    def _fail(self, sentence: str) -> None:
        self._problem = sentence
        self._show_count()

    def _show_count(self) -> None:
        found = self._editor.found
        if (under_way := self._editor.replaced_so_far) is not None:
            words = f"{under_way[0]:,} of {under_way[1]:,} replaced…"
        elif self._problem or self._said:
            words = self._problem or self._said
        elif not self.query_one("#find-wanted", Input).value:
            words = ""
        elif self._editor.finding:
            words = f"{found.total:,} so far…" if found.total else "looking…"
        elif not found.total:
            words = "not found"
        elif found.current is None:
            words = f"{found.total:,} found"
        else:
            words = f"{found.current:,} of {found.total:,}"
        count = self.query_one("#find-count", Static)
        count.set_class(bool(self._problem), "-problem")
        count.update(words)

    def _show_options(self) -> None:
        options = [
            ("Alt+C", "case", self.match_case, "toggle_case"),
            ("Alt+W", "words", self.whole_word, "toggle_word"),
            ("Alt+X", "pattern", self.pattern, "toggle_regex"),
            ("Alt+S", self.area.label if self.area else "everywhere", self.area is not None, "next_area"),
        ]
        if not self.has_class("-replacing"):
            options.append(("Alt+R", "replace", False, "replace"))
        self.query_one(FindOptions).show([Option(*option) for option in options])

    @on(FindOptions.Chosen)
    async def _option_chosen(self, event: FindOptions.Chosen) -> None:
        """A click on an option is its key."""
        event.stop()
        await self.run_action(event.action)
