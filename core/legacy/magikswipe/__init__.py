"""MagikSwipe's universes on disk: known when seen, in all the forms that its programs left behind."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from core.work import Work

if TYPE_CHECKING:
    from core.content import Foreign
    from core.legacy.kept import Item
    from core.legacy.sniffing import Sample

SQLITE = b"SQLite format 3\0"


class MagikSwipeReader:
    """Reads a universe, a folder of them, or the whole storage with its database and buckets."""

    system = "magikswipe"

    def recognises(self, sample: Sample) -> bool:
        """A folder by what lies in it, a database by the names of its tables."""
        if sample.is_folder:
            from core.legacy.magikswipe.finding import is_ours

            return is_ours(sample.path)
        return sample.head.startswith(SQLITE) and b"univers_assets" in sample.head

    def read(self, source: Path, *, work: Work) -> Foreign:
        """Every universe, asset and file with its fate. Raises GenkoError if nothing can be read."""
        from core.legacy.magikswipe.report import read_foreign

        return read_foreign(source, work=work)

    def items(self, source: Path, *, work: Work) -> Iterator[Item]:
        """The files of the universes and the database; nothing else that lies beside them."""
        from core.legacy.magikswipe.report import items_of

        return items_of(source, work=work)


READER = MagikSwipeReader()
