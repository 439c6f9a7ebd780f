"""What the screens promise."""

from __future__ import annotations
