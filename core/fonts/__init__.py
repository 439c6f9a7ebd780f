"""The fonts that Genko carries: M PLUS 1p (Open Font License), for Latin, Greek, Cyrillic and Japanese."""

from __future__ import annotations

from pathlib import Path

REGULAR = Path(__file__).with_name("MPLUS1p-Regular.ttf")
BOLD = Path(__file__).with_name("MPLUS1p-Bold.ttf")
