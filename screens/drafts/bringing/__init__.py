"""Universes of the earlier app, brought in."""

from __future__ import annotations
