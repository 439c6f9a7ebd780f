"""How a project of a backup differs from what it is now, written for a reader."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from rich.text import Text

from core.backup.answers import PageSince
from screens.backup.messages import ComparedNow
from screens.comparing import difference_text
from screens.record_changes import record_changes

KINDS = {"changed": "Changed", "added": "New since", "removed": "Gone since"}
MOST = 40
"""Pages of a kind that are named; all that differ follow below."""


def comparison_text(found: ComparedNow, colours: Mapping[str, str], *, unfold: bool) -> Text:
    """Which pages and panels, then line by line, as versions are compared."""
    answer = found.answer
    if answer is None:
        return Text("")
    if answer.gone:
        return Text(
            "This project is not on this machine any more. R brings back all of the backup, "
            "after a preview; nothing that is here is touched by that."
        )
    records = record_changes(answer.older, answer.newer)
    text = difference_text(found.made_at, found.parts, colours, unfold=unfold, records=records)
    first, *rest = text.split("\n", include_separator=True)
    return Text.assemble(first, *pages_lines(answer.pages, colours), *rest)


def pages_lines(pages: Sequence[PageSince], colours: Mapping[str, str]) -> list[Text]:
    """`Changed: PAGE 1, panels 2 and 4; PAGE 3`, a line for each kind of change."""
    lines = []
    for kind, title in KINDS.items():
        named = [page_words(page) for page in pages if page.kind == kind]
        if named:
            more = f" and {len(named) - MOST:,} more" if len(named) > MOST else ""
            lines.append(Text(f"{title}: {'; '.join(named[:MOST])}{more}\n", style=colours["quiet"]))
    return lines


def page_words(page: PageSince) -> str:
    """A page and the panels of it that differ."""
    title = page.title.rstrip(" \u00a0:：") or "a page"
    panels = [str(number) for number in page.panels if number]
    if not panels:
        return title
    joined = panels[0] if len(panels) == 1 else f"{', '.join(panels[:-1])} and {panels[-1]}"
    return f"{title}, panel{'s' if len(panels) > 1 else ''} {joined}"
