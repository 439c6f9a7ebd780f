"""Alami Gestion's backups: known when seen, packed or not. Genko keeps no shop: all of it is shown."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from core.work import Work

if TYPE_CHECKING:
    from core.content import Foreign
    from core.legacy.sniffing import Sample

LISTS = frozenset({"products", "customers", "suppliers", "standalone_sales", "invoices", "quotes"})


class AlamiReader:
    """Reads backups of Alami Gestion, and others of the same build."""

    system = "alami"

    def recognises(self, sample: Sample) -> bool:
        """By its three parts and the lists in the last."""
        if not sample.start.startswith(b"{"):
            return False
        if not sample.keys:  # damaged, or too large to look through
            return b'"total_records"' in sample.start and b'"company"' in sample.start
        return {"metadata", "data"} <= sample.keys.keys() and len(sample.under("data").keys() & LISTS) >= 2

    def read(self, source: Path, *, work: Work) -> Foreign:
        """Every record with its fate. Raises GenkoError if it is damaged."""
        from core.legacy.alami.reading import read_foreign

        return read_foreign(source, work=work)


READER = AlamiReader()
