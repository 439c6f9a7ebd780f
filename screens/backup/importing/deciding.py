"""What the writer chooses in a preview: decisions are values, each choice makes new ones."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from core.backup.plan import Action, Choice, Decisions, ImportPlan, Item, ProjectPlan


def choice_of(decisions: Decisions, project: ProjectPlan, item: Item) -> Choice | None:
    """How a difference is settled; None where nobody has said anything."""
    own = decisions.choices.get(project.key, {}).get(item.id)
    return own or item.choice or decisions.all_conflicts


def with_choice(decisions: Decisions, project: ProjectPlan, item: Item, choice: Choice) -> Decisions:
    """One difference settled."""
    own = {**decisions.choices.get(project.key, {}), item.id: choice}
    return replace(decisions, choices={**decisions.choices, project.key: own})


def with_action(decisions: Decisions, project: ProjectPlan, action: Action | None) -> Decisions:
    """What happens to one project; None is what happens by itself."""
    actions = {key: value for key, value in decisions.actions.items() if key != project.key}
    if action is not None:
        actions[project.key] = action
    return replace(decisions, actions=actions)


def with_all(decisions: Decisions, plan: ImportPlan, choice: Choice) -> Decisions:
    """All differences that are left settled at once; those settled one by one stay as they are."""
    choices = {key: dict(own) for key, own in decisions.choices.items()}
    for project, item in open_differences(plan, decisions):
        choices.setdefault(project.key, {})[item.id] = choice
    return replace(decisions, choices=choices)


def differences(plan: ImportPlan) -> Iterator[tuple[ProjectPlan, Item]]:
    """All that may be settled, in the order of the list."""
    for project in plan.projects:
        if project.action is Action.MERGE:
            for item in project.conflicts:
                yield project, item


def open_differences(plan: ImportPlan, decisions: Decisions) -> Iterator[tuple[ProjectPlan, Item]]:
    """Those that nobody has settled."""
    for project, item in differences(plan):
        if choice_of(decisions, project, item) is None:
            yield project, item


def is_here(project: ProjectPlan) -> bool:
    """Whether the writer has this project already, as far as its plan tells."""
    with_ours = (Action.MERGE, Action.SAME, Action.COPY, Action.RESTORE)
    return bool(project.project_id) or project.action in with_ours


def possible_actions(here: bool) -> tuple[Action, ...]:
    """What may happen to a project that is `here` or not; the first is what happens by itself."""
    if not here:
        return Action.CREATE, Action.SKIP
    return Action.MERGE, Action.COPY, Action.RESTORE, Action.SKIP
