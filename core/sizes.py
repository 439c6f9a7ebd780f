"""How many bytes, as people say it."""

from __future__ import annotations

UNITS = ("B", "kB", "MB", "GB", "TB")


def as_size(count: int) -> str:
    """`812 B`, `214 kB`, `1.2 MB`: in steps of 1,000, as disks are sold."""
    amount, unit = float(count), 0
    while amount >= 999.5 and unit < len(UNITS) - 1:
        amount, unit = amount / 1000, unit + 1
    return f"{amount:.1f} {UNITS[unit]}" if unit > 1 and amount < 99.5 else f"{amount:.0f} {UNITS[unit]}"
