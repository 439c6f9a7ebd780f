"""Goals: how much was written of what one meant to write today or in this session."""

from __future__ import annotations

from textual import events, on, work

from core.story import Change, Origin, Section
from core.workspace import ProjectSession
from core.workspace.goals import Goal, GoalKeeper, GoalSpan, GoalUnit, parse_goal, tally_of
from screens.messages import Settled
from screens.script.base import ScriptBase

NOTE = (
    "So many pages, panels, words or characters, a day or a session: “4 pages”, “500 words a session”. "
    "Nothing: no goal."
)


class Goals(ScriptBase):
    """The goal in the status line, and setting it."""

    def __init__(self, session: ProjectSession) -> None:
        super().__init__(session)
        self._goals: GoalKeeper | None = None
        self._others_words = False

    @on(events.Mount)
    def _watch_growth(self) -> None:
        wanted = self.desk.preferences.goal
        default = Goal(wanted.count, GoalUnit(wanted.unit), GoalSpan(wanted.per)) if wanted.count else None
        self._goals = GoalKeeper(self.session.journal, default)
        self._unwatch_growth = [
            self.session.on_merge(self._before_merge),
            self.session.store.subscribe(Section.SCRIPT, self._after_change),
        ]

    @on(events.Unmount)
    def _unwatch_goals(self) -> None:
        for stop in self._unwatch_growth:
            stop()

    def _before_merge(self) -> None:
        """What was written since the keys last rested is one's own."""
        if self._goals and self.session.script.done and not self._others_words:
            self._goals.observe(tally_of(self.session.script.statistics()))

    def _after_change(self, change: Change) -> None:
        if self._goals is None or change.origin is not Origin.REMOTE:
            return
        if self.session.script.done:
            self._goals.observe(tally_of(self.session.script.statistics()), own=False)
        else:
            self._others_words = True  # a large merge is parsed in slices: it is counted when that is done

    @on(Settled)
    def _count_growth(self) -> None:
        if self._goals is not None:
            own, self._others_words = not self._others_words, False
            self._goals.observe(tally_of(self.session.script.statistics()), own=own)
            self._show_goal()

    def _show_goal(self) -> None:
        assert self._goals is not None
        goal = self._goals.goal
        if goal is None:
            self.status_line.show_goal(0, 0, "")
            return
        self.status_line.show_goal(self._goals.done, goal.count, goal.unit)
        if self._goals.take_reached():
            self.notify(f"The goal is reached: {goal}.", timeout=5)

    @work
    async def action_goal(self) -> None:
        """Ask for a goal until it is understood."""
        from screens.prompts import TextPrompt

        assert self._goals is not None
        value, note = str(self._goals.goal or ""), NOTE
        while True:
            answer = await self.app.push_screen_wait(TextPrompt("Goal", value=value, note=note))
            if answer is None:
                return
            goal = parse_goal(answer)
            if goal is not None or not answer.strip():
                break
            value, note = answer, f"That is no goal. {NOTE}"
        self._goals.set_goal(goal)
        self._show_goal()
