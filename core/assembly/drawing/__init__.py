"""Storyboard sketches of a book's pages, and the files that are made of them."""

from __future__ import annotations
