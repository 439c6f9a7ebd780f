"""What is to be made: which assets, which steps, by whom, and for how much; said before it is asked for."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from msgspec.structs import replace
from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal, Vertical
from textual.getters import query_one
from textual.message import Message
from textual.widgets import Input, Static

from core.drafts.making.wish import Estimate, Which, Wish, left_out_sentence
from core.errors import GenkoError
from screens.bible.views.lines import BLANK, Line, LineList, heading
from screens.drafts.dialog import DIGITS, DraftDialog
from screens.drafts.wording import SKETCH, SKETCHES, STEP_NAMES, STEP_NOUNS, STEP_PLURALS, STEPS, money
from screens.wording import counted

SCOPES: dict[Which, str] = {
    "missing": "What is missing",
    "all": "Everything once more",
    "selected": "Only what is chosen or marked",
}
ACCEPT = "accept"
HINT = "Space: tick   Tab: next   ^G: make it   ^O: who makes it   Esc: cancel"


@dataclass
class Estimated(Message):
    """An estimate is there."""

    wanted: Wish
    estimate: Estimate | None
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

    def short(self) -> str:
        """In one line."""
        if self.pictures == SKETCH:
            return "Pictures will be sketches, drawn on this machine: no network, no cost."
        return f"Pictures will be made by {self.pictures}."

    def sentence(self) -> str:
        """Said plainly, sketches above all."""
        if self.pictures == SKETCH:
            more = "" if self.others else " ^O says how to set up a maker of real pictures."
            return f"{SKETCHES}{more}"
        return f"Pictures are made by {self.pictures}."


class GenerateDialog(DraftDialog[Wish]):
    """Ticks; the estimate follows them."""

    BINDINGS = [Binding("ctrl+o", "makers", "Who makes it", priority=True)]
    AUTO_FOCUS = "LineList"
    lines = query_one(LineList)
    number = query_one("#number", Input)

    def __init__(
        self,
        title: str,
        counts: Mapping[str, int],
        first: Wish,
        makers: Makers,
        estimate: Callable[[Wish], Estimate],
        *,
        marked: Sequence[str] = (),
        languages: int = 1,
    ) -> None:
        """`counts`: scope → assets; `marked`: ids; `estimate` may raise GenkoError."""
        super().__init__()
        self._of, self._counts, self._wish = title, counts, first
        self._makers, self._estimate, self._languages = makers, estimate, languages
        self._marked = tuple(marked)
        self._found: Estimate | None = None
        self._trouble = ""

    def compose(self) -> ComposeResult:
        """Scopes and steps, the number of concepts, the estimate, the keys."""
        with Vertical(classes="dialog"):
            yield Static(f"Make: {self._of}", classes="question", markup=False)
            yield LineList()
            with Horizontal(classes="row", id="concepts"):
                yield Static("New concepts", classes="name")
                yield Input(
                    str(self._wish.count), id="number", type="integer", max_length=DIGITS, compact=True
                )
            yield Static("", classes="said", markup=False)
            yield Static(HINT, classes="note", markup=False)

    def on_mount(self) -> None:
        """Ask what it would be."""
        self._changed()

    # what is ticked

    def _rows(self) -> Sequence[Line]:
        chosen = self._wish
        rows = [heading("Which")]
        for scope, words in SCOPES.items():
            if scope == "selected" and not self._marked:
                continue
            count = self._count(scope)
            rows.append(Line(((words, ""),), scope, count, chosen.which == scope))
        rows += [BLANK, heading("What")]
        for step in STEPS:
            if step == "names" and self._languages < 2:
                continue
            by = self._makers.of(step)
            rows.append(Line(((STEP_NAMES[step], ""),), step, f"by {by}", step in chosen.steps))
        if "picture" in chosen.steps:
            rows.append(Line((("Accept the first picture of what has none", ""),), ACCEPT, "", chosen.accept))
        return rows

    def _count(self, scope: str) -> str:
        """How many assets that means, as far as it is known without looking at each."""
        number = self._counts.get(scope)
        if number is None and self._found is not None and self._wish.which == scope:
            number = self._found.steps.get("picture")
        return counted(number, "asset") if number is not None else ""

    @on(LineList.Ticked)
    @on(LineList.Chosen)
    def _ticked(self, event: LineList.Ticked | LineList.Chosen) -> None:
        value = str(event.value)
        scope = next((one for one in SCOPES if one == value), None)
        if scope is not None:
            self._wish = replace(self._wish, which=scope, assets=self._marked if scope == "selected" else ())
        elif value == ACCEPT:
            self._wish = replace(self._wish, accept=not self._wish.accept)
        else:
            wanted = set(self._wish.steps) ^ {value}
            self._wish = replace(self._wish, steps=tuple(one for one in STEPS if one in wanted))
        self._changed()

    @on(Input.Changed, "#number")
    def _numbered(self, event: Input.Changed) -> None:
        if event.value.isdecimal() and int(event.value) != self._wish.count:
            self._wish = replace(self._wish, count=int(event.value))
            self._changed()

    def _changed(self) -> None:
        self._found, self._trouble = None, ""
        self.query_one("#concepts").display = "concepts" in self._wish.steps
        self.lines.show(lambda width: self._rows())
        self.say(self._sentence())
        if self._wish.steps:
            self._ask(self._wish)

    # the estimate

    @work(exclusive=True, group="shelf")
    async def _ask(self, wanted: Wish) -> None:
        await asyncio.sleep(0)  # the ticks are shown first
        try:
            self.post_message(Estimated(wanted, self._estimate(wanted)))
        except GenkoError as error:
            self.post_message(Estimated(wanted, None, error))

    @on(Estimated)
    def _estimated(self, event: Estimated) -> None:
        if event.wanted == self._wish:
            self._found = event.estimate
            self._trouble = str(event.error) if event.error is not None else ""
            self.lines.show(lambda width: self._rows())
            self.say(self._sentence())

    def _sentence(self) -> str:
        if not self._wish.steps:
            return "Nothing is ticked."
        if self._trouble:
            return f"▲ {self._trouble}"
        if self._found is None:
            return "Counting…"
        return estimate_words(self._found, self._makers)

    # the end

    def action_makers(self) -> None:
        """^O: who makes pictures and words; what the settings need for that."""
        from screens.drafts.making.makers import MakersDialog

        self.app.push_screen(MakersDialog(self._makers), self._made_by)

    def _made_by(self, makers: Makers | None) -> None:
        if makers is not None and makers != self._makers:
            self._makers = makers
            self.desk.set_preference("drafts.pictures", makers.pictures)
            self.desk.set_preference("drafts.words", makers.words)
        self._changed()

    def action_go(self) -> None:
        """^G: only once it is known what it would be."""
        found = self._found
        if found is None or not found.requests:
            return
        if found.beyond:
            self.say(f"▲ The budget does not allow it.\n{self._sentence()}")
            return
        self.dismiss(self._wish)


def estimate_words(found: Estimate, makers: Makers) -> str:
    """What it would be, in a few lines."""
    parts = [
        counted(count, STEP_NOUNS.get(step, step), STEP_PLURALS.get(step, ""))
        for step, count in found.steps.items()
        if count
    ]
    if not found.requests:
        return "There is nothing to make."
    lines = [f"{' · '.join(parts)} · costs {money(found.cost)}"]
    if found.left_out:
        lines.append(left_out_sentence(found.left_out))
    if found.budget:
        left = max(0, found.budget - found.spent)
        lines.append(f"Of the budget of {money(found.budget)}, {money(left)} is left.")
    if found.steps.get("picture"):
        lines.append(makers.sentence())
    return "\n".join(lines)
