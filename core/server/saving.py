"""Saves one project: merges what others saved, appends what the server lacks, writes changed rows."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import reduce
from typing import TYPE_CHECKING
from uuid import UUID

from core.errors import DocumentError, ServerUnreachable
from core.server.exchange import Brought, SavePackage, SaveResult, kind_of
from core.server.pages import PageChanges, PageMap, counts
from core.server.records import RecordChanges, RecordMap
from core.story import (
    RECORD_SECTIONS,
    Received,
    Replica,
    Section,
    Version,
    blob_version,
    clean_text,
    covers,
    merge_versions,
)

if TYPE_CHECKING:
    from core.server.connection import Connection
    from core.server.transaction import Confirmed, StoredUpdate, Transaction, Written


@dataclass(frozen=True, slots=True)
class _Seen:
    """The server as our last save left it. Anything else found there means: compare everything."""

    held: Version
    number: int
    title: str


class Saver:
    """What a worker keeps of a project between saves. Belongs to one thread.

    Replica, pages and records are kept, so that a save costs what the edit touched. After a
    failure nothing of the server's state is taken for granted: the next save compares.
    """

    def __init__(self, connect: Callable[[], Connection], project_id: UUID, blobs: Iterable[bytes]) -> None:
        self._connect = connect
        self._project_id = project_id
        self._replica = Replica(blobs)
        self._pages: PageMap | None = None
        self._records = RecordMap()
        self._touched: set[Section] = set()
        self._connection: Connection | None = None
        self._seen: _Seen | None = None

    def receive(self, blobs: Sequence[bytes]) -> None:
        """Merge what the journal was given meanwhile. DocumentError on damaged bytes."""
        self._follow(self._replica.receive(blobs))

    def snapshot(self) -> bytes:
        """Everything the replica holds, to make another Saver of."""
        return self._replica.snapshot()

    def close(self) -> None:
        """Let go of the connection; an unfinished save is rolled back by that."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def save(self, package: SavePackage, brought: Sequence[Brought] = ()) -> SaveResult:
        """Bring a package to the server. The same package may be sent again after any failure.

        `brought` is what imports have for it: in the same transaction, and each once.

        Raises DocumentError (bad package), ServerUnreachable (send it again later), ServerError.
        """
        if hashlib.sha256(package.blob).digest() != package.sha256:
            raise DocumentError("The save's bytes don't fit their checksum.", safe="Nothing was sent.")
        self.receive([package.blob])
        if self._connection is None:
            self._connection = self._connect()
        try:
            return self._attempt(self._connection, package, brought)
        except ServerUnreachable:
            # An old connection may have died since the last save; and a COMMIT whose answer was
            # lost is cleared up by asking again. A server that is really away fails in connect.
            self._connection = self._connect()
            return self._attempt(self._connection, package, brought)

    def _attempt(
        self, connection: Connection, package: SavePackage, brought: Sequence[Brought]
    ) -> SaveResult:
        from core.server.faults import translated
        from core.server.transaction import Transaction

        try:
            with translated():
                return self._transact(Transaction(connection, self._project_id), package, brought)
        except BaseException:
            self._seen = None
            self.close()
            raise

    def _transact(
        self, transaction: Transaction, package: SavePackage, brought: Sequence[Brought]
    ) -> SaveResult:
        damaged: tuple[int, ...] = ()
        confirmed = None if brought else self._at_once(transaction, package)
        if confirmed is None:
            confirmed, damaged = self._step_by_step(transaction, package, brought)
        return SaveResult(
            received=self._beyond(package.version),
            acknowledged=confirmed.held,
            saved_at=confirmed.saved_at,
            server_id=confirmed.server_id,
            number=confirmed.number,
            committed=confirmed.committed,
            damaged=damaged,
            brought=tuple(one.import_id for one in brought),
        )

    def _at_once(self, transaction: Transaction, package: SavePackage) -> Confirmed | None:
        """The plain save: the server is as we left it. None, and nothing done, when it isn't."""
        from core.server.transaction import fits_at_once

        seen, self._seen = self._seen, None
        if seen is None or not self._pages_follow() or not covers(self._replica.version, package.version):
            return None
        written = self._written(package, seen, None)
        if not fits_at_once(written):
            return None
        confirmed = transaction.commit_at_once(written, seen.held, seen.number)
        if confirmed is not None:
            self._seen = _Seen(confirmed.held, confirmed.number, written.title)
        return confirmed

    def _step_by_step(
        self, transaction: Transaction, package: SavePackage, brought: Sequence[Brought]
    ) -> tuple[Confirmed, tuple[int, ...]]:
        """Lock, merge what others saved, compare all rows, write; also gives damaged updates."""
        found = transaction.begin(package.save_id)
        held, damaged = self._merge(transaction, found.held)
        if not covers(self._replica.version, package.version):
            raise DocumentError(
                "The save builds on words that neither this machine's file nor the server holds.",
                safe="Your words are safe on this machine.",
                todo="Close the project and open it again, then save.",
            )
        number = transaction.bring(brought, found) if brought else found.number
        if found.saved is not None and covers(held, self._replica.version):
            changed = number if number != found.number else None
            return transaction.give_back(found.saved, changed), damaged
        server = _Seen(held, number, found.title)
        written = self._written(package, server, transaction, again=found.saved is not None)
        confirmed = transaction.commit(written, found)
        self._seen = _Seen(confirmed.held, confirmed.number, written.title)
        return confirmed, damaged

    def _merge(self, transaction: Transaction, held: Version) -> tuple[Version, tuple[int, ...]]:
        """Merge what others saved; gives what the server's rows really add up to, and damaged rows.

        `held` is what the project's row says. It is not believed blindly: a server restored from
        a dump, or row by row, may say more than it has.
        """
        from core.server.loading import readable_version

        stored = transaction.all_updates()
        mine = self._replica.version
        wanted = [update_id for update_id, end in stored if not covers(mine, end)]
        bad = set(self._take(transaction.fetch(wanted))) if wanted else set()
        mine = self._replica.version
        damaged = tuple(key for key, end in stored if key in bad and not covers(mine, end))
        claimed = reduce(merge_versions, (end for _, end in stored), Version(b""))
        if damaged or not covers(mine, held) or not covers(claimed, held):
            held = readable_version(transaction.fetch([key for key, _ in stored]))
        return held, damaged

    def _take(self, updates: Sequence[StoredUpdate]) -> list[int]:
        """Merge updates; gives the ids of those that are damaged."""
        good = [update for update in updates if update.good]
        bad = [update.update_id for update in updates if not update.good]
        try:
            self.receive([update.blob for update in good])
        except DocumentError:
            for update in good:
                try:
                    self.receive([update.blob])
                except DocumentError:
                    bad.append(update.update_id)
        return bad

    def _written(
        self, package: SavePackage, server: _Seen, compare: Transaction | None, *, again: bool = False
    ) -> Written:
        """What to write. With `compare`, all rows are read; else those we left are taken for granted."""
        from core.server.transaction import Written

        lacking = self._replica.updates_since(server.held)
        pages, figures = self._page_changes(compare)
        meta = compare is not None or Section.META in self._touched
        return Written(
            package=package,
            number=server.number + (not again),
            part=compare.next_part(package.save_id) if compare and again else 0,
            blob=lacking,
            covers=blob_version(lacking) if lacking else Version(b""),
            held=self._replica.version,
            frontier=self._replica.frontier,
            title=self._replica.meta.title or clean_text(package.title).text or server.title,
            kind=kind_of(self._replica.meta.kind),
            meta=self._replica.raw_meta() if meta else None,
            statistics=figures,
            pages=pages,
            records=self._record_changes(compare),
            again=again,
        )

    def _page_changes(self, compare: Transaction | None) -> tuple[PageChanges, dict[str, int]]:
        pages = self._pages if self._pages_follow() else None
        self._pages = None  # unless all goes well: a map stopped half-way would leave pages out
        if pages is None:
            pages = PageMap(self._replica.text, self._replica.character_id, self._replica.names())
        else:
            pages.set_names(self._replica.names())
        changes = pages.reconcile(compare.page_rows()) if compare else pages.changes()
        self._pages = pages
        return changes, counts(pages.statistics)

    def _pages_follow(self) -> bool:
        """Whether the page map is there and has gone along with every edit."""
        return self._pages is not None and self._pages.length == self._replica.text_length

    def _record_changes(self, compare: Transaction | None) -> RecordChanges:
        sections = set(RECORD_SECTIONS) & self._touched
        if compare is not None:
            self._records.reset(compare.record_rows())
            sections = set(RECORD_SECTIONS)
        self._touched.clear()
        changes = RecordChanges()
        for section in sections:
            found = self._records.changes(section, self._replica.raw_records(section))
            changes.rows += found.rows
            changes.removed += found.removed
        return changes

    def _follow(self, received: Received) -> None:
        for change in received.changes:
            self._touched.add(change.section)
            if change.section is Section.SCRIPT and self._pages is not None:
                try:
                    self._pages.edit(change.edits)
                except IndexError:
                    self._pages = None  # the next save reads the text anew

    def _beyond(self, version: Version) -> list[bytes]:
        """What the writer's own copy lacks."""
        if self._replica.version == version:  # the same bytes, which is cheaper to see
            return []
        others = self._replica.updates_since(version)
        return [others] if others else []
