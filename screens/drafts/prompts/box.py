"""A prompt being written: its places are checked with each key, and below it stands what would be sent."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from rich.text import Text
from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical, VerticalScroll
from textual.getters import query_one
from textual.message import Message
from textual.widgets import Static, TextArea

from core.cells import clean
from core.placeholders import PlaceholderError, Problem, check, resolve
from screens.wording import counted

MOST_CHECKED = 100_000
"""Characters that are checked with each key; more are checked when the prompt is used."""
MOST_SHOWN = 4_000
"""Characters of what would be sent that are shown."""
SHOWN_PROBLEMS = 3


class PromptBox(Vertical):
    """The words, then what is wrong with them or what they become. It keeps no prompt but the one typed."""

    DEFAULT_CSS = """
    PromptBox { height: auto; }
    PromptBox TextArea { height: 5; border: none; padding: 0 1; background: $background; }
    PromptBox TextArea:focus { background: $boost; border: none; }
    PromptBox .about { height: 1; color: $quiet; margin-top: 1; }
    PromptBox VerticalScroll { height: 4; scrollbar-size-vertical: 1; }
    PromptBox #resolved { height: auto; width: 1fr; }
    """
    area = query_one(TextArea)
    about = query_one(".about", Static)
    resolved = query_one("#resolved", Static)

    @dataclass
    class Written(Message):
        """The prompt is another one; `right`: it can be used."""

        text: str
        right: bool

    def __init__(
        self, text: str, values: Callable[[], Mapping[str, str]], known: Iterable[str], hint: str = ""
    ) -> None:
        """`values`: what stands for each place; `known`: the places that may be used."""
        super().__init__()
        self._first, self._values, self._hint = text, values, hint
        self._known = tuple(known)
        self.problems: list[Problem] = []

    def compose(self) -> ComposeResult:
        """The words; what they become."""
        yield TextArea(
            self._first, compact=True, soft_wrap=True, tab_behavior="focus", placeholder=self._hint
        )
        yield Static("", classes="about", markup=False)
        with VerticalScroll(can_focus=False):
            yield Static("", id="resolved", markup=False)

    def on_mount(self) -> None:
        """The cursor behind the last word."""
        self.area.move_cursor(self.area.document.end)
        self.look()

    @property
    def text(self) -> str:
        """As it stands there."""
        return self.area.text

    @text.setter
    def text(self, text: str) -> None:
        self.area.text = text

    def hint(self, text: str) -> None:
        """What is used where nothing is written is something else now, or what stands for a place is."""
        self._hint = text
        self.area.placeholder = text.replace("\n", " ")
        self.look()

    @property
    def right(self) -> bool:
        """Whether it has no unknown places. An empty prompt is right: the theme's is used then."""
        return not self.problems

    @on(TextArea.Changed)
    def _changed(self, event: TextArea.Changed) -> None:
        event.stop()
        self.look()
        self.post_message(self.Written(self.text, self.right))

    def look(self) -> None:
        """Check the words and show what they become; also when something that stands for a place changed."""
        text = self.text
        if len(text) > MOST_CHECKED:
            self.problems = []
            self.about.update(
                f"{len(text):,} characters: few providers take so much. It is checked when used."
            )
            self.resolved.update("")
            return
        self.problems = check(text, self._known)
        if self.problems:
            self.about.update(f"▲ {counted(len(self.problems), 'place')} can't be filled in")
            self.resolved.update(self._told())
            return
        self.about.update("As it will be sent:" if text.strip() else "As it will be sent, from the theme:")
        self.resolved.update(self._sent(text if text.strip() else self._hint))

    def _sent(self, text: str) -> Text:
        """With what was put in for places underlined by nothing: these are the words, no more."""
        try:
            sent = resolve(text, self._values())
        except PlaceholderError as error:
            return Text(str(error), self.app.theme_variables["error"])
        lines = [clean(line) for line in sent[:MOST_SHOWN].split("\n")]
        return Text("\n".join(lines) + ("…" if len(sent) > MOST_SHOWN else ""))

    def _told(self) -> Text:
        colours = self.app.theme_variables
        text = Text()
        for problem in self.problems[:SHOWN_PROBLEMS]:
            text.append(f"{problem.sentence}\n", colours["error"])
        if (more := len(self.problems) - SHOWN_PROBLEMS) > 0:
            text.append(f"and {more:,} more\n", colours["quiet"])
        text.rstrip()
        return text
