"""Drafts: packs of assets that are made in the background and published in one piece."""

from __future__ import annotations
