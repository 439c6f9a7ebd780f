"""Which prompt counts and what it says once filled in; prompts drawn up from the story bible."""

from __future__ import annotations
