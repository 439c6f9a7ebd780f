"""Attacks on the text editor."""

from __future__ import annotations
