"""Tests of core.script.formats.reading."""

from __future__ import annotations
