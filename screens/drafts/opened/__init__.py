"""An open draft: the screen, and what its rooms are put together to."""

from __future__ import annotations
