"""Knows such a document when it sees one; what reads it is loaded when there is one to read."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from core.backup.hierarchy.form import FORMAT
from core.work import Work

if TYPE_CHECKING:
    from core.content import Foreign
    from core.legacy.sniffing import Sample


class HierarchyReader:
    """Reads documents of this form, packed or not."""

    system = "json"

    def recognises(self, sample: Sample) -> bool:
        """By its first key, or wherever that key stands."""
        if re.match(rb'\{\s*"format"\s*:\s*"' + FORMAT.encode() + b'"', sample.start):
            return True
        return bytes(sample.keys.get("format", b"")) == f'"{FORMAT}"'.encode()

    def read(self, source: Path, *, work: Work) -> Foreign:
        """All projects of the document. Raises GenkoError if it is damaged or of a newer form."""
        from core.backup.hierarchy.reading import read_hierarchy

        return read_hierarchy(source, work=work)


READER = HierarchyReader()
