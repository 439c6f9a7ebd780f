"""Documents made to harm or to confuse: one clear sentence, bounded work, and nothing is created."""

from __future__ import annotations

import io
import re
import struct
import tracemalloc
import zipfile
from contextlib import suppress
from pathlib import Path

import pytest

from core.errors import IncomingError
from core.incoming import preview, read_bytes, read_file
from core.script.formats import Dialect
from core.script.formats.reading import markup, zipped
from core.script.formats.reading.zipped import Archive
from tests.formats.reading.word import R, docx, p, part
from tests.formats.reading.word import zipped as archive_of

PAGE = p("PAGE 1") + p("PANEL 1") + p("A door.")
MAIN = part("document", f"<w:body>{PAGE}</w:body>")
ODT = "application/vnd.oasis.opendocument.text"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def refusal(data: bytes, tmp_path: Path, name: str = "script.docx") -> str:
    """The sentence; nothing but the file itself is in its folder afterwards."""
    path = tmp_path / name
    path.write_bytes(data)
    with pytest.raises(IncomingError) as caught:
        read_file(path)
    assert sorted(tmp_path.iterdir()) == [path]
    sentence = str(caught.value)
    assert "\n" not in sentence
    assert "Nothing was changed" in sentence or "nothing was changed" in sentence
    return sentence


# --- archives


def bomb(size: int, name: str = "word/document.xml") -> bytes:
    out = io.BytesIO()
    with (
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive,
        archive.open(name, "w", force_zip64=False) as stream,
    ):
        stream.write(MAIN.encode()[:-40])
        for _ in range(size // 1_000_000):
            stream.write(b" " * 1_000_000)
    return out.getvalue()


def test_a_zip_bomb_is_not_unpacked(tmp_path: Path) -> None:
    data = bomb(100_000_000)
    assert len(data) < 200_000
    tracemalloc.start()
    try:
        assert "more than 60 MB when unpacked" in refusal(data, tmp_path)
        assert tracemalloc.get_traced_memory()[1] < 20_000_000
    finally:
        tracemalloc.stop()


def test_a_bomb_is_given_up_before_it_is_lit() -> None:
    archive = Archive(bomb(20_000_000), "bomb")
    with pytest.raises(IncomingError, match="grows more than 300-fold"):
        list(archive.chunks("word/document.xml"))
    assert archive.read_bytes == 0
    harmless = Archive(archive_of({"word/document.xml": MAIN}), "script")
    assert len(harmless.whole("word/document.xml")) == harmless.read_bytes == len(MAIN)


def test_many_members_that_are_small_enough_add_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(zipped, "MOST_TOTAL", 3 * len(MAIN))
    archive = Archive(archive_of({f"{at}": MAIN for at in range(5)}), "script")
    for at in range(3):
        archive.whole(f"{at}")
    with pytest.raises(IncomingError, match="when unpacked"):
        archive.whole("3")


def test_an_archive_may_lie_about_sizes() -> None:
    data = bytearray(bomb(50_000_000))
    at = data.rfind(b"PK\x01\x02")
    struct.pack_into("<I", data, at + 24, 1000)  # the unpacked size that the table of contents states
    archive = Archive(bytes(data), "liar")
    with pytest.raises(IncomingError, match="damaged"):
        list(archive.chunks("word/document.xml"))
    assert archive.read_bytes <= 1000


def test_an_archive_of_very_many_members_is_refused_unread(tmp_path: Path) -> None:
    many = archive_of(
        {f"word/{at}.xml": "" for at in range(zipped.MOST_MEMBERS + 1)} | {"word/document.xml": MAIN}
    )
    assert "3,002 members" in refusal(many, tmp_path)
    huge = archive_of({f"{'x' * 200}{at}": "" for at in range(5000)})
    assert "too many members" in refusal(huge, tmp_path)


def test_a_locked_document_says_that_it_needs_a_password(tmp_path: Path) -> None:
    locked = OLE + bytes(600) + "EncryptedPackage".encode("utf-16-le") + bytes(600)
    sentence = refusal(locked, tmp_path)
    assert "is protected by a password" in sentence
    assert "Save it without one" in sentence
    data = bytearray(
        archive_of({"[Content_Types].xml": "<a/>", "_rels/.rels": "<a/>", "word/document.xml": MAIN})
    )
    for sign, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        for found in re.finditer(re.escape(sign), bytes(data)):
            data[found.start() + at] |= 1
    assert "is protected by a password" in refusal(bytes(data), tmp_path)


@pytest.mark.parametrize(
    ("data", "name", "said"),
    [
        (OLE + bytes(2000), "old.doc", "an old Word document"),
        (
            archive_of({"mimetype": "application/vnd.oasis.opendocument.text"}),
            "a.odt",
            "a LibreOffice document",
        ),
        (archive_of({"Index/Document.iwa": "x"}), "a.pages", "a Pages document"),
        (
            archive_of({"xl/workbook.xml": "x", "[Content_Types].xml": "x", "_rels/.rels": "x"}),
            "a.xlsx",
            "an Excel sheet",
        ),
        (archive_of({"mimetype": "application/epub+zip"}), "a.epub", "an EPUB book"),
        (archive_of({"a.txt": "PAGE 1"}), "a.zip", "a ZIP archive"),
        (b"{\\rtf1\\ansi PAGE 1}", "a.rtf", "an RTF document"),
        (b"%PDF-1.7 rest", "a.pdf", "a PDF document"),
    ],
    ids=lambda value: value if isinstance(value, str) and "." in value else "",
)
def test_documents_of_other_kinds_are_named_with_what_to_do(
    data: bytes, name: str, said: str, tmp_path: Path
) -> None:
    sentence = refusal(data, tmp_path, name)
    assert said in sentence
    assert re.search(r"Save it as|Unpack it", sentence)


@pytest.mark.parametrize("cut", [30, 200, 0.5, 0.9, -1])
def test_a_broken_document_is_told(cut: float, tmp_path: Path) -> None:
    data = docx(PAGE * 50)
    broken = data[: int(len(data) * cut)] if isinstance(cut, float) else data[:cut]
    assert "damaged" in refusal(broken, tmp_path)


def test_a_flipped_byte_is_told_or_harmless(tmp_path: Path) -> None:
    data = docx(PAGE * 5)
    for at in range(0, len(data), 23):
        broken = bytearray(data)
        broken[at] ^= 0x41
        with suppress(IncomingError):
            read_bytes(bytes(broken), "script.docx")


# --- XML


BOMB = (
    '<?xml version="1.0"?><!DOCTYPE FinalDraft [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">'
    '<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]>'
    "<FinalDraft><Content><Paragraph><Text>&c;</Text></Paragraph></Content></FinalDraft>"
)
SECRET = (
    '<?xml version="1.0"?><!DOCTYPE FinalDraft [<!ENTITY x SYSTEM "file://{path}">]>'
    "<FinalDraft><Content><Paragraph><Text>&x;</Text></Paragraph></Content></FinalDraft>"
)


def test_entities_are_never_looked_at(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    (tmp_path / "secret").write_text("the combination is 4711")
    for text in (BOMB, SECRET.format(path=tmp_path / "secret")):
        sentence = refusal(text.encode(), folder, "script.fdx")
        assert "defines entities" in sentence
        assert "4711" not in sentence


def test_a_document_type_outside_is_not_fetched(tmp_path: Path) -> None:
    text = '<?xml version="1.0"?><!DOCTYPE FinalDraft SYSTEM "http://127.0.0.1:9/x.dtd"><FinalDraft/>'
    assert "defines entities" in refusal(text.encode(), tmp_path, "script.fdx")


def test_entities_in_a_word_document_are_refused_too(tmp_path: Path) -> None:
    evil = MAIN.replace("<w:document", '<!DOCTYPE d [<!ENTITY x "y">]><w:document', 1)
    assert "defines entities" in refusal(archive_of({"word/document.xml": evil}), tmp_path)


def test_links_to_outside_are_not_followed() -> None:
    rels = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="a" Type="{R}/comments" '
        'Target="file:///etc/passwd" TargetMode="External"/>'
        f'<Relationship Id="b" Type="{R}/styles" '
        'Target="../../../../etc/passwd"/></Relationships>'
    )
    text = read_bytes(
        archive_of({"word/document.xml": MAIN, "word/_rels/document.xml.rels": rels}), "script.docx"
    ).text
    assert text == "PAGE 1:\n\nPANEL 1:\n(A door.)\n"


def test_deep_nesting_is_given_up(tmp_path: Path) -> None:
    deep = "<w:sdt>" * 50_000 + "</w:sdt>" * 50_000
    assert "200 deep" in refusal(docx(deep), tmp_path)
    (tmp_path / "script.docx").unlink()
    film = "<FinalDraft><Content>" + "<Paragraph>" * 5000 + "</Paragraph>" * 5000 + "</Content></FinalDraft>"
    assert "200 deep" in refusal(film.encode(), tmp_path, "script.fdx")


def test_too_many_elements_are_given_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(markup, "MOST_ELEMENTS", 1000)
    assert "more than 1,000 elements" in refusal(docx(p("x") * 600), tmp_path)
    monkeypatch.setattr(markup, "MOST_ELEMENTS", 10_000)
    assert read_bytes(docx(p("word") * 600), "script.docx").text.count("word") == 600


# --- text


def test_one_line_of_five_megabytes_is_kept() -> None:
    line = "She walked and walked. " * 220_000
    incoming = read_bytes(line.encode(), "long.fountain")
    assert incoming.text == line
    assert preview(incoming).unsure_total == 1


def test_ten_thousand_pages_are_counted() -> None:
    text = "".join(f"PAGE {at}\nPANEL 1\nA door.\n" for at in range(1, 10_001))
    shown = preview(read_bytes(text.encode()))
    assert shown.sentence == "10,000 pages, 10,000 panels, 0 balloons, 0 speakers"


def test_a_large_screenplay_is_kept_instead_of_converted() -> None:
    scene = "INT. ROOM - DAY\n\nNORA\nHello.\n\nCUT TO:\n\n"
    text = scene * 120_000
    incoming = read_bytes(text.encode(), "long.fountain")
    assert incoming.text == text
    assert incoming.notes == ("It has more than 3 million characters, so the text was kept as it is.",)


@pytest.mark.parametrize(
    "text",
    [
        "PAGE 1\nPAGE 2\nPAGE 3\n",
        "No heading at all.\nJust words.\n",
        "PAGE 1 :\n\nPANEL 1 :\n(وصف المشهد)\nليلى : أين كنت؟\n",
        "PAGE 1\nPANEL 1\nE\u0301LODIE : C\u0327a alors !\n",
        "PA\u200bGE 1\nPANEL\u200d 1\nMA\ufeffRA: So.\n",
        "PAGE 1\n[1]\n- 1.1\nCase 2\n## P3\n# Something {{serial page}}\n.Panel\n",
        "\u202ePAGE 1\u202c\nPANEL 1\n",
        "",
        "\n\n\n",
        "[[\n/*\n-->",
    ],
)
def test_odd_texts_are_kept_or_converted_without_loss(text: str) -> None:
    assert read_bytes(text.encode(), "odd.txt").text == text
    for dialect in Dialect:
        incoming = read_bytes(text.encode(), "odd.txt", dialect=dialect, canonical=True)
        kept = re.findall(r"\w{3,}", incoming.text.casefold())
        assert [
            word
            for word in re.findall(r"\w{3,}", text.casefold())
            if word not in kept and word not in ("page", "panel", "case", "serial")
        ] == []
        preview(incoming)
