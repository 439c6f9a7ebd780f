"""A new draft: its theme, how many assets of which kinds, the languages, the prompt as it will be sent."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.getters import query_one
from textual.widgets import Input, Static

from core.cells import clean
from core.drafts.languages import language_codes
from core.drafts.prompting.resolving import values_for
from core.drafts.themes.shelf import Themes
from core.drafts.themes.theme import MASTER, Concept
from core.errors import GenkoError
from core.placeholders import ALLOWED
from core.story.pack_records import PACK_ID, Asset, Pack, PromptRevision
from screens.bible.views.lines import Line, LineList, heading
from screens.drafts.dialog import DIGITS, DraftDialog
from screens.drafts.making.generating import Makers
from screens.drafts.prompts.box import PromptBox
from screens.drafts.wording import MANY
from screens.wording import counted

MOST = 200
"""Assets that are begun with at a time; more are asked for later."""
LIST, IDEAS, EMPTY = "list", "ideas", "empty"
SOURCES = {
    LIST: "from the theme's own list",
    IDEAS: "new ideas, asked of a maker",
    EMPTY: "none yet",
}


@dataclass(frozen=True)
class _Unmade:
    """The draft that would be, as far as prompts ask."""

    pack: Pack
    name: str
    languages: tuple[str, ...]

    def prompt_in_use(self, asset_id: str | None, medium: str) -> PromptRevision | None:
        """None is written yet."""
        return None


@dataclass(frozen=True)
class NewDraft:
    """What is wanted."""

    name: str
    theme: str
    """Its key."""
    about: str = ""
    languages: tuple[str, ...] = (MASTER,)
    count: int = 10
    kinds: tuple[str, ...] = ()
    source: str = LIST
    prompt: str = ""
    """The pack's own; empty: the theme's."""


class CreateDialog(DraftDialog[NewDraft]):
    """Nothing is spent here: what making would cost is said, and asked again before it begins."""

    AUTO_FOCUS = "#name"
    theme_list = query_one("#theme", LineList)
    options = query_one("#options", LineList)
    box = query_one(PromptBox)

    def __init__(self, themes: Themes, makers: Makers) -> None:
        super().__init__()
        self._themes, self._makers = themes, makers
        self._theme = themes.all()[0]
        self._kinds = set(self._theme.kinds)
        self._source = LIST if self._theme.concepts else IDEAS

    def compose(self) -> ComposeResult:
        """Name, description, number, languages; themes and options; the prompt; what it comes to."""
        with Vertical(classes="dialog"):
            yield Static("New draft", classes="question")
            for name, label, hint in (
                ("name", "Name", "what the pack is called"),
                ("about", "About", "the theme's own description"),
            ):
                with Horizontal(classes="row"):
                    yield Static(label, classes="name")
                    yield Input(placeholder=hint, id=name, compact=True)
            with Horizontal(classes="row"):
                yield Static("How many", classes="name")
                yield Input("10", id="count", type="integer", max_length=DIGITS, compact=True)
                yield Static("Languages", classes="name", id="languages-name")
                yield Input(MASTER, id="languages", compact=True, placeholder="en, fr")
            with Horizontal(id="choices"):
                yield LineList(id="theme")
                yield LineList(id="options")
            yield Static("", id="theme-about", markup=False)
            yield PromptBox("", self._values, ALLOWED["image"], self._theme.prompt("image"))
            yield Static("", classes="said", markup=False)
            yield Static("Tab: next   Space: tick   ^G: create it   Esc: cancel", classes="note")

    def on_mount(self) -> None:
        """At the first theme."""
        self._show()

    # what is chosen

    @property
    def _languages(self) -> tuple[str, ...]:
        """Raises GenkoError."""
        return language_codes(self.query_one("#languages", Input).value.replace(",", " ").split())

    @property
    def _language(self) -> str:
        try:
            return self._languages[0]
        except GenkoError:
            return MASTER

    @property
    def _count(self) -> int:
        text = self.query_one("#count", Input).value
        return int(text) if text.isdecimal() else 0

    def _fitting(self) -> list[Concept]:
        """Of the theme's own list, those of the kinds that are ticked."""
        return [one for one in self._theme.concepts if self._theme.kind_of(one) in self._kinds]

    def _values(self) -> Mapping[str, str]:
        """What stands for places, with the first concept as an example."""
        theme, language = self._theme, self._language
        first = next(iter(self._fitting()), None)
        name = theme.concept_name(first, language) if first is not None else "something"
        kind = theme.kind_of(first) if first is not None else theme.kinds[0]
        about = self.query_one("#about", Input).value
        pack = Pack(id=PACK_ID, theme=theme.key, description=about, languages=(language,))
        draft = _Unmade(pack, self.query_one("#name", Input).value.strip() or "the name", (language,))
        return values_for(draft, Asset(id="", name=name, kind=kind), "image", self._themes)

    # showing it

    def _show(self) -> None:
        self.theme_list.show(lambda width: self._theme_rows())
        self.options.show(lambda width: self._option_rows())
        about = self._theme.description(self._language)
        palette = " ".join(self._theme.palette[:4])
        self.query_one("#theme-about", Static).update(f"{clean(about)}\nColours: {palette}")
        self.box.hint(self._theme.prompt("image"))
        self.say(self._sentence())

    def _theme_rows(self) -> Sequence[Line]:
        rows = [
            Line(((clean(one.name(self._language)), ""),), one.key, box=one.key == self._theme.key)
            for one in self._themes.all()
        ]
        return [heading("Theme"), *rows]

    def _option_rows(self) -> Sequence[Line]:
        kinds = self._theme.kinds
        rows = [heading("Assets")]
        rows += [Line(((MANY[kind], ""),), f"kind:{kind}", box=kind in self._kinds) for kind in kinds]
        for source, words in SOURCES.items():
            right = f"{len(self._fitting())} there" if source == LIST else ""
            if source == IDEAS:
                right = f"by {self._makers.words}"
            if source != LIST or self._theme.concepts:
                rows.append(Line(((words, ""),), source, right, self._source == source))
        return rows

    def _sentence(self) -> str:
        if self._themes.problems and not self.query_one("#name", Input).value:
            return f"▲ {self._themes.problems[0]}"
        count = min(self._count, len(self._fitting())) if self._source == LIST else self._count
        if self._source == EMPTY or not count:
            return "It begins empty; n adds assets, one by one."
        found = counted(count, "asset")
        if self._source == LIST and count < self._count:
            found = f"{found}: the list has no more of these kinds"
        return f"{found}. What making them costs is said before it begins.\n{self._makers.short()}"

    # following what is typed and ticked

    @on(LineList.Moved, "#theme")
    @on(LineList.Chosen, "#theme")
    @on(LineList.Ticked, "#theme")
    def _other_theme(self, event: LineList.Moved | LineList.Chosen | LineList.Ticked) -> None:
        theme = self._themes.by_key.get(str(event.value))
        if theme is None or theme.key == self._theme.key:
            return
        self._theme = theme
        self._kinds = set(theme.kinds)
        if self._source != EMPTY:
            self._source = LIST if theme.concepts else IDEAS
        self._show()

    @on(LineList.Chosen, "#options")
    @on(LineList.Ticked, "#options")
    def _ticked(self, event: LineList.Ticked | LineList.Chosen) -> None:
        value = str(event.value)
        if value.startswith("kind:"):
            self._kinds ^= {value.removeprefix("kind:")}
        else:
            self._source = value
        self._show()

    @on(Input.Changed)
    def _typed(self) -> None:
        if self.is_mounted and self.query("#options"):
            self._show()

    # the end

    def action_go(self) -> None:
        """^G: what makes no sense is said, and its field has the cursor."""
        name = " ".join(self.query_one("#name", Input).value.split())
        try:
            languages = self._languages
        except GenkoError as error:
            self._point(f"▲ {error.what} {error.todo}", "#languages")
            return
        if not name:
            self._point("▲ A draft needs a name; it can be changed later.", "#name")
        elif not self._kinds:
            self._point("▲ At least one kind of assets has to be ticked.", "#options")
        elif not 1 <= self._count <= MOST:
            self._point(f"▲ 1 to {MOST} assets can be begun with; more are added later.", "#count")
        elif not self.box.right:
            self._point("▲ The prompt can't be filled in like this.", "TextArea")
        else:
            kinds = tuple(kind for kind in self._theme.kinds if kind in self._kinds)
            about, prompt = self.query_one("#about", Input).value.strip(), self.box.text.strip()
            new = NewDraft(name, self._theme.key, about, languages, self._count, kinds)
            self.dismiss(replace(new, source=self._source, prompt=prompt))

    def _point(self, sentence: str, field: str) -> None:
        self.say(sentence)
        self.query_one(field).focus()
