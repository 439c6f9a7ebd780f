"""How making is spoken of: money, kinds, media, steps."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from core.cells import clean
from core.money import MILLION, as_money
from screens.widgets.project_rows import fit_middle

MANY = {"character": "characters", "background": "backgrounds", "prop": "props", "cover": "covers",
        "other": "other things"}  # fmt: skip
MEDIA = {"image": "pictures", "clip": "clips", "music": "music"}
"""What each medium is called."""
STEPS = ("concepts", "names", "picture")
"""In the order in which they are made; a job is called by its step alone."""
STEP_NAMES: Mapping[str, str] = {
    "concepts": "Concepts: ideas for new assets, from the theme",
    "names": "Names in the other languages",
    "picture": "Pictures",
}
"""As they are offered to be made."""
STEP_NOUNS: Mapping[str, str] = {
    "concepts": "request for concepts",
    "names": "request for names",
    "picture": "picture",
}
"""What one of them is called where they are counted."""
STEP_PLURALS: Mapping[str, str] = {"concepts": "requests for concepts", "names": "requests for names"}
"""And several, where an s behind all of it would be wrong."""
MADE_AGAIN = "It comes from the server if another machine saved it there; else g makes it again."
"""Of a file that is gone or altered: nobody can add one to a draft."""
NO_PROJECT = "No project is open. Open the one whose bible is meant (^O), then come back with F8."
SKETCH = "sketch"
SKETCHES = "Sketches: reference cards drawn on this machine from the prompt's words. No network, no cost."

STATUS_SIGNS = {
    "draft": ("○", "quiet"),
    "generating": ("◐", "accent"),
    "ready": ("●", "success"),
    "ready with errors": ("▲", "warning"),
    "failed": ("▲", "error"),
    "publishing": ("◐", "accent"),
    "published": ("●", "success"),
    "modified": ("◒", "warning"),
    "damaged": ("▲", "error"),
}
"""The sign of a draft's status and its colour; the words stand beside it."""
ORIGINS = {
    "theme": "from the theme",
    "own": "your own",
    "regenerated": "made again",
    "bible": "from the bible",
    "imported": "brought in",
}
"""Where a prompt comes from."""
WHAT = {**MEDIA, "concepts": "concepts"}
"""What each prompt is for."""


def money(millionths: int, currency: str = "") -> str:
    """`nothing`, `0.04 USD`, `less than 0.01 USD`."""
    if millionths <= 0:
        return "nothing"
    unit = f" {currency}" if currency else ""
    if millionths < MILLION // 100:
        return f"less than 0.01{unit}"
    return f"{as_money(millionths)}{unit}"


def listed(words: Sequence[str]) -> str:
    """`a`, `a and b`, `a, b and c`."""
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} and {words[-1]}"


def short_name(name: str) -> str:
    """For a sentence, which a long name would fill."""
    return fit_middle(clean(name), 32).rstrip()


def moment_of(text: str) -> datetime | None:
    """A moment as records keep it; None for what is none."""
    try:
        return datetime.fromisoformat(text) if text else None
    except ValueError:
        return None
