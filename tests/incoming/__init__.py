"""Tests of core.incoming."""

from __future__ import annotations
