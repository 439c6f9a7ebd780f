"""Small dialogs of the import preview: a project's action, the parts, all that is known of a row."""

from __future__ import annotations

from typing import ClassVar

from msgspec.structs import replace
from rich.text import Text
from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.screen import ModalScreen
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from core.backup.plan import Action, Decisions, ImportPlan, ProjectPlan
from core.cells import clean
from screens.backup.importing.rows import Row
from screens.backup.importing.wording import HEADINGS, NOUNS, SECTIONS, counts_of, title_of
from screens.export_dialog import Tick

EXPLAINED = {
    Action.CREATE: ("m", "Make it", "a new project, as the source has it"),
    Action.MERGE: ("m", "Merge", "what is new comes in, what differs you choose, yours stays"),
    Action.COPY: ("c", "A copy beside yours", "a project of its own; yours stays as it is"),
    Action.RESTORE: ("r", "Yours becomes this", "the title has to be typed; it can be undone"),
    Action.SKIP: ("s", "Leave it out", "nothing of it comes in"),
}
MOST = 20_000
"""Characters that are shown of what is known of a row."""


class ActionChoice(ModalScreen[Action | None]):
    """What is to happen to a project; None: as it was."""

    CSS_PATH = "dialogs.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss(None)", "Cancel"),
        *(Binding(key, f"take('{key}')", show=False) for key in "mcrs"),
    ]

    def __init__(self, project: ProjectPlan, possible: tuple[Action, ...]) -> None:
        super().__init__()
        self._project = project
        self._possible = possible

    def compose(self) -> ComposeResult:
        """The title and what is possible."""
        with Vertical(classes="dialog"):
            yield Static(f"“{title_of(self._project)}”", classes="question", markup=False)
            yield Static(counts_of(self._project.items), classes="text", markup=False)
            options = []
            for action in self._possible:
                key, name, means = EXPLAINED[action]
                options.append(
                    Option(Text.assemble((f"{key}  {name}", "bold"), f"\n   {means}"), action.value)
                )
            yield OptionList(*options, markup=False, compact=True)
            yield Static("Enter or its letter: choose   Esc: leave it", classes="note", markup=False)

    def on_mount(self) -> None:
        """At what is planned."""
        now = self._project.action
        self.query_one(OptionList).highlighted = self._possible.index(now) if now in self._possible else 0

    def action_take(self, key: str) -> None:
        """By its letter."""
        found = [action for action in self._possible if EXPLAINED[action][0] == key]
        if found:
            self.dismiss(found[0])

    @on(OptionList.OptionSelected)
    def _chosen(self, event: OptionList.OptionSelected) -> None:
        self.dismiss(self._possible[event.option_index])


class PartsChoice(ModalScreen[Decisions | None]):
    """Which sections come in, and whether the user's own settings are replaced; None: as it was."""

    CSS_PATH = "dialogs.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss(None)", "Cancel"),
        Binding("enter,ctrl+g", "take", "Take", priority=True),
        Binding("down", "app.focus_next", show=False),
        Binding("up", "app.focus_previous", show=False),
    ]

    def __init__(self, plan: ImportPlan, decisions: Decisions) -> None:
        super().__init__()
        self._decisions = decisions
        found = {item.section for project in plan.projects for item in project.items}
        kept = found | set(decisions.sections)
        self._sections = [one for one in SECTIONS if one in (kept or NOUNS) and one != "settings"]

    def compose(self) -> ComposeResult:
        """A tick for each part."""
        chosen = self._decisions.sections
        with Vertical(classes="dialog"):
            yield Static("What is to come in?", classes="question", markup=False)
            for section in self._sections:
                yield Tick(HEADINGS[section], not chosen or section in chosen, id=f"part-{section}")
            yield Tick(
                "Settings, keys and words instead of mine", self._decisions.settings, id="part-settings"
            )
            yield Tick("Links that lead nowhere, as they stand", self._decisions.adopt, id="part-adopt")
            yield Static("Space: yes or no   Enter: take it   Esc: leave it", classes="note", markup=False)

    def action_take(self) -> None:
        """Enter."""
        ticks = {str(tick.id).removeprefix("part-"): tick.value for tick in self.query(Tick)}
        settings, adopt = ticks.pop("settings"), ticks.pop("adopt")
        chosen = tuple(section for section in self._sections if ticks[section])
        if not chosen:
            self.notify("At least one part has to come in; Esc leaves it as it was.", timeout=4)
            return
        whole = len(chosen) == len(self._sections) and not self._decisions.sections
        sections = () if whole else chosen
        self.dismiss(replace(self._decisions, sections=sections, settings=settings, adopt=adopt))


class Known(ModalScreen[None]):
    """All that is known of a row of the list, to be read and scrolled."""

    CSS_PATH = "dialogs.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape,enter,q", "dismiss(None)", "Close")]

    def __init__(self, row: Row) -> None:
        super().__init__()
        self._row = row

    def compose(self) -> ComposeResult:
        """Its name, then a line for each thing known."""
        with Vertical(classes="dialog"):
            yield Static(self._row.what.strip(), classes="question", markup=False)
            with VerticalScroll():
                yield Static(self._text(), classes="text", markup=False)
            yield Static("Esc closes", classes="note", markup=False)

    def on_mount(self) -> None:
        """Arrows scroll."""
        self.query_one(VerticalScroll).focus()

    def _text(self) -> str:
        row, item = self._row, self._row.item
        facts = [("What happens", row.outcome), ("Words", row.words)]
        if item is not None:
            facts += [("What changes", item.detail), ("Its name in the source", item.id)]
            facts += [("Its new id", item.new_id), ("Here", item.ours), ("There", item.theirs)]
        elif row.fate is not None:
            facts += [(key.capitalize(), str(value)) for key, value in row.fate.items() if key != "fate"]
        elif row.kind == "said":
            return readable(row.detail)
        else:
            facts.append(("In it", row.detail))
        return "\n".join(f"{name}: {readable(value)}" for name, value in facts if value)


def readable(text: str) -> str:
    """Lines of somebody's as they can be shown: nothing in them is obeyed."""
    return "\n".join(clean(line) for line in text[:MOST].split("\n"))
