"""Which terminals are taken, and what is promised to them."""

from __future__ import annotations

import re
import subprocess
import sys

import pytest

from tests.terminal.conftest import ROOT, Start
from tests.terminal.pty import plain_environment
from tui.terminal.abilities import Glyphs, Multiplexer, can_address_cursor, look

FRENCH = {"TERM": "xterm-256color", "LANG": "fr_FR.UTF-8"}


@pytest.mark.parametrize("term", ["", "dumb", "unknown", "emacs"])
def test_terminals_without_a_movable_cursor_are_named(term: str) -> None:
    assert not can_address_cursor(term)


@pytest.mark.parametrize(
    "term",
    [
        "xterm",
        "linux",
        "screen.xterm-256color",
        "tmux-256color",
        "vt100",
        "st-256color",
        "xterm-kitty",
        "new",
    ],
)
def test_all_others_are_taken(term: str) -> None:
    assert can_address_cursor(term)


def test_a_dumb_terminal_is_refused_in_one_sentence(start: Start) -> None:
    terminal = start("check", TERM="dumb")
    assert terminal.wait_exit() == 1
    said = terminal.raw.decode().replace("\r\n", "")
    assert said.startswith("Genko needs a terminal with a movable cursor, and ")
    assert "\x1b" not in said


def test_a_pipe_is_refused() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tests.terminal.programs", "check"],
        capture_output=True,
        text=True,
        cwd=ROOT,
        env=plain_environment(),
        check=False,
    )
    assert done.returncode == 1
    assert done.stdout == ""
    assert done.stderr.startswith("Genko needs a terminal to draw on")
    assert done.stderr.count("\n") == 1


def test_what_the_environment_promises() -> None:
    plain = look(FRENCH)
    assert (plain.colours, plain.glyphs, plain.encoding) == (256, Glyphs.FULL, "utf-8")
    assert (plain.is_ssh, plain.multiplexer) == (False, Multiplexer.NONE)
    assert look({**FRENCH, "COLORTERM": "truecolor"}).colours == 1 << 24
    assert look({**FRENCH, "NO_COLOR": ""}).colours == 0
    assert look({**FRENCH, "TERM": "linux"}).glyphs is Glyphs.CONSOLE
    assert look({**FRENCH, "LC_ALL": "C"}).glyphs is Glyphs.ASCII
    assert look({"TERM": "xterm-256color"}).glyphs is Glyphs.FULL  # a container without any locale
    assert look({"TERM": "vt220"}).glyphs is Glyphs.ASCII
    assert look({**FRENCH, "LANG": "fr_FR.ISO-8859-1"}).encoding == "latin-1"
    assert look({**FRENCH, "LANG": "fr_FR.ISO-8859-15@euro"}).encoding == "iso8859-15"
    assert look({**FRENCH, "LANG": "C"}).encoding == "utf-8"


def test_multiplexers() -> None:
    assert look({**FRENCH, "TMUX": "/tmp/x,1,0"}).multiplexer is Multiplexer.TMUX
    assert look({**FRENCH, "STY": "12.pts"}).multiplexer is Multiplexer.SCREEN
    assert look({**FRENCH, "TERM": "tmux-256color"}).multiplexer is Multiplexer.REMOTE


def test_the_escape_delay_is_the_users_then_escdelay_then_longer_over_ssh() -> None:
    ssh = {**FRENCH, "SSH_CONNECTION": "1.2.3.4 5 6.7.8.9 22"}
    assert look(ssh).escape_delay > 3 * look(FRENCH).escape_delay
    assert look({**ssh, "ESCDELAY": "25"}).escape_delay == 0.025
    assert look({**ssh, "ESCDELAY": "soon"}).escape_delay == look(ssh).escape_delay
    assert look({**ssh, "ESCDELAY": "25"}, escape_delay=0.8).escape_delay == 0.8


def test_the_linux_console_and_an_ascii_locale_show_legible_text(start: Start) -> None:
    console = start("ours", TERM="linux", COLORTERM="").wait_for("PANEL 1 :").wait_for("Encore ce rêve")
    ascii_only = start("ours", LANG="C", LC_ALL="C", TERM="xterm", COLORTERM="").wait_for("Encore ce rêve")
    for terminal in (console, ascii_only):
        terminal.send("é").wait_for("éPANEL 1 :")
        assert not set("▊▎▁▔▇") & set(terminal.text)
    assert b"\x1b[>" not in console.raw  # old consoles print parts of these
    assert b"$p" not in console.raw
    assert b"\x1b]" not in console.raw
    assert not console.mouse
    assert b"38;2;" not in console.raw + ascii_only.raw
    assert "|" in ascii_only.text


def test_a_latin_1_terminal_reads_and_shows_its_own_letters(start: Start) -> None:
    terminal = start("ours", LANG="fr_FR.ISO-8859-1", LC_ALL="fr_FR.ISO-8859-1")
    terminal.wait_for_bytes(b"ce r\xeave")
    terminal.send(b"\xe9t\xe9")
    terminal.wait_for("\N{REPLACEMENT CHARACTER}t\N{REPLACEMENT CHARACTER}PANEL 1 :")  # pyte reads UTF-8


def test_screen_and_no_color(start: Start) -> None:
    terminal = start("ours", TERM="screen", NO_COLOR="1").wait_for("PANEL 1 :").settle()
    for colour in re.findall(rb"[34]8;2;(\d+);(\d+);(\d+)", bytes(terminal.raw)):
        assert len(set(colour)) == 1  # greys at most
