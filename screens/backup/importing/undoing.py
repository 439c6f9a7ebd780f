"""What taking an import back means, said before it is done."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

from core.backup.plan import Action, ImportReport, Item, Outcome, ProjectPlan
from screens.backup.importing.wording import listed, shown, title_of
from screens.wording import counted

if TYPE_CHECKING:
    from screens.prompts import Choice

MOST = 3
"""Projects that are named."""


def undo_question(report: ImportReport, plan: ImportReport | None = None) -> Choice:
    """Asks; the answer is "undo" or "cancel". `plan`: what it would do, where that is known."""
    from screens.prompts import Choice  # the command line says the sentence only, and shows no dialogs

    answers = [("undo", "Take it back"), ("cancel", "Leave it")]
    return Choice("Take this import back?", undo_sentence(report, plan), answers)


def undo_sentence(report: ImportReport, plan: ImportReport | None = None) -> str:
    """What goes and what stays."""
    made = [one for one in report.projects if one.action in (Action.CREATE, Action.COPY)]
    back = [one for one in report.projects if any(item.section == "project" for item in one.items)]
    changed = [
        one for one in report.projects if one.action in (Action.MERGE, Action.RESTORE) and one not in back
    ]
    parts = []
    if made:
        parts.append(f"{_named(made)} {'goes' if len(made) == 1 else 'go'} to the trash.")
    if back:
        parts.append(f"{_named(back)} {'is' if len(back) == 1 else 'are'} as before that again.")
    if changed:
        counts = Counter(item.outcome for one in _as_planned(changed, plan) for item in one.items)
        items = counts[Outcome.CREATE] + counts[Outcome.UPDATE] + counts[Outcome.CONFLICT]
        parts.append(
            f"In {_named(changed)}, what was changed by it ({counted(items, 'item')}) is taken back."
        )
    stays = staying(plan) if plan is not None else []
    if stays:
        names = [f"“{shown(item.title, 40)}”" for item in stays[:MOST]]
        more = f" and {len(stays) - MOST:,} more" if len(stays) > MOST else ""
        parts.append(f"Edited since, and staying: {', '.join(names) if more else listed(names)}{more}.")
    parts.append("What you wrote since stays, and so do versions and the backup that was made before.")
    return " ".join(parts)


def staying(plan: ImportReport) -> list[Item]:
    """What an undoing would leave, or has left, as it is: it was edited since, or may be the only copy."""
    return [item for one in plan.projects for item in one.items if item.outcome is Outcome.SAME]


def _as_planned(projects: Sequence[ProjectPlan], plan: ImportReport | None) -> Sequence[ProjectPlan]:
    """The same projects as the plan has them."""
    if plan is None:
        return projects
    keys = {one.key for one in projects}
    return [one for one in plan.projects if one.key in keys]


def _named(projects: Sequence[ProjectPlan]) -> str:
    names = listed([f"“{shown(title_of(one), 40)}”" for one in projects[:MOST]])
    return names + (f" and {len(projects) - MOST:,} more" if len(projects) > MOST else "")
