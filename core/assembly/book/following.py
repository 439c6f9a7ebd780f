"""The script's pages as they are edited: one is read again when it changed, and not before it is needed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from time import perf_counter

from core.assembly.book.script_pages import ScriptPage, read_front, read_page
from core.assembly.book.sequence import Head
from core.script import Script

FEW = 2
"""Pages that an edit touches; so many are read again at once."""
IdentityAt = Callable[[int], str]
"""The identity of the character at an offset of the text."""


@dataclass(slots=True)
class Entry:
    """A page of the script as far as it is known."""

    key: int
    version: int
    row: int
    head: Head | None = None
    looked: int = -1
    """The version that `head` and the figures are of."""
    panels: int = 0
    title: str = ""
    stated: int | None = None
    page: ScriptPage | None = None
    read: int = -1
    """The version that `page` is of."""

    @property
    def is_read(self) -> bool:
        """Whether the page is at hand as it is now."""
        return self.page is not None and self.read == self.version


class FollowedPages:
    """The pages of a script that is being edited. Belongs to the script's thread."""

    def __init__(self, script: Script, identity_at: IdentityAt) -> None:
        self._script = script
        self._identity_at = identity_at
        self._version = -1
        self._front_version = -1
        self._unread: list[int] = []
        self._looked = False
        self._few = False
        """Whether all pages were read, and but a few have changed since."""
        self.entries: list[Entry] = []
        self.opening = ""
        """The place that the text before the first page names."""
        self.shape = 0
        """Grows when pages come, go, or take more or less room: their order has to be made anew."""
        self.panels = 0
        """Grows when panels come or go."""
        self.closings = 0
        """Grows when a page leads to another place."""
        self.vanished: dict[str, ScriptPage] = {}
        """Pages as they were before they left the script, by their heading."""

    def sync(self, deadline: float | None = None) -> bool:
        """Take note of edits, and of every page as much as its place depends on; False if time ran out."""
        if self._version != self._script.version:
            self._version = self._script.version
            self._looked = False
            self._take_stamps()
        if self._looked:
            return True
        late = False
        for index, entry in enumerate(self.entries):
            if entry.looked != entry.version:
                if late:
                    return False
                self._take_head(index, entry)  # one at least, however little time there is
                late = deadline is not None and perf_counter() > deadline
        self._looked = True
        if self._few:  # nothing has to be made anew on their account, unless they say so
            self.read_on(float("inf"))
        return True

    def read_on(self, deadline: float) -> bool:
        """Read pages that nobody has asked for yet; True when there are none."""
        while self._unread:
            self.page(self._unread[-1]).mark  # noqa: B018 - worked out now, while there is time
            self._unread.pop()
            if perf_counter() > deadline:
                break
        return self.complete

    @property
    def complete(self) -> bool:
        """Whether all pages have been read."""
        return not self._unread

    def page(self, index: int) -> ScriptPage:
        """A page, read if it has to be; call `sync` before."""
        entry = self.entries[index]
        page = entry.page
        if page is None or entry.read != entry.version:
            entry.page = read_page(self._script, index, self._identity)
            entry.read = entry.version
            if page is None or [one.id for one in page.panels] != [one.id for one in entry.page.panels]:
                self.panels += 1
                self._keep(page)
            if page is None or page.closing != entry.page.closing:
                self.closings += 1
        elif page.row != entry.row:
            entry.page = page.at(entry.row)
        assert entry.page is not None  # it has just been read, or moved
        return entry.page

    def all_read(self) -> list[ScriptPage]:
        """All pages, whatever rows they are in now; none before all of them have been read."""
        if not self.complete:
            return []
        return [entry.page for entry in self.entries if entry.page is not None]

    def heads(self) -> list[Head]:
        """All pages as far as their order depends on them; after `sync`."""
        return [entry.head for entry in self.entries if entry.head is not None]

    def index_at(self, row: int) -> int | None:
        """The page that a row of the script belongs to."""
        at = self._script.pages.at(row).index
        return at if at >= 0 else None

    def _identity(self, row: int) -> str:
        return self._identity_at(self._script.lines.offset(row, 0))

    def _take_stamps(self) -> None:
        old = {entry.key: entry for entry in self.entries}
        old_count = len(old)
        found: list[Entry] = []
        unread: list[int] = []
        changed = False
        for at, (row, key, version) in enumerate(self._script.pages.stamps()):
            entry = old.pop(key, None)
            if entry is None:
                entry = Entry(key, version, row)
                changed = True
            entry.row, entry.version = row, version
            if entry.read != version:
                unread.append(at)
            found.append(entry)
        for gone in old.values():
            changed = True
            self._keep(gone.page)
        changed = changed or [e.key for e in found] != [e.key for e in self.entries]
        self.entries = found
        self._few = bool(old_count) and not self._unread and len(unread) <= FEW
        self._unread = unread[::-1]
        if changed:
            self.shape += 1
            self.panels += 1
        if self._front_version != self._script.pages.front_version:
            self._front_version = self._script.pages.front_version
            self.opening = read_front(self._script)
            self.closings += 1

    def _keep(self, page: ScriptPage | None) -> None:
        """Remember a page as it was, to know it again when it is pasted elsewhere."""
        if page is not None:
            self.vanished[page.heading] = page

    def _take_head(self, index: int, entry: Entry) -> None:
        span = self._script.pages[index]
        head = Head(self._identity_at(span.offset), span.numbers, span.spread or len(span.numbers) > 1)
        if head != entry.head:
            if entry.head is not None and entry.head.heading != head.heading:
                self._keep(entry.page)
            entry.head = head
            self.shape += 1
        entry.looked = entry.version
        entry.panels, entry.title, entry.stated = span.panels, span.title, span.stated_panels
