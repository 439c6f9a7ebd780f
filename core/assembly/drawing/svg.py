"""A page as SVG: letters are outlines, so that it looks the same everywhere; nothing runs or is fetched."""

from __future__ import annotations

import base64
from collections.abc import Callable, Iterator, Sequence

from core.assembly.drawing.faces import Face, Faces
from core.assembly.drawing.margins import SKETCH
from core.assembly.drawing.shapes import Form, Item, Picture, Words
from core.assembly.drawing.sheets import Sheet
from core.assembly.plan import Book
from core.xmltext import attribute, text

PictureData = Callable[[Picture], bytes | None]
"""The PNG that fills a picture's box; None for none."""


def svg_sheet(
    items: Sequence[Item], sheet: Sheet, book: Book, faces: Faces, picture: PictureData | None = None
) -> Iterator[str]:
    """The drawing of one sheet, in pieces."""
    full, scale = sheet.full, sheet.scale
    view = " ".join(_number(value) for value in (full.x, full.y, full.width, full.height))
    yield '<?xml version="1.0" encoding="UTF-8"?>\n'
    yield (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{_number(full.width * scale)}mm" '
        f'height="{_number(full.height * scale)}mm" viewBox="{view}" '
        f"xml:lang={attribute(book.language or 'en')}>\n"
    )
    yield f"<title>{text(book.title)}, {text(sheet.label)} ({SKETCH})</title>\n"
    yield f"<desc>{text(spoken(sheet))}</desc>\n"
    glyphs = _Glyphs(faces)
    drawn = [_item(item, glyphs, picture) for item in items]
    yield f"<defs>{''.join(glyphs.defined)}</defs>\n"
    yield f'<rect x="{_number(full.x)}" y="{_number(full.y)}" width="{_number(full.width)}" '
    yield f'height="{_number(full.height)}" fill="#ffffff"/>\n'
    yield from drawn
    yield "</svg>\n"


def spoken(sheet: Sheet) -> str:
    """What stands on a sheet in words: balloons in their order, with who speaks."""
    lines = [f"{SKETCH}, made with Genko"]
    for panel in sheet.page.panels:
        if panel.description:
            lines.append(f"[{panel.label}] {panel.description}")
        lines += [f"{b.speaker}: {b.text}" if b.speaker else b.text for b in panel.balloons]
    return "\n".join(lines)


def _number(value: float) -> str:
    return f"{value:.3f}".rstrip("0").rstrip(".") or "0"


class _Glyphs:
    """Letters that occur, each defined once."""

    def __init__(self, faces: Faces) -> None:
        self.faces = faces
        self.defined: list[str] = []
        self._known: dict[tuple[str, str], str] = {}

    def name(self, face: Face, char: str) -> str:
        key = (face.key, char)
        if key not in self._known:
            self._known[key] = f"g{len(self._known)}"
            path = "".join(
                operator + " ".join(_number(number) for number in numbers)
                for operator, numbers in face.outline(char)
            )
            self.defined.append(f'<path id="{self._known[key]}" d="{path}"/>')
        return self._known[key]


def _item(item: Item, glyphs: _Glyphs, picture: PictureData | None) -> str:
    if isinstance(item, Form):
        return _form(item)
    if isinstance(item, Words):
        return _words(item, glyphs)
    box = item.box
    place = (
        f'x="{_number(box.x)}" y="{_number(box.y)}" width="{_number(box.width)}" '
        f'height="{_number(box.height)}"'
    )
    data = picture(item) if picture else None
    if data is None:
        return f'<rect {place} fill="#eceff3"/>\n'
    source = base64.b64encode(data).decode()
    return f'<image {place} preserveAspectRatio="none" href="data:image/png;base64,{source}"/>\n'


def _form(form: Form) -> str:
    points = " ".join(f"{_number(x)},{_number(y)}" for x, y in form.points)
    kind = "polygon" if form.closed else "polyline"
    fill = form.fill or "none"
    line = (
        f' stroke="{form.line}" stroke-width="{_number(form.width)}" stroke-linejoin="round"'
        if form.line
        else ""
    )
    gaps = f' stroke-dasharray="{_number(form.dash)}"' if form.dash else ""
    return f'<{kind} points="{points}" fill="{fill}"{line}{gaps}/>\n'


def _words(words: Words, glyphs: _Glyphs) -> str:
    size = words.size / 1000
    turn = f" rotate({_number(words.angle)})" if words.angle else ""
    place = f"translate({_number(words.x)} {_number(words.y)}){turn} scale({size:.6f} {-size:.6f})"
    used = []
    x = 0.0
    for char in words.text:
        face = glyphs.faces.face(char, words.bold)
        if not char.isspace():
            used.append(f'<use href="#{glyphs.name(face, char)}" x="{_number(round(x, 1))}"/>')
        x += glyphs.faces.measure(char, words.bold) * 1000
    letters = "".join(used)
    halo = ""
    if words.halo:
        edge = _number(2 * words.halo / size)
        halo = (
            f'<g stroke="#ffffff" fill="#ffffff" stroke-width="{edge}" stroke-linejoin="round">{letters}</g>'
        )
    return f'<g transform="{place}">{halo}<g fill="{words.colour}">{letters}</g></g>\n'
