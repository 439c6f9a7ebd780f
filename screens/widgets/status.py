"""The line under the script: how much there is, where the cursor is; or, loudly, that the disk fails."""

from __future__ import annotations

from rich.text import Text

from screens.widgets.bars import bar
from screens.widgets.places import PlacesLine, Slot
from screens.wording import counted

PLACE_WIDTH = 36
HINTS_WIDTH = 8
GOAL_WIDTH, GOAL_WIDE = 15, 27
"""Cells of the goal while there is one; its bar is shorter and its unit left out in narrow windows."""
BAR = 6


class StatusLine(PlacesLine):
    """Counts at the left, place, goal, hints. While words are only in memory it says so instead.

    The first place shows one of three things: that the disk fails, the hint of the cursor's line, or
    the counts. Each of the others has its own cells, whatever they show; in narrow windows a sentence
    takes those of the place, too.
    """

    DEFAULT_CSS = """
    StatusLine { color: $quiet; }
    StatusLine.-failing { background: $error; color: $background; text-style: bold; }
    """

    def __init__(self) -> None:
        super().__init__(_slots(goal=False, sentence=False))
        self._figures: tuple[int, int, int, int, str] | None = None
        self._failure = ""
        self._hint = ""
        self._goal: tuple[int, int, str] | None = None

    def show_counts(self, pages: int, panels: int, balloons: int, words: int, cjk: int = 0) -> None:
        """How much there is; less of it is told where there is little room.

        A script with more Japanese characters than words is counted in those.
        """
        amount = (cjk, "character") if cjk > words else (words, "word")
        self._figures = pages, panels, balloons, *amount
        self._show_first()

    def show_place(self, page: str, panel: str, kind: str) -> None:
        """Where the cursor is."""
        parts = [f"page {page}" if page else "", f"panel {panel}" if panel else "", kind]
        self.show("where", " · ".join(part for part in parts if part))

    def show_hint(self, text: str) -> None:
        """A sentence in the place of the counts; an empty one gives that back to them."""
        self._hint = text
        self._show_first()

    def show_hint_count(self, count: int) -> None:
        """How many hints the script has; nothing for none."""
        self.show("hints", f"⚠ {count if count < 1000 else '999+'}" if count else "")

    def show_goal(self, done: int, wanted: int, unit: str) -> None:
        """Progress towards a goal in `unit` (a plural: `pages`); `wanted` 0 is no goal."""
        goal = (done, wanted, unit) if wanted else None
        self._goal = goal
        self._show_first()
        self.show("goal", goal_text(done, wanted, unit, wide=self.is_wide) if goal else "")

    def show_failure(self, sentence: str) -> None:
        """The banner, or with an empty sentence the hint or the counts again."""
        self._failure = sentence
        self.set_class(bool(sentence), "-failing")
        self._show_first()

    def on_resize(self) -> None:
        """Another width has room for other words."""
        self._show_first()
        if self._goal:
            self.show("goal", goal_text(*self._goal, wide=self.is_wide))

    def _show_first(self) -> None:
        slots = _slots(goal=self._goal is not None, sentence=bool(self._failure or self._hint))
        if slots != self._slots:
            self._slots = slots
            self.refresh()
        hint = Text(self._hint)
        if self.size.width:
            hint.truncate(self.extent("counts")[1] - 1, overflow="ellipsis")
        self.show("counts", self._failure or hint.plain or self._counts())

    def _counts(self) -> str:
        """The counts that fit: words and pages stay longest."""
        if self._figures is None:
            return ""
        room = self.extent("counts")[1] - 1 if self.size.width else 1000
        nouns = ("page", "panel", "balloon", self._figures[-1])
        said = [counted(number, noun) for number, noun in zip(self._figures[:4], nouns, strict=True)]
        for chosen in (said, [*said[:2], said[3]], [said[0], said[3]], [said[3]]):
            if len(text := " · ".join(chosen)) <= room:
                break
        return text


def _slots(*, goal: bool, sentence: bool) -> tuple[Slot, ...]:
    return (
        Slot("counts"),
        Slot("where", 0 if sentence else PLACE_WIDTH, PLACE_WIDTH, right=True),
        Slot("goal", GOAL_WIDTH if goal else 0, GOAL_WIDE if goal else 0, right=True),
        Slot("hints", HINTS_WIDTH, style="warning", right=True),
    )


def goal_text(done: int, wanted: int, unit: str, *, wide: bool) -> str:
    """`goal 2/4 pages ███░░░`; in a narrow window `2/4 ███░░░`."""
    drawn = bar(done / wanted, BAR)
    figures = f"{done}/{wanted}"
    if wide:
        return f"goal {figures} {unit} {drawn}"
    if len(figures) + 1 + BAR >= GOAL_WIDTH:
        return figures
    return f"{figures} {drawn}"
