"""No character is drawn as nothing: what our fonts lack is found on the machine or named."""

from __future__ import annotations

from pathlib import Path

import pypdf
import pytest
from fontTools.fontBuilder import FontBuilder  # type: ignore[import-untyped]
from fontTools.pens.ttGlyphPen import TTGlyphPen  # type: ignore[import-untyped]

from core.assembly.drawing import DrawingFormat, Options, write_book
from core.assembly.drawing.faces import Faces
from core.assembly.drawing.systemfonts import font_folders
from core.assembly.plan import BalloonKind, Rect
from tests.assembly.drawing.books import balloon, book, page, panel

RUNE = "ᚠ"


@pytest.fixture
def runes(tmp_path: Path) -> Path:
    """A font with one rune."""
    pen = TTGlyphPen(None)
    pen.moveTo((0, 0))
    pen.lineTo((400, 0))
    pen.lineTo((200, 700))
    pen.closePath()
    empty = TTGlyphPen(None).glyph()
    made = FontBuilder(1000, isTTF=True)
    made.setupGlyphOrder([".notdef", "rune"])
    made.setupCharacterMap({ord(RUNE): "rune"})
    made.setupGlyf({".notdef": empty, "rune": pen.glyph()})
    made.setupHorizontalMetrics({".notdef": (500, 0), "rune": (500, 0)})
    made.setupHorizontalHeader(ascent=800, descent=-200)
    made.setupNameTable({})
    made.setupOS2()
    made.setupPost()
    path = tmp_path / "Runes.ttf"
    made.save(path)
    return path


def test_what_no_font_has_is_drawn_as_a_sign_and_named() -> None:
    faces = Faces(lambda: iter(()))
    assert faces.printable(f"a{RUNE}b{RUNE}") == "a〓b〓"
    assert faces.warnings()
    assert "U+16A0 (2×)" in faces.warnings()[0]
    assert Faces(lambda: iter(())).warnings() == []


def test_another_font_of_the_machine_helps_out_everywhere(runes: Path, tmp_path: Path) -> None:
    faces = Faces(lambda: iter([(runes, 0)]))
    assert faces.printable(RUNE) == RUNE
    assert faces.measure(RUNE) == 0.5
    words = balloon(BalloonKind.SPEECH, f"Say {RUNE} now", 1, Rect(20, 20, 60, 30), "M")
    one = book(page(1, panel("1", Rect(14, 12, 150, 100), words)))
    for form in (DrawingFormat.STORYBOARD, DrawingFormat.SVG, DrawingFormat.CBZ):
        found = Faces(lambda: iter([(runes, 0)]))
        out = write_book(one, tmp_path / f"x{form.ending or form}", form, Options(dpi=50), faces=found)
        assert out.warnings == ()
        assert found.borrowed == ("Runes.ttf",)
    assert "Say" in pypdf.PdfReader(tmp_path / "x.pdf").pages[0].extract_text()
    bare = Faces(lambda: iter(()))
    assert write_book(one, tmp_path / "y", DrawingFormat.SVG, faces=bare).warnings


def test_a_broken_font_is_as_good_as_none(tmp_path: Path) -> None:
    broken = tmp_path / "Broken.ttf"
    broken.write_bytes(b"\x00\x01\x00\x00" + bytes(range(200)))
    faces = Faces(lambda: iter([(broken, 0), (tmp_path / "gone.otf", 0)]))
    assert faces.printable(RUNE) == "〓"


def test_invisible_and_odd_signs_leave_no_box() -> None:
    faces = Faces(lambda: iter(()))
    assert faces.printable("a\u200bb\x07c\ufe0f\t!") == "abc !"
    assert faces.printable("wait… 待って…") == "wait... 待って…"
    assert faces.warnings() == []


def test_fonts_are_looked_for_where_they_are_kept() -> None:
    linux = font_folders({"HOME": "/home/x", "XDG_DATA_DIRS": "/a:/b"}, "linux")
    assert linux[:2] == [Path("/b/fonts"), Path("/a/fonts")]
    assert Path("/home/x/.local/share/fonts") in linux
    assert Path("/System/Library/Fonts") in font_folders({}, "darwin")
