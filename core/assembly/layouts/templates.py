"""Ready layouts by name, the project's own ones, and which suits a page."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from core.assembly.layouts.layout import Layout, LayoutError, Leaf, Node, parse_layout
from core.assembly.plan import Direction

OWN = "layout"
"""The kind of mark that a project's own template is: `layout:<name>`."""


@dataclass(frozen=True, slots=True)
class Template:
    """A layout with a name."""

    name: str
    title: str
    """In plain words, for lists."""
    text: str
    """In the layout language."""
    count: int
    """Panels, insets too."""
    strip: bool = False
    """Meant for scrolling."""
    spread: bool = False
    own: bool = False
    """Saved in the project."""

    @property
    def layout(self) -> Layout:
        """What it lays out."""
        return parse_layout(self.text)


def _ready(name: str, title: str, text: str, *, strip: bool = False) -> Template:
    layout = parse_layout(text)
    return Template(name, title, str(layout), layout.count, strip, layout.spread)


TEMPLATES: tuple[Template, ...] = (
    _ready("full", "One panel within the margins", "1"),
    _ready("splash", "Splash: one panel over the whole page", "splash"),
    _ready("silence", "One picture without a border", "1 borderless"),
    _ready("halves", "Two wide panels", "1 / 1"),
    _ready("opening", "A large panel over a narrow one", "3 bleed / 1"),
    _ready("closing", "A narrow panel over a large one", "1 / 3 bleed"),
    _ready("pillars", "Two tall panels", "1 | 1"),
    _ready("detail", "Splash with an inset", "1 bleed {34x22 at 62,74}"),
    _ready("three-tiers", "Three wide panels", "1 / 1 / 1"),
    _ready("big-top", "A large panel over two", "3 / 2(1 | 1)"),
    _ready("big-bottom", "Two panels over a large one", "2(1 | 1) / 3"),
    _ready("tall-first", "A tall panel, then two beside it", "1 | (1 / 1)"),
    _ready("tall-last", "Two panels, then a tall one beside them", "(1 / 1) | 1"),
    _ready("three-pillars", "Three tall panels", "1 | 1 | 1"),
    _ready("two-details", "Splash with two insets", "1 bleed {32x18 at 4,76; 32x18 at 64,76}"),
    _ready("sandwich", "Wide, two, wide", "1 / 1 | 1 / 1"),
    _ready("four-grid", "Grid of four", "1 | 1 / 1 | 1"),
    _ready("yonkoma", "Yonkoma: four equal panels below each other", "1 / 1 / 1 / 1"),
    _ready("headline", "A large panel over three", "2 / 1 | 1 | 1"),
    _ready("finale", "Three panels over a large one", "1 | 1 | 1 / 2"),
    _ready("steps", "Two rows, small and large in turn", "3 | 4 / 4 | 3"),
    _ready("hourglass", "Two, wide, two", "1 | 1 / 1 / 1 | 1"),
    _ready("two-three", "Two panels over three", "1.2(1 | 1) / 1 | 1 | 1"),
    _ready("three-two", "Three panels over two", "1 | 1 | 1 / 1.2(1 | 1)"),
    _ready("crown", "A wide panel bleeding at the top, then a grid of four", "1.3 bleed / 1 | 1 / 1 | 1"),
    _ready("tall-five", "A tall panel with two beside it, over two", "3(1 | (1 / 1)) / 2(1 | 1)"),
    _ready("six-grid", "Grid of six, two across", "1 | 1 / 1 | 1 / 1 | 1"),
    _ready("six-wide", "Grid of six, three across", "1 | 1 | 1 / 1 | 1 | 1"),
    _ready("six-steps", "Three rows, small and large in turn", "3 | 4 / 4 | 3 / 3 | 4"),
    _ready("six-tall", "Two, then a tall panel with two beside it, then wide", "1 | 1 / 2((1 / 1) | 1) / 1"),
    _ready("seven", "Two, three, two", "1 | 1 / 1 | 1 | 1 / 1 | 1"),
    _ready("seven-headline", "A wide panel over a grid of six", "1.3 / 1 | 1 | 1 / 1 | 1 | 1"),
    _ready("seven-finale", "A grid of six over a wide panel", "1 | 1 | 1 / 1 | 1 | 1 / 1.3"),
    _ready("eight-grid", "Grid of eight, two across", "1 | 1 / 1 | 1 / 1 | 1 / 1 | 1"),
    _ready("eight", "Three, two, three", "1 | 1 | 1 / 1 | 1 / 1 | 1 | 1"),
    _ready("nine-grid", "Grid of nine", "grid 3x3"),
    _ready("nine-tiers", "Two, three, two, two", "tiers 2 3 2 2"),
    _ready("ten", "Three, two, three, two", "tiers 3 2 3 2"),
    _ready("twelve-grid", "Grid of twelve", "grid 3x4"),
    _ready("sixteen-grid", "Grid of sixteen", "grid 4x4"),
    _ready("spread", "Spread: one picture over two pages", "spread: splash"),
    _ready("spread-detail", "Spread with an inset", "spread: 1 bleed {16x24 at 79,70}"),
    _ready("spread-row", "Spread: a wide picture over two panels", "spread: 2 bleed / 1 | 1"),
    _ready("spread-four", "Spread: a wide picture over four panels", "spread: 3 bleed / 2(1 | 1 | 1 | 1)"),
    _ready("spread-facing", "Spread: two splashes that face each other", "spread: 1 bleed | 1 bleed"),
    _ready("spread-six", "Spread: three wide panels on each page", "spread: (1 / 1 / 1) | (1 / 1 / 1)"),
    _ready("strip-one", "Strip: one panel", "1.2", strip=True),
    _ready("strip-two", "Strip: a wide panel, then a tall one", "0.8 / 1.6", strip=True),
    _ready("strip-three", "Strip: three panels", "1 / 1 / 1.2", strip=True),
    _ready("strip-four", "Strip: two panels, a tall one, a wide one", "0.8 / 0.8 / 1.8 / 0.6", strip=True),
    _ready("strip-five", "Strip: with two panels side by side", "1.2 / 0.8(1 | 1) / 1.6 / 0.8", strip=True),
    _ready("strip-fall", "Strip: one panel that goes on and on", "4 bleed", strip=True),
)


def template(name: str, own: Iterable[Template] = ()) -> Template | None:
    """The one of that name; the project's own come first."""
    return next((one for one in (*own, *TEMPLATES) if one.name == name), None)


def own_templates(marks: Mapping[str, object]) -> tuple[Template, ...]:
    """The project's own, by name, of `store.marks("layout")`; what can't be read is left out."""
    found = []
    for name, text in sorted(marks.items()):
        try:
            layout = parse_layout(text) if isinstance(text, str) else None
        except LayoutError:
            continue
        if layout is not None:
            found.append(Template(name, name, str(layout), layout.count, spread=layout.spread, own=True))
    return tuple(found)


def templates_for(
    count: int,
    direction: Direction = Direction.LTR,
    own: Iterable[Template] = (),
    *,
    spread: bool = False,
) -> list[Template]:
    """Those with so many panels, best first; at least one, made for the number if none is ready.

    Own ones lead. Spreads come last unless `spread` is asked for, strips unless the page is one.
    """
    ready = [one for one in (*own, *TEMPLATES) if one.count == count]
    if not ready or not any(_fits(one, direction, spread) for one in ready):
        ready.append(plain(count, direction, spread=spread))
    return sorted(ready, key=lambda one: (not _fits(one, direction, spread), not one.own))


def _fits(one: Template, direction: Direction, spread: bool) -> bool:
    return one.own or (one.strip == (direction is Direction.VERTICAL) and one.spread == spread)


def plain(count: int, direction: Direction = Direction.LTR, *, spread: bool = False) -> Template:
    """Rows of much the same number of panels, for numbers that nobody has made a template for."""
    count = max(count, 1)
    if direction is Direction.VERTICAL:
        text = " / ".join(["1"] * count)
        return Template(f"strip-{count}", f"Strip: {count:,} panels", text, count, strip=True)
    across = 1
    while across * (across + 2) < count:
        across += 1
    rows = -(-count // across)
    tiers = [count // rows + (row < count % rows) for row in range(rows)]
    text = " / ".join(" | ".join(["1"] * tier) for tier in tiers)
    if spread:
        return Template(f"spread-{count}", f"Spread: {count:,} panels", f"spread: {text}", count, spread=True)
    return Template(f"rows-{count}", f"{count:,} panels in rows", text, count)


def default_layout(
    count: int,
    direction: Direction = Direction.LTR,
    *,
    splash: bool = False,
    spread: bool = False,
    words: Sequence[int] = (),
) -> Layout:
    """What a page gets that nobody has laid out.

    `words` are those of each panel: where one has far more than the others, it gets a large place. A word
    more or less changes nothing, so that pages don't jump while somebody writes.
    """
    if count <= 1:
        return parse_layout(("spread: " if spread else "") + ("splash" if splash or spread else "1"))
    found = [one for one in templates_for(count, direction, spread=spread) if _fits(one, direction, spread)]
    if splash and (bleeding := [one for one in found if one.text.split("/")[0].strip().endswith("bleed")]):
        found = bleeding
    large = _wordy(words[:count])
    if large is not None:
        found.sort(key=lambda one: -shares(one.layout)[large])
    return found[0].layout


def _wordy(words: Sequence[int]) -> int | None:
    """The panel with at least forty words and more than twice as many as all others together."""
    if not words or max(words) < 40 or max(words) <= 2 * (sum(words) - max(words)):
        return None
    return max(range(len(words)), key=words.__getitem__)


def shares(layout: Layout) -> list[float]:
    """Which part of the page each panel takes, gutters aside; in reading order, insets too."""
    found: list[float] = []
    _share(layout.root, 1.0, found)
    return found


def _share(node: Node, share: float, found: list[float]) -> None:
    if isinstance(node, Leaf):
        found.append(share)
        found.extend(share * inset.width * inset.height / 10_000 for inset in node.insets)
        return
    whole = sum(child.weight for child in node.children)
    for child in node.children:
        _share(child, share * child.weight / whole, found)
