"""Readers of older systems' data; each says of everything whether it came in, and if not, why."""

from __future__ import annotations
