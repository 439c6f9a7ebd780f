"""What bringing back a page or a record would change, line by line, and whether to do it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.screen import ModalScreen
from textual.widgets import Static

from core.backup.answers import PartNow
from core.story import Section
from screens.comparing import write_part
from screens.record_changes import field_label

COLON = " \u00a0:："
AGAIN = "It is not in the project any more: it would be made again, as the backup has it."
CHANGES = "− would go, + would come. A backup of the project is made first; u takes it back, also days later."


class RestoreDialog(ModalScreen[bool]):
    """The answer is whether to do it."""

    CSS_PATH = "restoring.tcss"
    AUTO_FOCUS = "VerticalScroll"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss(False)", "Cancel"),
        Binding("r,enter", "dismiss(True)", "Bring it back", priority=True),
    ]

    def __init__(self, found: PartNow) -> None:
        super().__init__()
        self._found = found

    def compose(self) -> ComposeResult:
        """Title, what it means, what would change, keys."""
        with Vertical(classes="dialog"):
            yield Static(f"Bring back “{self._found.title.rstrip(COLON)}”?", classes="question", markup=False)
            yield Static(AGAIN if self._found.missing else CHANGES, classes="said", markup=False)
            with VerticalScroll():
                yield Static(part_text(self._found, self.app.theme_variables))
            yield Static("r or Enter: bring it back   Esc: leave it", classes="note")


def part_text(found: PartNow, colours: Mapping[str, str]) -> Text:
    """What would change."""
    text = Text()
    for part in found.parts:
        write_part(text, part, colours, unfold=False)
    for section, records in found.then.items():
        for key, then in records.items():
            now = found.now.get(section, {}).get(key, {})
            _write_fields(text, Section(section), now, then, colours)
    return text


def _write_fields(
    text: Text,
    section: Section,
    now: Mapping[str, object],
    then: Mapping[str, object],
    colours: Mapping[str, str],
) -> None:
    for name in {**now, **then}:
        before, after = now.get(name), then.get(name)
        if before == after:
            continue
        label = field_label(section, name) or name
        text.append(f"\n{label[:1].upper()}{label[1:]}\n", f"bold {colours['quiet']}")
        for sign, value, colour in (("−", before, "error"), ("+", after, "success")):
            for row in _words(value).split("\n") if value else ():
                text.append(f"{sign} {row}\n", colours[colour])


def _words(value: object) -> str:
    if isinstance(value, Mapping):
        return "\n".join(f"{key}: {_words(one)}" for key, one in value.items())
    if isinstance(value, list | tuple):
        return ", ".join(map(str, value))
    return str(value)
