"""What happens in a document, and what goes wrong in it, in words of ours: no module but one imports Loro."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field

from core.errors import DocumentError
from core.story.clean import Json
from core.story.types import TextEdit

Path = tuple[str, ...]


class Child:
    """Stands for a child container among the values of a map event."""


@dataclass(frozen=True, slots=True)
class Event:
    """What happened to one container; `path` is the root's name, then the keys down to it."""

    path: Path
    edits: tuple[TextEdit, ...] = ()
    values: Mapping[str, Json | Child] = field(default_factory=dict)
    """New values of a map's keys; None stands for a removed key as well."""
    inserted: tuple[Json, ...] = ()


def edits_of(steps: Iterable[tuple[int, int, str]]) -> tuple[TextEdit, ...]:
    """Edits in application order, one a changed place, of a delta's steps: (kept, deleted, inserted)."""
    edits: list[TextEdit] = []
    position = 0
    fresh = True
    for kept, deleted, inserted in steps:
        if kept:
            position += kept
            fresh = True
            continue
        if not fresh:
            last = edits.pop()
            deleted, inserted = last.deleted + deleted, last.inserted + inserted
            position = last.position
        edits.append(TextEdit(position, deleted, inserted))
        position += len(inserted)
        fresh = False
    return tuple(edits)


@contextmanager
def our_errors(what: str) -> Iterator[None]:
    """Make DocumentErrors of Loro's errors; ours, and mistakes in our own code, pass through."""
    try:
        yield
    except BaseException as error:
        if not _is_loros(error):
            raise
        raise DocumentError(what, safe="Nothing was changed.") from error


def _is_loros(error: BaseException) -> bool:
    # Loro raises BaseException itself, and nothing else; a panic of its arrives as pyo3's
    # PanicException, which can't be imported and derives from BaseException directly.
    return type(error) is BaseException or type(error).__name__ == "PanicException"
