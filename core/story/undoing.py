"""Undo and redo across the whole project: my steps, never anybody else's.

Records are undone by Loro. The script is undone here: Loro finds out what a step did by travelling
through the history, which for a paste of 100,000 lines takes it minutes; a delta noted when the step
is made is applied in the time that typing it takes.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from core.story.claims import Claims
from core.story.clean import Json
from core.story.deltas import Delta, from_edits, inverse, to_edits
from core.story.document import SCRIPT, Document
from core.story.events import Event, Path
from core.story.feed import to_changes
from core.story.stack import Stack
from core.story.steps import Steps
from core.story.types import Change, Origin, Section, TextEdit


class Undo:
    """Makes commits into steps, and takes steps back."""

    def __init__(self, document: Document) -> None:
        self.steps = Steps()
        self._document = document
        self._claims = Claims()
        self._done = Stack()
        self._undone = Stack()
        self._script: Delta = ()  # takes back what the action under way did to the script
        document.start_undo()

    @property
    def can_undo(self) -> bool:
        """Whether there is a step to take back."""
        return len(self._done) > 0

    @property
    def can_redo(self) -> bool:
        """Whether there is a step to do again."""
        return len(self._undone) > 0

    def cut(self) -> None:
        """Whatever comes next is a step of its own."""
        self.steps.cut()

    def write(self, edits: Sequence[TextEdit]) -> None:
        """Apply edits to the script, as the first thing an action does; a commit has to follow."""
        self._script = self._write(edits)

    def commit(self) -> None:
        """End an action that is a step of its own."""
        self.cut()
        before = self._document.undo_count
        self._document.commit()
        depth = self._document.undo_count
        self._claims.stepped(depth, self._document.redo_count)
        self._push(depth if depth > before else 0)

    def commit_edits(self, edits: Sequence[TextEdit], *, joined: bool = False) -> None:
        """End an edit of the script, which may go on with the typing (or whatever was) before it."""
        if len(edits) > 1 or joined:
            self.cut()
        joins = joined or (len(edits) == 1 and not self.steps.is_new(edits[0]))
        if joins and self._done.join(self._script, many=joined):
            self._script = ()
            self._undone.clear()
        else:
            self._push(0)

    def goes_on(self, place: Path, edits: Sequence[TextEdit]) -> bool:
        """Whether what is about to be typed into a record's field goes on with the step before it."""
        if len(edits) != 1:
            self.cut()
            return False
        same = not self.steps.is_new(edits[0], place)
        return same and self._done.top_depth == self._document.undo_count > 0

    def commit_typed(self, *, joined: bool) -> None:
        """End what was typed into a record's field; `joined` is what `goes_on` said of it."""
        before = self._document.undo_count
        self._document.commit(joined=joined)
        depth = self._document.undo_count
        self._claims.stepped(depth, self._document.redo_count)
        if depth > before:
            self._push(depth)
        else:
            self._undone.clear()

    def received(self, events: list[Event]) -> None:
        """Note what came from others: my older steps must leave it alone."""
        self._claims.received(events)
        if self._done or self._undone:
            deltas = [from_edits(event.edits) for event in events if event.path == (SCRIPT,)]
            self._done.received(deltas)
            self._undone.received(deltas)

    def undo(self) -> tuple[Change, ...]:
        """Take back steps until something shows; () if nothing does."""
        self.cut()
        changes: tuple[Change, ...] = ()
        while self._done and not changes:
            script, depth = self._done.pop()
            changes, back = self._apply(script)
            kept = 0
            if 0 < depth <= self._document.undo_count:
                done = self._document.undo()
                changes += self._settle(self._claims.undone(self._document.undo_count, kept=done))
                kept = self._document.redo_count if done else 0
            if back or kept:
                self._undone.push(back, kept)
        return changes

    def redo(self) -> tuple[Change, ...]:
        """Do steps again until something shows; () if nothing does."""
        self.cut()
        changes: tuple[Change, ...] = ()
        while self._undone and not changes:
            script, depth = self._undone.pop()
            changes, back = self._apply(script)
            kept = 0
            if 0 < depth <= self._document.redo_count:
                done = self._document.redo()
                changes += self._settle(self._claims.redone(self._document.redo_count, kept=done))
                kept = self._document.undo_count if done else 0
            if back or kept:
                self._done.push(back, kept)
        return changes

    def _push(self, depth: int) -> None:
        if self._script or depth:
            self._done.push(self._script, depth)
            self._undone.clear()
        self._script = ()

    def _write(self, edits: Sequence[TextEdit]) -> Delta:
        """Apply edits to the script, in commits that Loro's undo passes over; what takes them back."""
        removed = []
        for edit in edits:
            end = edit.position + edit.deleted
            removed.append(self._document.text_slice(edit.position, end) if edit.deleted else "")
            self._document.splice(edit.position, edit.deleted, edit.inserted)
        self._document.commit_frame()
        self._document.forget_events()
        return inverse(edits, removed)

    def _apply(self, script: Delta) -> tuple[tuple[Change, ...], Delta]:
        """Apply a delta to the script; what shows of it, and what takes it back."""
        edits = to_edits(script)
        if not edits:
            return (), ()
        back = self._write(edits)
        return (Change(Section.SCRIPT, Origin.UNDO, edits),), back

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
