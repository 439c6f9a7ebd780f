"""Both sides of a project brought together: its pages, its records, their fields."""

from __future__ import annotations
