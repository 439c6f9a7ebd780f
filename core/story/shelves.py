"""Reads and writes records and meta in the document, leaving the commit to the caller."""

from __future__ import annotations

import difflib
import os
from collections.abc import Mapping, Sequence

from core.errors import DocumentError
from core.story.clean import Json
from core.story.document import Document
from core.story.events import Event
from core.story.fields import Kind
from core.story.records import MARK, AnyRecord, Meta, kind_of, to_meta, to_record
from core.story.types import RECORD_SECTIONS, Section, TextEdit

META = "meta"
_ORDER = ".order"
EDITED = "genko.edited"
DELETED = "genko.deleted"
# A record is deleted when DELETED names its last edit. So an edit made elsewhere at the same time
# brings it back, whatever came first: nobody's words vanish because somebody else tidied up.
OWN_KEYS = (EDITED, DELETED)
"""Keys of a stored record that are not fields of it."""


def order_name(section: Section) -> str:
    """The root list that holds a section's ids."""
    return section.value + _ORDER


class Shelves:
    """Records and meta of one document. Commits nothing itself."""

    def __init__(self, document: Document) -> None:
        self._document = document

    # --- reading ----------------------------------------------------------------------

    def meta(self) -> Meta:
        """The project's meta."""
        # Marks may be thousands, and this is read at each change of the status: they are not looked at.
        return to_meta({key: self.meta_value(key) for key in self.meta_keys() if MARK not in key})

    def meta_keys(self) -> list[str]:
        """The names of all that meta holds."""
        return self._document.keys(META)

    def meta_value(self, key: str) -> Json:
        """One field of meta; None if it isn't there."""
        return self._document.value(META, key)

    def raw_meta(self) -> dict[str, Json]:
        """Meta as it is stored."""
        value = self._document.value(META)
        return value if isinstance(value, dict) else {}

    def raw_records(self, section: Section) -> dict[str, dict[str, Json]]:
        """The living records as they are stored, in order."""
        stored = self._document.value(section.value)
        living = {
            key: _public(raw)
            for key, raw in (stored.items() if isinstance(stored, dict) else ())
            if isinstance(raw, dict) and is_alive(raw)
        }
        # The list only orders. An id that a merge or an undo left out of it comes last.
        order = dict.fromkeys(self._document.order(order_name(section)))
        ordered = [key for key in order if key in living]
        return {key: living[key] for key in [*ordered, *sorted(living.keys() - order.keys())]}

    def records(self, section: Section) -> list[AnyRecord]:
        """The living records, typed, in order."""
        return [to_record(section, key, raw) for key, raw in self.raw_records(section).items()]

    def raw_record(self, section: Section, record_id: str) -> dict[str, Json] | None:
        """One living record as it is stored, or None."""
        raw = self._document.value(section.value, record_id)
        return _public(raw) if isinstance(raw, dict) and is_alive(raw) else None

    def former_names(self, section: Section) -> dict[str, str]:
        """How those were called that are deleted or in the trash, by id."""
        stored = self._document.value(section.value)
        found: dict[str, str] = {}
        for key, raw in stored.items() if isinstance(stored, dict) else ():
            if isinstance(raw, dict) and (not is_alive(raw) or raw.get("trashedAt")):
                name = raw.get("name") or raw.get("title")
                if isinstance(name, str):
                    found[key] = name
        return found

    def is_living(self, section: Section, record_id: str) -> bool:
        """Whether there is such a record; it is not read for that."""
        edited = self._document.value(section.value, record_id, EDITED)
        return edited is not None and self._document.value(section.value, record_id, DELETED) != edited

    def living(self, section: Section) -> list[str]:
        """The ids of the living records in order; they are not read for that."""
        alive = {key for key in self._document.keys(section.value) if self.is_living(section, key)}
        # The list only orders. An id that a merge or an undo left out of it comes last.
        ordered = [key for key in dict.fromkeys(self.order(section)) if key in alive]
        return [*ordered, *sorted(alive - set(ordered))]

    def order(self, section: Section) -> list[str]:
        """The ids as they are ordered; those of deleted records may be among them."""
        return self._document.order(order_name(section))

    def ids(self, section: Section) -> list[str]:
        """The ids of all records, in no order; those of deleted ones are among them."""
        return self._document.keys(section.value)

    def raw_field(self, section: Section, record_id: str, key: str) -> Json:
        """One stored field; None if it isn't there."""
        return self._document.value(section.value, record_id, key)

    def has_all(self, section: Section, record_id: str, fields: Mapping[str, Json]) -> bool:
        """Whether all these fields (by key) stand so already; no others are read for that."""
        return all(self.raw_field(section, record_id, key) == value for key, value in fields.items())

    # --- writing ----------------------------------------------------------------------

    def splice(self, section: Section, record_id: str, key: str, edits: Sequence[TextEdit]) -> None:
        """Edit the prose of a field whose container stands."""
        self._document.splice_prose((section.value, record_id, key), edits)

    def is_prose(self, section: Section, record_id: str, key: str) -> bool:
        """Whether a field is kept as a text of its own, into which can be spliced."""
        return self._kind(section, (section.value, record_id, key), "") is Kind.PROSE

    def stamp(self, section: Section, record_id: str) -> None:
        """Say that a record has been edited: what was deleted elsewhere at the same time comes back."""
        self._document.set_value((section.value, record_id, EDITED), _new_stamp())

    def set_meta(self, fields: Mapping[str, Json]) -> bool:
        """Set fields of meta; None removes one. Whether anything differs."""
        changed = {key: value for key, value in fields.items() if self.meta_value(key) != value}
        for key, value in changed.items():
            self._put((META, key), value)
        return bool(changed)

    def frame(self, section: Section, record_id: str, fields: Mapping[str, Json]) -> bool:
        """Make the containers that a record with these fields needs; whether any was missing.

        Committed apart and passed over by undo: taking back the making of a record must not
        take its containers away from under what somebody else wrote into them.
        """
        path = (section.value, record_id)
        made = self._document.ensure(path, "map")
        for key, value in fields.items():
            kind = self._kind(section, (*path, key), value)
            if kind is not Kind.PLAIN:
                made = self._document.ensure((*path, key), kind.container) or made
        return made

    def write(
        self,
        section: Section,
        record_id: str,
        fields: Mapping[str, Json],
        *,
        keep_null: bool = False,
        stamped: bool = True,
    ) -> None:
        """Set fields (by key) of a record whose frame stands; None empties or removes one.

        With `keep_null` it is stored as the null that it is in somebody's document. Only what goes on
        with an edit that said so needs not say again that the record was edited (`stamped`).
        """
        path = (section.value, record_id)
        plain: dict[str, Json] = {}
        for key, value in fields.items():
            kind = Kind.PLAIN if value is None and keep_null else self._kind(section, (*path, key), value)
            if kind is Kind.PLAIN and (value is not None or keep_null):
                plain[key] = value
            else:
                self._write_field((*path, key), kind, value)
        if stamped:
            plain[EDITED] = _new_stamp()
        if plain:  # in one go: the way to the record is found once
            self._document.set_values(path, plain)

    def _kind(self, section: Section, path: tuple[str, ...], value: Json) -> Kind:
        kind = kind_of(section, path[-1], value)
        # Where somebody's document had a value that doesn't fit, the key stays a plain one.
        return Kind.PLAIN if kind is not Kind.PLAIN and self._document.is_plain(path) else kind

    def _write_field(self, path: tuple[str, ...], kind: Kind, value: Json) -> None:
        if kind is Kind.PROSE:
            self._document.set_prose(path, value if isinstance(value, str) else "")
        elif kind is Kind.NAMES:
            self._write_names(path, value if isinstance(value, list) else [])
        elif kind is Kind.PAIRS:
            self._write_pairs(path, value if isinstance(value, dict) else {})
        else:
            self._put(path, value)

    def add_to_order(self, section: Section, record_id: str, index: int | None) -> None:
        """Put a new record's id at `index` among the living ones (the end if None)."""
        name = order_name(section)
        if index is None:
            self._document.order_append(name, record_id)
        else:
            self._document.order_insert(name, self._place(section, index), record_id)

    def add_last(self, section: Section, ids: Sequence[str]) -> None:
        """Put new records' ids behind all others; the order is not read for that."""
        for key in ids:
            self._document.order_append(order_name(section), key)

    def move(self, section: Section, ids: Sequence[str], index: int) -> None:
        """Put living records next to each other, in this order, in front of the `index`-th of all others."""
        moved = set(ids)
        others = [key for key in self.living(section) if key not in moved]
        there = set(self.order(section))
        behind = (one for one in others[max(0, index) :] if one in there)
        self.move_before(section, ids, next(behind, None))

    def move_before(self, section: Section, ids: Sequence[str], before: str | None) -> None:
        """Put living records next to each other, in front of another that is ordered (None: of nothing).

        The others are not read for that, be they thousands.
        """
        name = order_name(section)
        order = self._document.order(name)
        there = set(order)
        if before not in there:
            before = None
        for key in ids:
            if key not in there:
                self._document.order_append(name, key)
                order.append(key)
                there.add(key)
            at = order.index(key)
            del order[at]
            target = order.index(before) if before is not None else len(order)
            order.insert(target, key)
            if target != at:
                self._document.order_move(name, at, target)

    def delete(self, section: Section, record_id: str) -> None:
        """Mark a record as deleted as of its last edit, and take it out of the order."""
        path = (section.value, record_id)
        self._document.set_value((*path, DELETED), self._document.value(*path, EDITED) or "-")
        order = self._document.order(order_name(section))
        for index in reversed([i for i, key in enumerate(order) if key == record_id]):
            self._document.order_delete(order_name(section), index)

    def make_equal(self, section: Section, wanted: Mapping[str, Mapping[str, Json]]) -> None:
        """Make a section's records what they are in `wanted`, in its order; their frames stand."""
        living = self.raw_records(section)
        for key in living.keys() - wanted.keys():
            self.delete(section, key)
        for key, raw in wanted.items():
            old = living.get(key, {})
            changed = {name: raw.get(name) for name in {**old, **raw} if old.get(name) != raw.get(name)}
            if changed or key not in living:
                self.write(section, key, changed)
            if key not in living:
                self.add_to_order(section, key, None)
        now = self.living(section)
        for index, key in enumerate(wanted):
            if now[index] != key:
                self.move(section, [key], index)
                now.remove(key)
                now.insert(index, key)

    # --- helpers ----------------------------------------------------------------------

    def _place(self, section: Section, index: int) -> int:
        order = self._document.order(order_name(section))
        living = self.living(section)
        if not 0 <= index < len(living) or living[index] not in order:
            return len(order)
        return order.index(living[index])

    def _put(self, path: tuple[str, ...], value: Json) -> None:
        if value is None:
            self._document.unset(path)
        else:
            self._document.set_value(path, value)

    def _write_names(self, path: tuple[str, ...], new: list[Json]) -> None:
        old = self._document.value(*path)
        old = old if isinstance(old, list) else []
        matcher = difflib.SequenceMatcher(None, [repr(v) for v in old], [repr(v) for v in new], False)
        for tag, start, end, new_start, new_end in reversed(matcher.get_opcodes()):
            if tag != "equal":
                self._document.edit_list(path, start, end - start, new[new_start:new_end])

    def _write_pairs(self, path: tuple[str, ...], new: dict[str, Json]) -> None:
        old = self._document.value(*path)
        old = old if isinstance(old, dict) else {}
        for key in old.keys() | new.keys():
            if old.get(key) != new.get(key):
                self._put((*path, key), new.get(key))


def is_alive(raw: Mapping[str, Json]) -> bool:
    """Whether a stored record was made and not deleted since its last edit."""
    edited = raw.get(EDITED)
    return edited is not None and raw.get(DELETED) != edited


def _public(raw: Mapping[str, Json]) -> dict[str, Json]:
    return {key: value for key, value in raw.items() if key not in OWN_KEYS}


def touched(event: Event) -> tuple[Section, frozenset[str]] | None:
    """Which records (or meta fields) an event touches; None for the script."""
    root = event.path[0]
    if root == META:
        return Section.META, frozenset(event.path[1:2] or event.values)
    section = _ORDERS.get(root)
    if section is not None:
        return section, frozenset(str(item) for item in event.inserted)
    section = _RECORDS.get(root)
    return None if section is None else (section, frozenset(event.path[1:2] or event.values))


_RECORDS = {section.value: section for section in RECORD_SECTIONS}
_ORDERS = {order_name(section): section for section in RECORD_SECTIONS}


def is_order(event: Event) -> bool:
    """Whether an event is of the order of a section's records."""
    return event.path[0] in _ORDERS


def _new_stamp() -> str:
    return os.urandom(6).hex()


def missing(section: Section) -> DocumentError:
    """The error for a record that isn't there (any more)."""
    return DocumentError(
        f"There is no such record in {section.value}.", safe="Nothing was changed.", todo="It may be deleted."
    )
