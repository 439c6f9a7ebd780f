"""Typing into the fields of records, and one action on several of them: parts of the store."""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager

from core.errors import DocumentError
from core.story.clean import Json, clean_text, clean_value
from core.story.document import Document
from core.story.feed import Feed, to_changes
from core.story.readings import Readings
from core.story.records import MARK, key_of
from core.story.types import Origin, Section, TextEdit, apply_edits
from core.story.undoing import Undo


class FieldEdits(Readings):
    """What is typed is put together to undo steps as in the script: at words, pauses, other places."""

    def __init__(self, document: Document) -> None:
        super().__init__(document)
        self._feed = Feed()
        self._undo = Undo(document)

    def field_text(self, section: Section, record_id: str, name: str) -> str:
        """A field that holds words; "" if it is empty or holds something else."""
        value = self._shelves.raw_field(section, record_id, key_of(section, name))
        return value if isinstance(value, str) else ""

    def field_names(self, section: Section, record_id: str, name: str) -> list[str]:
        """A field that is a list of names; empty if it holds something else."""
        value = self._shelves.raw_field(section, record_id, key_of(section, name))
        return [one for one in value if isinstance(one, str)] if isinstance(value, list) else []

    def has_names(self, section: Section, record_id: str, name: str) -> bool:
        """Whether a field is a list of names, be it an empty one."""
        return isinstance(self._shelves.raw_field(section, record_id, key_of(section, name)), list)

    def has_record(self, section: Section, record_id: str) -> bool:
        """Whether there is such a record (it may be in the trash)."""
        return self._shelves.is_living(section, record_id)

    def edit_prose(self, section: Section, record_id: str, name: str, edits: Sequence[TextEdit]) -> int:
        """Type into a field of prose; gives how many characters couldn't be kept (see `edit_text`).

        A record that was deleted comes back. DocumentError for a range that isn't in the field.
        """
        key = key_of(section, name)
        before = self.field_text(section, record_id, name)
        cleaned, replaced = checked(before, edits)
        if not cleaned:
            return replaced
        if not self._shelves.is_prose(section, record_id, key):
            self.type_value(section, record_id, name, apply_edits(before, cleaned), cleaned)
            return replaced
        with self._typing(section, record_id, {key: ""}, cleaned) as joined:
            self._shelves.splice(section, record_id, key, cleaned)
            if not joined:
                self._shelves.stamp(section, record_id)
        return replaced

    def type_value(
        self, section: Section, record_id: str, name: str, value: object, typed: Sequence[TextEdit]
    ) -> None:
        """Set a line or a list that is being typed; `typed` is what was done to the words that show it."""
        fields = {key_of(section, name): clean_value(value)}
        if all(self._shelves.raw_field(section, record_id, key) == new for key, new in fields.items()):
            return
        with self._typing(section, record_id, fields, typed) as joined:
            self._shelves.write(section, record_id, fields, stamped=not joined)

    def update_records(self, section: Section, ids: Sequence[str], **fields: object) -> int:
        """Set the same fields of several records, as one step; gives how many there were."""
        found = [key for key in ids if self._shelves.is_living(section, key)]
        values = {key_of(section, name): clean_value(value) for name, value in fields.items()}
        if not found or not values:
            return 0
        made = [self._shelves.frame(section, key, values) for key in found]  # all of them, before the step
        if any(made):
            self._document.commit_frame()
        for key in found:
            self._shelves.write(section, key, values)
        self._commit()
        return len(found)

    def add_records(self, section: Section, records: Sequence[Mapping[str, object]]) -> list[str]:
        """Add records with these fields behind the others, as one step; gives their ids."""
        values = [
            {key_of(section, name): clean_value(value) for name, value in fields.items()}
            for fields in records
        ]
        made = {str(uuid.uuid4()): fields for fields in values}
        if not made:
            return []
        for key, fields in made.items():
            self._shelves.frame(section, key, fields)
            self._shelves.write(section, key, fields, stamped=False)
        # All but that they are there belongs to the frame: what somebody else works on stays whole when
        # the step is taken back, and taking thousands of places in the order back takes Loro their square.
        self._shelves.add_last(section, list(made))
        self._document.commit_frame()
        for key in made:
            self._shelves.stamp(section, key)
        self._commit()
        return list(made)

    def put_records(
        self,
        changes: Mapping[Section, Mapping[str, Mapping[str, object]]],
        marks: Mapping[str, Mapping[str, Json]] | None = None,
    ) -> bool:
        """Set fields of records of any sections, making those that aren't there; False if all are so already.

        One commit and no undo step: for what has happened in the world. No Ctrl+Z forgets it, and undoing
        older steps leaves it alone. Records that are made come last, in the order given. `marks` go into the
        same commit: kind, name and value; None lets go of one.
        """
        wanted: list[tuple[Section, str, dict[str, Json]]] = []
        for section, records in changes.items():
            for record_id, fields in records.items():
                raw = {key_of(section, name): clean_value(value) for name, value in fields.items()}
                living = self._shelves.is_living(section, record_id)
                if not living or not self._shelves.has_all(section, record_id, raw):
                    wanted.append((section, record_id, raw))
        meta = {
            f"{kind}{MARK}{clean_text(name).text}": clean_value(value)
            for kind, values in (marks or {}).items()
            for name, value in values.items()
        }
        marked = self._shelves.set_meta(meta)
        if not wanted and not marked:
            return False
        new: dict[Section, list[str]] = {}
        for section, record_id, raw in wanted:
            if not self._shelves.is_living(section, record_id):
                new.setdefault(section, []).append(record_id)
            self._shelves.frame(section, record_id, raw)
            self._shelves.write(section, record_id, raw)
        for section, ids in new.items():
            self._shelves.add_last(section, ids)
        self._document.commit_frame()
        events = self._document.events()
        self._undo.received(events)
        self._feed.emit(to_changes(events, Origin.LOCAL))
        return True

    def move_records(self, section: Section, ids: Sequence[str], index: int) -> None:
        """Put records next to each other, in this order, in front of the `index`-th of all others."""
        living = [key for key in ids if self._shelves.is_living(section, key)]
        if living:
            self._shelves.move(section, living, index)
            self._commit()

    def move_records_before(self, section: Section, ids: Sequence[str], before: str | None) -> None:
        """Put records next to each other, in this order, in front of another one; None: behind all others."""
        living = [key for key in ids if self._shelves.is_living(section, key)]
        if living:
            self._shelves.move_before(section, living, before)
            self._commit()

    @contextmanager
    def _typing(
        self, section: Section, record_id: str, fields: Mapping[str, Json], typed: Sequence[TextEdit]
    ) -> Iterator[bool]:
        """An action that types; gives whether it goes on with the step before it.

        Only the first edit of a step says that the record was edited, or a note of 5,000 letters would
        have 5,000 such words beside it.
        """
        gone = not self._shelves.is_living(section, record_id)
        if self._shelves.frame(section, record_id, fields):
            self._document.commit_frame()
            self._undo.cut()
        place = (section.value, record_id, *fields)
        joined = self._undo.goes_on(place, typed) and not gone
        yield joined
        if gone and record_id not in self._shelves.order(section):
            self._shelves.add_to_order(section, record_id, None)
        self._undo.commit_typed(joined=joined)
        self._feed.emit(to_changes(self._document.events(), Origin.LOCAL))

    def _commit(self) -> None:
        self._undo.commit()
        self._feed.emit(to_changes(self._document.events(), Origin.LOCAL))


def checked(text: str, edits: Sequence[TextEdit]) -> tuple[list[TextEdit], int]:
    """Edits of a text of this length, cleaned, and how many characters were replaced."""
    length, replaced = len(text), 0
    cleaned: list[TextEdit] = []
    for edit in edits:
        if edit.position < 0 or edit.deleted < 0 or edit.position + edit.deleted > length:
            raise DocumentError("There is no such place in the field.", safe="Nothing was changed.")
        words, bad = clean_text(edit.inserted)
        replaced += bad
        length += len(words) - edit.deleted
        if words or edit.deleted:
            cleaned.append(TextEdit(edit.position, edit.deleted, words))
    return cleaned, replaced
