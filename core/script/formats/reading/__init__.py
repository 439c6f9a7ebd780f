"""Scripts in other dialects and file formats, read into our markup; nothing they say is dropped."""

from __future__ import annotations
