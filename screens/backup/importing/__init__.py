"""Bringing in backups and old data: what would happen, what the writer chooses, what was done."""

from __future__ import annotations
