"""Copying to the writer's own clipboard, and an honest word on whether it gets there."""

from __future__ import annotations

import base64
import shutil
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from tui.terminal.abilities import Multiplexer, look

_PATIENCE = 2.0  # seconds for tmux or a clipboard tool to answer
_LONGEST = 74_994  # bytes of base64 that every terminal with OSC 52 takes
_VTE_MAY_COPY = 7600  # 0.76; none before it does, later ones may be built or set otherwise
_SCREEN_PIECE = 240  # GNU screen passes strings of up to 256 bytes


class CopyWay(StrEnum):
    """How a copy leaves the program."""

    TERMINAL = "terminal"  # OSC 52
    TMUX = "tmux"  # tmux load-buffer -w, which tells tmux's own terminal
    SCREEN = "screen"  # OSC 52 handed through GNU screen
    TOOL = "tool"  # wl-copy, xclip, xsel or pbcopy on this machine
    INSIDE = "inside"  # only within Genko


@dataclass(frozen=True, slots=True)
class CopyPlan:
    """What will become of a copy.

    `reaches`: True if the system's clipboard gets it, False if not, None if that can't be known from
    here. `advice` names what to change, in one sentence; empty if there is nothing to say. `command`
    is what a TOOL or TMUX copy runs with the text as its input.
    """

    way: CopyWay
    reaches: bool | None
    advice: str = ""
    command: tuple[str, ...] = ()


def copy_report(env: Mapping[str, str]) -> CopyPlan:
    """Find out how a copy gets out of here. May ask tmux (up to a few seconds): call it in a worker."""
    found = look(env)
    if found.multiplexer is Multiplexer.TMUX:
        return _tmux_plan(env)
    if found.multiplexer is Multiplexer.SCREEN:
        return CopyPlan(
            CopyWay.SCREEN, None, "GNU screen hands copies on only from version 4; tmux is surer."
        )
    if found.multiplexer is Multiplexer.REMOTE:
        return CopyPlan(
            CopyWay.TERMINAL,
            None,
            "If it does not arrive: put 'set -s set-clipboard on' into ~/.tmux.conf on your own machine.",
        )
    return _plain_plan(env, is_ssh=found.is_ssh)


def _plain_plan(env: Mapping[str, str], *, is_ssh: bool) -> CopyPlan:
    """No multiplexer: OSC 52, unless the terminal is known to drop it."""
    dropped = _dropped_by(env)
    if not dropped:
        return CopyPlan(CopyWay.TERMINAL, *_told_apart(env))
    if not is_ssh and (tool := _tool(env)):
        return CopyPlan(CopyWay.TOOL, True, command=tool)
    return CopyPlan(CopyWay.INSIDE, False, dropped)


def _dropped_by(env: Mapping[str, str]) -> str:
    """The advice for terminals that ignore OSC 52; empty for all others."""
    by_mouse = "Switch the mouse to the terminal, select and copy there, or use another terminal."
    if env.get("TERM_PROGRAM") == "Apple_Terminal":
        return f"macOS Terminal takes no copies from programs. {by_mouse}"
    version = env.get("VTE_VERSION", "")
    if version.isdigit() and int(version) < _VTE_MAY_COPY:
        return f"GNOME Terminal and its kin take no copies from programs. {by_mouse}"
    if env.get("TERM", "").startswith("linux"):
        return "The Linux console has no clipboard."
    return ""


def _told_apart(env: Mapping[str, str]) -> tuple[bool | None, str]:
    """Whether a terminal that knows OSC 52 obeys it as it comes, and what to change if not."""
    if "XTERM_VERSION" in env:
        return None, "If it does not arrive: set XTerm*disallowedWindowOps: 20,21,SetXprop in ~/.Xresources."
    if env.get("LC_TERMINAL") == "iTerm2" or env.get("TERM_PROGRAM") == "iTerm.app":
        return None, "If it does not arrive: allow 'Applications in terminal may access clipboard' in iTerm2."
    if "VTE_VERSION" in env:
        return None, "If it does not arrive, the mouse copies: switch it to the terminal first."
    sure = env.get("TERM", "").startswith(("xterm-kitty", "xterm-ghostty", "alacritty", "foot", "contour"))
    return (True if sure or env.get("TERM_PROGRAM") == "WezTerm" else None), ""


def _tool(env: Mapping[str, str]) -> tuple[str, ...]:
    """A program of this machine that fills the clipboard, if there is one."""
    candidates: list[tuple[str, ...]] = []
    if env.get("TERM_PROGRAM") == "Apple_Terminal":
        candidates.append(("pbcopy",))
    if env.get("WAYLAND_DISPLAY"):
        candidates.append(("wl-copy",))
    if env.get("DISPLAY"):
        candidates += [("xclip", "-selection", "clipboard"), ("xsel", "--clipboard", "--input")]
    return next((tool for tool in candidates if shutil.which(tool[0], path=env.get("PATH"))), ())


def _tmux_plan(env: Mapping[str, str]) -> CopyPlan:
    """tmux drops a program's OSC 52 unless set-clipboard is on; its own command works in either case."""
    version = _ask(env, "-V").removeprefix("tmux ").removeprefix("next-")
    features = _ask(env, "display-message", "-p", "#{client_termfeatures}")
    if _number(version) >= (3, 2):
        command = (shutil.which("tmux", path=env.get("PATH")) or "tmux", "load-buffer", "-w", "-")
        if "clipboard" in features.split(","):
            return CopyPlan(CopyWay.TMUX, True, command=command)
        return CopyPlan(
            CopyWay.TMUX,
            False,
            "It is in tmux's buffer (prefix ]). For the system's clipboard put "
            "'set -as terminal-features \",*:clipboard\"' into ~/.tmux.conf and attach again.",
            command,
        )
    setting = _ask(env, "show-options", "-gv", "set-clipboard") or _ask(
        env, "show-options", "-sv", "set-clipboard"
    )
    if setting == "on":
        return CopyPlan(CopyWay.TERMINAL, None)
    return CopyPlan(
        CopyWay.INSIDE,
        False,
        "tmux drops it: put 'set -s set-clipboard on' into ~/.tmux.conf and attach again.",
    )


def _number(version: str) -> tuple[int, int]:
    """(3, 4) of "3.4a"; (0, 0) if it makes no sense."""
    major, _, minor = version.partition(".")
    minor = "".join(letter for letter in minor if letter.isdigit())
    return (int(major), int(minor or 0)) if major.isdigit() else (0, 0)


def _ask(env: Mapping[str, str], *arguments: str) -> str:
    """tmux's answer in one line; empty if it gives none."""
    try:
        answer = subprocess.run(
            ["tmux", *arguments],
            env=dict(env),
            capture_output=True,
            timeout=_PATIENCE,
            check=False,
            text=True,
        )
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return answer.stdout.strip() if answer.returncode == 0 else ""


def run_copy(plan: CopyPlan, text: str, env: Mapping[str, str]) -> bool:
    """Hand the text to the plan's command; True if it took it. Blocks: call it in a worker."""
    try:
        done = subprocess.run(
            plan.command,
            env=dict(env),
            input=text.encode("utf-8", "replace"),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            timeout=_PATIENCE,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0


def copy_sequence(plan: CopyPlan, text: str) -> str:
    """What to write to the terminal for this plan; empty if nothing."""
    if plan.way not in (CopyWay.TERMINAL, CopyWay.SCREEN):
        return ""
    encoded = base64.b64encode(text.encode("utf-8", "replace")).decode("ascii")
    sequence = f"\x1b]52;c;{encoded}\x07"
    if plan.way is CopyWay.TERMINAL:
        return sequence
    pieces = [sequence[at : at + _SCREEN_PIECE] for at in range(0, len(sequence), _SCREEN_PIECE)]
    return "".join(f"\x1bP{piece}\x1b\\" for piece in pieces)


def is_too_long(text: str) -> bool:
    """Whether some terminals would drop an OSC 52 copy of this text for its length."""
    return len(text.encode("utf-8", "replace")) * 4 // 3 > _LONGEST
