"""Draws a card: the title in a band, the drawing, the prompt's words and the palette below."""

from __future__ import annotations

import io
import random
from collections.abc import Iterator
from dataclasses import replace
from hashlib import sha256

from core.assembly.drawing.faces import Faces
from core.assembly.drawing.fitting import fit, paragraphs, placed
from core.assembly.drawing.raster import INCH, Painter
from core.assembly.drawing.shapes import Form, Item, Words, mixed, oval, rectangle
from core.assembly.plan import Rect
from core.providers.request import MakeRequest
from core.providers.sketch.colours import WHITE, Colours, colours_of
from core.providers.sketch.people import person
from core.providers.sketch.places import cover, place
from core.providers.sketch.props import prop
from core.providers.sketch.subject import Subject, subject_of
from core.providers.sketch.words import KINDS, SKETCH, said

SHORT = 100.0
"""Millimetres of a card's shorter side; a pixel is as much as that makes it."""
_BAND, _FOOT, _EDGE = 13.0, 15.0, 4.0
_LONGEST = 400
"""Characters of a prompt that are looked at for the words at the foot."""


class Studio:
    """Fonts and brushes, kept from card to card. For one thread at a time."""

    def __init__(self) -> None:
        self._faces = Faces()
        self._painter = Painter(self._faces)

    def draw(self, request: MakeRequest) -> bytes:
        """A PNG of exactly the size that was asked for. Takes about 0.2 s for a million pixels."""
        from PIL import PngImagePlugin

        share = SHORT / min(request.width, request.height)
        whole = Rect(0.0, 0.0, request.width * share, request.height * share)
        image = self._painter.paint(list(self.items(request, whole)), whole, INCH / share)
        told = PngImagePlugin.PngInfo()
        told.add_text("Description", "A sketch drawn by Genko; no artist and no model made it.")
        out = io.BytesIO()
        image.save(out, "PNG", pnginfo=told, compress_level=6)
        return out.getvalue()

    def items(self, request: MakeRequest, whole: Rect) -> Iterator[Item]:
        """All of a card, from the back to the front."""
        told = f"{request.seed}/{request.kind}/{request.name}/{request.prompt}"
        draw = random.Random(sha256(told.encode("utf-8", "replace")).digest())
        colours = colours_of(request.palette, draw)
        subject = subject_of(request, draw)
        title = self._faces.printable(" ".join(subject.title.split()), subject.language == "ja")
        subject = replace(subject, title=title)
        yield rectangle(whole, colours.paper)
        room = Rect(_EDGE, _BAND + _EDGE, whole.width - 2 * _EDGE, whole.height - _BAND - _FOOT - 1.5 * _EDGE)
        match subject.kind:
            case "background":
                yield from place(room, subject, colours, self._faces, draw)
            case "cover":
                yield from cover(room, subject, colours, self._faces, draw)
            case _ if subject.thing:
                yield from prop(room, subject, colours, self._faces, draw)
            case _ if subject.kind == "character":
                yield from person(room, subject, colours, self._faces, draw)
            case _:
                yield from prop(room, subject, colours, self._faces, draw)
        yield from self._band(whole, subject, colours, request)
        yield from self._foot(whole, subject, colours, request)

    def _band(self, whole: Rect, subject: Subject, colours: Colours, request: MakeRequest) -> Iterator[Item]:
        yield rectangle(Rect(0.0, 0.0, whole.width, _BAND), colours.band)
        yield rectangle(Rect(0.0, _BAND, whole.width, 0.9), colours.second)
        tag, size = SKETCH, 3.0
        width = self._faces.measure(tag, True) * size + 4.0
        left = whole.width - _EDGE - width
        yield rectangle(Rect(left, 4.0, width, 5.0), "", WHITE, 0.35)
        yield Words(left + 2.0, 7.55, tag, size, True, WHITE)
        room = Rect(_EDGE, 1.6, left - 2 * _EDGE, 6.6)
        yield from self._line(subject.title, room, 5.6, subject, WHITE, bold=True)
        parts = [said(KINDS, subject.language).get(subject.kind, ""), request.theme]
        below = Rect(_EDGE, 8.4, left - 2 * _EDGE, 3.6)
        quiet = mixed(colours.band, WHITE, 0.72)
        yield from self._line(" · ".join(filter(None, parts)), below, 2.7, subject, quiet)

    def _line(
        self, text: str, room: Rect, size: float, subject: Subject, colour: str, *, bold: bool = False
    ) -> Iterator[Item]:
        if not text.strip():
            return
        japanese = subject.language == "ja"
        runs = paragraphs(" ".join(text.split()), self._faces, japanese=japanese, bold=bold)
        fitted = fit(runs, room, self._faces, largest=size, smallest=2.0)
        yield from placed(fitted, room, self._faces, colour, centred=False)

    def _foot(self, whole: Rect, subject: Subject, colours: Colours, request: MakeRequest) -> Iterator[Item]:
        top = whole.height - _FOOT
        yield Form(((_EDGE, top), (whole.width - _EDGE, top)), "", colours.line, 0.25, closed=False)
        wide = min(9.0, 0.3 * whole.width / len(colours.shown))
        left = whole.width - _EDGE - wide * len(colours.shown)
        for at, colour in enumerate(colours.shown):
            middle = left + (at + 0.5) * wide
            radius = 0.4 * wide
            yield Form(tuple(oval(middle, top + 5.4, radius, radius, steps=40)), colour, colours.dark, 0.2)
        seed = f"{SKETCH.lower()} · {request.seed}"
        size = 2.0
        at_right = whole.width - _EDGE - self._faces.measure(seed) * size
        yield Words(at_right, whole.height - 2.4, seed, size, False, colours.dark)
        room = Rect(_EDGE, top + 1.4, max(left - 2 * _EDGE - 2.0, 20.0), _FOOT - 3.4)
        words = " ".join(request.prompt[:_LONGEST].split())
        if len(request.prompt) > _LONGEST:
            words += " ..."
        if words:
            runs = paragraphs(words, self._faces, japanese=subject.language == "ja")
            fitted = fit(runs, room, self._faces, largest=2.5, smallest=1.7)
            yield from placed(fitted, room, self._faces, colours.dark, centred=False)
