"""Reads written layouts, forgivingly, and says of the others where and why they make no sense."""

from __future__ import annotations

from dataclasses import dataclass, replace
from difflib import get_close_matches
from typing import NoReturn

from core.assembly.layouts.layout import (
    LARGEST,
    MAX_DEPTH,
    MAX_LENGTH,
    MAX_PANELS,
    SMALLEST,
    Group,
    Inset,
    Layout,
    LayoutError,
    Leaf,
    Node,
    size,
)
from core.assembly.layouts.tokens import PANEL, WORDS, Token, tokens, wrong

_INSET = "Write it as 30x20 at 65,75."
_GRID = "Write grid 2x3 (two across, three down), or tiers 1 3 2."


def read(text: str) -> Layout:
    """The layout that the text describes; raises LayoutError."""
    if len(text) > MAX_LENGTH:
        raise LayoutError(
            f"the layout is longer than {MAX_LENGTH:,} characters", "Write a shorter one.", MAX_LENGTH + 1
        )
    if not text.strip():
        raise LayoutError("the layout is empty", PANEL, 1)
    return _Reader(tokens(text)).layout()


@dataclass(slots=True)
class _Reader:
    tokens: list[Token]
    at: int = 0
    panels: int = 0

    @property
    def next(self) -> Token:
        return self.tokens[self.at]

    def take(self) -> Token:
        token = self.tokens[self.at]
        if token.kind != "end":
            self.at += 1
        return token

    def took(self, *texts: str) -> bool:
        """Pass the next token if it is one of those; words as they are understood."""
        token = self.next
        meant = WORDS.get(token.text, "") if token.kind == "word" else token.text
        if token.kind == "end" or meant not in texts:
            return False
        self.at += 1
        return True

    def layout(self) -> Layout:
        spread = self.took("spread")
        if spread:
            self.took(":")
        root = Leaf(bleed=True) if spread and self.next.kind == "end" else self.rows(0)
        if self.next.text == ")":
            wrong(self.next, "this parenthesis was never opened", "Take it away, or open one before.")
        if self.next.kind != "end":
            wrong(self.next, "something is missing between two panels", "Write / for below, | for beside.")
        return Layout(root, spread)

    def rows(self, deep: int) -> Node:
        return self._several(True, deep)

    def _several(self, down: bool, deep: int) -> Node:
        if deep > MAX_DEPTH:
            wrong(self.next, f"groups lie more than {MAX_DEPTH} deep in each other", "Use fewer levels.")
        nodes = [self._part(down, deep)]
        while self.took("/", ";") or self._new_line() if down else self.took("|", ","):
            nodes.append(self._part(down, deep))
        return nodes[0] if len(nodes) == 1 else Group(down, tuple(nodes))

    def _part(self, down: bool, deep: int) -> Node:
        return self._several(False, deep) if down else self.item(deep + 1)

    def _new_line(self) -> bool:
        """Whether a new line begins a row here; not before or after a sign that says the same."""
        if self.next.kind != "line":
            return False
        following = self.tokens[self.at + 1]
        self.at += 1
        if following.text in ("/", ";"):
            self.at += 1
            return True
        return following.kind != "end" and following.text not in (")", "|", ",")

    def _skip_lines(self) -> None:
        while self.next.kind == "line":
            self.at += 1

    def item(self, deep: int) -> Node:
        """A panel or a group, with its size before it and its words after it."""
        self._skip_lines()
        token = self.next
        weight = self._size(self.take()) if token.kind == "number" else None
        self.took("x")
        node = self._body(deep, weight is not None)
        flagged = self._flags(node)
        self._skip_before_sign()
        if weight is None:
            return flagged
        if isinstance(flagged, Group) and flagged.weight != 1.0:
            wrong(token, "this group has two sizes", "Leave one of them.")
        return replace(flagged, weight=weight)

    def _skip_before_sign(self) -> None:
        if self.next.kind == "line" and self.tokens[self.at + 1].text in ("|", ","):
            self.at += 1

    def _body(self, deep: int, sized: bool) -> Node:
        token = self.next
        if self.took("("):
            return self._group(token, None, deep)
        if token.kind == "word":
            return self._named(token, deep, sized)
        if not sized:
            self._no_panel(token)
        return self._leaf(token)

    def _named(self, token: Token, deep: int, sized: bool) -> Node:
        word = WORDS.get(token.text)
        if word in ("rows", "columns"):
            self.take()
            opened = self.next
            if not self.took("("):
                wrong(opened, "here a parenthesis has to open", f"Write {word}(1, 1).")
            return self._group(opened, word == "rows", deep)
        if word in ("grid", "tiers") and not sized:
            self.take()
            return self._grid() if word == "grid" else self._tiers()
        if word in ("panel", "splash"):
            self.take()
            return replace(self._leaf(token), bleed=word == "splash")
        if word in ("bleed", "borderless"):
            return self._leaf(token)
        close = get_close_matches(token.text[:20], ("bleed", "borderless", "rows", "columns", "splash"), 1)
        right = (
            f"Perhaps {close[0]} is meant."
            if close
            else "Words are bleed, borderless, splash, spread, grid, tiers, rows, columns."
        )
        raise LayoutError("this word is none that layouts know", right, token.column)

    def _leaf(self, token: Token) -> Leaf:
        self._count(token, 1)
        return Leaf()

    def _count(self, token: Token, more: int) -> None:
        self.panels += more
        if self.panels > MAX_PANELS:
            wrong(token, f"these are more than {MAX_PANELS:,} panels on a page", "Use several pages.")

    def _no_panel(self, token: Token) -> NoReturn:
        if token.kind == "end":
            wrong(token, "the layout ends where a panel has to stand")
        if token.text in ("/", "|", ",", ";"):
            wrong(token, "there is no panel before this sign", PANEL)
        if token.text == ")":
            wrong(token, "these parentheses close where a panel has to stand")
        if token.text == "-":
            wrong(token, "a size can't be negative", "Write a size from 0.001 to 1000000.")
        wrong(token, "this sign means nothing here")

    def _size(self, token: Token) -> float:
        value = float(token.text[:30])
        if not SMALLEST <= value <= LARGEST:
            wrong(token, "this size is too small or too large", "Write a size from 0.001 to 1000000.")
        return size(value)

    def _group(self, opened: Token, down: bool | None, deep: int) -> Node:
        self._skip_lines()
        inside = self.rows(deep) if down is None else self._listed(down, deep)
        self._skip_lines()
        if not self.took(")"):
            if self.next.kind == "end":
                wrong(opened, "this parenthesis is never closed", "Close it with ).")
            wrong(self.next, "something is missing between two panels", "Write / for below, | for beside.")
        return inside

    def _listed(self, down: bool, deep: int) -> Node:
        """What stands in `rows(…)` and `columns(…)`: any separator means the same."""
        nodes = [self.item(deep + 1)]
        while self.took(",", ";", "/", "|") or self._new_line():
            nodes.append(self.item(deep + 1))
        if deep > MAX_DEPTH:
            wrong(self.next, f"groups lie more than {MAX_DEPTH} deep in each other", "Use fewer levels.")
        return nodes[0] if len(nodes) == 1 else Group(down, tuple(nodes))

    def _flags(self, node: Node) -> Node:
        """Words after a panel; after a group they are said of each of its panels."""
        while True:
            if self.took("bleed"):
                node = _flagged(node, bleed=True)
            elif self.took("borderless"):
                node = _flagged(node, borderless=True)
            elif self.next.text == "{":
                node = self._insets(node)
            else:
                return node

    def _insets(self, node: Node) -> Node:
        opened = self.take()
        if isinstance(node, Group):
            wrong(opened, "insets lie on a panel, not on a group", "Write them after the panel they lie on.")
        found = list(node.insets)
        while True:
            start = self.next
            inset = self._inset()
            if any(inset.overlaps(other) for other in found):
                wrong(start, "this inset overlaps another one", "Move it, or make it smaller.")
            found.append(inset)
            if not self.took(";"):
                break
        if not self.took("}"):
            wrong(self.next, "here the insets have to end", "Close them with }, or write ; before the next.")
        return replace(node, insets=tuple(found))

    def _inset(self) -> Inset:
        self.took("inset")
        start = self.next
        self._count(start, 1)
        width = self._percent(1)
        if not self.took("x"):
            wrong(self.next, "here the inset's height has to follow", _INSET)
        height = self._percent(1)
        if not self.took("at"):
            wrong(self.next, "here the inset's place has to follow", _INSET)
        x = self._percent(0)
        self.took(",")
        y = self._percent(0)
        if x + width > 100 or y + height > 100:
            wrong(start, "this inset leaves its panel", "Place and size are percents; together at most 100.")
        return Inset(x, y, width, height, self.took("borderless"))

    def _percent(self, least: int) -> int:
        token = self.take()
        if token.kind != "number" or not least <= float(token.text[:30]) <= 100:
            wrong(token, f"here a percentage from {least} to 100 has to stand", _INSET)
        self.took("%")
        return round(float(token.text))

    def _whole(self) -> int:
        token = self.take()
        if (
            token.kind != "number"
            or not token.text.isdigit()
            or not 1 <= float(token.text[:30]) <= MAX_PANELS
        ):
            wrong(token, "here a number of panels has to stand", _GRID)
        return int(token.text)

    def _grid(self) -> Node:
        start = self.next
        across = self._whole()
        if not self.took("x"):
            wrong(self.next, "here the number of rows has to follow", _GRID)
        down = self._whole()
        self._count(start, across * down)
        return _stacked([across] * down)

    def _tiers(self) -> Node:
        counts = []
        while self.next.kind == "number":
            start = self.next
            counts.append(self._whole())
            self._count(start, counts[-1])
            if not self.took(","):
                self.took("-")
        if not counts:
            wrong(self.next, "here the panels of each row have to follow", "Write tiers 1 3 2.")
        return _stacked(counts)


def _stacked(counts: list[int]) -> Node:
    """Rows of so many panels of equal width."""
    rows: list[Node] = [Group(False, (Leaf(),) * count) if count > 1 else Leaf() for count in counts]
    return rows[0] if len(rows) == 1 else Group(True, tuple(rows))


def _flagged(node: Node, *, bleed: bool = False, borderless: bool = False) -> Node:
    if isinstance(node, Leaf):
        return replace(node, bleed=node.bleed or bleed, borderless=node.borderless or borderless)
    children = tuple(_flagged(child, bleed=bleed, borderless=borderless) for child in node.children)
    return replace(node, children=children)
