"""The sequences that set a terminal up for a full screen and put it back as it was."""

from __future__ import annotations

from tui.terminal.abilities import TerminalAbilities

SHOW_CURSOR = "\x1b[?25h"
HIDE_CURSOR = "\x1b[?25l"
STEADY_BAR = "\x1b[6 q"
OWN_SHAPE = "\x1b[0 q"
POINTER_SHAPE = "\x1b]22;"  # what the mouse pointer looks like: a luxury of local terminals
SYNC_BEGIN = "\x1b[?2026h"
SYNC_END = "\x1b[?2026l"
# Disambiguated keys, all of them as escape codes, with the text they stand for:
# https://sw.kovidgoyal.net/kitty/keyboard-protocol/#progressive-enhancement
_KITTY_PUSH, _KITTY_POP = "\x1b[>25u", "\x1b[<u"
_MOUSE_OFF = "\x1b[?1006l\x1b[?1003l\x1b[?1002l\x1b[?1000l"


def enter(abilities: TerminalAbilities, *, ask_sync: bool) -> str:
    """Alternate screen, no wrapping, focus reports, bracketed paste, and clear keys where known."""
    start = f"\x1b[?1049h{HIDE_CURSOR}\x1b[?7l"
    if abilities.is_console:  # knows none of the rest; old kernels would print parts of it
        return f"{start}\x1b[H\x1b[2J"
    question = "\x1b[?2026$p" if ask_sync else ""
    return f"{start}\x1b[?1004h\x1b[?2004h{_KITTY_PUSH}{question}"


def leave(abilities: TerminalAbilities) -> str:
    """Undo enter() and mouse_on()."""
    if abilities.is_console:
        return f"\x1b[m\x1b[H\x1b[2J\x1b[?7h{SHOW_CURSOR}"
    # The keyboard protocol has a stack per screen: popped before the alternate one is left.
    return f"{_MOUSE_OFF}\x1b[?2004l\x1b[?1004l{_KITTY_POP}\x1b[m{OWN_SHAPE}\x1b[?7h\x1b[?1049l{SHOW_CURSOR}"


def mouse_on(abilities: TerminalAbilities) -> str:
    """Ask for mouse reports: every move on a local terminal, presses and drags over a line."""
    if abilities.is_console:
        return ""
    return f"\x1b[?1000h\x1b[?{1002 if abilities.is_ssh else 1003}h\x1b[?1006h"


def mouse_off(abilities: TerminalAbilities) -> str:
    """Leave the mouse to the terminal, for its own selection."""
    return "" if abilities.is_console else _MOUSE_OFF
