"""Tests of core.script.formats."""

from __future__ import annotations
