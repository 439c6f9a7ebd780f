"""The CRDT behind a project: the one module that knows Loro, and that turns its errors into ours."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple, cast

import loro

from core.errors import DocumentError
from core.story.clean import Json
from core.story.events import Child, Event, Path, edits_of, our_errors
from core.story.linediff import edits_between
from core.story.types import Frontier, TextEdit, Version

SCRIPT = "script"
_FRAME = "frame"  # origin of commits that undo passes over
_MANY_STEPS = 1_000_000  # no step is ever pushed out, so that the depth of a step is its name
_ALWAYS = 2**40  # milliseconds between two commits that Loro's undo may put together
_PIECE = 4_000  # characters of an insert that are one change
_CHANGE_SECONDS = 1_000  # Loro's own default: changes closer than this are kept as one
_LARGE = 16_000  # bytes; a larger blob is imported alone


class Imported(NamedTuple):
    """How many operations an import couldn't apply yet, and their bytes."""

    waiting: int
    waiting_bytes: bytes


def _random_peer() -> int:
    # From the system itself (`secrets` would load OpenSSL before the first paint). Below 2**63:
    # the largest ids are special to Loro. Never stored, never given to another process.
    return int.from_bytes(os.urandom(8), "big") >> 1


class Document:
    """One Loro document with a fresh peer id. Belongs to one thread."""

    def __init__(self) -> None:
        self._doc = loro.LoroDoc()  # type: ignore[no-untyped-call]
        self._doc.peer_id = _random_peer()
        self._text = self._doc.get_text(SCRIPT)
        self._queue: list[loro.DiffEvent] = []
        self._watch: loro.Subscription | None = None
        self._undo: loro.UndoManager | None = None

    # --- the script -------------------------------------------------------------------

    @property
    def text(self) -> str:
        """The whole script."""
        return self._text.to_string()

    @property
    def text_length(self) -> int:
        """Length of the script in code points."""
        return self._text.len_unicode

    def text_slice(self, start: int, end: int) -> str:
        """The script between two code point positions that lie in it."""
        return self._text.slice(start, end)

    def splice(self, position: int, deleted: int, inserted: str) -> None:
        """Replace a range of the script; the caller has checked that it lies in it."""
        if deleted:
            self._text.delete(position, deleted)
        if len(inserted) > _PIECE:
            self._insert_in_pieces(position, inserted)
        elif inserted:
            self._text.insert(position, inserted)

    def _insert_in_pieces(self, position: int, text: str) -> None:
        # One large change would be one large block of Loro's store, and each later key next to it
        # would unpack it: 5 ms a key in a script of 3,000 pages, against 6 µs with small blocks.
        # The last piece goes first: pieces that follow one another in the text and in time become one
        # span of Loro's, and travelling through the history takes it the square of a span's length
        # (8 minutes for 4 MB; so 0.3 s).
        self._doc.set_change_merge_interval(-1)
        for start in reversed(range(0, len(text), _PIECE)):
            self._text.insert(position, text[start : start + _PIECE])
            self.commit_frame()
        self._doc.set_change_merge_interval(_CHANGE_SECONDS)

    def edits_to(self, text: str) -> tuple[TextEdit, ...]:
        """The small edits, from left to right, that turn the script into `text`."""
        return edits_between(self.text, text)

    # --- maps, lists and texts by path --------------------------------------------------

    def value(self, *path: str) -> Json:
        """What stands at `path`, children included; None if there is nothing."""
        if len(path) > 1:
            parent = self._container(path[:-1])
            found = parent.get(path[-1]) if isinstance(parent, loro.LoroMap) else None
            if isinstance(found, loro.ValueOrContainer.Value):
                return cast("Json", found.value)
        container = self._container(path)
        if isinstance(container, loro.LoroMap | loro.LoroList):
            return cast("Json", container.get_deep_value())
        return container.to_string() if isinstance(container, loro.LoroText) else None

    def keys(self, *path: str) -> list[str]:
        """The keys of a map."""
        return self._map(path).keys()

    def has(self, *path: str) -> bool:
        """Whether the last part of `path` is a key of the map that the rest leads to."""
        return path[-1] in self._map(path[:-1])

    def is_plain(self, path: Path) -> bool:
        """Whether a plain value, and not null, stands at `path`."""
        found = self._map(path[:-1]).get(path[-1])
        return isinstance(found, loro.ValueOrContainer.Value) and found.value is not None

    def set_value(self, path: Path, value: Json) -> None:
        """Set a plain value of a map."""
        with our_errors("A field could not be written."):
            self._map(path[:-1]).insert(path[-1], cast("loro.LoroValue", value))

    def set_values(self, path: Path, values: Mapping[str, Json]) -> None:
        """Set several plain values of the map at `path`."""
        with our_errors("A field could not be written."):
            found = self._map(path)
            for key, value in values.items():
                found.insert(key, cast("loro.LoroValue", value))

    def unset(self, path: Path) -> None:
        """Remove a key of a map, if it is there."""
        parent = self._map(path[:-1])
        if path[-1] in parent:
            parent.delete(path[-1])

    def ensure(self, path: Path, kind: str) -> bool:
        """Make the child container "map", "text" or "list" at `path`; whether it was missing."""
        parent = self._map(path[:-1])
        found = parent.get(path[-1])
        if isinstance(_container_in(found), _KINDS[kind]):
            return False
        if found is not None:  # a null, or a child of another kind: nothing that could stay
            parent.delete(path[-1])
        # Mergeable: made on two machines at once, it is one container and not two.
        getattr(parent, f"ensure_mergeable_{kind}")(path[-1])
        return True

    def set_prose(self, path: Path, text: str) -> None:
        """Turn the text container at `path` into `text` by small edits."""
        _update(cast("loro.LoroText", self._container(path)), text)

    def splice_prose(self, path: Path, edits: Sequence[TextEdit]) -> None:
        """Apply edits that lie in the text container at `path`, one after another."""
        _apply(cast("loro.LoroText", self._container(path)), edits)

    def edit_list(self, path: Path, index: int, deleted: int, inserted: Sequence[Json]) -> None:
        """Replace a range of the list at `path`."""
        items = cast("loro.LoroList", self._container(path))
        if deleted:
            items.delete(index, deleted)
        for offset, item in enumerate(inserted):
            items.insert(index + offset, cast("loro.LoroValue", item))

    # --- the order of records, a movable list of ids at the root ----------------------------

    def order(self, name: str) -> list[str]:
        """The ids of a root list, as they stand."""
        return cast("list[str]", self._doc.get_movable_list(name).get_deep_value())

    def order_insert(self, name: str, index: int, record_id: str) -> None:
        """Put an id into a root list."""
        self._doc.get_movable_list(name).insert(index, record_id)

    def order_append(self, name: str, record_id: str) -> None:
        """Put an id at the end of a root list."""
        self._doc.get_movable_list(name).push(record_id)

    def order_move(self, name: str, index: int, to: int) -> None:
        """Move the id at `index` so that it stands at `to` afterwards."""
        self._doc.get_movable_list(name).mov(index, to)

    def order_delete(self, name: str, index: int) -> None:
        """Take the id at `index` out of a root list."""
        self._doc.get_movable_list(name).delete(index, 1)

    # --- commits, undo -------------------------------------------------------------------

    def commit(self, *, joined: bool = False) -> None:
        """End an action on records: one step of Loro's undo, or with `joined` a part of the last one.

        It becomes a step of its own all the same if anything else was committed in between.
        """
        if not joined or self._undo is None:
            self._doc.commit()
            return
        self._undo.set_merge_interval(_ALWAYS)
        self._doc.commit()
        self._undo.set_merge_interval(0)

    def commit_frame(self) -> None:
        """End an action that Loro's undo passes over: what isn't undone, or not by Loro."""
        self._doc.commit_with(origin=_FRAME)

    @property
    def is_watched(self) -> bool:
        """Whether `events` tells what happens."""
        return self._watch is not None

    def watch(self) -> None:
        """From now on `events` tells what happens. Until then loading is up to 500 times faster."""
        if self._watch is None:
            self._doc.commit()
            self._watch = self._doc.subscribe_root(self._queue.append)

    def start_undo(self) -> None:
        """From now on what `commit` ends can be undone."""
        self.watch()
        self._undo = loro.UndoManager(self._doc)
        self._undo.set_max_undo_steps(_MANY_STEPS)
        self._undo.set_merge_interval(0)
        self._undo.add_exclude_origin_prefix(_FRAME)

    def undo(self) -> bool:
        """Take back the last step that still has an effect."""
        with our_errors("The last step could not be undone."):
            return self._undo is not None and self._undo.undo()

    def redo(self) -> bool:
        """Do again what was undone last."""
        with our_errors("The last step could not be redone."):
            return self._undo is not None and self._undo.redo()

    @property
    def undo_count(self) -> int:
        """Steps that can be undone."""
        return self._undo.undo_count() if self._undo else 0

    @property
    def redo_count(self) -> int:
        """Steps that can be redone."""
        return self._undo.redo_count() if self._undo else 0

    def forget_events(self) -> None:
        """Drop what `events` would give, for callers that know what they did."""
        self._queue.clear()

    def events(self) -> list[Event]:
        """What happened since the last call, in order."""
        happened, self._queue[:] = list(self._queue), []
        return [_read_event(part) for event in happened for part in event.events]

    # --- bytes -----------------------------------------------------------------------------

    @property
    def peer_id(self) -> int:
        """This replica's own id in its operations."""
        return self._doc.peer_id

    @property
    def version(self) -> Version:
        """Everything this replica holds."""
        return Version(self._doc.oplog_vv.encode())

    @property
    def frontier(self) -> Frontier:
        """This point of the history."""
        return Frontier(self._doc.oplog_frontiers.encode())

    def updates_since(self, version: Version | None) -> bytes:
        """The operations that `version` lacks; b"" if there are none."""
        known = _vector(version)
        if known.includes_vv(self._doc.oplog_vv):
            return b""
        return self._doc.export(loro.ExportMode.Updates(known))

    def snapshot(self) -> bytes:
        """State and whole history."""
        return self._doc.export(loro.ExportMode.Snapshot())

    def import_all(self, blobs: Sequence[bytes]) -> Imported:
        """Merge blobs that `first_bad` has passed, in any order."""
        with our_errors("The changes could not be merged: they are damaged."):
            if self._undo is None:
                blobs = self._begin_with(blobs)
            # In a batch, a large update takes Loro time and memory in the square of its size (40 s and
            # 1.5 GB for 3 MB of text); alone it takes milliseconds.
            batch = [b for b in blobs if len(b) <= _LARGE or self._doc.import_(b).pending is not None]
            if self._undo is not None and len(batch) > 1:
                return self._import_singly(batch)
            status = self._doc.import_batch(batch) if batch else None
            if status is None or status.pending is None:
                return Imported(0, b"")
            waiting = sum(end - start for start, end in status.pending.inner().values())
            return Imported(waiting, self._doc.export_pending_updates() or b"")

    def _begin_with(self, blobs: Sequence[bytes]) -> Sequence[bytes]:
        """Take in what stands in front of the first large blob, which builds on it as a rule; gives the rest.

        A large one that comes before what it builds on has to come a second time, with all the others.
        """
        first = next((at for at, blob in enumerate(blobs) if len(blob) > _LARGE), 0)
        if not first or self._doc.import_batch([*blobs[:first]]).pending is not None:
            return blobs
        return blobs[first:]

    def _import_singly(self, blobs: Sequence[bytes]) -> Imported:
        """One after another: a batch is a checkout to Loro, and on that its undo forgets every step."""
        spans: dict[int, list[tuple[int, int]]] = {}
        for blob in blobs:
            pending = self._doc.import_(blob).pending
            for peer, span in pending.inner().items() if pending is not None else ():
                spans.setdefault(peer, []).append(span)
        held = self._doc.oplog_vv.to_spans().inner()
        waiting = 0
        for peer, found in spans.items():
            _, known = held.get(peer, (0, 0))
            for start, end in sorted(found):  # they may overlap, and what came later may have freed some
                waiting += max(0, end - max(start, known))
                known = max(known, end)
        return Imported(waiting, (self._doc.export_pending_updates() or b"") if waiting else b"")

    def branch(self, frontier: Frontier, text: str) -> tuple[bytes, Frontier]:
        """The operations that turn the script as it was at `frontier` into `text`, and where they lead."""
        with our_errors("This point of the history is not known here."):
            side = self._doc.fork_at(loro.Frontiers.decode(frontier))
        side.peer_id = _random_peer()
        base = side.oplog_vv
        _update(side.get_text(SCRIPT), text)
        side.commit()
        if base.includes_vv(side.oplog_vv):
            return b"", frontier
        return side.export(loro.ExportMode.Updates(base)), Frontier(side.oplog_frontiers.encode())

    def until(self, frontier: Frontier) -> bytes:
        """All that leads to a point of the history, as a blob."""
        with our_errors("This point of the history is not known here."):
            return self._doc.fork_at(loro.Frontiers.decode(frontier)).export(loro.ExportMode.Snapshot())

    def knows(self, frontier: Frontier) -> bool:
        """Whether a point of the history is one of this document's."""
        try:
            with our_errors("no point"):
                return self._doc.frontiers_to_vv(loro.Frontiers.decode(frontier)) is not None
        except DocumentError:
            return False

    def common(self, mine: Version, theirs: Version) -> Frontier | None:
        """What both come from, for two versions of this document; None if they have nothing in common."""
        shared = _vector(mine).intersection(_vector(theirs))
        if shared == loro.VersionVector():  # type: ignore[no-untyped-call]
            return None
        with our_errors("This point of the history is not known here."):
            return Frontier(self._doc.vv_to_frontiers(shared).encode())

    def sides(self, mine: Version, received: Sequence[bytes]) -> tuple[Frontier, Frontier, Frontier]:
        """For a merge of `received` into `mine`: what both started from, mine, theirs."""
        with our_errors("This point of the history is not known here."):
            ends = [_vector(blob_version(blob)).to_spans().inner() for blob in received]
            heads = [loro.ID(peer, end - 1) for spans in ends for peer, (_, end) in spans.items()]
            theirs = self._doc.frontiers_to_vv(loro.Frontiers.from_ids(heads))
            if theirs is None:
                raise DocumentError("These changes are not merged yet.")
            points = (_vector(mine).intersection(theirs), _vector(mine), theirs)
            base, own, other = (self._doc.vv_to_frontiers(vector).encode() for vector in points)
        return Frontier(base), Frontier(own), Frontier(other)

    def check_out(self, frontier: Frontier) -> None:
        """Show the document as it was. For throw-away documents: it can't be edited after that."""
        with our_errors("This point of the history is not known here."):
            self._doc.checkout(loro.Frontiers.decode(frontier))

    def warm_up(self) -> None:
        """Unpack the script, which the first edit would do otherwise (0.1 s or more if it is long)."""
        self._text.get_cursor(0, loro.Side.Middle)

    # --- cursors -----------------------------------------------------------------------------

    def cursor(self, position: int, side: int) -> bytes:
        """A mark that stays with the character at `position`; `side` is -1, 0 or 1."""
        sides = {-1: loro.Side.Left, 0: loro.Side.Middle, 1: loro.Side.Right}
        found = self._text.get_cursor(position, sides[side])
        if found is None:
            raise DocumentError("There is no such place in the script.")
        return found.encode()

    def cursor_position(self, cursor: bytes) -> int:
        """Where a mark is now."""
        with our_errors("A place in the script could not be found again."):
            return self._doc.get_cursor_pos(loro.Cursor.decode(cursor)).current.pos

    def character_id(self, position: int) -> str:
        """The identity "peer:counter" of the character at `position`; "" at the end."""
        found = self._text.get_cursor(position, loro.Side.Middle)
        if found is None or found.id is None or position >= self._text.len_unicode:
            return ""
        return f"{found.id.peer}:{found.id.counter}"

    # --- helpers -------------------------------------------------------------------------------

    def _map(self, path: Path) -> loro.LoroMap:
        return cast("loro.LoroMap", self._container(path))

    def _container(self, path: Path) -> loro.Container | None:
        found: loro.Container | None = self._doc.get_map(path[0])
        for key in path[1:]:
            if not isinstance(found, loro.LoroMap):
                return None
            found = _container_in(found.get(key))
        return found


_KINDS: dict[str, type] = {"map": loro.LoroMap, "text": loro.LoroText, "list": loro.LoroList}


def _container_in(value: loro.ValueOrContainer | None) -> loro.Container | None:
    return value.container if isinstance(value, loro.ValueOrContainer.Container) else None


def _update(container: loro.LoroText, text: str) -> None:
    # Loro's own comparison by lines takes 10 s for a thousand changes in 5 MB, and ours half a second.
    _apply(container, edits_between(container.to_string(), text))


def _apply(container: loro.LoroText, edits: Iterable[TextEdit]) -> None:
    for edit in edits:
        if edit.deleted:
            container.delete(edit.position, edit.deleted)
        if edit.inserted:
            container.insert(edit.position, edit.inserted)


def _read_event(part: loro.ContainerDiff) -> Event:
    # Every step of Loro's path names a container by the key or index that leads to it.
    path = tuple(step.index.key for step in part.path if isinstance(step.index, loro.Index.Key))
    diff = part.diff
    if isinstance(diff, loro.Diff.Text):
        return Event(path, edits=edits_of(map(_step, diff.diff)))
    if isinstance(diff, loro.Diff.Map):
        return Event(path, values={key: _plain(value) for key, value in diff.diff.updated.items()})
    if isinstance(diff, loro.Diff.List):
        inserts = (item for item in diff.diff if isinstance(item, loro.ListDiffItem.Insert))
        return Event(path, inserted=tuple(cast("Json", _plain(v)) for i in inserts for v in i.insert))
    return Event(path)


def _plain(value: loro.ValueOrContainer | None) -> Json | Child:
    if isinstance(value, loro.ValueOrContainer.Container):
        return Child()
    return cast("Json", value.value) if isinstance(value, loro.ValueOrContainer.Value) else None


def _step(step: loro.TextDelta) -> tuple[int, int, str]:
    """How many characters it keeps and deletes, and what it inserts: one of the three."""
    if isinstance(step, loro.TextDelta.Retain):
        return step.retain, 0, ""
    if isinstance(step, loro.TextDelta.Delete):
        return 0, step.delete, ""
    return 0, 0, step.insert if isinstance(step, loro.TextDelta.Insert) else ""


def _vector(version: Version | None) -> loro.VersionVector:
    if not version:  # no bytes at all: a replica that holds nothing
        return loro.VersionVector()  # type: ignore[no-untyped-call]
    with our_errors("A version mark is damaged."):
        return loro.VersionVector.decode(version)


def first_bad(blobs: Sequence[bytes]) -> int | None:
    """The index of the first blob that is damaged or no Loro bytes at all; None if all are good."""
    for index, blob in enumerate(blobs):
        try:
            with our_errors("damaged"):
                loro.LoroDoc.decode_import_blob_meta(blob, True)
        except DocumentError:
            return index
    return None


def covers(mine: Version, theirs: Version) -> bool:
    """Whether `mine` holds every operation of `theirs`."""
    return _vector(mine).includes_vv(_vector(theirs))


def blob_version(blob: bytes) -> Version:
    """Where the operations in a blob end: whoever covers this needs the blob no more."""
    with our_errors("The changes are damaged."):
        return Version(loro.LoroDoc.decode_import_blob_meta(blob, True).partial_end_vv.encode())


def merge_versions(a: Version, b: Version) -> Version:
    """The version that holds what either holds."""
    merged = _vector(a)
    merged.merge(_vector(b))
    return Version(merged.encode())


def operation_count(newer: Version, older: Version | None) -> int:
    """How many operations `newer` holds that `older` lacks (a typed letter is one)."""
    spans = _vector(newer).sub_iter(_vector(older))
    return sum(span.counter.end - span.counter.start for span in spans)
