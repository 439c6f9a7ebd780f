"""The revisions of a prompt: what each says, what differs from the one in use; an older one is used again."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, ClassVar, cast

from rich.text import Text
from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.getters import query_one
from textual.widgets import Static

from core.cells import clean
from core.errors import GenkoError
from core.story import Section
from core.story.linediff import edits_between
from screens.bible.views.dialogs import UNDOING, ListDialog
from screens.bible.views.lines import Line, LineList, quiet
from screens.drafts.wording import ORIGINS, WHAT, moment_of
from screens.widgets.project_rows import when

if TYPE_CHECKING:
    from core.drafts import Draft
    from core.drafts.themes import Themes
    from screens.ports import Desk

SAME, GONE, NEW = "", "-", "+"
MOST_COMPARED = 60_000
"""Characters of two prompts together; longer ones are shown without what differs."""
MOST_SHOWN = 8_000
NONE_OF_ITS_OWN = "none"
"""The line that goes back to the draft's prompt, or the theme's."""


class HistoryDialog(ListDialog[None]):
    """Revisions at the left, newest first; at the right the chosen one, with what differs in brackets."""

    CSS_PATH = "../../bible/views/views.tcss"
    keys = "Enter: use this one   d: differs from the one before, or in use   ^Z: undo   Esc: close"
    follows = (Section.PROMPTS, Section.ASSETS, Section.PACK)
    BINDINGS: ClassVar[list[BindingType]] = [*UNDOING, Binding("d", "other", show=False)]

    shown = query_one("#revision", Static)

    def __init__(self, draft: Draft, asset_id: str, medium: str, themes: Themes | None) -> None:
        super().__init__(draft.store)
        self._draft, self._asset_id, self._medium, self._themes = draft, asset_id, medium, themes
        self._before = False
        """Whether a revision is compared with the one before it, not with the one in use."""
        asset = draft.asset(asset_id)
        name = clean(asset.name if asset is not None else draft.name)
        self.question = f"Prompts of {name or '(no name)'}, for {WHAT[medium]}"

    def compose(self) -> ComposeResult:
        """The list beside the words."""
        with Vertical(classes="dialog"):
            yield Static(self.question, classes="question", markup=False)
            yield Static("", classes="said", markup=False)
            with Horizontal(id="revisions"):
                yield LineList()
                with VerticalScroll(can_focus=False):
                    yield Static("", id="revision", markup=False)
            yield Static(self.keys, classes="note", markup=False)

    def make(self, width: int) -> Sequence[Line]:
        """A line a revision."""
        own = self._draft.own_prompt(self._asset_id or None, self._medium)
        lines = []
        revisions = self._draft.prompts(self._asset_id or None, self._medium)
        for number, one in reversed(list(enumerate(revisions, 1))):
            used = own is not None and own.id == one.id
            sign = ("● ", "success") if used else ("  ", "")
            said = (f"{number:>2}  {when(moment_of(one.made_at)):<12}", "bold" if used else "")
            whose = ORIGINS.get(one.origin, one.origin)
            lines.append(Line((sign, said, (whose, "quiet")), one.id, "in use" if used else ""))
        sign = ("  ", "") if own is not None else ("● ", "success")
        none = Line((sign, ("none of its own", "")), NONE_OF_ITS_OWN, "in use" if own is None else "")
        return [*lines, none] if lines else [quiet("Nothing was written yet. e writes one."), none]

    def said(self) -> str:
        """What the words are compared with."""
        return (
            "[-gone-] [+new+] since the one before" if self._before else "[-gone-] [+new+] to the one in use"
        )

    def show(self) -> None:
        """List and words."""
        super().show()
        self._show_words()

    @on(LineList.Moved)
    def _show_words(self) -> None:
        if self.is_there:
            self.shown.update(self._words())

    def _words(self) -> Text:
        value = self.listing.value
        text = self._counting(str(value))
        other = self._other(str(value))
        if other is None or other == text or len(text) + len(other) > MOST_COMPARED:
            return Text(_drawn(text[:MOST_SHOWN]))
        old, new = (other, text) if self._before else (text, other)
        return self._marked(old, new)

    def _counting(self, value: str) -> str:
        """What would count with this line: a revision, the draft's own or the theme's."""
        if (revision := self._draft.revision(value)) is not None:
            return revision.text
        packs = self._draft.own_prompt(None, self._medium) if self._asset_id else None
        if packs is not None:
            return packs.text
        theme = self._themes.by_key.get(self._draft.pack.theme) if self._themes is not None else None
        return theme.prompt(self._medium) if theme is not None else ""

    def _other(self, value: str) -> str | None:
        if not self._before:
            own = self._draft.own_prompt(self._asset_id or None, self._medium)
            return self._counting(own.id if own is not None else NONE_OF_ITS_OWN)
        revisions = self._draft.prompts(self._asset_id or None, self._medium)
        at = next((at for at, one in enumerate(revisions) if one.id == value), 0)
        return revisions[at - 1].text if at else None

    def _marked(self, old: str, new: str) -> Text:
        colours = self.app.theme_variables
        text = Text()
        for sign, words in pieces(old, new):
            if sign == SAME:
                text.append(_drawn(words))
            elif sign == GONE:
                text.append(f"[-{_drawn(words)}-]", f"strike {colours['error']}")
            else:
                text.append(f"[+{_drawn(words)}+]", f"bold {colours['success']}")
        return text[:MOST_SHOWN]

    def action_other(self) -> None:
        """d: compared with the one before, or with the one in use."""
        self._before = not self._before
        self.show()

    @on(LineList.Chosen)
    def _use(self, event: LineList.Chosen) -> None:
        event.stop()
        revision = "" if event.value == NONE_OF_ITS_OWN else str(event.value)
        try:
            self._draft.use_prompt(self._asset_id or None, self._medium, revision)
        except GenkoError as error:
            cast("Desk", self.app).report(error)


def pieces(old: str, new: str) -> Iterator[tuple[str, str]]:
    """What stayed, went and came from `old` to `new`, in the order of reading."""
    at, told = 0, 0
    for edit in edits_between(old, new):
        same = edit.position - told
        if same:
            yield SAME, new[told : edit.position]
        at += same
        if edit.deleted:
            yield GONE, old[at : at + edit.deleted]
        if edit.inserted:
            yield NEW, edit.inserted
        at += edit.deleted
        told = edit.position + len(edit.inserted)
    if told < len(new):
        yield SAME, new[told:]


def _drawn(text: str) -> str:
    return "\n".join(clean(line) for line in text.split("\n"))
