"""The drafts' screens, driven by keys."""

from __future__ import annotations
