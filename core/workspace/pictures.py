"""The pictures that an open project's document names, followed change by change on its own thread."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from time import perf_counter
from types import MappingProxyType

from core.media import MARK_KIND, Picture, known_picture
from core.story import Change, ProjectStore, Section
from core.story.records import MARK

_PREFIX = MARK_KIND + MARK
_BITE = 50
"""Marks read between two looks at the clock."""


class NamedPictures:
    """Name, kind and size of every picture, without reading all marks again at each change."""

    def __init__(self, store: ProjectStore) -> None:
        self._store = store
        self._known: dict[str, Picture] = {}
        self._unread: dict[str, None] | None = None
        """Marks to be read; None: it is not even known which there are."""
        self._waiting: list[Callable[[Mapping[str, Picture]], None]] = []

    def changed(self, change: Change) -> None:
        """Hear of a change of the document."""
        if change.section is Section.META and self._unread is not None:
            names = (name for name in change.records if name.startswith(_PREFIX))
            self._unread |= dict.fromkeys(name.removeprefix(_PREFIX) for name in names)

    @property
    def any(self) -> bool:
        """Whether the document names any picture."""
        self.advance(4)
        return bool(self._known or self._unread)

    def advance(self, budget_ms: float) -> bool:
        """Read some of what is unread; True when all is known, and whoever waits for it has been told."""
        if self._unread is None:
            self._unread = dict.fromkeys(self._store.mark_names(MARK_KIND))
        until = perf_counter() + budget_ms / 1000
        while self._unread:
            for sha in [*self._unread][:_BITE]:
                del self._unread[sha]
                self._read(sha)
            if perf_counter() > until:
                break
        if self._unread:
            return False
        waiting, self._waiting = self._waiting, []
        for call in waiting:
            call(dict(self._known))
        return True

    @property
    def known(self) -> Mapping[str, Picture]:
        """All of them, by their SHA-256; what is unread is read now."""
        while not self.advance(1000):
            pass
        return MappingProxyType(self._known)

    def of(self, sha: str) -> Picture | None:
        """One picture's facts, from the document itself."""
        return known_picture(self._store, sha)

    def when_known(self, call: Callable[[Mapping[str, Picture]], None]) -> None:
        """Call back with a copy of all, at once if that takes no time, else from a later `advance`."""
        self._waiting.append(call)
        self.advance(4)

    def _read(self, sha: str) -> None:
        picture = self.of(sha)
        if picture is None:
            self._known.pop(sha, None)
        else:
            self._known[sha] = picture
