"""Files from outside: read into a script, with everything that is needed to write the same bytes again."""

from __future__ import annotations

from core.incoming.incoming import Incoming, read_bytes, read_file, read_text
from core.incoming.newlines import render_bytes
from core.incoming.preview import Preview, Unsure, preview

__all__ = [
    "Incoming",
    "Preview",
    "Unsure",
    "preview",
    "read_bytes",
    "read_file",
    "read_text",
    "render_bytes",
]
