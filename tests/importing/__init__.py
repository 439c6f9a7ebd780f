"""Bringing scripts in: the preview, the command line, whole folders."""

from __future__ import annotations
