"""Tests of core.script."""

from __future__ import annotations
