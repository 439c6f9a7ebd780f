"""Names and the rows that have them, to be looked up whole or by how they begin."""

from __future__ import annotations

from bisect import bisect_left, insort

from core.script.keywords import bare
from core.script.rows import Row

_FEW = 64
"""Names that are put in their places one by one; more are sorted together."""


class NameBook(dict[str, set[Row]]):
    """Folded name → rows. It is put in order when somebody asks for a beginning, and only what is new."""

    __slots__ = ("_fresh", "_sorted")

    def __init__(self) -> None:
        super().__init__()
        self._sorted: list[tuple[str, str]] = []  # (without accents, the name)
        self._fresh: set[str] = set()

    def rows_of(self, name: str) -> set[Row]:
        """The rows of a name, which is entered if it is new."""
        rows = self.get(name)
        if rows is None:
            rows = self[name] = set()
            self._fresh.add(name)
        return rows

    def let_go(self, name: str, row: Row) -> set[Row]:
        """A row does not have this name any more; the rows that still do."""
        rows = self[name]
        rows.discard(row)
        if not rows:
            del self[name]
        return rows

    def starting_with(self, beginning: str, most: int) -> list[str]:
        """At most so many of the names that begin so, whatever the accents, in the order of the alphabet."""
        self._sort()
        wanted = bare(beginning)
        found: list[str] = []
        for at in range(bisect_left(self._sorted, (wanted, "")), len(self._sorted)):
            plain, name = self._sorted[at]
            if len(found) == most or not plain.startswith(wanted):
                break
            if name in self:
                found.append(name)
        return found

    def _sort(self) -> None:
        if len(self._sorted) > 2 * len(self) + _FEW:  # most of them were let go of
            self._sorted, self._fresh = sorted((bare(name), name) for name in self), set()
        elif len(self._fresh) > _FEW:
            self._sorted = sorted({*self._sorted, *((bare(name), name) for name in self._fresh)})
        else:
            for name in self._fresh:
                entry = (bare(name), name)
                at = bisect_left(self._sorted, entry)
                if at == len(self._sorted) or self._sorted[at] != entry:
                    insort(self._sorted, entry)
        self._fresh.clear()
