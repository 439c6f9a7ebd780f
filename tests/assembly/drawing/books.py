"""Pages made by hand, for whoever draws them."""

from __future__ import annotations

from collections.abc import Sequence

from core.assembly.plan import (
    BalloonKind,
    BalloonPlan,
    Book,
    Direction,
    PageFormat,
    PagePlan,
    PanelPlan,
    Rect,
    Side,
)

FORMAT = PageFormat()
ALL_KINDS = tuple(BalloonKind)


def balloon(kind: BalloonKind, text: str, order: int, box: Rect, speaker: str = "") -> BalloonPlan:
    """Words in a box, with a tail for who speaks."""
    tail = (box.x + box.width / 2, box.bottom + 6) if speaker else None
    return BalloonPlan(
        kind, speaker, text, order, box, tail, voices=(speaker.capitalize(),) if speaker else ()
    )


def panel(
    name: str, box: Rect, *balloons: BalloonPlan, who: Sequence[str] = (), says: str = "", picture: str = ""
) -> PanelPlan:
    """A panel in its place."""
    return PanelPlan(
        name, name, box, description=says, balloons=balloons, characters=tuple(who), picture=picture
    )


def page(
    number: int,
    *panels: PanelPlan,
    direction: Direction = Direction.LTR,
    numbers: tuple[int, ...] = (),
    width: float = FORMAT.width,
    height: float = FORMAT.height,
) -> PagePlan:
    """A page; with two numbers a spread."""
    shown = numbers or (number,)
    side = Side.BOTH if len(shown) == 2 else Side.RIGHT
    wide = width * len(shown)
    return PagePlan(f"k{number}", f"h{number}", shown, "", side, FORMAT, direction, wide, height, panels)


def full_page(number: int = 1, direction: Direction = Direction.LTR) -> PagePlan:
    """Every kind of balloon, two characters, a description."""
    boxes = [Rect(14 + 80 * (at % 2), 14 + 34 * (at // 2), 70, 26) for at in range(len(ALL_KINDS))]
    words = [
        balloon(kind, f"Words of a {kind}", at + 1, boxes[at], "MARA" if at % 2 else "TOM")
        for at, kind in enumerate(ALL_KINDS)
    ]
    top = panel("1", Rect(14, 12, 158, 140), *words, who=("Mara", "Tom"), says="EXT. The harbour. Night.")
    low = panel("2", Rect(14, 158, 158, 85), who=("Mara",), says="Close-up of Mara.")
    return page(number, top, low, direction=direction)


def book(*pages: PagePlan, direction: Direction = Direction.LTR, **facts: str) -> Book:
    """A book of these pages."""
    return Book(
        facts.get("title", "Low Water"),
        facts.get("author", "Ida Lund"),
        facts.get("language", "en"),
        direction,
        pages or (full_page(),),
        {"Mara": "#4a7fb5"},
        summary=facts.get("summary", ""),
    )
