"""Scripts in other dialects and file formats, read into our markup; nothing they say is dropped."""

from __future__ import annotations

from core.script.formats.reading.detect import Candidates, detect
from core.script.formats.reading.language import language_of
from core.script.formats.reading.pipeline import Reading, read_document, read_script

__all__ = ["Candidates", "Reading", "detect", "language_of", "read_document", "read_script"]
