"""One field of a record as a text to type in: it goes to the store, and what others write comes here."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from enum import Enum, auto

from core.story.field_edits import checked
from core.story.fields import Kind
from core.story.linediff import edits_between
from core.story.names_line import follow_names, names_line, names_of
from core.story.records import key_of, kinds_of
from core.story.store import ProjectStore
from core.story.types import Change, Origin, Section, TextEdit, apply_edits

Callback = Callable[[Change], None]


class Held(Enum):
    """What a line that is being typed does with another's value."""

    FOLLOWS = auto()
    """Nothing was typed here: it shows what the store has."""
    MINE = auto()
    """It keeps what was typed, and `theirs` is what another made of it."""


class FieldText:
    """The store of one field, as a text editor needs it. Every edit is in the project at once.

    A prose field follows every letter of others. A list keeps the names of both. A line that somebody
    types in stays theirs: what another sets meanwhile is in `theirs`, and the next letter, or `leave`,
    sets the line again.
    """

    def __init__(
        self, store: ProjectStore, section: Section, record_id: str, name: str, *, older: str = ""
    ) -> None:
        """`older` is shown while the field is empty: what an earlier program called otherwise."""
        self.section, self.record_id, self.name = section, record_id, name
        self.theirs: str | None = None
        """What another has made of the line while I type in it; None while nobody has."""
        self._store = store
        self._key = key_of(section, name)
        self._kind = kinds_of(section).get(self._key, Kind.PLAIN)
        self._older = older
        self._held = Held.FOLLOWS
        self._writing = False
        self._callback: Callback | None = None
        self.text = self._stored()

    @property
    def is_prose(self) -> bool:
        """Whether two may write in it at once, word by word."""
        return self._kind is Kind.PROSE

    @property
    def is_writing(self) -> bool:
        """Whether what is being told of comes from here, and `text` is about to be it."""
        return self._writing

    @property
    def is_there(self) -> bool:
        """Whether its record is still in the project."""
        return self._store.has_record(self.section, self.record_id)

    def edit_text(self, edits: Sequence[TextEdit], *, joined: bool = False) -> int:
        """Type into it; gives how many characters couldn't be kept."""
        cleaned, replaced = checked(self.text, edits)
        if not cleaned:
            return replaced
        text = apply_edits(self.text, cleaned)
        self._writing = True
        try:
            self._write(text, cleaned)
        finally:
            self._writing = False
        self.text, self._held, self.theirs = text, Held.MINE, None
        self._tell(Origin.LOCAL, tuple(cleaned))
        return replaced

    def leave(self) -> None:
        """The cursor goes elsewhere: what I typed stands, and the field follows the store again."""
        if self.theirs is not None:
            self._store.checkpoint()
            self._set(self.text, ())
        self._held, self.theirs = Held.FOLLOWS, None
        self._store.checkpoint()

    def undo(self) -> bool:
        """Take back the last step, wherever it was."""
        return self._store.undo()

    def redo(self) -> bool:
        """Do again what was taken back."""
        return self._store.redo()

    def subscribe(self, section: Section | None, callback: Callback) -> Callable[[], None]:
        """Call `callback` after each change of the text, as the script's changes are told."""
        self._callback = callback
        stop = self._store.subscribe(self.section, self._changed)

        def stop_both() -> None:
            self._callback = None
            stop()

        return stop_both

    # --- helpers

    def _stored(self) -> str:
        if self._kind is Kind.NAMES:
            names = self._store.field_names(self.section, self.record_id, self.name)
            return names_line(names) if names or self._key_is_set() else self._older
        return self._store.field_text(self.section, self.record_id, self.name) or self._older

    def _key_is_set(self) -> bool:
        """Whether there is a list, be it empty: then nothing older counts any more."""
        return self._store.has_names(self.section, self.record_id, self.name)

    def _write(self, text: str, edits: Sequence[TextEdit]) -> None:
        store, section, record = self._store, self.section, self.record_id
        started = bool(store.field_text(section, record, self.name)) or not self._older
        if self._kind is Kind.PROSE and started:
            store.edit_prose(section, record, self.name, edits)
        else:
            self._set(text, edits)

    def _set(self, text: str, edits: Sequence[TextEdit]) -> None:
        value: object = names_of(text) if self._kind is Kind.NAMES else text
        self._store.type_value(self.section, self.record_id, self.name, value, edits)

    def _changed(self, change: Change) -> None:
        if self._writing or self.record_id not in change.records:
            return
        stored = self._stored()
        if self._kind is Kind.PROSE:
            self._follow(change, stored)
        elif self._kind is Kind.NAMES:
            self._apply(change.origin, follow_names(self.text, names_of(stored)))
        elif change.origin is Origin.REMOTE and self._held is Held.MINE:
            self.theirs = stored if stored != self.text else None
            self._tell(change.origin, ())
        else:
            self.theirs = None
            self._apply(change.origin, edits_between(self.text, stored))

    def _follow(self, change: Change, stored: str) -> None:
        """Another's letters exactly where they were put, if they were told; else as the texts differ."""
        told = [edit for one in change.prose if self._is_mine(one.record, one.key) for edit in one.edits]
        known = told and apply_edits(self.text, told) == stored
        self._apply(change.origin, tuple(told) if known else edits_between(self.text, stored))

    def _is_mine(self, record: str, key: str) -> bool:
        return (record, key) == (self.record_id, self._key)

    def _apply(self, origin: Origin, edits: tuple[TextEdit, ...]) -> None:
        if edits:
            self.text = apply_edits(self.text, edits)
            self._tell(origin, edits)

    def _tell(self, origin: Origin, edits: tuple[TextEdit, ...]) -> None:
        if self._callback is not None:
            self._callback(Change(Section.SCRIPT, origin, edits))
