"""Saving, loading and the schema, on real servers."""

from __future__ import annotations
