"""Word documents (.docx), read from their ZIP and XML without any other library."""

from __future__ import annotations

from core.script.formats.reading.docx.document import read_docx

__all__ = ["read_docx"]
