"""The one room that knows Loro, and that turns its errors into ours."""

from __future__ import annotations

from core.story.document.contents import SCRIPT
from core.story.document.document import Document, Imported
from core.story.document.versions import blob_version, covers, first_bad, merge_versions, operation_count

__all__ = [
    "SCRIPT",
    "Document",
    "Imported",
    "blob_version",
    "covers",
    "first_bad",
    "merge_versions",
    "operation_count",
]
