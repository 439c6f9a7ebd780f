"""Tests of the document and its store."""

from __future__ import annotations
