"""Draws a page in the cells of a terminal: its panels, the words in their balloons, numbers and statuses."""

from __future__ import annotations

from collections.abc import Sequence
from math import hypot

from core.assembly.plan import BalloonKind, PagePlan, PanelPlan, PanelStatus, Rect, Side
from core.assembly.terminal.canvas import Box, Canvas, Ink
from core.assembly.terminal.fitting import Fitted, fit, listed, open_block
from core.assembly.terminal.view import View, view_of
from core.cells import clean, cut, width, wrap

STATUS_LETTERS = {
    PanelStatus.SCRIPT: "S",
    PanelStatus.THUMBNAILS: "T",
    PanelStatus.PENCILS: "P",
    PanelStatus.INKS: "I",
    PanelStatus.LETTERS: "L",
    PanelStatus.DONE: "D",
}
LABEL = 80
"""Characters of a number or name that are looked at."""
PICTURE = "▣"
"""On the lower border of a panel that has one."""
OVERFULL = "!"
"""On the lower edge of a balloon whose words don't fit it on paper."""
TAILS = "^>v<"
"""Upwards, to the right, downwards, to the left."""
_FRAMES = {
    BalloonKind.SPEECH: ("╭╮╯╰", "─", "│"),
    BalloonKind.THOUGHT: ("╭╮╯╰", "╌", "╎"),
    BalloonKind.WHISPER: ("╭╮╯╰", "┈", "┊"),
    BalloonKind.SHOUT: ("┏┓┛┗", "━", "┃"),
    BalloonKind.CAPTION: ("┌┐┘└", "─", "│"),
    BalloonKind.SIGN: ("╔╗╝╚", "═", "║"),
}
"""Corners clockwise, horizontal, vertical."""
_INKS = {BalloonKind.CAPTION: Ink.CAPTION, BalloonKind.SIGN: Ink.CAPTION, BalloonKind.SFX: Ink.SFX}
_ARROWS = {
    (1, 0): "→",
    (-1, 0): "←",
    (0, 1): "↓",
    (0, -1): "↑",
    (1, 1): "↘",
    (-1, 1): "↙",
    (1, -1): "↗",
    (-1, -1): "↖",
}


def draw(
    page: PagePlan,
    columns: int,
    rows: int,
    *,
    chosen: int | None = None,
    order: bool = False,
    scroll: int | None = None,
) -> list[list[tuple[str, str]]]:
    """The page in `rows` lines of exactly `columns` cells, each a list of (text, ink); see `Ink`.

    `chosen` is a panel's index into `page.panels`: its border is heavy. `order` shows how the eye goes on.
    A strip is drawn from line `scroll` on; without it, so that the chosen panel is seen.
    """
    if columns < 1 or rows < 1:
        return [[] for _ in range(max(rows, 0))]
    return draw_view(view_of(page, columns, rows, chosen=chosen, scroll=scroll), chosen=chosen, order=order)


def draw_view(view: View, *, chosen: int | None = None, order: bool = False) -> list[list[tuple[str, str]]]:
    """As `draw`, for who has the view already (to know what lies under the mouse)."""
    canvas = Canvas(view.columns, view.rows)
    _paper(canvas, view)
    seen = [
        index
        for index, box in enumerate(view.boxes)
        if box.bottom > 0 and box.top < view.rows and box.width > 0 and box.height > 0
    ]
    hosts = _insets_on(view)
    for index in seen:
        _panel(canvas, view, index, [view.boxes[inset] for inset in hosts.get(index, ())])
    if chosen is not None and 0 <= chosen < len(view.boxes):
        canvas.frame(view.boxes[chosen], Ink.CHOSEN, heavy=True)
    for index in seen:
        _label(canvas, view, index, chosen=index == chosen)
    if order:
        _order(canvas, view, seen)
    _more(canvas, view)
    return canvas.lines()


def _paper(canvas: Canvas, view: View) -> None:
    sheet = view.sheet
    if view.framed:
        canvas.ring(sheet, "····", "·", "·", Ink.EDGE)
    if view.page.side is Side.BOTH:
        column = (sheet.left + sheet.right) // 2
        for row in range(max(sheet.top, 0), min(sheet.bottom, canvas.rows)):
            canvas.put(column, row, "┊", Ink.EDGE)

    if not view.page.panels and sheet.height > 2:
        title = cut(view.page.title, sheet.width - 2)
        left = sheet.left + (sheet.width - width(title)) // 2
        canvas.put(left, (sheet.top + sheet.bottom) // 2, title, Ink.DESCRIPTION, sheet.right)


def _more(canvas: Canvas, view: View) -> None:
    """A strip goes on above or below what is seen."""
    column = view.sheet.right - 1
    if view.sheet.top < 0:
        canvas.put(column, 0, "▲", Ink.ORDER)
    if view.sheet.bottom > view.rows:
        canvas.put(column, view.rows - 1, "▼", Ink.ORDER)


def _insets_on(view: View) -> dict[int, list[int]]:
    """Which insets lie on which panel: those that follow it."""
    found: dict[int, list[int]] = {}
    host = -1
    for index, panel in enumerate(view.page.panels):
        if not panel.inset:
            host = index
        elif host >= 0:
            found.setdefault(host, []).append(index)
    return found


def _panel(canvas: Canvas, view: View, index: int, insets: Sequence[Box]) -> None:
    box, panel = view.boxes[index], view.page.panels[index]
    room = box.inside()
    canvas.clear(box if panel.inset else room)
    if panel.borderless and box.width > 1 and box.height > 1:
        _soft(canvas, box)
    else:
        canvas.frame(box, Ink.BORDER)
    if room.width < 1 or room.height < 1:
        return
    fitted = _balloons(view, panel, room, insets)
    for one in fitted:
        _balloon(canvas, one)
    _description(canvas, panel, room, [*insets, *(one.box for one in fitted)])


def _label(canvas: Canvas, view: View, index: int, *, chosen: bool) -> None:
    """The number at the start of the panel's upper line, the letter of its status at the end."""
    box, panel = view.boxes[index], view.page.panels[index]
    ink = Ink.CHOSEN if chosen else Ink.NUMBER
    small = box.width < 3 or box.height < 2
    start, end = (box.left, box.right) if small else (box.left + 1, box.right - 1)
    if chosen:
        start = canvas.put(start, box.top, "▶", ink, end)
    # On a page of the script a number here would be taken for one of its panels.
    text = clean(panel.label[:LABEL]) or ("–" if view.page.script_panels > 0 else str(index + 1))
    if width(text) <= end - start:  # half a number would be another number
        start = canvas.put(start, box.top, text, ink, end)
    if start + 1 < end:
        canvas.put(box.right - 2, box.top, STATUS_LETTERS[panel.status], Ink.STATUS)
    if not (small or view.joined_down):
        _below(canvas, box, panel)


def _below(canvas: Canvas, box: Box, panel: PanelPlan) -> None:
    """On the lower line: who is there, and that there is a picture."""
    end = box.right - 2
    if panel.picture:
        canvas.put(end, box.bottom - 1, PICTURE, Ink.STATUS)
        end -= 1
    cast = ", ".join(panel.characters)
    if cast and end - box.left > 4:
        canvas.put(box.left + 1, box.bottom - 1, cut(cast, end - box.left - 1), Ink.CAST, end)


def _soft(canvas: Canvas, box: Box) -> None:
    """A panel without a border is still told from its neighbours."""
    for row, corners in ((box.top, "╭╮"), (box.bottom - 1, "╰╯")):
        canvas.put(box.left, row, corners[0], Ink.EDGE)
        canvas.put(box.right - 1, row, corners[1], Ink.EDGE)


def _balloons(view: View, panel: PanelPlan, room: Box, insets: Sequence[Box]) -> list[Fitted]:
    ordered = sorted(panel.balloons, key=lambda balloon: balloon.order)
    wanted = [view.box(balloon.box) for balloon in ordered]
    whole = fit(ordered, wanted, room, insets) if len(ordered) <= 12 else None
    return listed(ordered, room, insets) if whole is None else whole


def _balloon(canvas: Canvas, fitted: Fitted) -> None:
    balloon, box = fitted.balloon, fitted.box
    ink = _INKS.get(balloon.kind, Ink.WORDS)
    if not fitted.framed:
        for row, line in enumerate(fitted.lines, box.top):
            canvas.put(box.left, row, line, ink, box.right)
        name = clean(balloon.speaker[:LABEL]) + ":"
        if balloon.speaker and fitted.lines[0].startswith(name):
            canvas.put(box.left, box.top, name, Ink.SPEAKER, box.right)
        return
    edge = Ink.OVERFULL if balloon.overfull else Ink.BALLOON
    canvas.ring(box, *_FRAMES.get(balloon.kind, _FRAMES[BalloonKind.SPEECH]), edge)
    inside = box.inside()
    for row, line in enumerate(fitted.lines, inside.top):
        canvas.put(inside.left + (inside.width - width(line)) // 2, row, line, ink, inside.right)
    if balloon.tail is not None:
        _tail(canvas, box, balloon.box, balloon.tail, edge)
    if balloon.speaker:
        canvas.put(inside.left, box.top, cut(balloon.speaker, inside.width), Ink.SPEAKER, inside.right)
    if balloon.overfull:
        canvas.put(inside.right - 1, box.bottom - 1, OVERFULL, edge)


def _tail(canvas: Canvas, box: Box, planned: Rect, tip: tuple[float, float], ink: Ink) -> None:
    """A sign on the edge of the balloon towards who speaks, as on paper."""
    inside = box.inside()
    across = (tip[0] - planned.x) / max(planned.width, 1e-9)
    down = (tip[1] - planned.y) / max(planned.height, 1e-9)
    column = min(max(inside.left + int(across * inside.width), inside.left), inside.right - 1)
    row = min(max(inside.top + int(down * inside.height), inside.top), inside.bottom - 1)
    if abs(down - 0.5) >= abs(across - 0.5):
        canvas.put(column, box.bottom - 1 if down > 0.5 else box.top, TAILS[2 if down > 0.5 else 0], ink)
    else:
        canvas.put(box.right - 1 if across > 0.5 else box.left, row, TAILS[1 if across > 0.5 else 3], ink)


def _description(canvas: Canvas, panel: PanelPlan, room: Box, taken: Sequence[Box]) -> None:
    block = open_block(room, taken) if panel.description else None
    if block is None or block.width < 10:
        return
    lines = wrap(panel.description.replace("\n", " "), block.width, block.height)
    first = block.bottom - len(lines)
    for row, line in enumerate(lines, first):
        canvas.put(block.left, row, line, Ink.DESCRIPTION, block.right)


def _order(canvas: Canvas, view: View, seen: Sequence[int]) -> None:
    """In the middle of each panel its place in the order, and where the eye goes from there."""
    for index in seen:
        box = view.boxes[index]
        arrow = _towards(box, view.boxes[index + 1]) if index + 1 < len(view.boxes) else ""
        text = cut(f" {index + 1}{arrow} ", box.width)
        middle = Box(box.left, (box.top + box.bottom - 1) // 2, box.right, box.bottom)
        left = max(box.left + (box.width - width(text)) // 2, box.left)
        canvas.put(left, middle.top, text, Ink.ORDER, box.right)


def _towards(box: Box, following: Box) -> str:
    across = following.left + following.right - box.left - box.right
    down = 2 * (following.top + following.bottom - box.top - box.bottom)
    far = hypot(across, down) or 1.0
    return _ARROWS.get((round(across / far), round(down / far)), "→")
