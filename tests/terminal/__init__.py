"""Tests of the layer between Textual and the terminal, most of them in a real pty."""

from __future__ import annotations
