"""Looks, after a merge, for words that stayed where a page was before somebody moved it."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from core.errors import DocumentError
from core.story import Change, Origin, ProjectStore, Received, Version

if TYPE_CHECKING:
    from core.story import LeftBehind

MOVED = 12
"""Characters deleted at once that may be a stretch that was moved."""


class StrayWatch:
    """Compares a merge with what came before it, in a worker, and only when a stretch of text was moved.

    Belongs to the session's thread; `found` is called on it.
    """

    def __init__(
        self,
        store: ProjectStore,
        on_ui: Callable[[Callable[[], None]], None],
        found: Callable[[list[LeftBehind]], None],
    ) -> None:
        self._store = store
        self._on_ui = on_ui
        self._found = found
        self._i_moved = False
        self._looking: threading.Thread | None = None
        self._stop = threading.Event()

    def changed(self, change: Change) -> None:
        """Take note of my own edits."""
        if change.origin is Origin.LOCAL:
            self._i_moved = self._i_moved or any(edit.deleted >= MOVED for edit in change.edits)

    def merged(self, before: Version, received: Received, blobs: Sequence[bytes]) -> None:
        """Look at a merge that has been done; `before` is what we held until then."""
        suspicious = self._i_moved or any(edit.deleted >= MOVED for edit in received.edits)
        if not received.edits or not suspicious or (self._looking and self._looking.is_alive()):
            return
        self._looking = threading.Thread(
            target=self._look,
            args=(self._store.snapshot(), before, list(blobs)),
            name="genko-strays",
            daemon=True,
        )
        self._looking.start()

    def saved(self) -> None:
        """The others have my moves now; a later merge can't part words from them."""
        self._i_moved = False

    def close(self) -> None:
        """Stop looking."""
        self._stop.set()

    def _look(self, snapshot: bytes, before: Version, blobs: list[bytes]) -> None:
        from core.story import left_behind

        try:
            strays = left_behind([snapshot], before, blobs, cancelled=self._stop)
        except DocumentError:
            return  # a hint that can't be given is no loss: the words themselves are merged
        if strays:
            self._on_ui(lambda: self._found(strays))
