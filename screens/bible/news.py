"""What is said of changes that the chosen record doesn't show."""

from __future__ import annotations

from core.story import AnyRecord, Section
from screens.bible.values import name_of

ELSEWHERE = {
    Section.SCRIPT: "the script",
    Section.CHARACTERS: "the characters",
    Section.BACKGROUNDS: "the backgrounds",
    Section.SCENES: "the scenes",
    Section.ASSEMBLY: "the pages",
    Section.META: "the project",
}
"""Where a step was that can't be seen from this tab."""


def said_of_gone(before: AnyRecord, now: AnyRecord | None) -> str:
    """Of a record that somebody writes in and another has thrown away; "" if nobody has."""
    name = name_of(before) or "The record"
    if now is None:
        return (
            f"“{name}” was deleted on another machine while you write in it. The next letter brings it back."
        )
    if not now.trashed_at or before.trashed_at:
        return ""
    said = "was put into the trash on another machine. What you write stays in it;"
    return f"“{name}” {said} u in the trash, which t shows, takes it out."
