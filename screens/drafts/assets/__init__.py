"""The assets of an open draft, as tiles or as a list."""

from __future__ import annotations
