"""A comic of our own goes from its script to files: by the command line, by another process, in the app."""

from __future__ import annotations

import os
import signal
import sys
import threading
import zipfile
from importlib.resources import files
from pathlib import Path
from xml.etree import ElementTree

import pypdf
import pytest
from darkseid.comic import Comic, MetadataFormat  # type: ignore[import-untyped]
from xmlschema import XMLSchema10

from core.assembly.drawing import DrawingFormat, DrawingStoppedError, title_page
from core.assembly.drawing.faces import Faces
from core.assembly.drawing.shapes import Words
from core.assembly.drawing.sketch import draw_items
from core.errors import GenkoError, UsageError
from core.story import ProjectStore
from core.workspace.storyboards import DrawingWishes, book_of, draw_elsewhere
from tests.cli.conftest import Genko, genko, home, shelf

__all__ = ["genko", "home", "shelf"]

COMIC = Path(__file__).parents[3] / "examples" / "weather-office"


def store_of(name: str, language: str = "en", direction: str = "ltr") -> ProjectStore:
    """A script of the comic as a project in memory."""
    store = ProjectStore.create(title="The Weather Office", language=language, direction=direction)
    store.replace_text((COMIC / name).read_text(encoding="utf-8"))
    return store


def facts_of(path: Path) -> dict[str, str]:
    """What the archive says of itself, checked against the schema."""
    with zipfile.ZipFile(path) as archive:
        text = archive.read("ComicInfo.xml").decode()
    XMLSchema10(str(files("darkseid") / "schemas" / "ComicInfo" / "v2" / "ComicInfo.xsd")).validate(text)
    return {one.tag: one.text or "" for one in ElementTree.fromstring(text)}


def test_the_comic_has_what_it_promises() -> None:
    made = book_of(store_of("weather-office.txt"), DrawingWishes(title_page=False))
    assert [page.numbers for page in made.pages] == [(1,), (2,), (3,), (4, 5), (6,), (7,), (8,)]
    assert [page.page_turn for page in made.pages] == [True, False, True, True, False, True, False]
    kinds = {b.kind for page in made.pages for one in page.panels for b in one.balloons}
    assert {"speech", "thought", "shout", "whisper", "caption", "sfx", "sign"} <= kinds
    assert len(made.pages[-1].panels) == 1
    assert made.author == "the makers of Genko"
    assert made.summary.startswith("At three in the morning")


def test_a_script_with_a_title_has_it_on_a_sheet_before_its_pages() -> None:
    store = store_of("weather-office.txt")
    for form, there in (("storyboard", True), ("cbz", True), ("png", False)):
        book = book_of(store, DrawingWishes(form=form))
        assert (book.pages[0].numbers == (0,)) is there
    assert len(book_of(store_of("page-2.fr.txt"), DrawingWishes()).pages) == 1
    shown = draw_items(title_page(book), book, Faces()).items
    words = " ".join(item.text for item in shown if isinstance(item, Words))
    for wanted in ("The Weather Office", "the makers of Genko", "storyboard sketches, 8 pages"):
        assert wanted in words


def test_by_the_command_line_from_script_to_an_archive_that_others_read(genko: Genko, tmp_path: Path) -> None:
    assert genko("import", COMIC / "weather-office.txt").status == 0
    target = tmp_path / "weather.cbz"
    told = genko(
        "export", "The Weather Office", "--format", "cbz", "--output", target, "--dpi", "40", "--json"
    )
    assert (told.status, told.err) == (0, "")
    answer = told.json()
    assert (answer["pages"], answer["bytes"], answer["warnings"]) == (8, target.stat().st_size, [])
    comic = Comic(target)
    assert comic.is_valid_comic()
    assert comic.get_number_of_pages() == 8
    assert comic.validate_metadata(MetadataFormat.COMIC_INFO).name == "COMIC_INFO_V2"
    assert [one.person for one in comic.read_metadata(MetadataFormat.COMIC_INFO).credits] == [
        "the makers of Genko"
    ]
    facts = facts_of(target)
    names = comic.get_page_name_list()
    assert (names[:2], names) == (["000_p000.png", "001_p001.png"], sorted(names))
    assert facts["Title"] == "The Weather Office"
    assert facts["Characters"].split(", ")[0].casefold() == "ro"
    assert facts["Manga"] == "No"
    again = genko("export", "The Weather Office", "--to", target)
    assert (again.status, "exists" in again.err) == (2, True)
    assert (
        genko(
            "export", "The Weather Office", "--to", target, "--force", "--pages", "3-5", "--dpi", "36"
        ).status
        == 0
    )
    assert Comic(target).get_page_name_list() == ["003_p003.png", "004_p004-005.png"]


def test_the_japanese_page_is_read_from_the_right(genko: Genko, tmp_path: Path) -> None:
    target = tmp_path / "ja.cbz"
    assert genko("export", COMIC / "page-2.ja.txt", "--to", target, "--dpi", "40").status == 0
    facts = facts_of(target)
    assert facts["Manga"] == "YesAndRightToLeft"
    assert facts["LanguageISO"] == "ja"
    assert facts["Title"] == "お天気局"
    genko("export", COMIC / "page-2.ja.txt", "--to", target, "--dpi", "40", "--force", "--direction", "ltr")
    assert facts_of(target)["Manga"] == "No"


def test_the_french_page_becomes_a_storyboard(genko: Genko, tmp_path: Path) -> None:
    target = tmp_path / "fr.pdf"
    source = COMIC / "page-2.fr.txt"
    options = ("--format", "storyboard", "--trim", "a5", "--bleed", "0", "--output", target)
    assert genko("export", source, *options).status == 0
    page = pypdf.PdfReader(target).pages[0]
    assert [round(float(side) * 25.4 / 72) for side in page.mediabox] == [0, 0, 148, 210]
    assert "Motif de la" in " ".join(page.extract_text().split())


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--format", "cbz"), "standard output"),
        (("--format", "cbz", "--to", "x.cbz", "--dpi", "99999"), "36 to 1,200"),
        (("--format", "png", "--to", "x", "--pages", "99"), "no page 99"),
        (("--format", "svg", "--to", "x", "--trim", "huge"), "no size"),
        (("--format", "txt", "--dpi", "72"), "for drawings"),
        (("--format", "cbz", "--to", "x.cbz", "--since", "last"), "lettering"),
    ],
)
def test_what_can_not_be_drawn_is_said(
    genko: Genko, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, options: tuple[str, ...], said: str
) -> None:
    monkeypatch.chdir(tmp_path)
    ended = genko("export", COMIC / "page-2.fr.txt", *options)
    assert (ended.status, ended.out) == (2, "")
    assert said in ended.err
    assert [path.name for path in tmp_path.iterdir() if path.name != "home"] == []


class Elsewhere:
    """The comic drawn by another process into a folder."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.heard = folder, list[float]()
        self.stop = threading.Event()
        self.store = store_of("weather-office.txt")

    def draw(self, wishes: DrawingWishes, name: str = "a.cbz", stop_at: float = 2.0) -> int:
        def progress(done: float) -> None:
            self.heard.append(done)
            if done >= stop_at:
                self.stop.set()

        made = draw_elsewhere(
            self.store.project_id,
            [self.store.snapshot()],
            self.folder / "media",
            self.folder / "thumbnails",
            self.folder / name,
            wishes,
            progress=progress,
            cancelled=self.stop,
        )
        return made.pages

    def left(self) -> list[str]:
        return sorted(path.name for path in self.folder.iterdir())


def test_another_process_draws_the_same_and_says_how_far_it_is(tmp_path: Path) -> None:
    other = Elsewhere(tmp_path)
    assert other.draw(DrawingWishes(form="cbz", dpi=40)) == 8
    assert other.heard == sorted(other.heard)
    assert other.heard[-1] == 1.0
    assert len(other.heard) >= 7
    assert Comic(tmp_path / "a.cbz").get_number_of_pages() == 8
    with pytest.raises(UsageError, match="exists"):
        other.draw(DrawingWishes(form="cbz", dpi=40))
    with pytest.raises(UsageError, match="no page 70"):
        other.draw(DrawingWishes(form="cbz", dpi=40, pages="70"), "b.cbz")
    assert other.left() == ["a.cbz"]


@pytest.mark.soak
def test_another_process_says_that_a_folder_is_not_there(tmp_path: Path) -> None:
    other = Elsewhere(tmp_path)
    with pytest.raises(GenkoError, match="can't be written"):
        other.draw(DrawingWishes(form="cbz", dpi=40), "no/b.cbz")
    assert other.left() == []


@pytest.mark.soak  # the dialog's own test stops one, too
@pytest.mark.parametrize("form", [DrawingFormat.CBZ, DrawingFormat.PNG])
def test_another_process_that_is_stopped_takes_its_half_written_file_away(
    tmp_path: Path, form: DrawingFormat
) -> None:
    other = Elsewhere(tmp_path)
    with pytest.raises(DrawingStoppedError):
        other.draw(DrawingWishes(form=form, dpi=300), f"a{form.ending}", stop_at=0.1)
    assert max(other.heard) < 1
    assert other.left() == []


def test_a_process_that_dies_is_no_success(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from core.workspace import storyboards

    dying = f"import os, sys; sys.stdin.buffer.read(); os.kill(os.getpid(), {signal.SIGKILL.value})"
    monkeypatch.setattr(storyboards, "command_of", lambda module: [sys.executable, "-c", dying])
    with pytest.raises(GenkoError, match="ended early"):
        Elsewhere(tmp_path).draw(DrawingWishes(form="cbz", dpi=40))
    assert os.listdir(tmp_path) == []
