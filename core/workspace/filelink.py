"""The linked file of an open project, on the project's own thread: its news, and its changes coming in."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import TYPE_CHECKING

from core.journal import Journal
from core.story import Frontier, Meanwhile, ProjectStore, TextEdit
from core.workspace.shelf import Shelf

if TYPE_CHECKING:
    from core.workspace.linkkeeper import LinkKeeper, Now

FactsAfter = Callable[[Frontier, bool], Mapping[str, str]]
"""What is remembered once edits are in the script; the flag: something else was written meanwhile."""

_Call = Callable[[], None]


class FileLink:
    """Belongs to one session, which has others' words read (`poll`) and runs calls on its thread (`soon`)."""

    def __init__(
        self, shelf: Shelf, store: ProjectStore, journal: Journal, poll: _Call, soon: Callable[[_Call], None]
    ) -> None:
        self.journal = journal
        self.keeper: LinkKeeper | None = None
        self.riding: Callable[[Frontier], Mapping[str, str]] | None = None
        """The facts that go into the journal in one transaction with the edit under way."""
        self._shelf = shelf
        self._store = store
        self._poll = poll
        self._soon = soon
        self._listeners: list[Callable[[str, bool], None]] = []
        self._meanwhile: Meanwhile | None = None  # since an outside change is being compared
        self._closed = False

    def keep(self) -> None:
        """Look after the file, as soon as there is one."""
        if self.keeper is not None or self._closed or not self.journal.get("link"):
            return
        from core.workspace.linkkeeper import LinkKeeper

        name = str(self._store.project_id)
        self.keeper = LinkKeeper(self, name, self._shelf.paths, self._soon, self._news)
        self.keeper.start()

    def on_news(self, callback: Callable[[str, bool], None]) -> _Call:
        """Call back with (sentence, is it trouble)."""
        self._listeners.append(callback)
        return lambda: self._listeners.remove(callback)

    def write(self) -> None:
        """Bring the file up to date, if there is one; it is done by a thread of its own."""
        if self.keeper is not None:
            self.keeper.write()

    def close(self, seconds: float) -> None:
        """End; a write that was asked for has so many seconds."""
        self._closed = True
        self._end_following()
        if self.keeper is not None:
            self.keeper.stop(self._as_it_is(), seconds)

    # what the keeper asks for

    def now(self, *, follow: bool) -> Now:
        """The script as it is, with what other programs wrote to the journal.

        With `follow`, what is written from now on is noted, so that edits made for this text fit later.
        """
        self._poll()
        self._end_following()
        if follow:
            self._meanwhile = Meanwhile(self._store)
        return self._as_it_is()

    def edit(self, edits: tuple[TextEdit, ...], facts: FactsAfter) -> bool:
        """Put edits of the text that `now` gave into the script, as one undo step; whether any was left.

        They are carried past what was written meanwhile. The facts are in the same transaction.
        """
        moved = False
        if self._meanwhile is not None:
            moved, edits = self._meanwhile.moved, self._meanwhile.fit(edits)
        self._end_following()
        if not edits:
            self.journal.put_all(facts(self._store.frontier, moved))
            return False
        self.riding = lambda frontier: facts(frontier, moved)
        try:
            self._store.checkpoint()
            self._store.edit_text(edits)
            self._store.checkpoint()
        finally:
            self.riding = None
        return True

    def _end_following(self) -> None:
        if self._meanwhile is not None:
            self._meanwhile.end()
            self._meanwhile = None

    def _as_it_is(self) -> Now:
        from core.workspace.linkkeeper import Now

        return Now(self._store.text, self._store.frontier)

    # news

    def _news(self, sentence: str, trouble: bool) -> None:
        """From the keeper's thread."""
        if self._closed:
            self._shelf.notice(sentence)
        else:
            self._soon(partial(self._tell, sentence, trouble))

    def _tell(self, sentence: str, trouble: bool) -> None:
        for listener in list(self._listeners):
            listener(sentence, trouble)
        if not self._listeners:
            self._shelf.notice(sentence)
