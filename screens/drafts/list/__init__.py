"""The list of drafts."""

from __future__ import annotations
