"""Pictures that lie over cells, for terminals that know sixel: which cells are theirs, when to send them.

A picture's cells all hold one sign of the private use area, a sign for each picture. The painter sends
blanks for them; when all of a picture's cells stand where they should and one of them was painted, or
the picture has moved, the picture itself is sent over them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import count

from tui.terminal.cells import Cell

_FIRST, _MOST = 0x10F000, 0xE00
"""The signs; of plane 16, where Kitty's placeholder is another one."""
_SIGNS = frozenset(map(chr, range(_FIRST, _FIRST + _MOST)))


@dataclass(slots=True)
class _Sixel:
    """One picture: its data, how many cells it has, and where it was sent to (row, column)."""

    data: str
    columns: int
    rows: int
    shown_at: tuple[int, int] | None = None


class Sixels:
    """The pictures that the terminal is to show. Belongs to the UI thread."""

    def __init__(self) -> None:
        self._known: dict[str, _Sixel] = {}
        self._numbers = count()

    def keep(self, data: str, columns: int, rows: int) -> str:
        """Know a picture from now on; gives the sign for its cells."""
        while (sign := chr(_FIRST + next(self._numbers) % _MOST)) in self._known:
            continue
        self._known[sign] = _Sixel(data, columns, rows)
        return sign

    def drop(self, sign: str) -> None:
        """Its view is gone; its cells are blanks until others take their place."""
        self._known.pop(sign, None)

    def forget(self) -> None:
        """The terminal shows none of them."""
        for sixel in self._known.values():
            sixel.shown_at = None

    @property
    def any(self) -> bool:
        """Whether there is anything to do."""
        return bool(self._known)

    def due(
        self, rows: Iterable[tuple[int, Sequence[Cell]]], painted: Mapping[int, set[str]]
    ) -> Iterator[str]:
        """What is to be sent after the cells: `painted` says which signs were sent in which row."""
        touched = {sign for signs in painted.values() for sign in signs}
        places = self._places(rows)
        for sign, sixel in self._known.items():
            at = _whole(places.get(sign, {}), sixel)
            if at is not None and (sign in touched or at != sixel.shown_at):
                yield f"\x1b[{at[0] + 1};{at[1] + 1}H{sixel.data}"
            sixel.shown_at = at

    def _places(self, rows: Iterable[tuple[int, Sequence[Cell]]]) -> dict[str, dict[int, tuple[int, int]]]:
        """Of each sign, in which rows it stands: first column, and how many."""
        places: dict[str, dict[int, tuple[int, int]]] = {}
        for y, cells in rows:
            for x, cell in enumerate(cells):
                if cell.text in self._known:
                    first, found = places.setdefault(cell.text, {}).get(y, (x, 0))
                    places[cell.text][y] = first, found + 1
        return places


def is_sixel(text: str) -> bool:
    """Whether a cell is a picture's."""
    return text in _SIGNS


def _whole(rows: Mapping[int, tuple[int, int]], sixel: _Sixel) -> tuple[int, int] | None:
    """Row and column of its upper left cell, if none of its cells is hidden or out of sight."""
    if len(rows) != sixel.rows:
        return None
    top, left = min(rows), rows[min(rows)][0]
    fits = all(rows.get(top + y) == (left, sixel.columns) for y in range(sixel.rows))
    return (top, left) if fits else None
