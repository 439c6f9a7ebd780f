"""Widgets used by several screens."""

from __future__ import annotations
