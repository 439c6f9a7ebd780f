"""A storyboard as PDF, written page by page, so that a long book takes no more memory than a short one.

fpdf2, which prints scripts, has no trim or bleed boxes, and keeps all pictures until it writes: 300 pages
with a JPEG of 170 kB each grew from 58 to 153 MB (without pictures by 5 MB), where this stays at 65 MB.
"""

from __future__ import annotations

import hashlib
import math
import zlib
from collections.abc import Callable, Sequence
from typing import BinaryIO

from core.assembly.drawing.embedding import embedded
from core.assembly.drawing.faces import Face, Faces
from core.assembly.drawing.margins import SKETCH
from core.assembly.drawing.raster import INCH
from core.assembly.drawing.shapes import Form, Item, Picture, Words
from core.assembly.drawing.sheets import Sheet
from core.assembly.plan import Book, Direction, Rect, Side

POINT = 72 / INCH
_MADE = "D:20000101000000Z"
"""The same pages give the same bytes: no file knows when it was made."""
_MARK, _AWAY = 5.0, 2.0
"""Length of a crop mark, and how far it is from the bleed, in millimetres."""
_PAGES, _INFO, _FIRST = 2, 3, 4
PictureFile = Callable[[Picture], tuple[bytes, int, int] | None]
"""A JPEG that fills a picture's box, its width and height in pixels; None for none."""


class PdfWriter:
    """Writes into a stream that can tell where it is."""

    def __init__(
        self, stream: BinaryIO, book: Book, faces: Faces, picture: PictureFile, *, marks: bool = False
    ) -> None:
        self._stream, self._book, self._faces = stream, book, faces
        self._picture, self._marks = picture, marks
        self._at = 0
        self._offsets: dict[int, int] = {}
        self._next = _FIRST
        self._fonts = {key: (self._number(), set[str]()) for key in ("regular", "bold")}
        self._leaves: list[int] = []
        self._labels: list[str] = []
        self._wide = False
        self._layout = ""
        self._digest = hashlib.sha256()
        self._write(b"%PDF-1.6\n%\xe2\xe3\xcf\xd3\n")

    @property
    def count(self) -> int:
        """Sheets so far."""
        return len(self._leaves)

    # --- objects

    def _number(self) -> int:
        self._next += 1
        return self._next - 1

    def _write(self, data: bytes) -> None:
        self._stream.write(data)
        self._digest.update(data)
        self._at += len(data)

    def _put(self, number: int, body: str | bytes) -> int:
        data = body.encode("latin-1") if isinstance(body, str) else body
        self._offsets[number] = self._at
        self._write(b"%d 0 obj\n" % number + data + b"\nendobj\n")
        return number

    def put_stream(self, entries: str, data: bytes, number: int = 0) -> int:
        """An object with bytes; gives its number."""
        head = f"<< {entries} /Length {len(data)} >>\nstream\n".encode("latin-1")
        return self._put(number or self._number(), head + data + b"\nendstream")

    def put(self, body: str, number: int = 0) -> int:
        """An object; gives its number."""
        return self._put(number or self._number(), body)

    # --- pages

    def page(self, sheet: Sheet, items: Sequence[Item]) -> None:
        """Draw one sheet."""
        scale = sheet.scale * POINT
        edge = (_MARK + _AWAY) / sheet.scale if self._marks else 0.0
        full = sheet.full
        media = Rect(full.x - edge, full.y - edge, full.width + 2 * edge, full.height + 2 * edge)
        pictures: dict[str, int] = {}
        drawn = [f"q {scale:.6f} 0 0 {-scale:.6f} {-media.x * scale:.4f} {media.bottom * scale:.4f} cm"]
        drawn += [f"q {_box(full)} re W n", "1 j"]
        drawn += [self._item(item, pictures) for item in items]
        drawn += ["Q", *(_crop_marks(sheet) if self._marks else []), "Q"]
        content = self.put_stream("/Filter /FlateDecode", zlib.compress("\n".join(drawn).encode("ascii"), 6))
        boxes = " ".join(
            f"/{name} [{_corners(box, media, scale)}]"
            for name, box in (("MediaBox", media), ("BleedBox", full), ("TrimBox", sheet.trim))
        )
        fonts = " ".join(f"/{key} {number} 0 R" for key, (number, _) in self._fonts.items())
        images = " ".join(f"/{name} {number} 0 R" for name, number in pictures.items())
        self._leaves.append(
            self.put(
                f"<< /Type /Page /Parent {_PAGES} 0 R {boxes} /Contents {content} 0 R "
                f"/Resources << /Font << {fonts} >> /XObject << {images} >> >> >>"
            )
        )
        self._labels.append(sheet.label)
        self._wide = self._wide or sheet.double
        self._layout = self._layout or _open_book(sheet, len(self._leaves))

    def _item(self, item: Item, pictures: dict[str, int]) -> str:
        if isinstance(item, Form):
            return _form(item)
        if isinstance(item, Words):
            return self._words(item)
        box = item.box
        found = self._picture(item)
        if found is None:
            return f"{_colour('#eceff3')} rg {_box(box)} re f"
        data, width, height = found
        entries = (
            f"/Type /XObject /Subtype /Image /Width {width} /Height {height} /ColorSpace /DeviceRGB "
            "/BitsPerComponent 8 /Filter /DCTDecode"
        )
        name = f"P{len(pictures)}"
        pictures[name] = self.put_stream(entries, data)
        place = f"{box.width:.3f} 0 0 {-box.height:.3f} {box.x:.3f} {box.bottom:.3f}"
        return f"q {place} cm /{name} Do Q"

    # --- words

    def _words(self, words: Words) -> str:
        turn = math.radians(words.angle)
        cosine, sine = math.cos(turn), math.sin(turn)
        out, x = [], 0.0
        for face, text in self._faces.runs(words.text, words.bold):
            left, base = words.x + x * cosine, words.y + x * sine
            matrix = f"{cosine:.5f} {sine:.5f} {sine:.5f} {-cosine:.5f} {left:.3f} {base:.3f}"
            if face.key in self._fonts:
                out.append(self._printed(words, face, text, matrix))
            else:
                out.append(self._traced(words, face, text, matrix))
            x += self._faces.measure(text, words.bold) * words.size
        return "\n".join(out)

    def _printed(self, words: Words, face: Face, text: str, matrix: str) -> str:
        used = self._fonts[face.key][1]
        used.update(text)
        letters = "".join(f"{face.number(char):04x}" for char in text)
        show = f"/{face.key} {words.size:.3f} Tf {matrix} Tm <{letters}> Tj"
        edge = f"BT 2 Tr {2 * words.halo:.3f} w 1 1 1 RG 1 1 1 rg {show} ET " if words.halo else ""
        return f"{edge}BT 0 Tr {_colour(words.colour)} rg {show} ET"

    def _traced(self, words: Words, face: Face, text: str, matrix: str) -> str:
        """Letters of a font that we only found here are drawn, not embedded."""
        size = words.size / 1000
        path, x = [], 0.0
        for char in text:
            for operator, numbers in face.outline(char):
                places = (f"{n + (x if at % 2 == 0 else 0):.1f}" for at, n in enumerate(numbers))
                path.append(f"{' '.join(places)} {_OPERATORS[operator]}")
            x += face.width(char) * 1000
        shape = " ".join(path)
        edge = f"{2 * words.halo / size:.1f} w 1 1 1 RG 1 1 1 rg {shape} B " if words.halo else ""
        return f"q {matrix} cm {size:.6f} 0 0 {size:.6f} 0 0 cm {edge}{_colour(words.colour)} rg {shape} f Q"

    # --- the end

    def finish(self) -> None:
        """Fonts, page tree, catalogue, table of places."""
        for key, (number, used) in self._fonts.items():
            face = self._faces.own(bold=key == "bold")
            embedded(self, face, used, number)
        leaves = " ".join(f"{number} 0 R" for number in self._leaves)
        self.put(f"<< /Type /Pages /Count {len(self._leaves)} /Kids [{leaves}] >>", _PAGES)
        title, author = _text(self._book.title), _text(self._book.author)
        self.put(
            f"<< /Title {title} /Author {author} /Subject {_text(SKETCH + 'es')} /Producer (Genko) "
            f"/CreationDate ({_MADE}) >>",
            _INFO,
        )
        self.put(self._catalogue(), 1)
        start = self._at
        table = [f"xref\n0 {self._next}\n0000000000 65535 f \n"]
        table += [f"{self._offsets[number]:010} 00000 n \n" for number in range(1, self._next)]
        ident = self._digest.hexdigest()[:32]
        self._write("".join(table).encode("ascii"))
        self._write(
            f"trailer\n<< /Size {self._next} /Root 1 0 R /Info {_INFO} 0 R /ID [<{ident}> <{ident}>] >>\n"
            f"startxref\n{start}\n%%EOF\n".encode("ascii")
        )

    def _catalogue(self) -> str:
        labels = " ".join(f"{at} << /P {_text(label)} >>" for at, label in enumerate(self._labels))
        rtl = self._book.direction is Direction.RTL
        two = not self._wide and self._book.direction is not Direction.VERTICAL
        return (
            f"<< /Type /Catalog /Pages {_PAGES} 0 R /PageLabels << /Nums [{labels}] >> "
            f"/PageLayout /{self._layout or 'SinglePage' if two else 'SinglePage'} "
            f"/ViewerPreferences << /DisplayDocTitle true /Direction /{'R2L' if rtl else 'L2R'} >> "
            f"/Lang {_text(self._book.language)} >>"
        )


def _open_book(sheet: Sheet, number: int) -> str:
    """On which side odd sheets lie, so that pages lie as in the book; empty where nothing tells."""
    if sheet.page.side not in (Side.LEFT, Side.RIGHT):
        return ""
    first = Side.LEFT if sheet.page.direction is Direction.RTL else Side.RIGHT
    return "TwoPageRight" if (sheet.page.side is first) == (number % 2 == 1) else "TwoPageLeft"


_OPERATORS = {"M": "m", "L": "l", "C": "c", "Z": "h"}


def _text(words: str) -> str:
    """A string object, in UTF-16."""
    return f"<FEFF{words.encode('utf-16-be', 'replace').hex().upper()}>"


def _colour(colour: str) -> str:
    return " ".join(f"{int(colour[at : at + 2], 16) / 255:.3f}" for at in (1, 3, 5))


def _box(box: Rect) -> str:
    return f"{box.x:.3f} {box.y:.3f} {box.width:.3f} {box.height:.3f}"


def _corners(box: Rect, media: Rect, scale: float) -> str:
    """In points from the lower left corner of the paper."""
    left, right = (box.x - media.x) * scale, (box.right - media.x) * scale
    low, high = (media.bottom - box.bottom) * scale, (media.bottom - box.y) * scale
    return f"{left:.3f} {low:.3f} {right:.3f} {high:.3f}"


def _form(form: Form) -> str:
    (x, y), *others = form.points
    path = [f"{x:.3f} {y:.3f} m", *(f"{x:.3f} {y:.3f} l" for x, y in others)]
    if form.closed:
        path.append("h")
    look = f"{_colour(form.fill)} rg " if form.fill else ""
    if form.line:
        gaps = f"[{form.dash:.3f}] 0 d" if form.dash else "[] 0 d"
        look += f"{_colour(form.line)} RG {form.width:.3f} w {gaps} "
    return look + " ".join(path) + (" B" if form.fill and form.line else " f" if form.fill else " S")


def _crop_marks(sheet: Sheet) -> list[str]:
    trim, full = sheet.trim, sheet.full
    away, end = _AWAY / sheet.scale, (_AWAY + _MARK) / sheet.scale
    out = [f"0 0 0 RG {0.1 / sheet.scale:.3f} w [] 0 d"]
    for x in (trim.x, trim.right):
        out.append(f"{x:.3f} {full.y - away:.3f} m {x:.3f} {full.y - end:.3f} l S")
        out.append(f"{x:.3f} {full.bottom + away:.3f} m {x:.3f} {full.bottom + end:.3f} l S")
    for y in (trim.y, trim.bottom):
        out.append(f"{full.x - away:.3f} {y:.3f} m {full.x - end:.3f} {y:.3f} l S")
        out.append(f"{full.right + away:.3f} {y:.3f} m {full.right + end:.3f} {y:.3f} l S")
    return out
