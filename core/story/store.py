"""The project as the screens see it: reads, named actions, undo, and a feed of what changed."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, cast
from uuid import UUID

from core.errors import DocumentError
from core.story import shelves
from core.story.clean import Json, clean_text, clean_value
from core.story.document import Document, first_bad
from core.story.feed import to_changes
from core.story.field_edits import FieldEdits
from core.story.records import (
    FORMAT_VERSION,
    MARK,
    META_FIELDS,
    AnyRecord,
    AssemblyPage,
    Background,
    Character,
    Scene,
    key_of,
    to_record,
)
from core.story.replica import receive
from core.story.shelves import Shelves
from core.story.types import RECORD_SECTIONS, Change, Origin, Received, Section, TextEdit

if TYPE_CHECKING:
    from core.story.strays import LeftBehind


class ProjectStore(FieldEdits):
    """One project's document. Belongs to the thread that made it (the UI's)."""

    def __init__(self, project_id: UUID, document: Document) -> None:
        super().__init__(document)
        self.project_id = project_id
        self.companions: dict[type, object] = {}
        """What follows this document and is kept with it, one of a kind."""
        self.waiting = Received()
        """What the last import had to leave waiting; see Received."""
        document.forget_events()

    @classmethod
    def create(
        cls, project_id: UUID | None = None, *, title: str = "", language: str = "en", direction: str = "ltr"
    ) -> ProjectStore:
        """Make a new, empty project. Its making is no step that could be undone."""
        document = Document()
        fields = {"title": title, "language": language, "direction": direction}
        cleaned = {key: clean_text(value).text for key, value in fields.items()}
        Shelves(document).set_meta({**cleaned, "format_version": FORMAT_VERSION})
        document.commit_frame()
        return cls(project_id or uuid.uuid4(), document)

    @classmethod
    def load(cls, project_id: UUID, blobs: Iterable[bytes]) -> ProjectStore:
        """Open a project from its blobs, in any order.

        Raises DocumentError naming the first damaged one; `salvage` reads around those.
        """
        document = Document()
        received, _ = receive(document, list(blobs), told=False)  # nobody has seen anything else before
        store = cls(project_id, document)
        store.waiting = received
        return store

    @property
    def peer_id(self) -> int:
        """This process's own id in the operations; random, never stored."""
        return self._document.peer_id

    # --- reads ----------------------------------------------------------------------------

    def characters(self) -> list[Character]:
        """The characters, in order."""
        return cast("list[Character]", self.records(Section.CHARACTERS))

    def backgrounds(self) -> list[Background]:
        """The backgrounds and decors, in order."""
        return cast("list[Background]", self.records(Section.BACKGROUNDS))

    def scenes(self) -> list[Scene]:
        """The scenes, in order."""
        return cast("list[Scene]", self.records(Section.SCENES))

    def pages(self) -> list[AssemblyPage]:
        """The assembly's pages, in order."""
        return cast("list[AssemblyPage]", self.records(Section.ASSEMBLY))

    def record(self, section: Section, record_id: str) -> AnyRecord | None:
        """One record, or None if it isn't there (any more)."""
        raw = self._shelves.raw_record(section, record_id)
        return None if raw is None else to_record(section, record_id, raw)

    # --- script actions -------------------------------------------------------------------

    def splice(self, position: int, deleted: int, inserted: str) -> int:
        """Replace `deleted` code points at `position`; see `edit_text`."""
        return self.edit_text((TextEdit(position, deleted, inserted),))

    def edit_text(self, edits: Sequence[TextEdit], *, joined: bool = False) -> int:
        """Apply edits one after another, as one action; all or none of them.

        With `joined` they belong to the undo step before them, unless others came between.

        Inserted CRLF and CR become LF; NUL and lone surrogates become U+FFFD, and how many
        were is returned. Raises DocumentError for a range that isn't in the script.
        """
        cleaned, replaced = self._check(edits)
        if not cleaned:
            return 0
        self._undo.write(cleaned)
        self._undo.commit_edits(cleaned, joined=joined)
        self._feed.emit((Change(Section.SCRIPT, Origin.LOCAL, tuple(cleaned)),))
        return replaced

    def replace_text(self, text: str) -> int:
        """Turn the script into `text`, changing only what differs; see `edit_text`."""
        cleaned, replaced = clean_text(text)
        self.checkpoint()
        self.edit_text(self._document.edits_to(cleaned))
        self.checkpoint()
        return replaced

    def bring_home(self, left: LeftBehind) -> bool:
        """Move words left behind into the page they were typed for; False if they are gone."""
        first, last, home = (self.cursor_position(mark) for mark in (left.first, left.last, left.home))
        end = last + 1
        words = self.text_slice(first, end)
        if not words.strip() or first <= home < end:
            return False
        self.checkpoint()
        target = home if home < first else home - len(words)
        self.edit_text((TextEdit(first, len(words), ""), TextEdit(target, 0, words)))
        return True

    def rename_character(self, edits: Sequence[TextEdit], record_id: str | None, name: str) -> None:
        """Edit the script, and give the character's record (if there is one) its name: one undo step."""
        record = [] if record_id is None else [(Section.CHARACTERS, record_id, {"name": name})]
        self.write_together(record, edits)

    def write_together(
        self, changes: Sequence[tuple[Section, str, Mapping[str, object]]], edits: Sequence[TextEdit] = ()
    ) -> None:
        """Set fields of records of any sections, and edit the script: one undo step.

        Records that aren't there (any more) are passed over.
        """
        cleaned, _ = self._check(edits)
        wanted = [
            (section, key, self._by_key(section, dict(fields)))
            for section, key, fields in changes
            if self._shelves.is_living(section, key)
        ]
        if not wanted:
            self.edit_text(cleaned)
            return
        self.checkpoint()
        made = [self._shelves.frame(*one) for one in wanted]  # all of them, before the step
        if any(made):
            self._document.commit_frame()
        if cleaned:
            self._undo.write(cleaned)
        for one in wanted:
            self._shelves.write(*one)
        self._act(tuple(cleaned))

    # --- record actions -------------------------------------------------------------------

    def set_meta(self, **fields: object) -> None:
        """Set fields of meta; None removes one."""
        self._known(fields, META_FIELDS)
        if self._shelves.set_meta({key: clean_value(value) for key, value in fields.items()}):
            self._act()

    def put_meta(self, fields: Mapping[str, Json]) -> None:
        """Set stored fields of meta by their keys, marks among them; None removes one. No undo step."""
        if self._shelves.set_meta({key: clean_value(value) for key, value in fields.items()}):
            self._document.commit_frame()
            self._feed.emit(to_changes(self._document.events(), Origin.LOCAL))

    def set_mark(self, kind: str, name: str, value: Json, *, undoable: bool = True) -> None:
        """Keep something small about the project under a name of its own; None lets go of it.

        Marks of two writers both survive a merge, and restoring an older version leaves marks alone.
        What has happened in the world (not `undoable`) is no step, so that no Ctrl+Z forgets it.
        """
        self.set_marks(kind, {name: value}, undoable=undoable)

    def set_marks(self, kind: str, values: Mapping[str, Json], *, undoable: bool = True) -> None:
        """Keep several marks of a kind, as one action; see `set_mark`."""
        fields = {f"{kind}{MARK}{clean_text(name).text}": clean_value(v) for name, v in values.items()}
        if not self._shelves.set_meta(fields):
            return
        if undoable:
            self._act()
            return
        self._document.commit_frame()
        self._feed.emit(to_changes(self._document.events(), Origin.LOCAL))

    def add_record(
        self, section: Section, *, index: int | None = None, record_id: str | None = None, **fields: object
    ) -> str:
        """Add a record at `index` (the end if None); gives its id, a new UUID by default."""
        self._known(fields, ())
        new_id = record_id or str(uuid.uuid4())
        self.put_raw(section, new_id, self._by_key(section, fields), index=index)
        return new_id

    def update_record(self, section: Section, record_id: str, **fields: object) -> None:
        """Set fields of a record; None empties one. DocumentError if it isn't there."""
        if self._shelves.raw_record(section, record_id) is None:
            raise shelves.missing(section)
        self.put_raw(section, record_id, self._by_key(section, fields))

    def put_raw(
        self, section: Section, record_id: str, fields: dict[str, Json], *, index: int | None = None
    ) -> None:
        """Set stored fields by their keys, making the record if it isn't there."""
        old = self._shelves.raw_record(section, record_id)
        new = old is None
        if old is not None and all(old.get(key) == value for key, value in fields.items()):
            return
        if self._shelves.frame(section, record_id, fields):
            self._document.commit_frame()
        self._shelves.write(section, record_id, fields)
        if new:
            self._shelves.add_to_order(section, record_id, index)
        self._act()

    def change_records(self, section: Section, changes: Mapping[str, Mapping[str, object]]) -> bool:
        """Set fields of several records as one undo step; False if all of them are so already.

        Those that aren't there are made. What they have of others stays. Records that are made come last.
        """
        for fields in changes.values():
            self._known(dict(fields), ())
        wanted: dict[str, dict[str, Json]] = {}
        living: set[str] = set()
        for record_id, fields in changes.items():
            raw = self._by_key(section, dict(fields))
            if self._shelves.is_living(section, record_id):
                living.add(record_id)
                if self._shelves.has_all(section, record_id, raw):
                    continue
            wanted[record_id] = raw
        made = [self._shelves.frame(section, record_id, raw) for record_id, raw in wanted.items()]
        if any(made):
            self._document.commit_frame()
        for record_id, raw in wanted.items():
            self._shelves.write(section, record_id, raw)
            if record_id not in living:
                self._shelves.add_to_order(section, record_id, None)
        if wanted:
            self._act()
        return bool(wanted)

    def delete_record(self, section: Section, record_id: str) -> None:
        """Delete a record (undoable). An edit of it made elsewhere meanwhile brings it back."""
        if self._shelves.raw_record(section, record_id) is None:
            raise shelves.missing(section)
        self._shelves.delete(section, record_id)
        self._act()

    def move_record(self, section: Section, record_id: str, index: int) -> None:
        """Make a record the `index`-th of its section."""
        if self._shelves.raw_record(section, record_id) is None:
            raise shelves.missing(section)
        self._shelves.move(section, [record_id], index)
        self._act()

    def restore(
        self,
        text: str | None = None,
        records: Mapping[str, Mapping[str, Mapping[str, Any]]] | None = None,
        meta: Mapping[str, Any] | None = None,
    ) -> None:
        """Bring back an older state (see `history.state_at`), as one edit that can be undone.

        Only what is given is touched. Records made since are deleted.
        """
        wanted = {section: records.get(section.value, {}) for section in RECORD_SECTIONS} if records else {}
        # The frames first, in a commit of their own: everything after them is one undo step.
        made = [self._shelves.frame(s, key, raw) for s, raws in wanted.items() for key, raw in raws.items()]
        if any(made):
            self._document.commit_frame()
        edits = self._document.edits_to(clean_text(text).text) if text is not None else ()
        if edits:
            self._undo.write(edits)
        for section, raws in wanted.items():
            self._shelves.make_equal(section, raws)
        if meta is not None:
            mine = {key: None for key in self.raw_meta() if MARK not in key}
            self._shelves.set_meta({**mine, **{key: value for key, value in meta.items() if MARK not in key}})
        self._act(edits)

    # --- undo -----------------------------------------------------------------------------

    def checkpoint(self) -> None:
        """Whatever comes next is an undo step of its own."""
        self._undo.cut()

    @property
    def can_undo(self) -> bool:
        """Whether there is a step of mine to take back."""
        return self._undo.can_undo

    @property
    def can_redo(self) -> bool:
        """Whether there is a step of mine to do again."""
        return self._undo.can_redo

    def undo(self) -> bool:
        """Take back my last step that still shows; False if there was none."""
        return self._tell(self._undo.undo())

    def redo(self) -> bool:
        """Do again what was undone last; False if there was nothing."""
        return self._tell(self._undo.redo())

    def _tell(self, changes: tuple[Change, ...]) -> bool:
        self._feed.emit(changes)
        return bool(changes)

    def warm_up(self) -> None:
        """Unpack a loaded script, so that the first key needn't (0.1 s or more if it is long)."""
        self._document.warm_up()

    # --- feed, bytes, places --------------------------------------------------------------

    def subscribe(
        self, section: Section | None, callback: Callable[[Change], None], *, first: bool = False
    ) -> Callable[[], None]:
        """Call `callback` after each change of a section (None: of any); gives how to stop that.

        `first`: before all who are there already.
        """
        return self._feed.subscribe(section, callback, first=first)

    def receive(self, blobs: Sequence[bytes]) -> Received:
        """Merge other replicas' blobs; DocumentError, and nothing merged, if one is damaged."""
        received, events = receive(self._document, blobs)
        self._undo.received(events)
        self.waiting = received
        self._feed.emit(received.changes)
        return received

    def cursor(self, position: int, side: int = 0) -> bytes:
        """A mark that stays with its character (`side` -1: the left one, 1: the right one)."""
        return self._document.cursor(position, side)

    def cursor_position(self, cursor: bytes) -> int:
        """Where a mark is now."""
        return self._document.cursor_position(cursor)

    # --- helpers --------------------------------------------------------------------------

    def _check(self, edits: Sequence[TextEdit]) -> tuple[list[TextEdit], int]:
        length, replaced = self._document.text_length, 0
        cleaned: list[TextEdit] = []
        for edit in edits:
            if edit.position < 0 or edit.deleted < 0 or edit.position + edit.deleted > length:
                raise DocumentError("There is no such place in the script.", safe="Nothing was changed.")
            text, bad = clean_text(edit.inserted)
            replaced += bad
            length += len(text) - edit.deleted
            if text or edit.deleted:  # an edit of nothing would make an empty undo step
                cleaned.append(TextEdit(edit.position, edit.deleted, text))
        return cleaned, replaced

    def _known(self, fields: dict[str, Any], allowed: tuple[str, ...]) -> None:
        bad = [name for name in fields if name in ("id", "extra") and name not in allowed]
        if bad:
            raise DocumentError(f"The field {bad[0]} can't be set.", safe="Nothing was changed.")

    def _by_key(self, section: Section, fields: dict[str, Any]) -> dict[str, Json]:
        return {key_of(section, name): clean_value(value) for name, value in fields.items()}

    def _act(self, edits: tuple[TextEdit, ...] = ()) -> None:
        """End an action on records, which may have edited the script before."""
        self._undo.commit()
        script = (Change(Section.SCRIPT, Origin.LOCAL, edits),) if edits else ()
        self._feed.emit((*script, *to_changes(self._document.events(), Origin.LOCAL)))


def salvage(project_id: UUID, blobs: Iterable[bytes]) -> tuple[ProjectStore, list[int]]:
    """Open a project from what is good among its blobs; also gives the indices of the bad ones."""
    given = list(blobs)
    bad = [index for index, blob in enumerate(given) if blob and first_bad([blob]) is not None]
    good = [blob for index, blob in enumerate(given) if index not in set(bad)]
    return ProjectStore.load(project_id, good), bad
