"""Readers of older systems' data, with data that was written by them and by somebody hostile."""

from __future__ import annotations
