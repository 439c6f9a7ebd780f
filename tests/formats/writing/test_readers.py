"""What goes out is read back by programs that are not ours, in three languages."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from html.parser import HTMLParser
from xml.etree import ElementTree

import docx
import pypdf
import pytest
from screenplain.parsers import fountain as screenplain  # type: ignore[import-untyped]
from screenplain.types import Action, Dialog, Section, Slug  # type: ignore[import-untyped]

from core.script import LineKind, parse
from core.script.formats.canonical import canonical
from core.script.formats.writing import About, ScriptFormat, WritingStoppedError, write_script
from core.script.formats.writing.glyphs import DOTS, with_dots
from core.script.formats.writing.paper import usual_paper
from core.script.manuscript import manuscript
from tests.formats.writing.scripts import SCRIPTS
from tests.formats.writing.surviving import html_text, pdf_text

LANGUAGES = sorted(SCRIPTS)
SPOKEN = {"en": "Who's there?", "fr": "Qui est là ?", "ja": "「だれ？」"}
CUES = {"en": "MARA (off):", "fr": "MAËL (off) :", "ja": "マラ（画面外）："}
TITLES = {"en": "The Lamp", "fr": "La Lampe", "ja": "ランプ"}


def written(language: str, form: ScriptFormat, text: str | None = None, **about: bool) -> bytes:
    return write_script(parse(text or SCRIPTS[language]), form, About(language=language, **about))  # type: ignore[arg-type]


def words(language: str) -> list[str]:
    """Everything that is said, shown or told, without emphasis."""
    lines = [
        line
        for element in manuscript(parse(SCRIPTS[language])).everything()
        for line in element.text.split("\n")
    ]
    return [line.strip("()（）").replace("**", "") for line in lines]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_fixtures_hold_every_kind_of_line_and_are_canonical(language: str) -> None:
    script = parse(SCRIPTS[language])
    kinds = {script.kind(row) for row in range(len(script.lines))}
    assert kinds == set(LineKind) - {LineKind.RULE, LineKind.MODIFIER}
    assert canonical(manuscript(script), language) == SCRIPTS[language]


@pytest.mark.parametrize("language", LANGUAGES)
def test_word_shows_headings_speech_and_comments(language: str) -> None:
    data = written(language, ScriptFormat.DOCX)
    document = docx.Document(io.BytesIO(data))
    styles = {paragraph.text: paragraph.style.name for paragraph in document.paragraphs if paragraph.style}
    assert styles[TITLES[language]] == "Title"
    headings = [p.text for p in document.paragraphs if p.style and p.style.name == "Heading 2"]
    assert len(headings) == 3
    spoken = next(text for text in styles if text.startswith(CUES[language]))
    assert styles[spoken] == "Dialogue"
    assert spoken.endswith(SPOKEN[language])
    comments = [comment.text for comment in document.comments]
    assert len(comments) == len(
        [e for e in manuscript(parse(SCRIPTS[language])).everything() if e.kind is LineKind.NOTE]
    )
    assert any("\n" in comment for comment in comments)
    bold = [run.text for paragraph in document.paragraphs for run in paragraph.runs if run.bold]
    assert bold == [{"en": "you", "fr": "tu", "ja": "人"}[language]]
    body = " ".join(p.text for p in document.paragraphs).replace("\n", " ")
    assert not [line for line in words(language) if line not in body and not any(line in c for c in comments)]


def test_a_comment_hangs_on_the_panel_that_its_note_follows() -> None:
    text = "PAGE 1\nPANEL 1\nMARA: one\n[[first]]\nPANEL 2\n[[second]]\nMARA: two\n"
    document = docx.Document(io.BytesIO(written("en", ScriptFormat.DOCX, text)))
    marked = [p.text for p in document.paragraphs if "commentRangeStart" in p._p.xml]
    assert marked == ["MARA: one", "PANEL 2"]


def test_word_names_japanese_fonts_and_holds_nothing_from_elsewhere() -> None:
    with zipfile.ZipFile(io.BytesIO(written("ja", ScriptFormat.DOCX))) as archive:
        assert archive.testzip() is None
        for name in archive.namelist():
            ElementTree.fromstring(archive.read(name))
            assert b"TargetMode" not in archive.read(name)
        styles = archive.read("word/styles.xml").decode()
    assert 'w:eastAsia="Yu Gothic"' in styles
    assert '<w:lang w:val="ja-JP"' in styles


@pytest.mark.parametrize("language", ["fr", "ja"])
def test_the_pdf_holds_every_word_in_embedded_fonts(language: str) -> None:
    data = written(language, ScriptFormat.PDF)
    text = re.sub(r"\s", "", pdf_text(data))
    assert not [line for line in words(language) if re.sub(r"\s", "", line) not in text]
    reader = pypdf.PdfReader(io.BytesIO(data))
    assert reader.metadata is not None
    assert reader.metadata.title == TITLES[language]
    fonts = [font.get_object() for page in reader.pages for font in page["/Resources"]["/Font"].values()]  # type: ignore[index]
    for font in fonts:
        descriptor = font["/DescendantFonts"][0].get_object()["/FontDescriptor"].get_object()
        assert "/FontFile2" in descriptor
        assert len(descriptor["/FontFile2"].get_object().get_data()) < 300_000  # a subset of 1.7 MB
    assert language == "fr" or data == written(language, ScriptFormat.PDF)


def test_the_pdf_gives_each_comic_page_a_sheet_when_asked() -> None:
    sheets = [
        len(
            pypdf.PdfReader(
                io.BytesIO(written("en", ScriptFormat.PDF, title_page=title, page_per_page=each))
            ).pages
        )
        for title, each in ((True, True), (False, False))
    ]
    assert sheets == [5, 1]


def test_paper_is_what_was_asked_for_or_what_the_country_prints_on() -> None:
    for paper, width in (("a4", 595), ("letter", 612)):
        word = write_script(parse("PAGE 1\nMARA: hi\n"), ScriptFormat.DOCX, About(paper=paper))
        section = docx.Document(io.BytesIO(word)).sections[0]
        assert section.page_width is not None
        assert round(section.page_width.pt) == width
    assert usual_paper({"LANG": "en_US.UTF-8"}) == "letter"
    assert usual_paper({"LANG": "en_US.UTF-8", "LC_PAPER": "fr_FR"}) == "a4"
    assert usual_paper({"LC_ALL": "C"}) == usual_paper({}) == "a4"


def test_an_ellipsis_among_latin_letters_is_another_one_than_the_japanese() -> None:
    assert with_dots(["so… ", "no", " …well"], False) == [f"so{DOTS} ", "no", f" {DOTS}well"]
    assert with_dots(["またか……", "…OK"], True) == ["またか……", "…OK"]
    assert with_dots(["…"], False) == [DOTS]
    assert with_dots(["…"], True) == ["…"]


def test_no_heading_stands_alone_at_the_foot_of_a_sheet() -> None:
    part = "CHAPTER {0}: C\n\nPAGE {0}\n\nPANEL 1\nMARA: so… yes\n\nPANEL 2\n(x)\n\n"
    text = "".join(part.format(number) for number in range(1, 20))
    reader = pypdf.PdfReader(io.BytesIO(write_script(parse(text), ScriptFormat.PDF, About(paper="letter"))))
    assert len(reader.pages) > 4
    for sheet in reader.pages:
        words = [line for line in sheet.extract_text().split("\n") if line.strip() and not line.isdigit()]
        assert words[-1] == "x" or words[-1].endswith("MARA: so… yes"), words
    assert (round(reader.pages[0].mediabox.width), round(reader.pages[0].mediabox.height)) == (612, 792)
    contents = reader.pages[0].get_contents()
    assert contents is not None
    assert b" Ts " in contents.get_data()  # the ellipsis is lowered, and read as one all the same


def test_what_the_pdf_cannot_print_is_seen_and_told() -> None:
    told: list[str] = []
    script = parse("PAGE 1\nMARA: hi \U0001f600 ش ok\n")
    data = write_script(script, ScriptFormat.PDF, About(), notice=told.append)
    assert "hi 〓 〓 ok" in pdf_text(data)
    assert len(told) == 1
    assert "U+1F600" in told[0]
    assert "U+0634" in told[0]
    quiet: list[str] = []
    write_script(parse("PAGE 1\nMARA: héhé 彼 ♥\n"), ScriptFormat.PDF, About(), notice=quiet.append)
    assert quiet == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_web_page_is_well_formed_says_everything_and_brings_nothing_along(language: str) -> None:
    page = written(language, ScriptFormat.HTML).decode()
    opened: list[str] = []

    class Strict(HTMLParser):
        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            assert not {"src", "href", "onclick"} & {name for name, _ in attrs}
            if tag not in ("meta", "br"):
                opened.append(tag)

        def handle_endtag(self, tag: str) -> None:
            assert opened.pop() == tag

    Strict().feed(page)
    assert opened == []
    assert f'<html lang="{language}">' in page
    text = html_text(page)
    assert text.count({"en": "INT. ", "fr": "INT. ", "ja": "〇"}[language]) == 1
    assert not [line for line in words(language) if line not in text]


def test_nobodys_words_become_markup() -> None:
    text = 'Title: <script>alert("1")</script> & co\n\nPAGE 1\nMARA: </p><img src=x> & "quotes"\n'
    text += "[[</w:p> & <b>]]\n"
    page = written("en", ScriptFormat.HTML, text).decode()
    assert "<script>" not in page
    assert "<img" not in page
    root = ElementTree.fromstring(written("en", ScriptFormat.FDX, text))
    assert '</p><img src=x> & "quotes"' in "".join(root.itertext())
    assert (
        docx.Document(io.BytesIO(written("en", ScriptFormat.DOCX, text))).paragraphs[0].text.endswith("& co")
    )


def test_control_characters_are_replaced_and_told() -> None:
    told: list[str] = []
    for form in (ScriptFormat.FDX, ScriptFormat.DOCX, ScriptFormat.HTML):
        data = write_script(parse("PAGE 1\nMARA: bell\x07 rings\n"), form, About(), notice=told.append)
        if form is ScriptFormat.FDX:
            assert "bell\ufffd rings" in "".join(ElementTree.fromstring(data).itertext())
    assert len(told) == 3


@pytest.mark.parametrize("language", LANGUAGES)
def test_final_draft_gets_its_own_paragraph_types(language: str) -> None:
    root = ElementTree.fromstring(written(language, ScriptFormat.FDX))
    paragraphs = root.findall("Content/Paragraph")
    types = [paragraph.get("Type") for paragraph in paragraphs]
    assert types.count("Scene Heading") == 5  # three pages, two places
    assert types.count("Shot") == 4
    assert types.count("New Act") == 1
    assert types.count("Character") == types.count("Dialogue") == 8
    assert types.count("Parenthetical") == 3
    dialogue = [
        "".join(t.text or "" for t in p.findall("Text")) for p in paragraphs if p.get("Type") == "Dialogue"
    ]
    assert dialogue[0] == SPOKEN[language]
    assert root.findall("Content/Paragraph/ScriptNote")
    assert root.find("TitlePage/Content/Paragraph/Text") is not None
    bold = [text.text for text in root.iter("Text") if text.get("Style") == "Bold"]
    assert bold == [{"en": "you", "fr": "tu", "ja": "人"}[language]]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_fountain_program_sees_pages_panels_and_speech(language: str) -> None:
    play = screenplain.parse(io.StringIO(written(language, ScriptFormat.FOUNTAIN).decode()))
    assert play.title_page["Title"] == [TITLES[language]]
    kinds = [type(paragraph) for paragraph in play]
    assert kinds.count(Section) == 4
    assert kinds.count(Slug) == 6
    spoken = [paragraph for paragraph in play if isinstance(paragraph, Dialog)]
    assert len(spoken) == 8
    assert str(spoken[0].blocks[0][1]) == SPOKEN[language]
    actions = "".join(str(line) for p in play if isinstance(p, Action) for line in p.lines)
    assert "MARA" not in actions


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_lettering_table_is_a_table(language: str) -> None:
    data = written(language, ScriptFormat.LETTERING_TSV).decode()
    rows = list(csv.reader(io.StringIO(data), delimiter="\t", quoting=csv.QUOTE_NONE))
    assert {len(row) for row in rows} == {4}
    assert [(row[0], row[1]) for row in rows] == [
        ("1.1", "1"), ("1.1", "2"), ("1.1", "3"), ("1.1", "4"), ("1.2", "5"), ("1.1", "A"), ("1.2", "B"),
        ("4-5.1", "1"),
    ]  # fmt: skip
    assert rows[0][3] == SPOKEN[language].strip("「」")
    assert " / " in rows[4][3]


def test_no_field_breaks_the_table_or_is_a_formula() -> None:
    text = "PAGE 1\nMARA: a\tb\n\nMARA:\n=1+1\n@SUM(A1)\n\nTOM: +33\nTOM: -- no\nTOM: …\n@=CMD: go\n"
    text += 'TOM: ＝1\nTOM: "=1"\n'
    rows = [
        line.split("\t") for line in written("en", ScriptFormat.LETTERING_TSV, text).decode().splitlines()
    ]
    assert {len(row) for row in rows} == {4}
    assert not [field for row in rows for field in row[2:] if field.startswith(("=", "+", "@", "＝", '"='))]


def test_the_story_editor_gets_words_only() -> None:
    text = "PAGE 1\nPANEL 1\nアキラ「行くぞ！」\nMARA: **Now**\n\nPAGE 2\nMARA:\none\ntwo\n"
    assert written("ja", ScriptFormat.CSP, text).decode() == "行くぞ！\n\nNow\n\n\none two\n"


@pytest.mark.parametrize("form", [form for form in ScriptFormat if form is not ScriptFormat.PDF])
def test_the_same_script_gives_the_same_bytes_and_nothing_is_no_error(form: ScriptFormat) -> None:
    assert written("fr", form) == written("fr", form)
    for text in ("", "\n\n", "PAGE 1", "[[only a note]]", "MARA:", "---"):
        written("en", form, text)


def test_a_writer_can_be_stopped() -> None:
    seen: list[float] = []

    def stop(share: float) -> None:
        seen.append(share)
        if share > 0.3:
            raise WritingStoppedError("Stopped.")

    script = parse("PAGE 1\n" + "MARA: word\n" * 2000)
    with pytest.raises(WritingStoppedError):
        write_script(script, ScriptFormat.HTML, About(), progress=stop)
    assert seen == sorted(seen)
    assert len(seen) > 2
