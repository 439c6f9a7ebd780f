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
from core.story import PACK_ID, Asset, Section
from core.story.field_text import FieldText
from screens.bible.field_editor import FieldEditor
from screens.bible.fields import Field, FieldKind
from screens.drafts.wording import WHAT
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
COUNT = 10
"""Of concepts, where a prompt that asks for them is shown."""


def place_of(asset_id: str) -> tuple[Section, str]:
    """Where a prompt is written: in an asset, or ("") in the pack."""
    return (Section.ASSETS, asset_id) if asset_id else (Section.PACK, PACK_ID)


class PromptEditor(FieldEditor):
    """Fills its place; leaving is Escape's alone."""

    DEFAULT_CSS = """
    PromptEditor { height: 1fr; scrollbar-size-vertical: 1; }
    """


class PromptPane(Vertical):
    """Hidden until a prompt is written. The words live in the asset's record; this only shows them."""

    DEFAULT_CSS = """
    PromptPane { display: none; height: 1fr; }
    PromptPane #prompt-title { height: 1; text-wrap: nowrap; text-overflow: ellipsis; }
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
        self._asset_id = ""
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
        """The asset whose prompt is written; "" for the draft's own."""
        return self._asset_id

    @property
    def medium(self) -> str:
        """What it is a prompt for."""
        return self._medium

    def open(self, asset_id: str, medium: str, themes: Themes | None) -> None:
        """Write on at the unfinished prompt of an asset, or ("") of the draft."""
        self.close()
        self._asset_id, self._medium, self.themes = asset_id, medium, themes
        section, record = place_of(asset_id)
        self._text = FieldText(self._draft.store, section, record, PROMPT.name)
        editor = self.editor
        editor.field = PROMPT
        editor.attach(self._text)
        self.go_to_end()
        asset = self._draft.asset(asset_id)
        whose = (clean(asset.name) or "(no name)") if asset is not None else clean(self._draft.name)
        quiet = self.app.theme_variables["quiet"]
        title = Text.assemble((f"Prompt for {WHAT[medium]}", "bold"), ("   Esc: done   ", quiet), whose)
        self.query_one("#prompt-title", Static).update(title)
        self.look()
        editor.focus()

    @property
    def is_open(self) -> bool:
        """Whether somebody writes here."""
        return self._text is not None

    def go_to_end(self) -> None:
        """The cursor stands behind all words."""
        end = self.editor.wrapped.end
        self.editor.select(end, end)

    def close(self) -> None:
        """Nobody writes here any more."""
        text, self._text = self._text, None
        if text is not None:
            self.editor.detach()
            text.leave()

    def look(self) -> None:
        """What is wrong with the words, or what they become."""
        if self._text is not None:
            self.query_one("#prompt-sent", Static).update(self._told(self.editor.text))

    def _example(self) -> Asset | None:
        """The asset that places are filled in for: the draft's own prompt is shown for its first one."""
        if self._medium not in ("image", "clip"):
            return None
        return self._draft.asset(self._asset_id) or next(iter(self._draft.assets()), None)

    def _told(self, text: str) -> Text:
        from core.drafts.prompting.resolving import values_for
        from core.placeholders import ALLOWED, PlaceholderError, check, resolve

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
            values = values_for(self._draft, self._example(), self._medium, self.themes, count=COUNT)
            sent = resolve(text, values)
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
