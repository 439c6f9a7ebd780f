"""The CRDT behind a project: its commits and its undo, its bytes in and out, the points of its history."""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import NamedTuple

import loro

from core.errors import DocumentError
from core.story.document.contents import FRAME, SCRIPT, Contents, update_text
from core.story.document.told import read_event
from core.story.document.versions import blob_version, vector
from core.story.events import Event, our_errors
from core.story.types import Frontier, Version

_MANY_STEPS = 1_000_000  # no step is ever pushed out, so that the depth of a step is its name
_ALWAYS = 2**40  # milliseconds between two commits that Loro's undo may put together
_LARGE = 16_000  # bytes; a larger blob is imported alone


class Imported(NamedTuple):
    """How many operations an import couldn't apply yet, and their bytes."""

    waiting: int
    waiting_bytes: bytes


def _random_peer() -> int:
    # From the system itself (`secrets` would load OpenSSL before the first paint). Below 2**63:
    # the largest ids are special to Loro. Never stored, never given to another process.
    return int.from_bytes(os.urandom(8), "big") >> 1


class Document(Contents):
    """One Loro document with a fresh peer id. Belongs to one thread."""

    def __init__(self) -> None:
        super().__init__()
        self._doc.peer_id = _random_peer()
        self._queue: list[loro.DiffEvent] = []
        self._watch: loro.Subscription | None = None
        self._undo: loro.UndoManager | None = None

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
        self._undo.add_exclude_origin_prefix(FRAME)

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
        return [read_event(part) for event in happened for part in event.events]

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
        known = vector(version)
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
        update_text(side.get_text(SCRIPT), text)
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
        shared = vector(mine).intersection(vector(theirs))
        if shared == loro.VersionVector():  # type: ignore[no-untyped-call]
            return None
        with our_errors("This point of the history is not known here."):
            return Frontier(self._doc.vv_to_frontiers(shared).encode())

    def sides(self, mine: Version, received: Sequence[bytes]) -> tuple[Frontier, Frontier, Frontier]:
        """For a merge of `received` into `mine`: what both started from, mine, theirs."""
        with our_errors("This point of the history is not known here."):
            ends = [vector(blob_version(blob)).to_spans().inner() for blob in received]
            heads = [loro.ID(peer, end - 1) for spans in ends for peer, (_, end) in spans.items()]
            theirs = self._doc.frontiers_to_vv(loro.Frontiers.from_ids(heads))
            if theirs is None:
                raise DocumentError("These changes are not merged yet.")
            points = (vector(mine).intersection(theirs), vector(mine), theirs)
            base, own, other = (self._doc.vv_to_frontiers(vector).encode() for vector in points)
        return Frontier(base), Frontier(own), Frontier(other)

    def check_out(self, frontier: Frontier) -> None:
        """Show the document as it was. For throw-away documents: it can't be edited after that."""
        with our_errors("This point of the history is not known here."):
            self._doc.checkout(loro.Frontiers.decode(frontier))
