"""One module per step, named by its number."""

from __future__ import annotations
