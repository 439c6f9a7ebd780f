"""Which thing a person means by an id, a name, or a beginning of either."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable
from typing import TypeVar

from core.errors import NotFound, UsageError
from core.workspace.entry import ShelfEntry

T = TypeVar("T")
AnyEntry = TypeVar("AnyEntry", bound=ShelfEntry)
PROJECT, LISTED = "project", "`genko projects` lists them."
MOST_TOLD = 8
"""Things that are named where several fit."""


def fold(text: str) -> str:
    """How a name is compared: case and the way its accents are written make no difference."""
    return unicodedata.normalize("NFC", text).casefold().strip()


def fitting(
    things: Iterable[T], wanted: str, id_of: Callable[[T], str], name_of: Callable[[T], str]
) -> list[T]:
    """Those that have this id, else this name, else a beginning of either; nothing fits no words."""
    key = fold(wanted)
    if not key:
        return []
    known = [(thing, id_of(thing), fold(name_of(thing))) for thing in things]
    return (
        [thing for thing, an_id, _ in known if an_id == key]
        or [thing for thing, _, name in known if name == key]
        or [thing for thing, an_id, name in known if name.startswith(key) or an_id.startswith(key)]
    )


def choose(entries: Iterable[AnyEntry], wanted: str, what: str = PROJECT, listed: str = LISTED) -> AnyEntry:
    """The one entry meant by `wanted`. `what` they are, and how they are `listed`, is said in errors.

    Raises UsageError for no words, NotFound, which lists the candidates when several fit.
    """
    if not fold(wanted):
        raise UsageError(f"No {what} was named.", todo=listed)
    fits = fitting(entries, wanted, lambda entry: str(entry.project_id), lambda entry: entry.title)
    if len(fits) == 1:
        return fits[0]
    if not fits:
        raise NotFound(f"No {what} fits “{_short(wanted)}”.", todo=listed)
    shown = "; ".join(f"{entry.project_id} {entry.shown_title}" for entry in fits[:MOST_TOLD])
    raise NotFound(
        f"{len(fits)} {what}s fit “{_short(wanted)}”: {shown}.", todo="Name one by its id.", ambiguous=True
    )


def _short(text: str) -> str:
    return text if len(text) <= 60 else f"{text[:59]}…"
