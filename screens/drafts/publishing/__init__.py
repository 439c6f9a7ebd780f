"""Publishing a draft, its revisions, and who may see it."""

from __future__ import annotations
