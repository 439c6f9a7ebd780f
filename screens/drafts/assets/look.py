"""What a tile or a row says of an asset: its state in words, with a sign, and how far it is."""

from __future__ import annotations

from dataclasses import dataclass

from rich.text import Text

from core.cells import clean
from screens.widgets.bars import thin_bar
from screens.widgets.project_rows import fit, fit_middle

SIGNS: dict[str, tuple[str, str]] = {
    "none": ("·", "quiet"),
    "waiting": ("○", "quiet"),
    "running": ("◐", "accent"),
    "candidates": ("◒", "accent"),
    "accepted": ("●", "success"),
    "failed": ("▲", "error"),
    "missing": ("▲", "warning"),
}
"""A state's sign and its colour."""
WORDS = {
    "none": "nothing yet",
    "waiting": "waiting",
    "running": "making",
    "candidates": "candidate",
    "accepted": "accepted",
    "failed": "failed",
    "missing": "file missing",
}
STATES = tuple(SIGNS)
STEPS = 20
"""Of progress, on a tile and in a row."""


@dataclass(frozen=True, slots=True)
class AssetLook:
    """All that is painted of an asset; equal ones look the same."""

    name: str
    kind: str
    state: str
    candidates: int = 0
    """That nobody has accepted or looked past: those made since the accepted one."""
    fraction: float | None = None
    """How much of what is being made is done, from 0 to 1; None: nothing is being made."""
    sha: str = ""
    """The picture that stands for it: the accepted one, else the newest candidate."""
    linked: bool = False
    languages: str = ""
    """Which names are there: `en fr`."""

    @property
    def words(self) -> str:
        """`accepted`, `3 candidates`, `making 40%`."""
        if self.state == "running" and self.fraction:
            return f"making {self.fraction:.0%}"
        if self.state == "candidates":
            return f"{self.candidates} candidate{'' if self.candidates == 1 else 's'}"
        more = f" +{self.candidates}" if self.candidates and self.state == "accepted" else ""
        return WORDS.get(self.state, self.state) + more


def in_steps(fraction: float) -> float:
    """As finely as a tile shows it: what moves nothing on the screen is not painted."""
    return int(fraction * STEPS) / STEPS


def state_text(look: AssetLook, width: int, colours: dict[str, str]) -> Text:
    """Sign and words in exactly `width` cells."""
    sign, colour = SIGNS.get(look.state, ("·", "quiet"))
    text = Text(f"{sign} ", colours[colour], end="", no_wrap=True)
    loud = look.state in ("failed", "missing")
    text.append(fit(look.words, max(1, width - 2)), colours[colour if loud else "quiet"])
    text.truncate(width, pad=True)
    return text


def bar_text(look: AssetLook, width: int, colours: dict[str, str]) -> Text:
    """The thin line of progress: full for what is accepted, empty for what is not begun."""
    done = 1.0 if look.state == "accepted" and look.fraction is None else look.fraction or 0.0
    return thin_bar(done, width, colours, "success" if look.fraction is None else "accent")


def name_text(look: AssetLook, width: int, *, chosen: bool, marked: bool, colours: dict[str, str]) -> Text:
    """`▸●Fox` in exactly `width` cells."""
    text = Text("▸" if chosen else " ", end="", no_wrap=True)
    text.append("■" if marked else " ", colours["accent"])
    name = clean(look.name[: 4 * width])
    text.append(fit_middle(name or "(no name)", max(1, width - 2)), "bold" if name else "italic")
    return text
