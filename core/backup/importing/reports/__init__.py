"""What is remembered of an import: its report, and what each project's journal has of it."""

from __future__ import annotations
