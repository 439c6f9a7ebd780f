"""Before anything is created a person reads what was recognised, and what may be wrong."""

from __future__ import annotations

import pytest

from core.incoming import preview, read_bytes, read_text
from core.incoming.unsure import CUE, HEADING, LONG, MOST, SHOUT
from core.script.formats import Dialect

SCRIPT = """\
PAGE 1
PANEL 1
A bridge in fog.

MARA: Who burned it?
TOM: Ask the river.
CAPTION: Nobody did.

PANEL 2
SFX: CRACK
MARA: Oh.
"""


def test_the_sentence_says_what_was_recognised() -> None:
    shown = preview(read_text(SCRIPT))
    assert shown.sentence == "1 page, 2 panels, 3 balloons, 2 speakers"
    assert (shown.captions, shown.sfx, shown.unsure_total) == (1, 1, 0)


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("Old Bran: he went down there alone, I tell you.", CUE),
        ("PANEL of judges, seen from below", HEADING),
        ("Page seven and half", HEADING),
        ("KEEP OUT", SHOUT),
        ("word " * 500, LONG),
    ],
)
def test_a_doubtful_line_is_told_with_its_reason(line: str, why: str) -> None:
    shown = preview(read_text(f"{SCRIPT}\n{line}\n\nThe end of it.\n"))
    assert shown.unsure == ((12, why),)
    assert shown.sentence.endswith("; 1 line I am unsure of")


@pytest.mark.parametrize(
    "line",
    [
        "A plain sentence that says what is seen.",
        "(KEEP OUT)",
        "\\KEEP OUT",
        "The panel of the door is cracked.",
        "SETTING: a bridge",
        "[[KEEP OUT]]",
    ],
)
def test_what_is_clear_is_not_doubted(line: str) -> None:
    assert preview(read_text(f"{SCRIPT}\n{line}\n\nThe end of it.\n")).unsure == ()


def test_the_doubts_named_are_bounded_and_all_are_counted() -> None:
    shown = preview(read_text("PAGE 1\n\n" + "KEEP OUT\n\n" * (MOST + 50)))
    assert (len(shown.unsure), shown.unsure_total) == (MOST, MOST + 50)


def test_doubts_of_a_converted_script_are_seen_through_our_parentheses() -> None:
    incoming = read_bytes(
        b"INT. HOUSE - DAY\n\nShe waits.\n\nTHE CLOCK STOPS\n\nEXT. YARD - DAY\n", "a.fountain"
    )
    assert "(THE CLOCK STOPS)" in incoming.text
    assert [why for _, why in preview(incoming).unsure] == [SHOUT]


def test_a_dialect_can_be_chosen_and_the_others_are_offered() -> None:
    data = b"# PAGE 1\n- 1.1\nRosa/Whisper: Twice?\n"
    incoming = read_bytes(data, "a.txt")
    assert incoming.dialect is Dialect.SERIFU
    assert Dialect.MARKDOWN in [dialect for dialect, _ in incoming.candidates]
    plain = read_bytes(data, "a.txt", dialect=Dialect.PLAIN)
    assert (plain.text, plain.exact) == (data.decode(), True)
    assert {dialect.title for dialect in Dialect} >= {"Fountain", "Final Draft", "Word", "plain text"}


def test_what_is_converted_goes_out_as_utf_8() -> None:
    text = "INT. CAFÉ - DAY\r\n\r\nINÈS\r\nDéjà ?\r\n\r\nPAUL\r\nOui.\r\n"
    incoming = read_bytes(text.encode("cp1252"), "a.fountain")
    assert (incoming.encoding, incoming.newline, incoming.bom, incoming.exact) == (
        "utf-8",
        "lf",
        False,
        False,
    )
    assert "INÈS" in incoming.text
    assert incoming.guessed  # and a note says as what it was read
