"""The door for everything of the earlier app: tells whether a file is its, and reads all of it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from core.work import Work

if TYPE_CHECKING:
    from core.content import Foreign
    from core.legacy.sniffing import Sample

__all__ = ["READER", "MangakaReader"]


class MangakaReader:
    """Reads files of MANGAKA AI; see `core.legacy.sniffing.Reader`."""

    system = "mangaka"

    def recognises(self, sample: Sample) -> bool:
        """Whether this is of its kind, damaged or not."""
        from core.legacy.mangaka.telling import form_of

        return form_of(sample) is not None

    def read(self, source: Path, *, work: Work) -> Foreign:
        """All of it. Raises GenkoError if nothing of it can be used."""
        from core.legacy.mangaka.reading import read_file

        return read_file(source, work=work)


READER = MangakaReader()
