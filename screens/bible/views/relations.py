"""Who the others are to a character, and the character to them: added, changed, taken away."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar, NamedTuple

from rich.cells import cell_len
from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.suggester import Suggester
from textual.widgets import Input, Static

from core.bible import Cast, former_name, inverses, relate, relation_words, relations_of, unrelate
from core.errors import GenkoError
from core.story import Character, ProjectStore, Section
from screens.bible.views.dialogs import UNDOING, ListDialog
from screens.bible.views.lines import Line, LineList, quiet
from screens.bible.views.picking import Option, Pick
from screens.widgets.project_rows import fit

OFFERED = 6
"""Words that are shown under a field."""


class Words(NamedTuple):
    """What two people are to each other."""

    forth: str
    """What the other one is to the character."""
    back: str
    """What the character is to the other one."""


class RelationForm(ModalScreen[Words | None]):
    """Two lines, one for each way; the answer to one is offered for the other."""

    CSS_PATH = "views.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss(None)", "Cancel", show=False),
        Binding("down", "offer(1)", show=False, priority=True),
        Binding("up", "offer(-1)", show=False, priority=True),
    ]

    def __init__(self, name: str, other: str, words: Words, language: str) -> None:
        super().__init__()
        self._who, self._other, self._words, self._language = name, other, words, language

    def compose(self) -> ComposeResult:
        """What the other one is, what the character is in return."""
        with Vertical(classes="dialog -form"):
            yield Static(f"{self._who} and {self._other}", classes="question", markup=False)
            yield Static(f"{self._other} is … of {self._who}", classes="said", markup=False)
            yield Input(self._words.forth, id="forth", suggester=_Offers(self, "forth"))
            yield Static("", id="forth-offers", classes="said", markup=False)
            yield Static(f"{self._who} is … of {self._other}", classes="said", markup=False)
            yield Input(self._words.back, id="back", suggester=_Offers(self, "back"))
            yield Static("", id="back-offers", classes="said", markup=False)
            keys = "Enter: next, done   ↑↓: offered words   →: complete   Esc: cancel"
            yield Static(keys, classes="note", markup=False)

    def on_mount(self) -> None:
        """The words are offered from the start."""
        self._show_offers()

    def _value(self, name: str) -> str:
        # what completes the first field asks before the second one is there
        return next((field.value for field in self.query(Input) if field.id == name), "")

    def offers(self, name: str) -> list[str]:
        """What fits the other field first, then all words that begin as what is typed."""
        first = [*inverses(self._value("back" if name == "forth" else "forth"), self._language)]
        return list(dict.fromkeys([*first, *relation_words(self._language)]))

    def _fitting(self, name: str) -> list[str]:
        """Those that begin as what is typed; all where that is one of them, or none does."""
        words, typed = self.offers(name), self._value(name).casefold()
        return words if typed in words else [word for word in words if word.startswith(typed)] or words

    @on(Input.Changed)
    def _show_offers(self) -> None:
        for name in ("forth", "back"):
            words = self._fitting(name)[:OFFERED]
            for place in self.query(Static).filter(f"#{name}-offers"):
                place.update(" · ".join(words))

    def action_offer(self, by: int) -> None:
        """Up and down: one offered word after another."""
        field = self.focused
        if isinstance(field, Input) and field.id:
            offers = self._fitting(field.id)
            at = offers.index(field.value) + by if field.value in offers else (0 if by > 0 else -1)
            field.value = offers[at % len(offers)]
            field.cursor_position = len(field.value)

    @on(Input.Submitted, "#forth")
    def _to_back(self) -> None:
        self.query_one("#back", Input).focus()

    @on(Input.Submitted, "#back")
    def _done(self) -> None:
        words = Words(*(" ".join(self._value(name).split()) for name in ("forth", "back")))
        if any(words):
            self.dismiss(words)
        else:
            self.query_one("#forth", Input).focus()


class _Offers(Suggester):
    """Goes on with what is typed."""

    def __init__(self, form: RelationForm, name: str) -> None:
        super().__init__(use_cache=False, case_sensitive=False)
        self._form, self._name = form, name

    async def get_suggestion(self, value: str) -> str | None:
        """The first offered word that begins so."""
        return next((word for word in self._form.offers(self._name) if word.startswith(value)), None)


class RelationsDialog(ListDialog[None]):
    """A line for everybody whom the character, or who the character, has to do with."""

    keys = "Enter: change   a: add   Del: take away   ^Z: undo   Esc: close"
    follows = (Section.CHARACTERS,)
    BINDINGS = [
        *UNDOING,
        Binding("a", "add", show=False),
        Binding("delete", "remove", show=False),
    ]

    def __init__(self, store: ProjectStore, record_id: str) -> None:
        super().__init__(store)
        self._record_id = record_id

    @property
    def _character(self) -> Character | None:
        record = self.store.record(Section.CHARACTERS, self._record_id)
        return record if isinstance(record, Character) and not record.trashed_at else None

    def show(self) -> None:
        """The name stands on top."""
        super().show()
        one = self._character
        self.ask(f"Relations of {one.name or '(no name)'}" if one else "Relations")

    def _pairs(self) -> dict[str, Words]:
        """Reference → the words both ways, those who only say something of the character among them."""
        one = self._character
        if one is None:
            return {}
        everybody = self.store.characters()
        cast = Cast(everybody)
        pairs: dict[str, Words] = {}
        for found in relations_of(one, cast):
            pairs[found.other.id if found.other else found.reference] = Words(found.word, "")
        for other in everybody:
            for reference, word in other.relationships.items():
                if other.id != one.id and cast.meant(reference) is cast.with_id(one.id):
                    pairs[other.id] = pairs.get(other.id, Words("", ""))._replace(back=word)
        return pairs

    def _name_of(self, reference: str) -> str:
        record = self.store.record(Section.CHARACTERS, reference)
        name = getattr(record, "name", "")
        lost = record is None or bool(record.trashed_at)
        shown = name or former_name(reference) if lost else name or "(no name)"
        return f"({shown})" if lost else shown

    def make(self, width: int) -> Sequence[Line]:
        """`Ben is brother · Akira is sister`."""
        one = self._character
        if one is None:
            return [quiet("This character was deleted meanwhile.")]
        pairs = {key: (self._name_of(key), words) for key, words in self._pairs().items()}
        across = min(max([cell_len(name) for name, _ in pairs.values()] or [0]) + 2, width // 2)
        lines = []
        for key, (name, words) in sorted(pairs.items(), key=lambda pair: pair[1][0].casefold()):
            back = f"{one.name or '(no name)'}: {words.back}" if words.back else ""
            lines.append(Line(((fit(name, across), "bold"), (words.forth, "")), key, back))
        return lines or [quiet("Nobody yet. a adds somebody.")]

    # --- commands

    @work
    async def action_add(self) -> None:
        """a: to somebody of the bible."""
        one = self._character
        if one is None:
            return
        known = set(self._pairs())

        def others() -> list[Option]:
            everybody = self.store.characters()
            return [Option(o.id, o.name) for o in everybody if o.id != one.id and o.id not in known]

        pick = Pick(self.store, Section.CHARACTERS, f"Who has to do with {one.name}?", others)
        answer = await self.app.push_screen_wait(pick)
        if answer:
            await self._edit(answer[0], Words("", ""))

    @on(LineList.Chosen)
    @work
    async def _choose(self, event: LineList.Chosen) -> None:
        key = str(event.value)
        if (words := self._pairs().get(key)) is not None:
            await self._edit(key, words)

    async def _edit(self, reference: str, words: Words) -> None:
        one = self._character
        if one is None:
            return
        form = RelationForm(one.name, self._name_of(reference), words, self.store.meta.language)
        answer = await self.app.push_screen_wait(form)
        if answer is None:
            return
        if self._character is None:
            self.notify("The character was deleted meanwhile.", severity="warning")
            return
        self._write(reference, answer)

    def _write(self, reference: str, words: Words) -> None:
        try:
            relate(self.store, self._record_id, reference, *words)
        except GenkoError as error:  # one of them was deleted meanwhile
            self.desk.report(error)
        else:
            self.listing.go_to(reference)

    def action_remove(self) -> None:
        """Del: both ways."""
        if (key := self.listing.value) is not None and self._character is not None:
            unrelate(self.store, self._record_id, str(key))
            self.notify("Taken away. One undo brings it back.", timeout=3)
