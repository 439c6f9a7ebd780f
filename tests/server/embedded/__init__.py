"""Tests of the part of the same name."""

from __future__ import annotations
