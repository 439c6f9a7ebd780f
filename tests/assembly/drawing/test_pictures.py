"""Pictures in panels: filled from the media store's own thumbnails; a broken one harms nobody."""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree

import pypdf
from PIL import Image

from core.assembly.drawing import DrawingFormat, Options, write_book
from core.assembly.plan import Rect
from core.media import MediaStore
from core.workspace.storyboards import picture_finder
from tests.assembly.drawing.books import book, page, panel

BOX = Rect(20, 20, 100, 50)


def test_a_picture_fills_its_panel_in_every_format_and_a_broken_one_is_counted(tmp_path: Path) -> None:
    source = tmp_path / "red.png"
    wide = Image.new("RGB", (900, 100), "#ff0000")
    wide.paste("#0000ff", (0, 0, 300, 100))  # what does not fit the panel is cut off on both sides
    wide.paste("#0000ff", (600, 0, 900, 100))
    wide.save(source)
    media = MediaStore(tmp_path / "media", tmp_path / "thumbnails")
    picture = media.add(source)
    shown = book(page(1, panel("1", BOX, picture=picture.sha)))
    finder = picture_finder(media)
    for form in DrawingFormat:
        target = tmp_path / f"x{form.ending or form}"
        assert write_book(shown, target, form, Options(dpi=50), pictures=finder).warnings == ()
    with Image.open(tmp_path / "xpng" / "001_p001.png") as image:
        dots = 50 / 25.4
        for across in (0.05, 0.5, 0.95):
            x, y = (BOX.x + across * BOX.width) * dots, (BOX.y + 0.6 * BOX.height) * dots
            red, _, blue = image.convert("RGB").getpixel((round(x), round(y)))  # type: ignore[misc]
            assert (red > 200, blue < 60) == (True, True)
    drawing = ElementTree.parse(tmp_path / "xsvg" / "001_p001.svg")
    found = [one for one in drawing.iter() if one.tag.endswith("image")]
    assert [one.get("href", "")[:22] for one in found] == ["data:image/png;base64,"]
    assert len(pypdf.PdfReader(tmp_path / "x.pdf").pages[0].images) == 1

    kept = media.path(picture.sha)
    assert kept is not None
    kept.write_bytes(kept.read_bytes()[:60])
    fresh = picture_finder(MediaStore(tmp_path / "media", tmp_path / "other"))
    broken = write_book(shown, tmp_path / "y.png", DrawingFormat.PNG, Options(dpi=50), pictures=fresh)
    assert "1 picture is missing or can't be read" in broken.warnings[0]
