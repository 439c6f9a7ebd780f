"""The outline as a tree that folds: which of its rows are shown, and what is written in each."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import accumulate

from core.script import LineKind, OutlineItem


@dataclass
class Folds:
    """What a writer folded, while the project is open. Pages are known by their keys, not by rows."""

    pages: dict[int, bool] = field(default_factory=dict)
    """Page key → open or folded, for the pages that the writer folded or unfolded."""
    every: bool | None = None
    """All other pages: open, folded, or (None) only the one with the cursor open."""
    chapters: dict[str, int] = field(default_factory=dict)
    """Folded chapters: their words, and the key of their first page (by which a renamed one is found)."""

    def page_is_open(self, key: int, *, here: bool) -> bool:
        """Whether a page shows its panels; `here`: the cursor is in it."""
        return self.pages.get(key, here if self.every is None else self.every)

    def keep(self, chapters: Sequence[tuple[str, int]]) -> set[int]:
        """Which of the chapters (words, first page's key) are folded; renamed ones are renamed here too."""
        if not self.chapters:
            return set()
        words = {label for label, _ in chapters}
        lost = {key: label for label, key in self.chapters.items() if label not in words and key}
        folded = {at for at, (label, key) in enumerate(chapters) if label in self.chapters or key in lost}
        self.chapters = {chapters[at][0]: chapters[at][1] for at in folded}
        return folded

    def moved(self, old: int, new: int) -> None:
        """A page was moved and has another key."""
        if old in self.pages:
            self.pages[new] = self.pages.pop(old)


class OutlineTree:
    """Chapters over pages over panels. Made anew when the outline is; folding costs O(pages)."""

    def __init__(self, items: Sequence[OutlineItem] = (), folds: Folds | None = None) -> None:
        self.items = items
        self.folds = folds or Folds()
        self._starts = [item.row for item in items]
        self._heads = _heads(items)
        self._at = (-1, -1)
        self._parents = self._chapters_of()
        self.refold()

    # --- folding

    def refold(self) -> None:
        """Something was folded or unfolded, or the cursor went to another page."""
        items, folds, here = self.items, self.folds, self._at[0]
        self._folded = folds.keep([self._chapter_name(head) for head in self._chapters])
        hidden = {self._chapters[at] for at in self._folded}
        heights = []
        for at, head in enumerate(self._heads):
            if self._parents[at] in hidden and head != self._parents[at]:
                heights.append(0)
                continue
            item = items[head]
            below = self._heads[at + 1] if at + 1 < len(self._heads) else len(items)
            shown = head not in hidden
            if item.kind is LineKind.PAGE:
                shown = folds.page_is_open(item.key, here=head == here)
            heights.append(below - head if shown else 1)
        self._ends = list(accumulate(heights))

    def follow(self, cursor_row: int) -> bool:
        """The cursor is at a row of the script; whether other rows are shown because of that."""
        before = self._at[0]
        at = bisect_right(self._starts, cursor_row) - 1
        self._at = (self._head_of(at), at)
        if self._at[0] == before or self.folds.every is not None:
            return False
        self.refold()
        return True

    def is_open(self, item: int) -> bool:
        """Whether a chapter or page shows what is under it."""
        found = self.items[item]
        if found.kind is LineKind.CHAPTER:
            return self._chapters.index(item) not in self._folded
        return self.folds.page_is_open(found.key, here=item == self._at[0])

    def can_fold(self, item: int) -> bool:
        """Whether there is anything under it."""
        kind = self.items[item].kind
        if kind is LineKind.CHAPTER:
            return True
        return kind is LineKind.PAGE and item + 1 < len(self.items) and self._head_of(item + 1) == item

    def fold(self, item: int, *, opened: bool) -> None:
        """Fold or unfold a chapter or a page."""
        found = self.items[item]
        if found.kind is LineKind.PAGE:
            self.folds.pages[found.key] = opened
        elif found.kind is LineKind.CHAPTER:
            name, key = self._chapter_name(item)
            self.folds.chapters.pop(name, None)
            if not opened:
                self.folds.chapters[name] = key
        self.refold()

    def fold_all(self, *, opened: bool) -> None:
        """Fold or unfold every chapter and page."""
        names = () if opened else (self._chapter_name(head) for head in self._chapters)
        self.folds.pages, self.folds.every, self.folds.chapters = {}, opened, dict(names)
        self.refold()

    # --- rows

    @property
    def height(self) -> int:
        """Rows that are shown."""
        return self._ends[-1] if self._ends else 0

    @property
    def current(self) -> int:
        """The shown row that the cursor is in; -1 above all."""
        return self.row_of(self._at[1]) if self._at[1] >= 0 else -1

    def item_at(self, row: int) -> int:
        """The item shown in a row."""
        group = bisect_right(self._ends, row)
        before = self._ends[group - 1] if group else 0
        return self._heads[group] + row - before

    def row_of(self, item: int) -> int:
        """The row of an item, or of what it is folded into."""
        group = bisect_right(self._heads, item) - 1
        before = self._ends[group - 1] if group else 0
        height = self._ends[group] - before
        if not height:
            return self.row_of(self._parents[group])
        return before + min(item - self._heads[group], height - 1 if height > 1 else 0)

    def item_in(self, script_row: int) -> int:
        """The item that holds a row of the script; -1 above all."""
        return bisect_right(self._starts, script_row) - 1

    def parent(self, item: int) -> int | None:
        """The page of a panel, the chapter of a page."""
        head = self._head_of(item)
        if head != item:
            return head
        above = self._parents[bisect_right(self._heads, item) - 1]
        return above if above not in (-1, item) else None

    def _head_of(self, item: int) -> int:
        at = bisect_right(self._heads, item) - 1
        return self._heads[at] if at >= 0 else -1

    def _chapters_of(self) -> list[int]:
        """For each head the chapter that it stands in, -1 without one."""
        self._chapters = [head for head in self._heads if self.items[head].kind is LineKind.CHAPTER]
        chapter, found = -1, []
        self._first_page: dict[int, int] = {}
        for head in self._heads:
            item = self.items[head]
            if item.kind is LineKind.CHAPTER:
                chapter = head
            elif item.kind is LineKind.PAGE:
                self._first_page.setdefault(chapter, item.key)
            found.append(chapter)
        return found

    def _chapter_name(self, head: int) -> tuple[str, int]:
        item = self.items[head]
        return f"{item.numbers} {item.title}", self._first_page.get(head, 0)


def _heads(items: Sequence[OutlineItem]) -> list[int]:
    """The items that are no panels, nor scenes in the middle of a page; the first of all is always one."""
    heads: list[int] = []
    in_page = False
    for at, item in enumerate(items):
        if item.kind is LineKind.SCENE:
            below = items[at + 1].kind if at + 1 < len(items) else None
            if in_page and below in (LineKind.PANEL, LineKind.SCENE):
                continue
        elif item.kind is LineKind.PANEL and heads:
            continue
        in_page = item.kind is LineKind.PAGE or (in_page and item.kind is LineKind.SCENE)
        heads.append(at)
    return heads


def label(item: OutlineItem) -> str:
    """`Page 3  The alley`, `Chapter 2  Night`, `4 Reveille`: what is written in a row."""
    number = "–".join(dict.fromkeys(str(one) for one in (item.numbers[:1] + item.numbers[-1:])))
    if item.kind in (LineKind.PAGE, LineKind.CHAPTER):
        words = f"{item.kind.value.capitalize()} {number}".rstrip()
        return f"{words}  {item.title}" if item.title else words
    if item.kind is LineKind.PANEL:
        return f"Panel {number or '·'}  {item.title}".rstrip()
    return item.title


def turns(item: OutlineItem) -> bool:
    """Whether the reader turns the leaf behind this page.

    Page 1 stands alone on the side that is read last (at the right; at the left in a manga), so in
    both directions even and odd pages face each other and every odd page is the last one seen.
    """
    return item.kind is LineKind.PAGE and bool(item.numbers) and item.numbers[-1] % 2 == 1


def figures(item: OutlineItem, marks: Mapping[int, int]) -> str:
    """Panels and words of a page, with its hints if there are any."""
    if item.kind is not LineKind.PAGE:
        return ""
    hints = marks.get(item.key, 0)
    return f"{'▲' + str(hints) + ' ' if hints else ''}{item.panels} · {item.words}"
