"""A file that was brought in and not edited goes out with the very same bytes."""

from __future__ import annotations

import codecs

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.incoming import read_bytes, render_bytes
from core.incoming.newlines import read_newlines, write_newlines

BREAKS = [
    "\n",
    "\r\n",
    "\r",
    "\r\r\n",
    "\n\r",
    "\f",
    "\x0b",
    "\x85",
    "\u2028",
    "\u2029",
    "\x1c",
    "\ufeff",
    " ",
    "\t",
]
WORDS = ["PAGE 1 :", "é", "e\u0301", "語", "😀", "A", "(x)", "\u00a0", "\u3000", "─"]
PIECES = st.lists(st.sampled_from(BREAKS + WORDS), max_size=40).map("".join)
WIDE = ["utf-8", "utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"]
MARKS = {
    "utf-8": codecs.BOM_UTF8,
    "utf-16-le": codecs.BOM_UTF16_LE,
    "utf-16-be": codecs.BOM_UTF16_BE,
    "utf-32-le": codecs.BOM_UTF32_LE,
    "utf-32-be": codecs.BOM_UTF32_BE,
}


@settings(max_examples=300, deadline=None)
@given(text=PIECES, encoding=st.sampled_from(WIDE), bom=st.booleans())
def test_unedited_text_comes_back_byte_for_byte(text: str, encoding: str, bom: bool) -> None:
    bom = bom or encoding != "utf-8"
    data = (MARKS[encoding] if bom else b"") + text.encode(encoding)
    if not bom and data.startswith(codecs.BOM_UTF8):
        bom = True  # its first character is the mark
    incoming = read_bytes(data)
    if not incoming.exact:  # a heading glued to other words was given a line of its own: that is said
        assert incoming.notes
        assert "".join(incoming.text.split()) == "".join(text.removeprefix("\ufeff").split())
        return
    assert (incoming.encoding, incoming.bom) == (encoding, bom)
    assert render_bytes(incoming.text, incoming.newline, incoming.bom, incoming.encoding) == data


@settings(max_examples=200, deadline=None)
@given(
    text=st.text(st.sampled_from("abc \n\r\f\x85éàÉœ’日本語の「テスト」ｱ"), max_size=60),
    encoding=st.sampled_from(["cp932", "euc_jp", "cp1252", "mac_roman", "latin_1"]),
)
def test_a_guess_right_or_wrong_comes_back_byte_for_byte_or_says_so(text: str, encoding: str) -> None:
    data = text.encode(encoding, "ignore")
    incoming = read_bytes(data)
    out = render_bytes(incoming.text, incoming.newline, incoming.bom, incoming.encoding)
    assert out == data or any("more than one form" in note for note in incoming.notes)


@settings(max_examples=300, deadline=None)
@given(raw=PIECES)
def test_mixed_line_ends_are_put_back_each_in_its_place(raw: str) -> None:
    text, style, said = read_newlines(raw)
    assert write_newlines(text, style) == raw
    assert bool(said) == (" " in style)
    assert "\r" not in text  # which the document could not keep


def test_mixed_line_ends_follow_their_lines_through_an_edit() -> None:
    raw = "one\r\ntwo\r\nthree\nfour\r\nfive\nsix"
    text, style, said = read_newlines(raw)
    assert (text, said[:32]) == ("one\ntwo\nthree\nfour\nfive\nsix", "3 lines end in CR LF and 2 in LF")
    assert write_newlines("new\nlines\n" + text, style) == "new\r\nlines\r\n" + raw
    assert write_newlines(text.replace("three", "3"), style) == raw.replace("three\n", "3\r\n")


def test_too_many_odd_line_ends_are_unified_and_it_is_said() -> None:
    raw = "a\r\nb\n" * 1500
    text, style, said = read_newlines(raw)
    assert style == "crlf"
    assert "an export will end all of them in CR LF" in said
    assert write_newlines(text, style) == "a\r\nb\r\n" * 1500


@pytest.mark.parametrize("style", ["lf", "crlf", "cr"])
def test_a_text_that_begins_and_ends_with_breaks_keeps_them(style: str) -> None:
    end = {"lf": "\n", "crlf": "\r\n", "cr": "\r"}[style]
    data = (end * 3 + "x" + end * 2).encode()
    incoming = read_bytes(data)
    assert (incoming.text, incoming.newline) == ("\n\n\nx\n\n", style)
    assert render_bytes(incoming.text, incoming.newline) == data
