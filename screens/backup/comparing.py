"""How a project of a backup differs from what it is now, written for a reader."""

from __future__ import annotations

from collections.abc import Mapping

from rich.text import Text

from screens.backup.messages import ComparedNow
from screens.comparing import difference_text
from screens.record_changes import record_changes


def comparison_text(found: ComparedNow, colours: Mapping[str, str], *, unfold: bool) -> Text:
    """By page and panel, as versions are compared."""
    answer = found.answer
    if answer is None:
        return Text("")
    if answer.gone:
        return Text(
            "This project is not on this machine any more. i brings it back from the backup; "
            "nothing that is here is touched by that."
        )
    records = record_changes(answer.older, answer.newer)
    return difference_text(found.made_at, found.parts, colours, unfold=unfold, records=records)
