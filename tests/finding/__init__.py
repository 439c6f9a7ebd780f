"""Finding, replacing, renaming."""

from __future__ import annotations
