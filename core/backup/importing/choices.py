"""What the writer chose, asked item by item; and the item of a plan that comes of it."""

from __future__ import annotations

from dataclasses import dataclass, field

from core.backup.plan import Choice, Decisions, Item, Outcome
from core.story.comparison import compare_texts, count_words

LONGEST_SHOWN = 4_000
"""Characters of either side of a conflict that a plan carries."""


@dataclass(frozen=True)
class Chooser:
    """The decisions for one project."""

    decisions: Decisions = field(default_factory=Decisions)
    key: str = ""

    def wants(self, section: str) -> bool:
        """Whether a section is to be brought in."""
        return not self.decisions.sections or section in self.decisions.sections

    def choice(self, item_id: str) -> Choice | None:
        """What was said of an item; None where nothing was."""
        chosen = self.decisions.choices.get(self.key, {}).get(item_id)
        return chosen or self.decisions.all_conflicts


def shown(text: str) -> str:
    """One side of a conflict, cut to what a plan carries."""
    return text if len(text) <= LONGEST_SHOWN else f"{text[: LONGEST_SHOWN - 1]}…"


def counted(number: int, one: str, many: str) -> str:
    """A number with its noun: “1 line”, “2,412 words”."""
    return f"{number:,} {one if number == 1 else many}"


def text_item(item_id: str, section: str, title: str, outcome: Outcome, old: str, new: str) -> Item:
    """An item that turns one text into another, with what that is in words."""
    hunks = compare_texts(old, new)
    added, removed = count_words(hunks)
    replaced = sum(len(hunk.old_lines) for hunk in hunks if hunk.new_lines and any(hunk.old_lines))
    gone = sum(len(hunk.old_lines) for hunk in hunks if not hunk.new_lines and any(hunk.old_lines))
    said = [f"+{counted(added, 'word', 'words')}" if added else ""]
    said.append(f"{counted(replaced, 'line', 'lines')} would be replaced" if replaced else "")
    said.append(f"{counted(gone, 'line', 'lines')} would go" if gone else "")
    detail = ", ".join(filter(None, said)) or ("spaces and empty lines" if old != new else "")
    return Item(item_id, section, title, outcome, detail, added, removed)
