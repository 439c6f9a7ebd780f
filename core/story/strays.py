"""Words left behind: one writer moved a stretch of text while another was typing in it.

To a CRDT moving is deleting and inserting. What somebody else typed into the deleted stretch
stays where that was, alone. It can't be prevented, but it can be seen: this module compares what
each side did to the text both started from.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from core.story.types import TextEdit

_SHORTEST = 12  # characters of a stretch whose moving is worth a hint


@dataclass(frozen=True, slots=True)
class Stray:
    """`length` characters at `position` of the merged text belong at `home`."""

    position: int
    length: int
    home: int
    mine: bool
    """Whether they are my words (and somebody else moved the text), or the other way round."""


@dataclass(frozen=True, slots=True)
class LeftBehind:
    """A stray as marks that stay in place while writing goes on; see `ProjectStore.bring_home`."""

    first: bytes
    last: bytes
    home: bytes
    words: int
    mine: bool


@dataclass(frozen=True, slots=True)
class _Piece:
    """What an edit did, by the places of the old text as well as of the new one."""

    start: int
    end: int
    new_start: int
    inserted: str


def find_strays(
    base: str, mine: Sequence[TextEdit], theirs: Sequence[TextEdit], merged: Sequence[TextEdit]
) -> list[Stray]:
    """Find words left behind. Each side's edits, and the merge's, lead from `base`, left to right."""
    sides = (list(_pieces(mine)), list(_pieces(theirs)))
    whole = list(_pieces(merged))
    found: list[Stray] = []
    for mover, typist, is_mine in ((sides[0], sides[1], False), (sides[1], sides[0], True)):
        for cut in mover:
            moved = base[cut.start : cut.end].strip("\n")
            if len(moved) >= _SHORTEST and _pasted(mover, moved, cut):
                found += _strays_of(base, cut, moved, typist, whole, is_mine)
    return found


def _pieces(edits: Sequence[TextEdit]) -> Iterator[_Piece]:
    grown = 0
    for edit in edits:
        start = edit.position - grown
        yield _Piece(start, start + edit.deleted, edit.position, edit.inserted)
        grown += len(edit.inserted) - edit.deleted


def _body(text: str) -> str:
    """Without the first line: whoever moves a page may give it its new number at once."""
    rest = text.partition("\n")[2]
    return rest if len(rest) >= _SHORTEST else text


def _pasted(pieces: Sequence[_Piece], moved: str, cut: _Piece) -> bool:
    return any(_body(moved) in piece.inserted for piece in pieces if piece != cut)


def _strays_of(
    base: str, cut: _Piece, moved: str, typist: Sequence[_Piece], merged: Sequence[_Piece], is_mine: bool
) -> Iterator[Stray]:
    home = _home(moved, merged)
    if home is None:
        return
    text_start = cut.start + len(base[cut.start : cut.end]) - len(base[cut.start : cut.end].lstrip("\n"))
    body_start = text_start + len(moved) - len(_body(moved))
    for typed in typist:
        if not typed.inserted.strip() or not cut.start < typed.start < cut.end:
            continue
        left = next(
            (p for p in merged if p.start <= typed.start <= p.end and typed.inserted in p.inserted), None
        )
        if left is not None:
            position = left.new_start + left.inserted.index(typed.inserted)
            yield Stray(position, len(typed.inserted), home + max(0, typed.start - body_start), is_mine)


def _home(moved: str, merged: Sequence[_Piece]) -> int | None:
    """Where the moved stretch's body begins in the merged text."""
    body = _body(moved)
    pasted = next((piece for piece in merged if body in piece.inserted), None)
    return None if pasted is None else pasted.new_start + pasted.inserted.index(body)
