"""How making is spoken of: money, kinds, media, steps."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from core.money import MILLION, as_money

MANY = {"character": "characters", "background": "backgrounds", "prop": "props", "cover": "covers",
        "other": "other things"}  # fmt: skip
STEPS = ("concepts", "names", "picture")
STEP_NAMES: Mapping[str, str] = {
    "concepts": "Concepts: ideas for new assets, from the theme",
    "names": "Names in the other languages",
    "picture": "Pictures",
}
SKETCH = "sketch"
SKETCHES = "Sketches: reference cards drawn on this machine from the prompt's words. No network, no cost."


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
