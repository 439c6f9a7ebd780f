"""What goes out, read back by others."""

from __future__ import annotations
