"""Whatever a path leads to, the answer is the text or one clear sentence, at once."""

from __future__ import annotations

import os
import re
import socket
import time
from pathlib import Path

import pytest

from core.errors import IncomingError
from core.incoming import read_bytes, read_file, render_bytes
from tests.patience import within

FRENCH = (
    "PAGE 1 :\n\nPANEL 1 :\n(Une fenêtre éclairée, très haut ; l’été touche à sa fin.)\n"
    "INÈS : Où êtes-vous passé ?\n"
)
JAPANESE = (
    "第1話「朝」\n\nページ1\nコマ1\n（窓の外は雨。ハルが傘をさして歩いている。）\nハル「もう六時か…」\n"
)


def refusal(path: Path) -> str:
    with pytest.raises(IncomingError) as caught:
        read_file(path)
    sentence = str(caught.value)
    assert "\n" not in sentence
    assert "Traceback" not in sentence
    return sentence


def test_a_file_too_large_is_refused_without_reading_it(tmp_path: Path) -> None:
    path = tmp_path / "huge.txt"
    with path.open("wb") as stream:
        stream.truncate(200_000_000)

    def look() -> float:
        started = time.perf_counter()
        assert re.search(r"has 200 MB; a script may have at most 50 MB", refusal(path))
        return time.perf_counter() - started

    assert within(0.2, look)


def test_twenty_megabytes_of_text_are_fine(tmp_path: Path) -> None:
    path = tmp_path / "long.txt"
    path.write_text("AKIRA : un mot, deux mots, trois mots.\n" * 500_000, encoding="utf-8")
    assert len(read_file(path).text) == path.stat().st_size


def test_what_is_no_file_is_named(tmp_path: Path) -> None:
    assert "There is no file" in refusal(tmp_path / "missing.txt")
    assert "is a folder" in refusal(tmp_path)
    os.mkfifo(tmp_path / "pipe")
    assert "is a pipe" in refusal(tmp_path / "pipe")
    assert "is a device" in refusal(Path("/dev/zero"))
    assert "NUL" in refusal(Path("a\0b"))
    assert "can't be read" in refusal(tmp_path / ("x" * 300))
    (tmp_path / "loop").symlink_to(tmp_path / "loop")
    assert "can't be read" in refusal(tmp_path / "loop")
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(str(tmp_path / "socket"))
        assert "can't be read" in refusal(tmp_path / "socket")


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_that_may_not_be_read_is_named(tmp_path: Path) -> None:
    path = tmp_path / "secret.txt"
    path.touch(mode=0)
    assert "You may not read" in refusal(path)


@pytest.mark.parametrize(
    ("start", "name"),
    [
        (b"\x89PNG\r\n\x1a\n\x00\x00", "PNG"),
        (b"PK\x03\x04\x14\x00", "ZIP"),
        (b"%PDF-1.7\n", "PDF"),
        (b"{\\rtf1\\ansi", "RTF"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "old Word"),
        (b"SQLite format 3\x00", "SQLite"),
        (b"\x00\x01\x02\x03\x04\x05\x06\x07" * 40, "control characters"),
        (b"\x00\x00\x00\x18ftypmp42", "film"),
    ],
)
def test_a_binary_is_named(tmp_path: Path, start: bytes, name: str) -> None:
    path = tmp_path / "picture.txt"
    path.write_bytes(start + b" rest" * 20)
    assert name in refusal(path)


def test_an_empty_file_is_an_empty_script(tmp_path: Path) -> None:
    path = tmp_path / "Rien.txt"
    path.touch()
    incoming = read_file(path)
    assert (incoming.text, incoming.title, incoming.notes) == ("", "Rien", ())


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (FRENCH, "cp1252"),
        (FRENCH, "mac_roman"),
        (JAPANESE, "cp932"),
        (JAPANESE, "euc_jp"),
        ("РИТА: Где ты была? Уже шесть часов утра.\n", "cp1251"),
    ],
)
def test_the_encoding_is_guessed_stated_and_others_offered(text: str, encoding: str) -> None:
    incoming = read_bytes(text.encode(encoding))
    assert (incoming.text, incoming.encoding, incoming.guessed) == (text, encoding, True)
    assert incoming.confidence > 0.3
    assert encoding in incoming.notes[0]
    for other in incoming.alternatives:
        assert read_bytes(text.encode(encoding), encoding=other).encoding
    assert render_bytes(incoming.text, incoming.newline, incoming.bom, incoming.encoding) == text.encode(
        encoding
    )


def test_accents_far_into_a_long_file_are_guessed_too() -> None:
    text = "Nothing but ASCII here.\n" * 20_000 + FRENCH
    assert read_bytes(text.encode("cp1252")).text == text


def test_utf_16_without_a_mark_is_known(tmp_path: Path) -> None:
    data = FRENCH.encode("utf-16-le")
    incoming = read_bytes(data)
    assert (incoming.text, incoming.encoding, incoming.bom) == (FRENCH, "utf-16-le", False)


@pytest.mark.parametrize("encoding", ["nonsense", "rot13", "hex", "a\0b"])
def test_an_encoding_that_is_none_is_refused(encoding: str) -> None:
    with pytest.raises(IncomingError):
        read_bytes(b"abc", encoding=encoding)


def test_a_named_encoding_that_does_not_fit_says_where() -> None:
    with pytest.raises(IncomingError, match="byte 3 does not fit"):
        read_bytes(b"abc\xff", encoding="utf-8")


def test_what_can_not_be_kept_is_counted_and_said() -> None:
    text = "A line that is long enough to be taken for a text.\n" * 8
    incoming = read_bytes(text.encode() + b"a\0b\0")
    assert incoming.text == text + "a␀b␀"
    assert incoming.notes == ("2 NUL characters can't be kept; each became ␀.",)
    incoming = read_bytes(b"half \xed\xa0\x80 a pair")
    assert incoming.text == "half \ufffd a pair"
    assert "1 halves of characters" in incoming.notes[0]


def test_a_character_that_the_encoding_has_not_is_refused_with_its_line() -> None:
    with pytest.raises(IncomingError, match=r"Line 2 holds a character that cp1252 has not \(U\+1F600\)"):
        render_bytes("a\n😀", encoding="cp1252")


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ('---\ntitle: "The Well"\nissue: 2\n---\n\nPAGE 1\n', "The Well"),
        ("Titre : Le puits\nAuteur : moi\n\nPAGE 1 :\n", "Le puits"),
        ("# **The Well**\n\n## PAGE 1\n", "The Well"),
        ("LE PUITS\n\nPAGE 1 :\n", "Le puits"),
        ("タイトル：井戸\n\nページ1\n", "井戸"),
        ("CHAPITRE 1 : Sous terre\n\nPAGE 1 :\n", "stem"),
        ("PAGE 1 :\nPANEL 1 :\nTITLE: The Well\n", "stem"),
        ("MARA: Who is there?\nTOM: Me.\n", "stem"),
        ("MARA\nWho is there?\n", "stem"),
        ("Just a first line of prose.\nAnd another.\n", "stem"),
    ],
)
def test_the_title_is_the_scripts_own_else_the_stem(text: str, title: str) -> None:
    found = read_bytes(text.encode(), "stem.txt").title
    assert found.casefold() == title.casefold()


@pytest.mark.parametrize("encoding", ["cp1252", "mac_roman"])
def test_a_short_text_that_begins_words_with_accents_is_guessed(encoding: str) -> None:
    text = "(Élodie s'éveille.)\nÉLODIE : Ça alors !\n"
    assert read_bytes(text.encode(encoding)).text == text
