"""What taking an import back means, said before it is done."""

from __future__ import annotations

from collections import Counter

from core.backup.plan import Action, ImportReport, Outcome
from screens.backup.importing.wording import listed, shown, title_of
from screens.prompts import Choice
from screens.wording import counted

MOST = 3
"""Projects that are named."""


def undo_question(report: ImportReport) -> Choice:
    """Asks; the answer is "undo" or "cancel"."""
    answers = [("undo", "Take it back"), ("cancel", "Leave it")]
    return Choice("Take this import back?", undo_sentence(report), answers)


def undo_sentence(report: ImportReport) -> str:
    """What goes and what stays."""
    made = [one for one in report.projects if one.action in (Action.CREATE, Action.COPY)]
    changed = [one for one in report.projects if one.action in (Action.MERGE, Action.RESTORE)]
    parts = []
    if made:
        names = listed([f"“{shown(title_of(one), 40)}”" for one in made[:MOST]])
        more = f" and {len(made) - MOST:,} more" if len(made) > MOST else ""
        parts.append(f"{names}{more} {'goes' if len(made) == 1 else 'go'} to the trash.")
    if changed:
        counts = Counter(item.outcome for one in changed for item in one.items)
        items = counts[Outcome.CREATE] + counts[Outcome.UPDATE] + counts[Outcome.CONFLICT]
        names = listed([f"“{shown(title_of(one), 40)}”" for one in changed[:MOST]])
        more = f" and {len(changed) - MOST:,} more" if len(changed) > MOST else ""
        parts.append(f"In {names}{more}, what the import changed ({counted(items, 'item')}) is taken back.")
    parts.append("What you wrote since stays, and so do versions and the backup that was made before.")
    return " ".join(parts)
