"""The tabs of the story bible: characters, backgrounds, scenes."""

from __future__ import annotations
