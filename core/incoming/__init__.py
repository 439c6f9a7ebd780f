"""Files from outside: read into text with everything that is needed to write the same bytes again."""

from __future__ import annotations

from core.incoming.incoming import Incoming, read_bytes, read_file
from core.incoming.newlines import render_bytes

__all__ = ["Incoming", "read_bytes", "read_file", "render_bytes"]
