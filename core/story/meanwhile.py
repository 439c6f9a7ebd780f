"""Edits worked out beside the keys, for a script that is written on meanwhile."""

from __future__ import annotations

from collections.abc import Sequence

from core.story.deltas import Delta, carry, compose_all, from_edits, to_edits
from core.story.store import ProjectStore
from core.story.types import Change, Section, TextEdit


class Meanwhile:
    """Notes what is written from now on, so that edits of `text` fit later. Belongs to the store's thread."""

    def __init__(self, store: ProjectStore) -> None:
        self.text = store.text
        """The script as it is now: what the edits are made for, in a worker."""
        self._since: list[Delta] = []
        self._stop = store.subscribe(Section.SCRIPT, self._note)

    def end(self) -> None:
        """Nothing is noted any more."""
        self._stop()

    @property
    def moved(self) -> bool:
        """Whether anything was written."""
        return bool(self._since)

    def fit(self, edits: Sequence[TextEdit]) -> tuple[TextEdit, ...]:
        """Edits of `text`, for the script as it is by now."""
        if not self._since:
            return tuple(edits)
        return to_edits(carry(from_edits(edits), compose_all(self._since), first=False))

    def _note(self, change: Change) -> None:
        self._since.append(from_edits(change.edits))
