"""Where a prompt is written: the words at once in the draft, what they become below them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.text import Text
from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.getters import query_one
from textual.message import Message
from textual.widgets import Static

from core.cells import clean
from core.story import Asset, Section
from core.story.field_text import FieldText
from screens.bible.field_editor import FieldEditor
from screens.bible.fields import Field, FieldKind
from screens.widgets.editor import ScriptEditor

if TYPE_CHECKING:
    from core.drafts import Draft
    from core.drafts.themes import Themes

PROMPT = Field("prompt", "Prompt", FieldKind.PROSE)
"""The field of an asset in which an unfinished prompt is kept: every letter is on the disk as it is typed."""
UNFINISHED = "promptMedium"
"""The field that says for which medium it is."""
MOST_CHECKED = 20_000
"""Characters that are checked and filled in with each key."""
MOST_SHOWN = 3_000
SHOWN_PROBLEMS = 3


class PromptEditor(FieldEditor):
    """Fills its place; leaving is Escape's alone."""

    DEFAULT_CSS = """
    PromptEditor { height: 1fr; scrollbar-size-vertical: 1; }
    """


class PromptPane(Vertical):
    """Hidden until a prompt is written. The words live in the asset's record; this only shows them."""

    DEFAULT_CSS = """
    PromptPane { display: none; height: 1fr; }
    PromptPane #prompt-title { height: 1; }
    PromptPane #prompt-place { height: 3fr; background: $boost; }
    PromptPane #prompt-sent { height: 2fr; color: $quiet; overflow: hidden hidden; margin-top: 1; }
    """
    editor = query_one(PromptEditor)

    class Left(Message):
        """Escape."""

    def __init__(self, draft: Draft) -> None:
        super().__init__()
        self._draft = draft
        self._text: FieldText | None = None
        self._medium = "image"
        self.themes: Themes | None = None

    def compose(self) -> ComposeResult:
        """Title, the words, what they become."""
        yield Static("", id="prompt-title", markup=False)
        with Vertical(id="prompt-place"):
            yield PromptEditor()
        yield Static("", id="prompt-sent", markup=False)

    @property
    def asset_id(self) -> str:
        """The asset whose prompt is written; "" while none is."""
        return self._text.record_id if self._text is not None else ""

    @property
    def medium(self) -> str:
        """What it is a prompt for."""
        return self._medium

    def open(self, asset: Asset, medium: str, themes: Themes | None) -> None:
        """Write on at the asset's prompt; it has to be in its record already."""
        self.close()
        self._medium, self.themes = medium, themes
        self._text = FieldText(self._draft.store, Section.ASSETS, asset.id, PROMPT.name)
        editor = self.editor
        editor.field = PROMPT
        editor.attach(self._text)
        editor.select(editor.wrapped.end, editor.wrapped.end)
        title = f"Prompt of {clean(asset.name) or '(no name)'}   Esc: done"
        self.query_one("#prompt-title", Static).update(Text(title, "bold"))
        self.look()
        editor.focus()

    def close(self) -> None:
        """Nobody writes here any more."""
        text, self._text = self._text, None
        if text is not None:
            self.editor.detach()
            text.leave()

    def look(self) -> None:
        """What is wrong with the words, or what they become."""
        asset = self._draft.asset(self.asset_id)
        if asset is not None:
            self.query_one("#prompt-sent", Static).update(self._told(asset, self.editor.text))

    def _told(self, asset: Asset, text: str) -> Text:
        from core.drafts.placeholders import ALLOWED, PlaceholderError, check, resolve
        from core.drafts.resolving import values_for

        colours = self.app.theme_variables
        if len(text) > MOST_CHECKED:
            return Text(f"{len(text):,} characters; it is checked when you leave it.", colours["quiet"])
        if problems := check(text, ALLOWED[self._medium]):
            told = "\n".join(problem.sentence for problem in problems[:SHOWN_PROBLEMS])
            return Text(told, colours["error"])
        if self.themes is None or not text.strip():
            return Text(
                "Esc with no words goes back to the draft's prompt, or the theme's.", colours["quiet"]
            )
        try:
            sent = resolve(text, values_for(self._draft, asset, self._medium, self.themes))
        except PlaceholderError as error:
            return Text(error.what, colours["error"])
        lines = [clean(line) for line in sent[:MOST_SHOWN].split("\n")]
        return Text.assemble(("As it will be sent:\n", "bold"), "\n".join(lines))

    @on(ScriptEditor.Edited)
    def _edited(self, event: ScriptEditor.Edited) -> None:
        event.stop()
        self.look()

    @on(ScriptEditor.CursorMoved)
    def _moved(self, event: ScriptEditor.CursorMoved) -> None:
        event.stop()

    @on(FieldEditor.Leave)
    def _leave(self, event: FieldEditor.Leave) -> None:
        event.stop()
        if event.way == 0:
            self.post_message(self.Left())
