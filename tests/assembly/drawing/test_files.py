"""Files of drawn pages, read by programs that are not ours."""

from __future__ import annotations

import zipfile
from importlib.resources import files
from pathlib import Path
from xml.etree import ElementTree

import pypdf
import pytest
from darkseid.comic import Comic  # type: ignore[import-untyped]
from PIL import Image
from xmlschema import XMLSchema10, XMLSchemaValidationError

from core.assembly.drawing import DrawingFormat, Options, write_book
from core.assembly.plan import Book, Direction, Rect
from tests.assembly.drawing.books import book, full_page, page, panel

SMALL = Options(dpi=40)
SVG = "{http://www.w3.org/2000/svg}"


def spread(first: int, direction: Direction = Direction.LTR) -> Book:
    """A page, a spread, a page."""
    wide = page(first, panel("1", Rect(10, 10, 340, 200)), numbers=(first, first + 1), direction=direction)
    return book(full_page(1, direction), wide, full_page(first + 2, direction), direction=direction)


def schema() -> XMLSchema10:
    return XMLSchema10(str(files("darkseid") / "schemas" / "ComicInfo" / "v2" / "ComicInfo.xsd"))


def info_of(path: Path) -> str:
    with zipfile.ZipFile(path) as archive:
        return archive.read("ComicInfo.xml").decode()


def test_an_independent_reader_opens_the_archive_and_its_metadata_are_valid(tmp_path: Path) -> None:
    made = spread(2, Direction.RTL)
    out = write_book(made, tmp_path / "a.cbz", DrawingFormat.CBZ, SMALL)
    comic = Comic(tmp_path / "a.cbz")
    assert comic.is_valid_comic()
    assert comic.get_number_of_pages() == out.pages == 3
    names = comic.get_page_name_list()
    assert names == sorted(names) == ["001_p001.png", "002_p002-003.png", "003_p004.png"]
    text = info_of(tmp_path / "a.cbz")
    schema().validate(text)
    root = ElementTree.fromstring(text)
    facts = {one.tag: one.text for one in root}
    assert facts["Title"] == "Low Water"
    assert facts["Writer"] == "Ida Lund"
    assert facts["Manga"] == "YesAndRightToLeft"
    assert facts["LanguageISO"] == "en"
    assert facts["PageCount"] == "3"
    assert facts["Characters"] == "Mara, Tom"
    assert "sketch" in (facts["Notes"] or "")
    pages = list(root.iter("Page"))
    assert [one.get("DoublePage") for one in pages] == ["false", "true", "false"]
    with zipfile.ZipFile(tmp_path / "a.cbz") as archive:
        for at, one in enumerate(pages):
            assert one.get("ImageSize") == str(archive.getinfo(names[at]).file_size)
            with Image.open(archive.open(names[at])) as image:
                assert (one.get("ImageWidth"), one.get("ImageHeight")) == tuple(map(str, image.size))


def test_the_schema_would_refuse_other_metadata(tmp_path: Path) -> None:
    write_book(book(), tmp_path / "a.cbz", DrawingFormat.CBZ, SMALL)
    text = info_of(tmp_path / "a.cbz")
    schema().validate(text)
    with pytest.raises(XMLSchemaValidationError):
        schema().validate(text.replace(">No</Manga>", ">Left</Manga>"))


def test_left_to_right_is_not_said_to_be_manga(tmp_path: Path) -> None:
    write_book(book(), tmp_path / "a.cbz", DrawingFormat.CBZ, SMALL)
    assert "<Manga>No</Manga>" in info_of(tmp_path / "a.cbz")


def test_hostile_titles_and_names_stay_data(tmp_path: Path) -> None:
    odd = book(full_page(), title="a/b\x00<&>\u2028]]>", author="\ud800 & <b>", summary="\x0b")
    for form in DrawingFormat:
        write_book(odd, tmp_path / f"x{form.ending or form}", form, SMALL)
    schema().validate(info_of(tmp_path / "x.cbz"))
    assert "a/b\ufffd<&>" in (ElementTree.fromstring(info_of(tmp_path / "x.cbz")).findtext("Title") or "")
    drawing = (tmp_path / "xsvg" / "001_p001.svg").read_text()
    assert ElementTree.fromstring(drawing).tag == f"{SVG}svg"
    assert len(pypdf.PdfReader(tmp_path / "x.pdf").pages) == 1


@pytest.mark.parametrize("form", [DrawingFormat.STORYBOARD, DrawingFormat.CBZ])
def test_the_same_book_gives_the_same_bytes(tmp_path: Path, form: DrawingFormat) -> None:
    for name in ("a", "b"):
        write_book(book(), tmp_path / name, form, SMALL)
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()
    write_book(book(title="Other"), tmp_path / "c", form, SMALL)
    assert (tmp_path / "a").read_bytes() != (tmp_path / "c").read_bytes()


def points(box: pypdf.generic.RectangleObject) -> list[float]:
    return [round(float(side) / 72 * 25.4, 1) for side in box]


def test_a_storyboard_has_its_boxes_labels_and_words(tmp_path: Path) -> None:
    options = Options(crop_marks=True, bleed=5.0)
    write_book(spread(2, Direction.RTL), tmp_path / "a.pdf", DrawingFormat.STORYBOARD, options)
    reader = pypdf.PdfReader(tmp_path / "a.pdf", strict=True)
    assert reader.page_labels == ["1", "2–3", "4"]
    one = reader.pages[0]
    assert points(one.mediabox) == [0.0, 0.0, 206.0, 281.0]
    assert points(one.bleedbox) == [7.0, 7.0, 199.0, 274.0]
    assert points(one.trimbox) == [12.0, 12.0, 194.0, 269.0]
    words = " ".join(one.extract_text().split())
    assert "Words of a speech" in words
    assert "Words of a whisper" in words
    assert reader.metadata is not None
    assert reader.metadata.title == "Low Water"
    assert "sketches" in (reader.metadata.subject or "")
    assert reader.root_object["/ViewerPreferences"]["/Direction"] == "/R2L"  # type: ignore[index]


def test_a_page_without_bleed_has_none(tmp_path: Path) -> None:
    write_book(book(), tmp_path / "a.pdf", DrawingFormat.STORYBOARD, Options(bleed=0.0))
    one = pypdf.PdfReader(tmp_path / "a.pdf").pages[0]
    assert points(one.mediabox) == points(one.trimbox) == [0.0, 0.0, 182.0, 257.0]


def test_pictures_have_the_size_that_paper_bleed_and_dots_make(tmp_path: Path) -> None:
    options = Options(dpi=127, trim=(100.0, 150.0), bleed=5.0)
    write_book(book(), tmp_path / "p.png", DrawingFormat.PNG, options)
    with Image.open(tmp_path / "p.png") as image:
        assert image.size == (550, 800)
        assert round(image.info["dpi"][0]) == 127
        assert "sketch" in image.info["Description"]


def test_spreads_are_split_in_the_order_of_reading(tmp_path: Path) -> None:
    options = Options(dpi=40, split_spreads=True)
    for direction in (Direction.LTR, Direction.RTL):
        target = tmp_path / direction
        write_book(spread(2, direction), target, DrawingFormat.PNG, options)
        names = sorted(path.name for path in target.iterdir())
        assert names == ["001_p001.png", "002_p002.png", "003_p003.png", "004_p004.png"]


def test_only_the_pages_that_are_asked_for_and_they_keep_their_names(tmp_path: Path) -> None:
    options = Options(dpi=40, pages=((3, 3),))
    write_book(spread(2), tmp_path / "some", DrawingFormat.SVG, options)
    assert [path.name for path in (tmp_path / "some").iterdir()] == ["002_p002-003.svg"]


def test_a_strip_is_cut_between_its_panels(tmp_path: Path) -> None:
    boxes = [Rect(10, 10 + 130 * at, 160, 110) for at in range(14)]
    strip = page(
        1,
        *(panel(str(at), box) for at, box in enumerate(boxes, 1)),
        direction=Direction.VERTICAL,
        height=boxes[-1].bottom + 10,
    )
    tall = book(strip, direction=Direction.VERTICAL)
    out = write_book(tall, tmp_path / "s.cbz", DrawingFormat.CBZ, SMALL)
    assert out.pages > 3
    from core.assembly.drawing.sheets import strip_parts

    parts = list(strip_parts(strip))
    assert sum(part.height for part in parts) == pytest.approx(strip.height)
    assert not [box for box in boxes for part in parts if box.y < part.bottom < box.bottom]


def test_a_panel_taller_than_any_picture_is_cut_all_the_same() -> None:
    from core.assembly.drawing.sheets import strip_parts

    strip = page(1, panel("1", Rect(0, 0, 182, 9000)), direction=Direction.VERTICAL, height=9000)
    parts = list(strip_parts(strip))
    assert len(parts) > 10
    assert max(part.height for part in parts) <= 500
