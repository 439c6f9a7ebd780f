"""Making what a draft lacks: concepts, names and pictures, asked for, waited for and brought home."""

from __future__ import annotations
