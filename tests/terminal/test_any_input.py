"""Whatever bytes a terminal sends, and however a line cuts them: nothing dies, nothing stray is typed."""

from __future__ import annotations

import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual import events
from textual.message import Message

from tests.terminal.conftest import Start
from tui.terminal.decoding import InputDecoder

SEQUENCES = [
    b"\x1b[A", b"\x1bOP", b"\x1b[15~", b"\x1b[1;5C", b"\x1b[[A", b"\x1b[3$", b"\x1b[97;5u", b"\x1b[<0;5;6M",
    b"\x1b[I", b"\x1b[?2026;2$y", b"\x1b1", b"\x1bb", b"\x1b\x7f", b"\x1b[200~h\xc3\xa9\r\nb\x1b[201~",
    "é".encode(), "走".encode(), "😀".encode(), b"a", b"\r", b"\x13", b"\x1b]11;rgb:0/0/0\x1b\\",
    b"\x1b[99;88z",
]  # fmt: skip


def seen(found: list[Message]) -> list[str]:
    """Events in a form that can be compared."""
    names = []
    for event in found:
        if isinstance(event, events.Key):
            names.append(f"{event.key}={event.character}")
        else:
            names.append(f"paste={event.text}" if isinstance(event, events.Paste) else type(event).__name__)
    return names


def decode(pieces: list[bytes], gap: float = 0.0, escape_delay: float = 0.1) -> list[str]:
    """Feed the pieces with `gap` seconds between them, then wait until everything is decided."""
    decoder, now, found = InputDecoder(escape_delay=escape_delay), 0.0, []
    for piece in pieces:
        found += decoder.tick(now)
        found += decoder.feed(piece, now)
        now += gap
    while decoder.deadline is not None:
        found += decoder.tick(decoder.deadline)
    return seen(found)


@given(st.lists(st.sampled_from(SEQUENCES), max_size=8).map(b"".join), st.data())
def test_cuts_anywhere_change_nothing(data: bytes, draw: st.DataObject) -> None:
    cuts = sorted(draw.draw(st.sets(st.integers(0, len(data)), max_size=6)) | {0, len(data)})
    pieces = [data[a:b] for a, b in pairwise(cuts)]
    gap = draw.draw(st.sampled_from([0.0, 0.05, 0.09]))
    assert decode(pieces, gap) == decode([data])


@given(st.binary(max_size=200))
def test_no_bytes_whatever_break_the_decoder(data: bytes) -> None:
    decode([data])
    decode([bytes([byte]) for byte in data], gap=0.05)


@pytest.mark.parametrize("sequence", SEQUENCES)
def test_a_sequence_in_single_bytes_is_whole_again(sequence: bytes) -> None:
    assert decode([bytes([byte]) for byte in sequence], gap=0.09) == decode([sequence])


@pytest.mark.parametrize("digit", "0123456789-=")
def test_alt_and_a_digit_types_nothing(digit: str) -> None:
    (key,) = decode([b"\x1b" + digit.encode()])
    assert key.startswith("alt+")
    assert key.endswith("=None")


@pytest.mark.parametrize(
    "unknown",
    [b"\x1b[99;88z", b"\x1b[>1;2;3c", b"\x1b[?62;22c", b"\x1b]52;c;eHl6\x07", b"\x1bP>|XTerm(390)\x1b\\",
     b"\x1b[" + b"1;" * 300 + b"A", b"\x1b[5;7R", b"\x1b[999999999999u", b"\x1b[55296;1;55296u", b"\x1b[1;"],
)  # fmt: skip
def test_unknown_sequences_are_swallowed(unknown: bytes) -> None:
    assert [name for name in decode([unknown]) if not name.endswith("=None")] == []
    assert decode([unknown, b"a"], gap=3.0)[-1] == "a=a"


@pytest.mark.parametrize(
    ("sequence", "key"),
    [(b"\x1b[97;;97u", "a=a"), (b"\x1b[97:65;2;65u", "A=A"), (b"\x1b[97:65:113;2:1;65u", "A=A"),
     (b"\x1b[233;;233u", "é=é"), (b"\x1b[0;;36208u", "走=走"), (b"\x1b[115;133u", "ctrl+s=None"),
     (b"\x1b[49;3u", "alt+1=None"), (b"\x1b[1;3:1A", "alt+up=None"), (b"\x1b[27;5;115~", "ctrl+s=None"),
     (b"\x1b[13u", "enter=\r"), (b"\x1b[57399;129;48u", "0=0")],
)  # fmt: skip
def test_keys_of_the_newer_protocols(sequence: bytes, key: str) -> None:
    assert decode([sequence]) == [key]


def test_a_key_let_go_types_nothing() -> None:
    assert decode([b"\x1b[97;1:3u"]) == []


def test_a_lone_escape_waits_for_its_delay_and_no_longer() -> None:
    decoder = InputDecoder(escape_delay=0.3)
    assert decoder.feed(b"\x1b", 5.0) == []
    assert decoder.deadline == pytest.approx(5.3)
    assert decoder.tick(5.29) == []
    assert seen(decoder.tick(5.3)) == ["escape=\x1b"]


def test_the_late_rest_of_a_sequence_is_not_typed() -> None:
    assert decode([b"\x1b", b"[A"], gap=0.2) == ["escape=\x1b"]
    assert decode([b"\x1b", b"[", b"A"], gap=0.2)[1:] == ["left_square_bracket=[", "A=A"]  # may be typing


def test_latin_1_letters_are_letters() -> None:
    assert decode([b"caf\xe9"])[-1] == "é=é"
    assert decode([b"\x9cuvre"])[0] == "œ=œ"
    decoder = InputDecoder()
    decoder.feed("é走😀".encode(), 0.0)
    assert decoder.foreign == 0
    decoder.feed(b"\xe9t\xe9 ", 0.0)
    assert decoder.foreign == 2


def test_a_paste_that_stops_half_way_is_not_lost() -> None:
    assert decode([b"\x1b[200~half a pa"]) == ["paste=half a pa"]
    decoder = InputDecoder()
    decoder.feed(b"\x1b[200~cut", 0.0)
    assert seen(decoder.finish()) == ["paste=cut"]


def test_a_long_paste_is_one_event_and_quick() -> None:
    body = b"x" * 79 + b"\r\n"
    pieces = [b"\x1b[200~", *[body * 50] * 500, b"\x1b[201~"]
    before = time.process_time()
    (paste,) = decode(pieces)
    assert len(paste) == len("paste=") + 80 * 25_000
    assert time.process_time() - before < 2.0


def test_foreign_bytes_alt_digits_and_slow_arrows_in_a_terminal(start: Start) -> None:
    terminal = start("ours", SSH_TTY="/dev/pts/9").wait_for("PANEL 1 :")
    terminal.send(b"\x1b1\x1b2\x1b[99;88z")
    for byte in b"\x1b[B\x1b[C":  # a key's sequence, torn apart by the line
        terminal.send(bytes([byte]))
        time.sleep(0.12)
    terminal.send("z").wait_for("AzKIRA")
    assert not set("¡™[") & set(terminal.text)
    terminal.send(b"caf\xe9 noir").wait_for("café noir")
    terminal.wait_for("not UTF-8")  # it is said, once
    assert terminal.process.poll() is None


def test_control_stock_textual_types_them_and_dies(start: Start) -> None:
    terminal = start("stock", SSH_TTY="/dev/pts/9").wait_for("PANEL 1 :").settle()
    terminal.send(b"\x1b1\x1b2").settle()
    for byte in b"\x1b[B":
        terminal.send(bytes([byte]))
        time.sleep(0.15)
    terminal.wait_for("¡™[B")
    terminal.send(b"caf\xe9 noir")
    assert terminal.wait_exit() == 0
