"""Backups as one sees them: the list, what is in one, bringing it back."""

from __future__ import annotations
