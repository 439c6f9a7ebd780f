"""Tests of what helps while writing: completion, keys for panels and pages, margin, colours."""

from __future__ import annotations
