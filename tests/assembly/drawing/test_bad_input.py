"""Whatever is asked for or goes wrong: a clear sentence, and nothing half done."""

from __future__ import annotations

import resource
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from core.assembly.drawing import DrawingFormat, DrawingStoppedError, Options, pages_of, size_of, write_book
from core.assembly.plan import Direction, Rect
from core.errors import GenkoError, UsageError
from tests.assembly.drawing.books import book, full_page, page, panel

SMALL = Options(dpi=40)


def left_in(folder: Path) -> list[str]:
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*"))


@pytest.mark.parametrize("dpi", [0, -5, 35, 1201, 10**9])
def test_a_resolution_that_makes_no_sense_is_refused_with_its_limits(dpi: int) -> None:
    with pytest.raises(UsageError, match="36 to 1,200"):
        Options(dpi=dpi)


def test_pictures_too_large_are_refused_and_nothing_is_left(tmp_path: Path) -> None:
    poster = Options(dpi=1200, trim=(900.0, 900.0))
    for form in (DrawingFormat.CBZ, DrawingFormat.PNG):
        with pytest.raises(UsageError, match="megapixels") as refused:
            write_book(book(), tmp_path / "a", form, poster)
        assert "dpi or less" in refused.value.todo
    assert left_in(tmp_path) == []
    one = replace(book(), pages=book().pages[:1])
    write_book(one, tmp_path / "a.pdf", DrawingFormat.STORYBOARD, poster)


@pytest.mark.parametrize("words", ["b7", "10x10", "1e9x2", "182", "nanxnan", "0x0", "-1x5", "5000x5000"])
def test_paper_that_does_not_exist_is_refused(words: str) -> None:
    with pytest.raises(UsageError):
        Options(trim=size_of(words))


@pytest.mark.parametrize("words", ["a", "4-1", "1-", "1..3", "9999999", "-", "1;2"])
def test_ranges_that_make_no_sense_are_refused(words: str) -> None:
    with pytest.raises(UsageError):
        pages_of(words)
    assert pages_of("1-4, 7") == ((1, 4), (7, 7))


def test_pages_that_are_not_there_are_said(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no page 7-9"):
        write_book(book(), tmp_path / "a.cbz", DrawingFormat.CBZ, Options(pages=((7, 9),)))
    empty = book(full_page())
    with pytest.raises(UsageError, match="no pages"):
        write_book(
            type(empty)("t", "", "en", Direction.LTR, ()), tmp_path / "a.pdf", DrawingFormat.STORYBOARD
        )
    assert left_in(tmp_path) == []


def test_five_thousand_panels_on_a_page_are_drawn_and_said(tmp_path: Path) -> None:
    boxes = [Rect(14 + (at % 70) * 2.2, 12 + (at // 70) * 3.2, 2.0, 3.0) for at in range(5000)]
    crowded = page(1, *(panel(str(at), box, who=("Mara",), says="x") for at, box in enumerate(boxes)))
    out = write_book(book(crowded), tmp_path / "a.cbz", DrawingFormat.CBZ, SMALL)
    assert "5,000" in " ".join(out.warnings)


@pytest.mark.parametrize(
    "form",
    [
        DrawingFormat.STORYBOARD,
        DrawingFormat.PNG,
        pytest.param(DrawingFormat.CBZ, marks=pytest.mark.soak),
        pytest.param(DrawingFormat.SVG, marks=pytest.mark.soak),
    ],
)
def test_stopping_half_way_leaves_nothing(tmp_path: Path, form: DrawingFormat) -> None:
    many = book(*(full_page(number) for number in range(1, 4)))
    heard: list[float] = []
    with pytest.raises(DrawingStoppedError):
        write_book(many, tmp_path / "a", form, SMALL, progress=heard.append, cancelled=lambda: len(heard) > 1)
    assert 0 < max(heard) < 1
    assert left_in(tmp_path) == []
    write_book(many, tmp_path / "a", form, SMALL, progress=heard.append)
    assert heard[-1] == 1.0
    assert left_in(tmp_path)


@contextmanager
def largest_file(size: int) -> Iterator[None]:
    """The system refuses to make a file any larger, as a full disk does."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


@pytest.mark.parametrize("form", list(DrawingFormat))
def test_a_disk_that_takes_no_more_is_said_and_the_old_file_stays(
    tmp_path: Path, form: DrawingFormat
) -> None:
    target = tmp_path / "a"
    if form.ending:
        target.write_text("older")
    with largest_file(5000), pytest.raises(GenkoError, match="can't be written"):
        write_book(book(), target, form, SMALL, replace=True)
    assert left_in(tmp_path) == (["a"] if form.ending else [])
    assert not form.ending or target.read_text() == "older"


def test_nothing_is_replaced_unless_one_says_so(tmp_path: Path) -> None:
    target = tmp_path / "a.cbz"
    target.write_text("mine")
    folder = tmp_path / "pages"
    folder.mkdir()
    (folder / "notes.txt").write_text("mine")
    for where, form in (
        (target, DrawingFormat.CBZ),
        (folder, DrawingFormat.PNG),
        (folder, DrawingFormat.CBZ),
    ):
        with pytest.raises(UsageError):
            write_book(book(), where, form, SMALL)
    assert target.read_text() == "mine"
    write_book(book(), target, DrawingFormat.CBZ, SMALL, replace=True)
    assert target.read_bytes().startswith(b"PK")
    write_book(book(), folder, DrawingFormat.PNG, SMALL, replace=True)
    assert left_in(folder) == ["001_p001.png", "notes.txt"]
    assert (folder / "notes.txt").read_text() == "mine"


def test_more_pages_than_one_are_no_single_picture(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="one file"):
        write_book(book(full_page(1), full_page(2)), tmp_path / "a.png", DrawingFormat.PNG, SMALL)
    assert left_in(tmp_path) == []


def test_a_folder_that_is_not_there_is_said(tmp_path: Path) -> None:
    for form in DrawingFormat:
        with pytest.raises(GenkoError, match="can't be written"):
            write_book(book(), tmp_path / "no" / "a", form, SMALL)
    assert left_in(tmp_path) == []


def test_pictures_that_are_missing_leave_a_crossed_field_and_are_counted(tmp_path: Path) -> None:
    lost = page(1, *(panel(str(at), Rect(14, 12 + at * 60, 150, 55), picture="ab" * 32) for at in range(3)))
    for form in (DrawingFormat.STORYBOARD, DrawingFormat.CBZ):
        out = write_book(book(lost), tmp_path / f"x{form}", form, SMALL, pictures=lambda sha, w, h: None)
        assert "1 picture is missing" in " ".join(out.warnings)
    assert write_book(book(), tmp_path / "y", DrawingFormat.CBZ, SMALL).warnings == ()
