"""Layouts, where they lie, how they are changed, drawn and lettered."""

from __future__ import annotations
