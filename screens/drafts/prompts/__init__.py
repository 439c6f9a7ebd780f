"""Prompts: written, with what they become; their revisions."""

from __future__ import annotations
