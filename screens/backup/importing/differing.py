"""The differences of an import one by one: yours beside theirs, or above it where there is no room."""

from __future__ import annotations

from rich.text import Text
from textual.app import ComposeResult
from textual.containers import Container, Vertical, VerticalScroll
from textual.getters import query_one
from textual.widget import Widget
from textual.widgets import Static

from core.backup.plan import Choice, Decisions, ImportPlan, Item, ProjectPlan
from screens.backup.importing.deciding import choice_of, differences, open_differences, with_all, with_choice
from screens.backup.importing.settling import Settles
from screens.backup.importing.sides import drawn, harmless_lines, marks_between
from screens.backup.importing.wording import HEADINGS, shown, title_of
from screens.commands import SETTLING, bindings
from screens.commands.everywhere import Help, Palette
from screens.widgets.keys import KeysLine
from screens.widgets.places import PlacesLine, Slot

ABOUT = (
    "Where yours and theirs differ, nobody can tell which is meant. o keeps yours, and theirs becomes a "
    "version; t takes theirs; b keeps both, yours first. What differs is underlined. n and p go to the next "
    "and the one before, Esc back to the list with what was chosen."
)
TOP = (
    Slot("brand", 7, style="accent", bold=True),
    Slot("heading", bold=True),
    Slot("state", 34, style="quiet", right=True),
)
NOTHING = "(nothing)"


class DifferenceScreen(Settles):
    """Dismissed with nothing; `decisions` are those made here and before."""

    CSS_PATH = "screen.tcss"
    AUTO_FOCUS = "#ours"
    commands = SETTLING
    BINDINGS = bindings(SETTLING)

    top = query_one("#top", PlacesLine)
    what = query_one("#what", Static)

    def __init__(self, plan: ImportPlan, decisions: Decisions, item_id: str = "") -> None:
        """Begin at the item of that id, else at the first that is open."""
        super().__init__()
        self._plan = plan
        self._following = False
        self.decisions = decisions
        self._all = list(differences(plan))
        wanted = [at for at, (_, item) in enumerate(self._all) if item.id == item_id]
        self._at = (wanted or [self._next_open(0)])[0]

    def compose(self) -> ComposeResult:
        """What it is; both sides; keys."""
        yield PlacesLine(TOP, id="top")
        yield Static("", id="what", markup=False)
        with Container(id="sides"):
            for name in ("ours", "theirs"):
                with Vertical(classes="side", id=f"{name}-side"):
                    yield Static("", classes="title", markup=False)
                    with VerticalScroll(id=name):
                        yield Static("", classes="text", markup=False)
        yield KeysLine(SETTLING, everywhere=(Palette, Help))

    def on_mount(self) -> None:
        """The first one."""
        self.top.show("brand", "Genko")
        self.top.show("heading", "Differences")
        for one, other in (("#ours", "#theirs"), ("#theirs", "#ours")):
            self._follow(self.query_one(one), self.query_one(other))
        self._show()

    def _follow(self, one: Widget, other: Widget) -> None:
        """Where one side is scrolled to, the other goes as well, as far as it is long enough."""

        def lead(y: float) -> None:
            if not self._following:  # or each would go after the other for ever
                self._following = True
                other.scroll_to(y=y, animate=False, immediate=True)
                self._following = False

        self.watch(one, "scroll_y", lead, init=False)

    def help_text(self) -> str:
        """For F1."""
        return ABOUT

    def restyle(self) -> None:
        """Both sides have other colours."""
        self._show()

    @property
    def current(self) -> tuple[ProjectPlan, Item]:
        """The difference that is shown."""
        return self._all[self._at]

    def _show(self) -> None:
        project, item = self.current
        left = sum(1 for _ in open_differences(self._plan, self.decisions))
        self.top.show("state", f"{self._at + 1} of {len(self._all)}; {left} to settle")
        choice = choice_of(self.decisions, project, item)
        colours = self.app.theme_variables
        name = f"{title_of(project)} · {HEADINGS.get(item.section, '')} · {shown(item.title)}"
        detail = shown(item.detail, 200)
        self.what.update(Text.assemble((name, "bold"), f"\n{detail}" if detail else ""))
        ours, theirs = harmless_lines(item.ours), harmless_lines(item.theirs)
        marks = marks_between(ours, theirs)
        taken = {"ours": (Choice.OURS, Choice.BOTH), "theirs": (Choice.THEIRS, Choice.BOTH)}
        for side, text, own, title in (
            ("ours", ours, marks.ours, "Yours"),
            ("theirs", theirs, marks.theirs, "Theirs"),
        ):
            sign = "● " if choice in taken[side] else "○ "
            said = "   this stays" if choice in taken[side] else ""
            pane = self.query_one(f"#{side}")
            self.query_one(f"#{side}-side > .title", Static).update(
                Text.assemble((sign + title, "bold"), said)
            )
            colour = colours["warning"] if side == "ours" else colours["secondary"]
            pane.query_one(".text", Static).update(drawn(text, own, colour) if text else NOTHING)
            pane.scroll_home(animate=False)

    # going

    def action_next_difference(self) -> None:
        """n: the next one, the first after the last."""
        self._go(self._at + 1)

    def action_difference_before(self) -> None:
        """p: the one before."""
        self._go(self._at - 1)

    def _go(self, at: int) -> None:
        self._at = at % len(self._all)
        self._show()

    def _next_open(self, start: int) -> int:
        """The next one that nobody has settled; where it is if there is none."""
        count = len(self._all)
        for at in (one % count for one in range(start, start + count)):
            if choice_of(self.decisions, *self._all[at]) is None:
                return at
        return start % count if count else 0

    # settling

    def settle(self, choice: Choice) -> None:
        """As chosen; then the next one that is open."""
        project, item = self.current
        was_open = choice_of(self.decisions, project, item) is None
        self.decisions = with_choice(self.decisions, project, item, choice)
        left = sum(1 for _ in open_differences(self._plan, self.decisions))
        if was_open and left:
            self._at = self._next_open(self._at + 1)
        elif was_open:
            self.notify("All are settled. Esc goes back to the list.", timeout=4)
        self._show()

    def settle_all(self, choice: Choice) -> None:
        """Those that were settled one by one stay so."""
        count = sum(1 for _ in open_differences(self._plan, self.decisions))
        self.decisions = with_all(self.decisions, self._plan, choice)
        self.say_settled(count)
        self._show()

    def action_leave_bringing(self) -> None:
        """Escape: back to the list."""
        self.dismiss()
