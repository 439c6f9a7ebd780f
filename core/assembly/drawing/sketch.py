"""A page as a storyboard sketch: panels, figures that stand for characters, balloons with their words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from core.assembly.drawing import balloons as shapes_of
from core.assembly.drawing.acting import acting_of, over_shoulder
from core.assembly.drawing.body import Role
from core.assembly.drawing.faces import Faces
from core.assembly.drawing.figures import HEADS, MOST, Cast, Person, people, stand
from core.assembly.drawing.fitting import LEADING, fit, paragraphs, placed
from core.assembly.drawing.framing import Shot, is_silhouette, setting_of, shot_of
from core.assembly.drawing.ground import detail, ground
from core.assembly.drawing.lettered import LARGEST, LONGEST, Lettering
from core.assembly.drawing.margins import GREY, margins
from core.assembly.drawing.room import grown, room_for_figures
from core.assembly.drawing.shapes import Form, Item, Picture, Words, oval, rectangle
from core.assembly.drawing.sounds import sound
from core.assembly.drawing.titles import KEY as TITLE
from core.assembly.drawing.titles import title_items
from core.assembly.lettering import stands_upright
from core.assembly.plan import BalloonKind, BalloonPlan, Book, Direction, PagePlan, PanelPlan, Rect

INK = "#1c1c22"
_SPOKEN = frozenset({BalloonKind.SPEECH, BalloonKind.THOUGHT, BalloonKind.SHOUT, BalloonKind.WHISPER})
_LOOSE = frozenset({BalloonKind.SFX, BalloonKind.SIGN})


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
_LONGEST_SOUND = 120
"""Characters of a sound effect that are looked at."""
_NO_LETTER = re.compile(r"[^\w]+")


def draw_items(
    page: PagePlan,
    book: Book,
    faces: Faces,
    look: Look = PLAIN,
    cast: Mapping[str, Person] | None = None,
) -> Drawn:
    """Everything on a page, in millimetres from the upper left corner of the trimmed page.

    `cast` is the book's `people`, where many pages are drawn.
    """
    if page.key == TITLE:
        return Drawn(tuple(title_items(page, book, faces, unit_of(page))))
    return _Sketcher(page, book, faces, look, people(book) if cast is None else cast).drawn()


def unit_of(page: PagePlan) -> float:
    """Type and lines follow the size of the paper: 1 for B5."""
    return max(0.35, min(3.0, page.format.width / 182.0))


class _Sketcher:
    """Draws one page."""

    def __init__(
        self, page: PagePlan, book: Book, faces: Faces, look: Look, cast: Mapping[str, Person]
    ) -> None:
        self.page, self.book, self.faces, self.look, self.people = page, book, faces, look, cast
        self.unit = unit_of(page)
        self.japanese = book.language == "ja"
        self.cut = 0
        self.lettering = Lettering(faces, page.direction, japanese=self.japanese)
        self.size = LARGEST
        """Of the lettering on this page: that which nearly all balloons have room for."""

    def drawn(self) -> Drawn:
        items: list[Item] = []
        front: list[Item] = []
        heads: list[Cast] = []
        panels = self.page.panels
        self.size = self.lettering.common_size(panels)
        for panel in panels:
            cast = self._actors(panel)
            heads.append(cast)
            items += self._panel(panel, cast)
            front += self._label(panel)
        for panel, cast in zip(panels, heads, strict=True):
            for balloon in panel.balloons:
                items += self._balloon(balloon, panel, cast)
        items += front
        if self.look.margins:
            items += margins(self.page, self.book, self.faces, self.unit)
        return Drawn(tuple(items), self.cut)

    def _seen(self, panel: PanelPlan) -> Rect:
        """What is left of a panel after cutting."""
        box = panel.box
        x, y = max(box.x, 0.0), max(box.y, 0.0)
        right, bottom = min(box.right, self.page.width), min(box.bottom, self.page.height)
        return Rect(x, y, max(right - x, 0.0), max(bottom - y, 0.0)) if panel.bleeds else box

    # --- panels

    def _panel(self, panel: PanelPlan, cast: Cast) -> Iterator[Item]:
        box = panel.box
        yield rectangle(box, "#ffffff")
        if panel.picture:
            yield Picture(panel.picture, box)
        elif self.look.figures and min(box.width, box.height) > 8 * self.unit:
            kind = self.book.backgrounds.get(panel.background, "")
            setting = setting_of(kind, panel.background, panel.description)
            if setting.near and not cast.heads:
                yield from detail(box, night=setting.night)
            else:
                yield from ground(box, setting)
            yield from cast.items
        yield from self._description(panel)
        if not panel.borderless:
            thick = 0.5 * self.unit if min(box.width, box.height) > 6 else 0.2 * self.unit
            yield rectangle(box, "", INK, thick * (1.3 if panel.inset else 1.0))

    def _actors(self, panel: PanelPlan) -> Cast:
        names = self._present(panel)
        if not self.look.figures or panel.picture or not names:
            return Cast([], {})
        moods: dict[str, tuple[float, BalloonKind]] = {}
        for balloon in panel.balloons:
            name = who(balloon, names)
            if name and balloon.kind in _SPOKEN:
                moods.setdefault(name, (balloon.box.x + balloon.box.width / 2, balloon.kind))
        silent = panel.box.x if self.page.direction is Direction.RTL else panel.box.right
        # Everybody below their first balloon, so that tails don't cross.
        order = sorted(dict.fromkeys(names), key=lambda name: moods.get(name, (silent,))[0])
        # What is said of somebody whom we don't see is not played by who is there.
        alone = len(order) == 1 and set(self._named(panel)) <= {order[0]}
        dark = is_silhouette(panel.description)
        actors = []
        for name in order:
            known, mood = self.people.get(name, Person()), moods[name][1] if name in moods else None
            acting = acting_of(name, panel.description, alone=alone)
            actors.append(Role(name, mood, known.colour, known.traits, acting, dark))
        over = _listener(actors) if len(actors) > 1 and over_shoulder(panel.description) else -1
        shot = shot_of(panel.description)
        if len(actors) > 3 and shot is Shot.MEDIUM:
            shot = Shot.WIDE
        note = self._note(panel)[0].height
        loose = [one.box for one in panel.balloons if one.kind in _LOOSE]
        taken = [one.box for one in panel.balloons if one.kind not in _LOOSE]
        count = min(len(actors) - (over >= 0), MOST)
        seen = self._seen(panel)
        floor = room_for_figures(seen, seen.bottom - note, taken, loose, count, HEADS[shot])
        return stand(actors, floor, panel.box, shot, self.faces, over=over)

    def _present(self, panel: PanelPlan) -> tuple[str, ...]:
        """Who is in the picture; where that is not known, those of the book whom the description names."""
        if panel.characters:
            return panel.characters
        return self._named(panel)

    def _named(self, panel: PanelPlan) -> tuple[str, ...]:
        """Those of the book whom the description names."""
        words = f" {_NO_LETTER.sub(' ', panel.description[:600].casefold())} "
        return tuple(
            name
            for name in self.people
            if f" {name.casefold()} " in words or (not name.isascii() and name in panel.description)
        )

    def _note(self, panel: PanelPlan) -> tuple[Rect, float]:
        """Where the description stands, at the foot, and the size of its type; no height where it can't.

        In a panel without figures it has more room: there it is all that tells what is to be seen.
        """
        box = self._seen(panel)
        words = _description(panel, 600)
        empty = Rect(box.x, box.bottom, box.width, 0.0)
        if not words or not self.look.descriptions or panel.picture:
            return empty, 0.0
        alone = not self._present(panel)
        size, most, share = (2.1, 5, 0.45) if alone else (1.75, 3, 0.26)
        size *= self.unit
        edge = 1.5 * self.unit
        width = box.width - 2 * edge
        if width < 12 * self.unit:
            return empty, 0.0
        long = self.faces.measure(self.faces.printable(words, self.japanese)) * size
        for lines in range(min(most, int(long * 1.08 / width) + 1), 0, -1):
            height = lines * LEADING * size + 1.2 * self.unit
            room = Rect(box.x, box.bottom - height, box.width, height)
            if height <= share * box.height and not any(room.overlaps(b.box) for b in panel.balloons):
                return room, size
        return empty, 0.0

    def _description(self, panel: PanelPlan) -> Iterator[Item]:
        note, size = self._note(panel)
        if not note.height:
            return
        yield rectangle(note, "#f6f6f4")
        yield Form(((note.x, note.y), (note.right, note.y)), "", "#c9c9cf", 0.15, closed=False)
        words = paragraphs(_description(panel, 600), self.faces, japanese=self.japanese)
        edge = 1.5 * self.unit
        room = Rect(note.x + edge, note.y, note.width - 2 * edge, note.height)
        fitted = fit(words, room, self.faces, largest=size, smallest=size)
        yield from placed(fitted, room, self.faces, GREY, centred=False)

    def _label(self, panel: PanelPlan) -> Iterator[Item]:
        """The panel's number on the corner where one begins to read it."""
        box, size = self._seen(panel), 2.2 * self.unit
        if not panel.label or min(box.width, box.height) < 3 * size:
            return
        words = self.faces.printable(panel.label[:12]).strip()
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
        is_sound = balloon.kind is BalloonKind.SFX
        text = (balloon.text if is_sound else balloon.marked or balloon.text).strip()
        most = _LONGEST_SOUND if is_sound else LONGEST
        if len(text) > most:  # no balloon holds a chapter
            text = f"{text[:most]}..."
            self.cut += 1
        if not text or balloon.box.width < 0.5 or balloon.box.height < 0.5:
            return
        if is_sound:
            box = balloon.box if balloon.placed else self._sound_box(balloon, panel, cast)
            upright = stands_upright(text, self.page.direction)
            yield from sound(text, box, self.faces, columns=upright)
            return
        head = cast.heads.get(who(balloon, tuple(cast.heads)))
        tip = shapes_of.tail_tip(balloon, head, panel.box, panel.balloons)
        yield from shapes_of.outlines(balloon, tip, 0.36 * self.unit)
        yield from self._words(balloon, text)

    def _sound_box(self, balloon: BalloonPlan, panel: PanelPlan, cast: Cast) -> Rect:
        heads = cast.heads.values()
        others = [one.box for one in panel.balloons if one is not balloon] + list(heads)
        bodies = [
            Rect(one.x - 0.5 * one.width, one.bottom, 2 * one.width, max(panel.box.bottom - one.bottom, 0.0))
            for one in heads
        ]
        seen = self._seen(panel)
        note = self._note(panel)[0].height
        return grown(balloon.box, Rect(seen.x, seen.y, seen.width, seen.height - note), others, bodies)

    def _words(self, balloon: BalloonPlan, text: str) -> Iterator[Item]:
        words, _, cut = self.lettering.put(balloon, text, self.size)
        yield from words
        if cut:
            self.cut += 1


def _listener(roles: Sequence[Role]) -> int:
    """Who stands with the back to us: the first who is silent, else the first."""
    return next((at for at, role in enumerate(roles) if role.mood is None), 0)


def who(balloon: BalloonPlan, names: Sequence[str]) -> str:
    """Who of those in the panel speaks; empty for nobody who is seen."""
    return next((name for name in balloon.voices if name in names), "")


def _description(panel: PanelPlan, most: int) -> str:
    """On one line, without brackets around all of it."""
    words = " ".join(panel.description[:most].split())
    inner = words[1:-1]
    if words[:1] in "(（" and words[-1:] in ")）" and not set(inner) & set("()（）"):
        return inner
    return words
