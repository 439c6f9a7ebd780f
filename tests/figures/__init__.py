"""Figures, goals, the statistics screen, only the text."""

from __future__ import annotations
