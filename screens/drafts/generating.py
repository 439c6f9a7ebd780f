"""What is to be made: which assets, which steps, by whom, and for how much; said before it is asked for."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal, Vertical
from textual.getters import query_one
from textual.message import Message
from textual.widgets import Input, Static

from core.errors import GenkoError
from screens.bible.views.lines import BLANK, Line, LineList, heading
from screens.drafts.dialog import DraftDialog
from screens.drafts.wording import SKETCH, SKETCHES, STEP_NAMES, STEPS, money
from screens.wording import counted

MISSING, ALL, MARKED = "missing", "all", "marked"
SCOPES = {MISSING: "What is missing", ALL: "Everything once more", MARKED: "Only what is marked"}
HINT = "Space: tick   ^G: make it   ^O: who makes it   Esc: cancel"


@dataclass(frozen=True)
class Choices:
    """What is ticked."""

    scope: str = MISSING
    steps: tuple[str, ...] = ("picture",)
    concepts: int = 10
    """How many new ones, where concepts are wanted."""


@dataclass(frozen=True)
class Forecast:
    """What would be asked for."""

    jobs: Mapping[str, int]
    """Step → how many."""
    cost: int = 0
    """In millionths."""
    currency: str = ""
    budget: int = 0
    """What is left of the draft's; meant where `bounded`."""
    bounded: bool = False
    notes: tuple[str, ...] = ()

    @property
    def too_much(self) -> bool:
        """Whether the budget does not allow it."""
        return self.bounded and self.cost > self.budget


@dataclass
class Estimated(Message):
    """An estimate is there."""

    wanted: Choices
    forecast: Forecast | None
    error: GenkoError | None = None


@dataclass(frozen=True)
class Makers:
    """Who makes pictures and who words, as the settings say."""

    pictures: str = SKETCH
    words: str = SKETCH
    others: tuple[str, ...] = ()
    """What else is set up."""

    def of(self, step: str) -> str:
        """By whom a step is made."""
        return self.pictures if step == "picture" else self.words

    def sentence(self) -> str:
        """Said plainly, sketches above all."""
        if self.pictures == SKETCH:
            more = "" if self.others else " ^O says how to set up a maker of real pictures."
            return f"{SKETCHES}{more}"
        return f"Pictures are made by {self.pictures}."


class GenerateDialog(DraftDialog[Choices]):
    """Ticks; the estimate follows them."""

    BINDINGS = [Binding("ctrl+o", "makers", "Who makes it", priority=True)]
    AUTO_FOCUS = "LineList"
    lines = query_one(LineList)
    number = query_one("#number", Input)

    def __init__(
        self,
        title: str,
        counts: Mapping[str, int],
        first: Choices,
        makers: Makers,
        estimate: Callable[[Choices], Forecast],
        *,
        languages: int = 1,
    ) -> None:
        """`counts`: scope → assets; `estimate` is called in a thread and may raise GenkoError."""
        super().__init__()
        self._of, self._counts, self._choices = title, counts, first
        self._makers, self._estimate, self._languages = makers, estimate, languages
        self._forecast: Forecast | None = None
        self._trouble = ""

    def compose(self) -> ComposeResult:
        """Scopes and steps, the number of concepts, the estimate, the keys."""
        with Vertical(classes="dialog"):
            yield Static(f"Make: {self._of}", classes="question", markup=False)
            yield LineList()
            with Horizontal(classes="row", id="concepts"):
                yield Static("New concepts", classes="name")
                yield Input(str(self._choices.concepts), id="number", type="integer", compact=True)
            yield Static("", classes="said", markup=False)
            yield Static(HINT, classes="note", markup=False)

    def on_mount(self) -> None:
        """Ask what it would be."""
        self._changed()

    # what is ticked

    def _rows(self) -> Sequence[Line]:
        chosen = self._choices
        rows = [heading("Which")]
        for scope, words in SCOPES.items():
            if scope == MARKED and not self._counts.get(MARKED):
                continue
            count = counted(self._counts.get(scope, 0), "asset")
            rows.append(Line(((words, ""),), scope, count, chosen.scope == scope))
        rows += [BLANK, heading("What")]
        for step in STEPS:
            if step == "names" and self._languages < 2:
                continue
            by = self._makers.of(step)
            rows.append(Line(((STEP_NAMES[step], ""),), step, f"by {by}", step in chosen.steps))
        return rows

    @on(LineList.Ticked)
    @on(LineList.Chosen)
    def _ticked(self, event: LineList.Ticked | LineList.Chosen) -> None:
        value = str(event.value)
        if value in SCOPES:
            self._choices = replace(self._choices, scope=value)
        else:
            wanted = set(self._choices.steps) ^ {value}
            self._choices = replace(self._choices, steps=tuple(one for one in STEPS if one in wanted))
        self._changed()

    @on(Input.Changed, "#number")
    def _numbered(self, event: Input.Changed) -> None:
        if event.value.isdecimal() and int(event.value) != self._choices.concepts:
            self._choices = replace(self._choices, concepts=int(event.value))
            self._changed()

    def _changed(self) -> None:
        self._forecast, self._trouble = None, ""
        self.query_one("#concepts").display = "concepts" in self._choices.steps
        self.lines.show(lambda width: self._rows())
        self.say(self._sentence())
        if self._choices.steps:
            self._ask(self._choices)

    # the estimate

    @work(thread=True, exclusive=True, group="shelf", exit_on_error=False)
    def _ask(self, wanted: Choices) -> None:
        try:
            self.post_message(Estimated(wanted, self._estimate(wanted)))
        except GenkoError as error:
            self.post_message(Estimated(wanted, None, error))

    @on(Estimated)
    def _estimated(self, event: Estimated) -> None:
        if event.wanted == self._choices:
            self._forecast = event.forecast
            self._trouble = str(event.error) if event.error is not None else ""
            self.say(self._sentence())

    def _sentence(self) -> str:
        if not self._choices.steps:
            return "Nothing is ticked."
        if self._trouble:
            return f"▲ {self._trouble}"
        if self._forecast is None:
            return "Counting…"
        return forecast_words(self._forecast, self._makers)

    # the end

    def action_makers(self) -> None:
        """^O: who makes pictures and words; what the settings need for that."""
        from screens.drafts.makers import MakersDialog

        self.app.push_screen(MakersDialog(self._makers), self._made_by)

    def _made_by(self, makers: Makers | None) -> None:
        if makers is not None and makers != self._makers:
            self._makers = makers
            self.desk.set_preference("drafts.pictures", makers.pictures)
            self.desk.set_preference("drafts.words", makers.words)
        self._changed()

    def action_go(self) -> None:
        """^G: only once it is known what it would be."""
        forecast = self._forecast
        if forecast is None or not any(forecast.jobs.values()):
            return
        if forecast.too_much:
            self.say(f"▲ The budget does not allow it.\n{self._sentence()}")
            return
        self.dismiss(self._choices)


def forecast_words(forecast: Forecast, makers: Makers) -> str:
    """What it would be, in a few lines."""
    nouns = {"concepts": "request for concepts", "names": "request for names", "picture": "picture"}
    parts = [counted(count, nouns.get(step, step)) for step, count in forecast.jobs.items() if count]
    if not parts:
        return "There is nothing to make."
    lines = [" · ".join([*parts, f"costs {money(forecast.cost, forecast.currency)}"])]
    if forecast.bounded:
        lines[0] += f" of the {money(forecast.budget, forecast.currency)} that the budget has left"
    if forecast.jobs.get("picture"):
        lines.append(makers.sentence())
    return "\n".join((*lines, *forecast.notes))
