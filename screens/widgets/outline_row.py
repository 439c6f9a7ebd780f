"""How one row of the outline is written: `▸ Page 2 ▐ turn   ▲1 5 · 88`."""

from __future__ import annotations

from collections.abc import Mapping

from rich.text import Text

from core.script import LineKind
from screens.widgets.outline_tree import OutlineTree, figures, label, turns
from screens.widgets.project_rows import fit

ROOMY = 32
"""Cells from which the turn of the leaf is said in a word, too."""


def row_text(
    tree: OutlineTree, at: int, width: int, marks: Mapping[int, int], colours: Mapping[str, str]
) -> Text:
    """The item `at`, `width` cells wide; `marks` are hints by page key."""
    item = tree.items[at]
    numbers = figures(item, marks)
    behind = f" {numbers}" if numbers else ""
    turn = ("▐ turn" if width >= ROOMY else "▐") if turns(item) else ""
    mark, words = _mark(tree, at), label(item)
    room = max(2, width - len(mark) - len(behind))
    beside = room - (len(turn) + 1 if turn else 0)
    if len(words) < beside:  # right behind the number, if there is no long title
        words, before = f"{words} {turn}".rstrip(), ""
    else:
        room, before = beside, f" {turn}" if turn else ""
    text = Text(mark + fit(words, room) + before, end="", no_wrap=True)
    text.append(behind)
    if item.level == 0:
        text.stylize(f"bold {colours['kind-chapter']}")
    if turn:
        start = text.plain.rindex("▐")
        text.stylize(colours["kind-page"], start, start + len(turn))
    if "▲" in numbers:
        start = len(text.plain) - len(numbers)
        text.stylize(colours["warning"], start, start + numbers.index(" "))
    return text


def _mark(tree: OutlineTree, at: int) -> str:
    item = tree.items[at]
    if item.level == 2 or (item.kind is LineKind.SCENE and tree.parent(at) is not None):
        return "   "
    if not tree.can_fold(at):
        return "  "
    return "▾ " if tree.is_open(at) else "▸ "
