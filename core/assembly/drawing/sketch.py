"""A page as a storyboard sketch: panels, figures that stand for characters, balloons with their words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from core.assembly.drawing import balloons as shapes_of
from core.assembly.drawing.faces import Faces
from core.assembly.drawing.figures import Actor, Cast, stand
from core.assembly.drawing.fitting import LEADING, fit, paragraphs, placed
from core.assembly.drawing.framing import is_night, place_of, shot_of
from core.assembly.drawing.ground import ground
from core.assembly.drawing.shapes import Form, Item, Picture, Point, Words, oval, rectangle
from core.assembly.drawing.sounds import sound
from core.assembly.drawing.vertical import fit_vertical, is_japanese
from core.assembly.plan import BalloonKind, BalloonPlan, Book, Direction, PagePlan, PanelPlan, Rect

INK, GREY, PALE = "#1c1c22", "#6d6d78", "#9a9aa6"
SKETCH = "storyboard sketch"
"""Stands in the margin of each page and in the metadata: nobody should take it for the drawing."""
_SPOKEN = frozenset({BalloonKind.SPEECH, BalloonKind.THOUGHT, BalloonKind.SHOUT, BalloonKind.WHISPER})
_BOLD = frozenset({BalloonKind.SHOUT, BalloonKind.SIGN})


@dataclass(frozen=True, slots=True)
class Look:
    """What a sketch shows beside panels and balloons."""

    descriptions: bool = True
    figures: bool = True
    margins: bool = True
    """Title, page number and that it is a sketch."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """A page as a list of shapes, from the back to the front."""

    items: tuple[Item, ...]
    cut: int = 0
    """Balloons whose words did not all fit at the smallest type."""


PLAIN = Look()


def draw_items(page: PagePlan, book: Book, faces: Faces, look: Look = PLAIN) -> Drawn:
    """Everything on a page, in millimetres from the upper left corner of the trimmed page."""
    return _Sketcher(page, book, faces, look).drawn()


class _Sketcher:
    """Draws one page."""

    def __init__(self, page: PagePlan, book: Book, faces: Faces, look: Look) -> None:
        self.page, self.book, self.faces, self.look = page, book, faces, look
        self.unit = max(0.35, min(3.0, page.format.width / 182.0))
        """Type and lines follow the size of the paper."""
        self.japanese = book.language == "ja"
        self.columns = self.japanese and page.direction is Direction.RTL
        self.cut = 0

    def drawn(self) -> Drawn:
        items: list[Item] = []
        front: list[Item] = []
        heads: list[Cast] = []
        for panel in self.page.panels:
            cast = self._actors(panel)
            heads.append(cast)
            items += self._panel(panel, cast)
            front += self._label(panel)
        for panel, cast in zip(self.page.panels, heads, strict=True):
            for balloon in panel.balloons:
                items += self._balloon(balloon, panel, cast)
        items += front
        if self.look.margins:
            items += self._margins()
        return Drawn(tuple(items), self.cut)

    # --- panels

    def _panel(self, panel: PanelPlan, cast: Cast) -> Iterator[Item]:
        box = panel.box
        yield rectangle(box, "#ffffff")
        if panel.picture:
            yield Picture(panel.picture, box)
        elif self.look.figures and min(box.width, box.height) > 8 * self.unit:
            kind = self.book.backgrounds.get(panel.background, "")
            place = place_of(kind, panel.background, panel.description)
            yield from ground(box, place, night=is_night(panel.background, panel.description))
            yield from cast.items
        if self.look.descriptions and not panel.picture:
            yield from self._description(panel)
        if not panel.borderless:
            thick = 0.5 * self.unit if min(box.width, box.height) > 6 else 0.2 * self.unit
            yield rectangle(box, "", INK, thick * (1.3 if panel.inset else 1.0))

    def _free(self, panel: PanelPlan) -> Rect:
        """The part of a panel below the balloons at its top, where heads are not covered."""
        box = panel.box
        note = self._note_box(panel).height if self.look.descriptions and panel.description else 0.0
        bottom = box.bottom - note
        top = box.y + 0.06 * box.height
        for balloon in panel.balloons:
            middle = balloon.box.y + balloon.box.height / 2
            if balloon.kind is not BalloonKind.SFX and middle < box.y + 0.5 * box.height:
                top = max(top, min(balloon.box.bottom + 0.6, box.y + 0.55 * box.height))
        edge = 0.03 * box.width
        return Rect(box.x + edge, top, box.width - 2 * edge, max(bottom - top, 0.0))

    def _actors(self, panel: PanelPlan) -> Cast:
        if not self.look.figures or panel.picture or not panel.characters:
            return Cast([], {})
        moods: dict[str, tuple[int, BalloonKind]] = {}
        for at, balloon in enumerate(panel.balloons):
            name = who(balloon, panel)
            if name and balloon.kind in _SPOKEN:
                moods.setdefault(name, (at, balloon.kind))
        order = sorted(panel.characters, key=lambda name: moods.get(name, (len(panel.balloons),))[0])
        actors = [Actor(name, moods[name][1] if name in moods else None) for name in dict.fromkeys(order)]
        if self.page.direction is Direction.RTL:
            actors.reverse()  # who speaks first stands where one reads first
        free = self._free(panel)
        shot = shot_of(panel.description)
        return stand(actors, free, panel.box, shot, self.book.colours, self.faces)

    def _note_box(self, panel: PanelPlan) -> Rect:
        """Where the description stands: at the foot, at most a quarter of the panel and three lines."""
        box = panel.box
        lowest = max((b.box.bottom for b in panel.balloons), default=box.y)
        size = 1.75 * self.unit
        words = self.faces.measure(self.faces.printable(panel.description[:400], self.japanese))
        width = box.width - 3 * self.unit
        wanted = min(3, int(words * size / max(width, 1.0) * 1.08) + 1)
        room = min(0.26 * box.height, box.bottom - lowest - 0.35 * box.height)
        lines = min(wanted, int((room - 1.2 * self.unit) / (LEADING * size)))
        if lines < 1 or width < 14 * self.unit:
            return Rect(box.x, box.bottom, box.width, 0.0)
        height = lines * LEADING * size + 1.2 * self.unit
        return Rect(box.x, box.bottom - height, box.width, height)

    def _description(self, panel: PanelPlan) -> Iterator[Item]:
        note = self._note_box(panel)
        if not panel.description.strip() or not note.height:
            return
        yield rectangle(note, "#f6f6f4")
        yield Form(((note.x, note.y), (note.right, note.y)), "", "#c9c9cf", 0.15, closed=False)
        size = 1.75 * self.unit
        words = paragraphs(" ".join(panel.description[:600].split()), self.faces, japanese=self.japanese)
        edge = 1.5 * self.unit
        room = Rect(note.x + edge, note.y, note.width - 2 * edge, note.height)
        fitted = fit(words, room, self.faces, largest=size, smallest=size)
        yield from placed(fitted, room, self.faces, GREY, centred=False)

    def _label(self, panel: PanelPlan) -> Iterator[Item]:
        """The panel's number on the corner where one begins to read it."""
        box, size = panel.box, 2.2 * self.unit
        if not panel.label or min(box.width, box.height) < 3 * size:
            return
        words = self.faces.printable(panel.label[:12])
        width = max(self.faces.measure(words, True) * size + 0.9 * size, 1.6 * size)
        left = box.right - width - 0.4 * size if self.page.direction is Direction.RTL else box.x + 0.4 * size
        left = min(max(left, 0.6), self.page.width - width - 0.6)
        middle = max(box.y, 0.9 * size)
        x = left + width / 2
        yield Form(tuple(oval(x, middle, width / 2, 0.8 * size, 3.0, 28)), INK)
        start = x - self.faces.measure(words, True) * size / 2
        yield Words(start, middle + 0.36 * size, words, size, True, "#ffffff")

    # --- balloons

    def _balloon(self, balloon: BalloonPlan, panel: PanelPlan, cast: Cast) -> Iterator[Item]:
        text = balloon.text.strip()
        if not text or balloon.box.width < 0.5 or balloon.box.height < 0.5:
            return
        if balloon.kind is BalloonKind.SFX:
            yield from sound(balloon, self.faces, columns=self.columns and is_japanese(text))
            return
        tip = self._tip(balloon, panel, cast)
        yield from shapes_of.outlines(balloon, tip, 0.36 * self.unit)
        yield from self._words(balloon, text)

    def _tip(self, balloon: BalloonPlan, panel: PanelPlan, cast: Cast) -> Point | None:
        name = who(balloon, panel)
        return shapes_of.tail_tip(balloon, cast.heads.get(name), panel.box)

    def _words(self, balloon: BalloonPlan, text: str) -> Iterator[Item]:
        room, oval_room = shapes_of.room_for_words(balloon.kind, balloon.box)
        largest, smallest = 3.4 * self.unit, 1.1 * self.unit
        bold = balloon.kind in _BOLD
        if self.columns and is_japanese(text) and room.height > 1.2 * room.width:
            printed = self.faces.printable(text, True).replace("**", "")
            words, cut = fit_vertical(
                printed, room, self.faces, largest=largest, smallest=smallest, oval=oval_room, bold=bold
            )
            yield from words
        else:
            runs = paragraphs(text, self.faces, japanese=self.japanese, bold=bold)
            fitted = fit(runs, room, self.faces, largest=largest, smallest=smallest, oval=oval_room)
            cut = fitted.cut
            yield from placed(fitted, room, self.faces, INK, centred=balloon.kind is not BalloonKind.CAPTION)
        if cut:
            self.cut += 1

    # --- margins

    def _margins(self) -> Iterator[Item]:
        page, size = self.page, 2.0 * self.unit
        top, foot = page.format.top, page.format.bottom
        if page.direction is Direction.VERTICAL or min(top, foot) < 2.2 * size:
            return
        ends = (page.format.outer, page.width - page.format.outer)
        title = self.faces.printable(" ".join(self.book.title.split())[:80], self.japanese)
        y = 0.62 * top
        yield Words(ends[0], y, title, size, False, PALE)
        width = self.faces.measure(SKETCH) * size
        yield Words(ends[1] - width, y, SKETCH, size, False, PALE)
        yield from self._page_numbers(page.height - 0.42 * foot, 1.35 * size)
        if page.page_turn:
            yield from self._turn(page.height - 0.42 * foot, size)

    def _page_numbers(self, y: float, size: float) -> Iterator[Item]:
        numbers = self.page.numbers
        if self.page.direction is Direction.RTL:
            numbers = numbers[::-1]
        for at, number in enumerate(numbers):
            words = str(number)
            x = self.page.width * (at + 0.5) / len(numbers)
            yield Words(x - self.faces.measure(words, True) * size / 2, y, words, size, True, GREY)

    def _turn(self, y: float, size: float) -> Iterator[Item]:
        """A small arrow where the leaf is turned."""
        rtl = self.page.direction is Direction.RTL
        x = self.page.format.outer if rtl else self.page.width - self.page.format.outer
        way = -1 if rtl else 1
        tip = (x, y - 0.4 * size)
        arrow = (tip, (x - way * size, y - 0.9 * size), (x - way * size, y + 0.1 * size))
        yield Form(arrow, PALE)
        words = "turn"
        gap = 1.4 * size
        start = x + gap if rtl else x - gap - self.faces.measure(words) * size
        yield Words(start, y, words, size, False, PALE)


def who(balloon: BalloonPlan, panel: PanelPlan) -> str:
    """Who of those in the panel speaks; empty for nobody who is seen."""
    wanted = balloon.speaker.strip().casefold()
    if not wanted:
        return ""
    for name in panel.characters:
        known = name.casefold()
        if wanted == known or wanted in known.split() or known in wanted.split():
            return name
    return ""


def without_figures(look: Look) -> Look:
    """The same for those who draw over it."""
    return replace(look, figures=False)
