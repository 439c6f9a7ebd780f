"""Undo and redo across the whole project: my steps, never anybody else's."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from core.story.claims import Claims
from core.story.clean import Json
from core.story.document import Document, Event, Path
from core.story.feed import to_changes
from core.story.steps import Steps
from core.story.types import Change, Origin, TextEdit


class Undo:
    """Makes commits into steps, and takes steps back."""

    def __init__(self, document: Document) -> None:
        self.steps = Steps()
        self._document = document
        self._claims = Claims()
        document.start_undo()

    def cut(self) -> None:
        """Whatever comes next is a step of its own."""
        self.steps.cut()

    def commit(self) -> None:
        """End an action that is a step of its own."""
        self.cut()
        self._commit(new_step=True)

    def commit_edits(self, edits: Sequence[TextEdit]) -> None:
        """End an edit of the script, which may go on with the typing before it."""
        if len(edits) > 1:
            self.commit()
        else:
            self._commit(new_step=self.steps.is_new(edits[0]))

    def received(self, events: list[Event]) -> None:
        """Note what came from others: my older steps must leave it alone."""
        self._claims.received(events)

    def undo(self) -> tuple[Change, ...]:
        """Take back steps until something shows; () if nothing does."""
        self.cut()
        while self._document.undo_count:
            done = self._document.undo()
            changes = self._settle(self._claims.undone(self._document.undo_count, kept=done))
            if changes:
                return changes
        return ()

    def redo(self) -> tuple[Change, ...]:
        """Do steps again until something shows; () if nothing does."""
        self.cut()
        while self._document.redo_count:
            done = self._document.redo()
            changes = self._settle(self._claims.redone(self._document.redo_count, kept=done))
            if changes:
                return changes
        return ()

    def _commit(self, *, new_step: bool) -> None:
        self._document.commit(new_step=new_step)
        self._claims.stepped(self._document.undo_count, self._document.redo_count)

    def _settle(self, age: int) -> tuple[Change, ...]:
        """Put others' values back after a step of this age was undone or redone; what shows of it."""
        events = self._document.events()
        theirs = self._claims.to_restore(events, age)
        for path, value in theirs.items():
            if value is None:
                self._document.unset(path)
            else:
                self._document.set_value(path, value)
        if theirs:
            self._document.commit_frame()
            self._document.forget_events()
        return to_changes(_without(events, theirs), Origin.UNDO)


def _without(events: list[Event], kept: Mapping[Path, Json]) -> list[Event]:
    """The events apart from values that were put back."""
    left = []
    for event in events:
        values = {key: value for key, value in event.values.items() if (*event.path, key) not in kept}
        if values or event.edits or not event.values:
            left.append(Event(event.path, event.edits, values, event.inserted))
    return left
