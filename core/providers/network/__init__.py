"""How providers elsewhere are spoken with: addresses, keys, limits, and what came back."""

from __future__ import annotations
