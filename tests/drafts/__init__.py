"""Drafts: the pack, its themes and prompts, making, publishing, bringing in."""

from __future__ import annotations
