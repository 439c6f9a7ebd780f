"""What comes in: sources opened, whose projects they hold, and both sides at one moment."""

from __future__ import annotations
