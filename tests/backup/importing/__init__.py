"""Imports: planned, done, taken back."""

from __future__ import annotations
