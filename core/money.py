"""Money: whole millionths of a price list's currency, and how they are said."""

from __future__ import annotations

MILLION = 1_000_000
"""Millionths of one."""


def millionths(amount: float) -> int:
    """An amount of the settings or of a person, as everything else counts it."""
    return round(amount * MILLION)


def as_money(count: int, digits: int = 2) -> str:
    """`1,234.50` for so many millionths; the currency is the price list's."""
    return f"{count / MILLION:,.{digits}f}"
