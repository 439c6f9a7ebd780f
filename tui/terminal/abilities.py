"""What the terminal can do, found from the environment without asking it anything."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from enum import IntEnum, StrEnum

from core.errors import GenkoError

# Families that address the cursor and speak xterm's dialect; their terminfo is often missing on the
# far end of an SSH line, so they are not looked up.
_KNOWN = (
    "xterm", "screen", "tmux", "linux", "rxvt", "urxvt", "konsole", "gnome", "vte", "foot", "kitty",
    "alacritty", "wezterm", "ghostty", "iterm", "mintty", "putty", "st-", "contour", "rio", "eterm",
    "terminator", "mlterm", "cygwin", "vt100", "vt102", "vt220", "vt320", "vt340", "vt420", "vt525",
    "ansi", "nsterm", "fbterm", "jfbterm", "yaft", "byobu", "dtterm", "sun-color", "pcansi", "ms-terminal",
)  # fmt: skip
_WITHOUT_CURSOR = ("", "dumb", "unknown", "emacs", "network", "dialup", "plugboard")

LOCAL_ESCAPE_DELAY = 0.1  # seconds; as Textual
SSH_ESCAPE_DELAY = 0.35  # a packet's worth of jitter on a slow line, and still bearable for Escape


class TerminalError(GenkoError):
    """This terminal can't show a full screen."""


class Multiplexer(StrEnum):
    """What stands between the program and the real terminal."""

    NONE = "none"
    TMUX = "tmux"
    SCREEN = "screen"
    REMOTE = "remote"  # TERM says tmux or screen, but it runs on another machine and can't be asked


class Glyphs(IntEnum):
    """Which signs can be drawn beside the writer's own words."""

    ASCII = 0  # the locale promises nothing more: borders are + - |
    CONSOLE = 1  # the 256 to 512 signs of a Linux console font
    FULL = 2


@dataclass(frozen=True, slots=True)
class TerminalAbilities:
    """What was found about the terminal.

    `colours` is 0, 8, 16, 256 or 16,777,216; `encoding` the one that bytes are read and written in
    (utf-8 also for the C locale); `escape_delay` in seconds.
    """

    term: str
    colours: int
    glyphs: Glyphs
    encoding: str
    is_ssh: bool
    multiplexer: Multiplexer
    escape_delay: float

    @property
    def is_console(self) -> bool:
        """True on the Linux text console, which knows few of xterm's modes."""
        return self.term.split("-")[0] == "linux"

    @property
    def is_direct(self) -> bool:
        """True if nothing stands between the program and a graphical terminal on this machine."""
        return not self.is_ssh and not self.is_console and self.multiplexer is Multiplexer.NONE


def check_terminal(
    env: Mapping[str, str] | None = None, *, escape_delay: float | None = None
) -> TerminalAbilities:
    """Find out what the terminal can do; raises TerminalError (one sentence, exit status 1) if too little.

    `escape_delay` (seconds) is the user's own setting; without it ESCDELAY (milliseconds) counts.
    """
    if not all(stream is not None and stream.isatty() for stream in (sys.__stdin__, sys.__stdout__)):
        raise TerminalError(
            "Genko needs a terminal to draw on, and its input or output is not one.",
            todo="Run it without a pipe, or use a command such as 'genko export' or 'genko stats'.",
        )
    environment = os.environ if env is None else env
    term = environment.get("TERM", "")
    if not can_address_cursor(term):
        named = f"TERM={term}" if term else "TERM is not set, so this terminal"
        raise TerminalError(
            f"Genko needs a terminal with a movable cursor, and {named} has none.",
            todo="Open it in another terminal, or set TERM to what yours is, for example xterm-256color.",
        )
    return look(environment, escape_delay=escape_delay)


def can_address_cursor(term: str) -> bool:
    """Whether a terminal of this name can put the cursor anywhere."""
    if term.split("-")[0] in _WITHOUT_CURSOR:
        return False
    if term.startswith(_KNOWN) or term == "st":
        return True
    import curses  # only for names that are not known above

    try:
        curses.setupterm(term, sys.__stdout__.fileno() if sys.__stdout__ else 1)
    except curses.error:
        return True  # no entry on this machine: new terminals are all of xterm's kind
    return bool(curses.tigetstr("cup"))


def look(environment: Mapping[str, str], *, escape_delay: float | None = None) -> TerminalAbilities:
    """The abilities that an environment promises; never fails."""
    term = environment.get("TERM", "")
    is_ssh = any(environment.get(name) for name in ("SSH_TTY", "SSH_CONNECTION", "SSH_CLIENT"))
    encoding = terminal_encoding(environment)
    return TerminalAbilities(
        term=term,
        colours=_colours(term, environment),
        glyphs=_glyphs(term, environment, encoding),
        encoding=encoding,
        is_ssh=is_ssh,
        multiplexer=_multiplexer(term, environment),
        escape_delay=_escape_delay(environment, escape_delay, is_ssh),
    )


def _colours(term: str, environment: Mapping[str, str]) -> int:
    if "NO_COLOR" in environment:
        return 0
    if environment.get("COLORTERM", "").lower() in ("truecolor", "24bit") or term.endswith("-direct"):
        return 1 << 24
    if term.endswith(("-256color", "-256")) or term.startswith(("xterm-kitty", "xterm-ghostty")):
        return 256
    return 8 if term.startswith(("vt", "ansi", "cygwin")) else 16


def _character_set(environment: Mapping[str, str]) -> str:
    """The locale's name as POSIX looks it up: LC_ALL, then LC_CTYPE, then LANG."""
    return next((value for name in ("LC_ALL", "LC_CTYPE", "LANG") if (value := environment.get(name))), "C")


def terminal_encoding(environment: Mapping[str, str]) -> str:
    """The codec for this terminal's bytes: utf-8, unless the locale plainly names an 8-bit set.

    The C locale says nothing about the terminal; nearly all are UTF-8, and the writer's words need it.
    """
    _, _, charset = _character_set(environment).partition(".")
    charset = charset.partition("@")[0].lower().replace("_", "-")
    if charset in ("iso-8859-1", "iso88591", "latin1", "iso-8859-15", "iso885915", "iso8859-1", "iso8859-15"):
        return "iso8859-15" if charset.endswith("15") else "latin-1"
    return "utf-8"


def _glyphs(term: str, environment: Mapping[str, str], encoding: str) -> Glyphs:
    named = any(environment.get(name) for name in ("LC_ALL", "LC_CTYPE", "LANG"))
    # A container or a bare server often has no locale at all, under a modern terminal.
    modern = not named and ("COLORTERM" in environment or "256color" in term or "kitty" in term)
    if encoding != "utf-8" or (_character_set(environment) in ("C", "POSIX") and not modern):
        return Glyphs.ASCII
    return Glyphs.CONSOLE if term.split("-")[0] == "linux" else Glyphs.FULL


def _multiplexer(term: str, environment: Mapping[str, str]) -> Multiplexer:
    if environment.get("TMUX"):
        return Multiplexer.TMUX
    if environment.get("STY"):
        return Multiplexer.SCREEN
    return Multiplexer.REMOTE if term.startswith(("tmux", "screen")) else Multiplexer.NONE


def _escape_delay(environment: Mapping[str, str], setting: float | None, is_ssh: bool) -> float:
    if setting is not None:
        return max(setting, 0.001)
    try:
        return max(int(environment["ESCDELAY"]), 1) / 1000
    except (KeyError, ValueError):
        return SSH_ESCAPE_DELAY if is_ssh else LOCAL_ESCAPE_DELAY
