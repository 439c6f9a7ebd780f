"""Who makes pictures and words: what is set up, and what the settings need for more."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.getters import query_one
from textual.widgets import Static

from screens.bible.views.lines import BLANK, Line, LineList, heading, quiet
from screens.drafts.dialog import DraftDialog
from screens.drafts.wording import SKETCH

if TYPE_CHECKING:
    from screens.drafts.making.generating import Makers

KNOWN = {
    SKETCH: "built in: reference cards from the prompt's words; no network, no cost",
    "openai": "a server that speaks OpenAI's protocol",
    "comfyui": "ComfyUI on a machine of yours",
}
MAKES_WORDS = (SKETCH, "openai")
LINES = {
    "openai": (
        "[providers.openai]",
        'url = "https://api.openai.com/v1"   # or that of LocalAI, or another',
        'key_env = "OPENAI_API_KEY"          # the variable that holds the key',
    ),
    "comfyui": ("[providers.comfyui]", 'url = "http://127.0.0.1:8188"'),
}
"""What has to be written for those that are not set up."""


class MakersDialog(DraftDialog["Makers"]):
    """Space chooses; below stands where the settings are and what to write there."""

    AUTO_FOCUS = "LineList"
    lines = query_one(LineList)

    def __init__(self, makers: Makers) -> None:
        super().__init__()
        self._makers = makers

    def compose(self) -> ComposeResult:
        """The makers, the settings, the keys."""
        with Vertical(classes="dialog"):
            yield Static("Who makes pictures and words", classes="question")
            yield LineList()
            yield Static("", classes="said", markup=False)
            yield Static("Space: choose   ^G: use these   Esc: leave it", classes="note")

    def on_mount(self) -> None:
        """What is set up."""
        self._show()
        lines = [line for name in LINES if name not in self._makers.others for line in LINES[name]]
        if lines:
            file = self.desk.shelf.paths.settings_file
            self.say("\n".join((f"More are set up in {file}:", *lines)))

    def _show(self) -> None:
        self.lines.show(lambda width: self._rows())

    def _rows(self) -> list[Line]:
        usable = (SKETCH, *(one for one in self._makers.others if one != SKETCH))
        rows = [heading("Pictures")]
        for name in usable:
            chosen = self._makers.pictures == name
            rows.append(Line(_pieces(name), f"pictures:{name}", box=chosen))
        rows += [BLANK, heading("Concepts and names")]
        for name in usable:
            if name in MAKES_WORDS:
                rows.append(Line(_pieces(name), f"words:{name}", box=self._makers.words == name))
        missing = [name for name in KNOWN if name not in usable]
        if missing:
            rows += [BLANK, quiet(f"Not set up: {', '.join(missing)}")]
        return rows

    @on(LineList.Ticked)
    @on(LineList.Chosen)
    def _ticked(self, event: LineList.Ticked | LineList.Chosen) -> None:
        what, _, name = str(event.value).partition(":")
        if what == "pictures":
            self._makers = replace(self._makers, pictures=name)
        else:
            self._makers = replace(self._makers, words=name)
        self._show()

    def action_go(self) -> None:
        """^G."""
        self.dismiss(self._makers)


def _pieces(name: str) -> tuple[tuple[str, str], ...]:
    return ((f"{name:<10}", "bold"), (KNOWN.get(name, ""), "quiet"))
