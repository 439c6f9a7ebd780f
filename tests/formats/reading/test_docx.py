"""A Word document comes in whole: what Word shows is in the script, wherever Word keeps it."""

from __future__ import annotations

import io

import docx as python_docx
import pytest
from docx.enum.style import WD_STYLE_TYPE

from core.incoming import Incoming, preview, read_bytes
from core.script import parse
from core.script.formats import Dialect
from core.script.formats.writing import write_script
from core.script.formats.writing.about import About, ScriptFormat
from tests.formats.reading.word import docx, p


def come_in(data: bytes) -> Incoming:
    incoming = read_bytes(data, "script.docx")
    assert incoming.dialect is Dialect.DOCX
    return incoming


def lines(data: bytes) -> list[str]:
    return [line for line in come_in(data).text.split("\n") if line]


def saved(document: object) -> bytes:
    out = io.BytesIO()
    document.save(out)  # type: ignore[attr-defined]
    return out.getvalue()


PAGE = p("PAGE 1") + p("Panel 1")


def test_a_script_of_plain_paragraphs_is_understood() -> None:
    document = python_docx.Document()
    for text in (
        "PAGE ONE (2 panels)",
        "Panel 1",
        "A bridge in fog.",
        "MARA",
        "Somebody burned the far end.",
        "TOM (off)",
        "Somebody always does.",
        "Panel 2",
        "CAP: They walked.",
        "SFX: CRACK",
    ):
        document.add_paragraph(text)
    assert lines(saved(document)) == [
        "PAGE 1 (2 panels):",
        "PANEL 1:",
        "(A bridge in fog.)",
        "MARA: Somebody burned the far end.",
        "TOM (off): Somebody always does.",
        "PANEL 2:",
        "CAPTION: They walked.",
        "SFX: CRACK",
    ]


def test_heading_styles_are_headings_and_a_comment_is_a_note_on_its_panel() -> None:
    document = python_docx.Document()
    document.add_heading("The Bridge", 0)
    document.add_heading("Page 1", 1)
    document.add_heading("Panel 1", 2)
    where = document.add_paragraph("A bridge in fog.")
    document.add_comment(where.runs, text="Could it be a\nlighthouse?", author="Iris", initials="I")
    document.add_heading("Panel 2", 2)
    speaker = document.add_paragraph("MARA")
    document.add_comment(speaker.runs, text="Louder.", author="Iris", initials="I")
    document.add_paragraph("Hello?")
    assert lines(saved(document)) == [
        "Title: The Bridge",
        "PAGE 1:",
        "PANEL 1:",
        "(A bridge in fog.)",
        "[[Iris: Could it be a",
        "lighthouse?]]",
        "PANEL 2:",
        "MARA: Hello?",
        "[[Iris: Louder.]]",
    ]


def test_a_table_of_pictures_and_words_is_read_row_by_row() -> None:
    document = python_docx.Document()
    document.add_paragraph("PLANCHE 1")
    table = document.add_table(rows=2, cols=3)
    for row, cells in enumerate(
        (
            ("1", "Un pont dans le brouillard.", "MARA : Quelqu'un a brûlé l'autre bout."),
            ("2", "Elle avance.", "RÉCITATIF : Elle marcha longtemps dans la nuit."),
        )
    ):
        for column, text in enumerate(cells):
            table.cell(row, column).text = text
    document.add_paragraph("C'est la fin de la planche.")
    incoming = come_in(saved(document))
    assert incoming.language == "fr"
    assert [line for line in incoming.text.split("\n") if line] == [
        "PLANCHE 1 :",
        "PANEL 1 :",
        "(Un pont dans le brouillard.)",
        "MARA : Quelqu'un a brûlé l'autre bout.",
        "PANEL 2 :",
        "(Elle avance.)",
        "RÉCITATIF : Elle marcha longtemps dans la nuit.",
        "(C'est la fin de la planche.)",
    ]


@pytest.mark.parametrize(
    "inside",
    [
        '<w:ins w:id="1" w:author="I"><w:r><w:t>hidden words</w:t></w:r></w:ins>',
        '<w:moveTo w:id="1" w:author="I"><w:r><w:t>hidden words</w:t></w:r></w:moveTo>',
        '<w:hyperlink r:id="rId9"><w:r><w:t>hidden words</w:t></w:r></w:hyperlink>',
        "<w:sdt><w:sdtPr/><w:sdtContent><w:r><w:t>hidden words</w:t></w:r></w:sdtContent></w:sdt>",
        "<w:smartTag><w:r><w:t>hidden words</w:t></w:r></w:smartTag>",
        "<w:fldSimple><w:r><w:t>hidden words</w:t></w:r></w:fldSimple>",
        '<w:r><w:fldChar w:fldCharType="begin"/><w:instrText>REF x</w:instrText>'
        '<w:fldChar w:fldCharType="separate"/><w:t>hidden words</w:t><w:fldChar w:fldCharType="end"/></w:r>',
        "<w:r><mc:AlternateContent><mc:Choice><w:drawing><wps:txbx><w:txbxContent><w:p><w:r>"
        "<w:t>hidden words</w:t></w:r></w:p></w:txbxContent></wps:txbx></w:drawing></mc:Choice>"
        "<mc:Fallback><w:pict><v:textbox><w:txbxContent><w:p><w:r><w:t>hidden words</w:t></w:r></w:p>"
        "</w:txbxContent></v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>",
        "<w:r><w:pict><v:textbox><w:txbxContent><w:p><w:r><w:t>hidden words</w:t></w:r></w:p>"
        "</w:txbxContent></v:textbox></w:pict></w:r>",
        "<w:r><w:t>hid</w:t></w:r><w:proofErr/><w:r><w:t>den</w:t><w:t> words</w:t></w:r>",
    ],
    ids=["ins", "moved", "link", "control", "tag", "field", "complex", "box", "old box", "split"],
)
def test_words_are_found_wherever_word_keeps_them_and_only_once(inside: str) -> None:
    text = come_in(docx(PAGE + p("A door. ", inside) + p("The end of it."))).text
    assert text.count("hidden words") == 1
    assert "The end of it." in text


def test_what_was_deleted_with_changes_tracked_is_left_out_and_told() -> None:
    gone = '<w:del w:id="1"><w:r><w:delText>two words</w:delText></w:r></w:del>'
    incoming = come_in(docx(PAGE + p("A door.", gone)))
    assert "two words" not in incoming.text
    assert incoming.notes == ("2 words that were deleted with changes tracked were left out.",)


def test_automatic_numbers_are_written_out() -> None:
    def level(at: int, shape: str, text: str) -> str:
        return (
            f'<w:lvl w:ilvl="{at}"><w:start w:val="1"/><w:numFmt w:val="{shape}"/>'
            f'<w:lvlText w:val="{text}"/></w:lvl>'
        )

    numbering = (
        f'<w:abstractNum w:abstractNumId="0">{level(0, "decimal", "PAGE %1")}'
        f"{level(1, 'upperRoman', 'PANEL %2.')}</w:abstractNum>"
        '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    )

    def item(at: int, text: str) -> str:
        numbered = f'<w:pPr><w:numPr><w:ilvl w:val="{at}"/><w:numId w:val="1"/></w:numPr></w:pPr>'
        return f"<w:p>{numbered}<w:r><w:t>{text}</w:t></w:r></w:p>"

    body = item(0, "") + item(1, "A door.") + item(1, "Opens.") + item(0, "") + item(1, "Shut.")
    assert lines(docx(body, numbering=numbering)) == [
        "PAGE 1:",
        "PANEL 1: A door.",
        "PANEL 2: Opens.",
        "PAGE 2:",
        "PANEL 1: Shut.",
    ]


def test_capitals_by_format_tabs_breaks_and_footnotes() -> None:
    caps = "<w:r><w:rPr><w:caps/></w:rPr><w:t>Mara</w:t></w:r>"
    foot = '<w:r><w:footnoteReference w:id="2"/></w:r>'
    notes = f'<w:footnote w:id="2">{p("An old saying.")}</w:footnote>'
    body = PAGE + p("", caps) + p("First", "<w:r><w:br/><w:t>second</w:t></w:r>" + foot) + p("Away.")
    found = lines(docx(body, footnotes=notes))
    assert "MARA:" in found
    assert found[found.index("MARA:") + 1 : found.index("MARA:") + 3] == ["First", "second"]
    assert "[[An old saying.]]" in found


def test_emphasis_of_a_part_is_kept() -> None:
    bold = "<w:r><w:rPr><w:b/></w:rPr><w:t>never</w:t></w:r><w:r><w:t> comes.</w:t></w:r>"
    assert "MARA: He **never** comes." in lines(docx(PAGE + p("MARA: He ", bold)))


def test_a_comment_that_hangs_on_nothing_is_kept() -> None:
    comments = f'<w:comment w:id="7" w:author="Iris">{p("Where is this?")}</w:comment>'
    assert "[[Iris: Where is this?]]" in lines(docx(PAGE + p("A door."), comments=comments))


def test_styles_named_after_speakers_say_who_speaks() -> None:
    document = python_docx.Document()
    document.styles.add_style("Character", WD_STYLE_TYPE.PARAGRAPH)
    document.styles.add_style("Dialogue", WD_STYLE_TYPE.PARAGRAPH)
    document.add_paragraph("Page 1")
    document.add_paragraph("Panel 1")
    document.add_paragraph("Old Mara", style="Character")
    document.add_paragraph("I remember this door.", style="Dialogue")
    document.add_paragraph("She does not.")
    assert lines(saved(document))[2:] == ["OLD MARA: I remember this door.", "(She does not.)"]


OURS = """\
Title: The Bridge
Author: Nobody

CHAPTER 1: Fog

PAGE 1: 2 panels

PANEL 1:
(A bridge in fog. It **never** ends.)
MARA (off): Somebody burned the far end.
CAPTION: They walked.
[[Keep it wide.]]

PANEL 2:
SFX: CRACK
TOM (whisper) (cont.): So *quiet*.
SIGN: NO SWIMMING

PAGES 2-3:

PANEL 1:
MARA:
One line.
And another.

LETTERER: small
"""


@pytest.mark.parametrize("format", [ScriptFormat.DOCX, ScriptFormat.FDX, ScriptFormat.FOUNTAIN])
def test_what_we_wrote_comes_back_with_everything_counted(format: ScriptFormat) -> None:
    data = write_script(parse(OURS), format, About(title="The Bridge", author="Nobody", language="en"))
    back = read_bytes(data, f"bridge.{format.value}", language="en")
    one, two = parse(OURS).statistics(), parse(back.text).statistics()
    for field in ("pages", "panels", "dialogues", "captions", "sfx", "notes", "chapters", "lettered_words"):
        assert (field, getattr(one, field)) == (field, getattr(two, field)), back.text
    assert preview(back).unsure_total == 0
    assert back.title == "The Bridge"


def test_another_reading_of_a_document_can_be_chosen() -> None:
    data = docx(PAGE + p("MARA: Somebody burned it."))
    plain = read_bytes(data, "script.docx", dialect=Dialect.PLAIN)
    assert (plain.dialect, plain.exact) == (Dialect.PLAIN, False)
    assert plain.text == "PAGE 1\n\nPanel 1\n\nMARA: Somebody burned it."
    assert Dialect.PLAIN in [dialect for dialect, _ in plain.candidates]


def test_headers_and_footers_are_notes_where_they_say_something_new() -> None:
    document = python_docx.Document()
    document.add_paragraph("PAGE 1")
    document.add_paragraph("A bridge in fog.")
    section = document.sections[0]
    section.header.paragraphs[0].text = "Confidential draft"
    section.footer.paragraphs[0].text = "a bridge 1"
    assert lines(saved(document)) == ["[[Confidential draft]]", "PAGE 1:", "(A bridge in fog.)"]
