"""What the writer chooses in the preview of an import: what happens to projects, whose words stay."""

from __future__ import annotations

from textual import work

from core.backup.plan import Action, Choice, Decisions, ImportPlan, Outcome, ProjectPlan
from screens.backup.importing.base import ListingScreen
from screens.backup.importing.deciding import (
    choice_of,
    differences,
    is_here,
    open_differences,
    possible_actions,
    with_action,
    with_all,
    with_choice,
)
from screens.backup.importing.rows import Listing
from screens.backup.importing.settling import Settles
from screens.backup.importing.wording import title_of


class ChoosingScreen(Settles, ListingScreen):
    """Keeps `decisions`; another action of a project is a reason to plan again (`look`)."""

    def __init__(self) -> None:
        super().__init__()
        self.plan: ImportPlan | None = None
        self.decisions = Decisions()
        self._here: set[str] = set()
        """Keys of the projects that the writer has already: a plan that leaves one out doesn't tell."""

    @property
    def listing(self) -> Listing | None:
        """The plan, with what has been chosen."""
        if (plan := self.plan) is None:
            return None
        return Listing(plan.projects, plan.rows, self.decisions, problems=plan.problems, notes=plan.notes)

    def look(self) -> None:
        """Have the plan made again."""
        raise NotImplementedError

    def heed(self, plan: ImportPlan) -> None:
        """Another plan is there."""
        self.plan = plan
        self._here |= {project.key for project in plan.projects if is_here(project)}

    def _possible(self, project: ProjectPlan) -> tuple[Action, ...]:
        return possible_actions(project.key in self._here)

    @property
    def restoring(self) -> bool:
        """Whether a project is to become what the source has."""
        return self.plan is not None and any(one.action is Action.RESTORE for one in self.plan.projects)

    # differences

    def settle(self, choice: Choice) -> None:
        """As chosen; then the next one that is open."""
        row = self.row
        if row is None or row.project is None or row.item is None:
            return
        if row.item not in row.project.conflicts or row.project.action is not Action.MERGE:
            self.notify("Here is nothing to choose: only one of the two has changed.", timeout=3)
            return
        self.decisions = with_choice(self.decisions, row.project, row.item, choice)
        self.fill(self._next_open(self.table.cursor))

    def _next_open(self, at: int) -> int:
        """The next row that waits for a choice, if there is one."""
        for further in range(at + 1, len(self.table.rows)):
            row = self.table.rows[further]
            if row.project is None or row.item is None or row.item.outcome is not Outcome.CONFLICT:
                continue
            if choice_of(self.decisions, row.project, row.item) is None:
                return further
        return at

    def settle_all(self, choice: Choice) -> None:
        """Those that were settled one by one stay so."""
        if self.plan is None or self.busy:
            return
        count = sum(1 for _ in open_differences(self.plan, self.decisions))
        self.decisions = with_all(self.decisions, self.plan, choice)
        self.say_settled(count)
        self.fill()

    def action_settle_differences(self) -> None:
        """d: one by one, from the chosen one or the first that is open."""
        row = self.row
        self._side_by_side(row.item.id if row is not None and row.item is not None else "")

    @work(exclusive=True, group="ask-import")
    async def _side_by_side(self, item_id: str) -> None:
        from screens.backup.importing.differing import DifferenceScreen

        if self.plan is None or not any(True for _ in differences(self.plan)):
            self.notify("Nothing differs.", timeout=3)
            return
        screen = DifferenceScreen(self.plan, self.decisions, item_id)
        await self.app.push_screen_wait(screen)
        self.decisions = screen.decisions
        self.fill()

    def action_look_closer(self) -> None:
        """Enter: a project's action, both sides of a difference, or all that is known."""
        row = self.row
        if row is not None and row.project is not None and row.kind == "project":
            self._ask_action(row.project)
        elif row is not None and row.item is not None and row.project and row.item in row.project.conflicts:
            self._side_by_side(row.item.id)
        else:
            super().action_look_closer()

    # projects

    @work(exclusive=True, group="ask-import")
    async def _ask_action(self, project: ProjectPlan) -> None:
        from screens.backup.importing.dialogs import ActionChoice

        action = await self.app.push_screen_wait(ActionChoice(project, self._possible(project)))
        if action is Action.RESTORE:
            await self._restore(project)
        elif action is not None:
            self._act(project, action)

    def action_merge_project(self) -> None:
        """m: what happens by itself."""
        if (project := self._project) is not None:
            self._act(project, self._possible(project)[0])

    def action_copy_project(self) -> None:
        """c: a project of its own."""
        if (project := self._project) is not None:
            self._act(project, Action.COPY)

    def action_leave_out(self) -> None:
        """s: not this one."""
        if (project := self._project) is not None:
            self._act(project, Action.SKIP)

    @work(exclusive=True, group="ask-import")
    async def action_restore_whole(self) -> None:
        """r: yours becomes this."""
        if (project := self._project) is not None:
            await self._restore(project)

    async def _restore(self, project: ProjectPlan) -> None:
        """Only for who types its title."""
        from screens.prompts import TextPrompt

        if Action.RESTORE not in self._possible(project):
            self._act(project, Action.RESTORE)
            return
        title = title_of(project)
        note = (
            "Your project becomes what the backup has. What you wrote since stays in a backup made before, "
            "in its versions, and u in the report brings it back. To go on, type the title."
        )
        typed = await self.app.push_screen_wait(TextPrompt(f"“{title}” becomes what it was", note=note))
        if typed is None:
            return
        if typed.strip().casefold() == title.casefold():
            self._act(project, Action.RESTORE)
        else:
            self.notify("That is not its title; nothing was chosen.", severity="warning", timeout=5)

    @property
    def _project(self) -> ProjectPlan | None:
        return self.row.project if self.row is not None else None

    def _act(self, project: ProjectPlan, action: Action) -> None:
        possible = self._possible(project)
        if action not in possible:
            self.notify("You have no such project; it can only be made or left out.", timeout=4)
            return
        self.decisions = with_action(self.decisions, project, None if action is possible[0] else action)
        self.look()

    # parts

    @work(exclusive=True, group="ask-import")
    async def action_choose_parts(self) -> None:
        """e: which parts come in."""
        if self.plan is None:
            return
        from screens.backup.importing.dialogs import PartsChoice

        chosen = await self.app.push_screen_wait(PartsChoice(self.plan, self.decisions))
        if chosen is not None and chosen != self.decisions:
            self.decisions = chosen
            self.look()
