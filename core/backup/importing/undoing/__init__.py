"""Taking an import back, days later too."""

from __future__ import annotations
