"""Doing what was planned: the backup first, each project in one transaction, then a save."""

from __future__ import annotations
