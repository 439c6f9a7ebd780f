"""The book as it is being made: it follows script and records, and an edit costs the page that it touches."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from time import perf_counter
from typing import TYPE_CHECKING

from core.assembly.book.checked import Checked, Summary, check, summary_of
from core.assembly.book.differences import differences
from core.assembly.book.facts import facts_of
from core.assembly.book.following import Entry, FollowedPages
from core.assembly.book.keeping import KeptRecords, last_seen
from core.assembly.book.links import Known, find_panels, known_by_id
from core.assembly.book.making import PageMaker, Places, pages_now
from core.assembly.book.progress import Progress, page_progress
from core.assembly.book.script_pages import ScriptPage
from core.assembly.book.sequence import Order, Slot, sequence
from core.assembly.book.source import BookSource, Settings, places_of, settings_of
from core.assembly.plan import Direction, PagePlan, PanelStatus
from core.bible import Cast, PagesNow, names_of
from core.script import Script
from core.story import AssemblyPage, Background, Change, Character, Json, Scene, Section
from core.story.roster import Roster

if TYPE_CHECKING:
    from core.story import ProjectStore


class LiveBook:
    """The pages of an open project. Belongs to the store's thread, and follows its script by page versions.

    `refresh` takes note of a change and costs next to nothing; `advance` does the work in slices; what is
    asked for before that is worked out at once.
    """

    def __init__(self, store: ProjectStore, script: Script) -> None:
        """`script` parses the store's text and is kept in step with it by its owner."""
        self.store = store
        self._script = script
        self._pages = FollowedPages(script, store.character_id)
        self._records = KeptRecords(store)
        self._settings = settings_of(store.meta)
        self._bible_changed = True
        self._bible: dict[Section, Roster] = {}
        self._cast = Cast(())
        self._names_left: list[str] = []
        self._places_at: object = None
        self._maker: PageMaker | None = None
        self._pages_now: tuple[object, PagesNow] | None = None
        self._order = Order((), ())
        self._entries: list[Entry] = []  # those that the order is of
        self._ordered_at: object = None
        self._found_at: object = None
        self._before_at: object = None
        self._known = Known({}, {}, {}, {}, {})
        self._before: list[str] = []
        self._made: dict[tuple[str, bool], tuple[object, Checked]] = {}
        self._progress: tuple[object, Progress] | None = None

    # --- following ------------------------------------------------------------------------

    def refresh(self, change: Change | None = None) -> None:
        """Take note of a change of the store (None: of any)."""
        if change is None or change.section is Section.ASSEMBLY:
            self._records.touch(None if change is None else change.records)
        if change is None or change.section not in (Section.ASSEMBLY, Section.SCRIPT):
            self._bible_changed = True
            for section, roster in self._bible.items():
                if change is None:
                    roster.reload()
                elif change.section is section:
                    roster.follow(change)

    def advance(self, budget_ms: float = 5.0) -> bool:
        """Work for about so many milliseconds; True when every page's place in the book is known.

        What is left of the time is used to read pages ahead; `settled` says whether that is done, too.
        """
        deadline = perf_counter() + budget_ms / 1000
        if not self._script.done or not self._pages.sync(deadline):
            return False
        self._pages.read_on(deadline)
        self._sync()
        while self._names_left and perf_counter() < deadline:
            self._cast.in_words(self._names_left.pop())
        return True

    @property
    def settled(self) -> bool:
        """Whether all pages have been read; until then, those that were pasted elsewhere look new."""
        return self._script.done and self._pages.complete and not self._names_left

    def settle(self) -> LiveBook:
        """Do all that is left, however long it takes; returns itself."""
        self._script.complete()
        while not (self.advance(1_000.0) and self.settled):
            pass
        self._sync()
        return self

    def _sync(self) -> None:
        """Bring what all pages depend on up to date; costs little where nothing changed."""
        pages, records = self._pages, self._records
        pages.sync()
        records.read()
        if self._bible_changed:
            self._settings = settings_of(self.store.meta)
        state = (pages.shape, records.version, pages.complete, self._settings)
        if state != self._ordered_at:
            self._ordered_at = state
            heads = pages.heads()
            records.relink(pages.all_read(), pages.vanished)
            self._entries = pages.entries
            self._order = sequence(heads, records.all, records.links, self._settings.sides)
        self._take_changed()
        if (found := (state, pages.panels if pages.complete else -1)) != self._found_at:
            self._found_at = found
            self._known = self._find()
        self._take_surroundings()

    def _take_changed(self) -> None:
        """Put records that changed in their places, where those are the same."""
        changed, raws = self._records.changed, self._records.raw
        if not changed:
            return
        self._order = self._order.with_records({key: self._records.get(key) for key in changed})
        if not all(self._known.update(key, raws) for key in changed if key in raws):
            self._found_at = None
        changed.clear()

    def _take_surroundings(self) -> None:
        """The bible, and where the story is at each page."""
        pages = self._pages
        at = (pages.shape, pages.complete)
        if self._bible_changed or self._places_at != at:
            self._take_bible()
            self._bible_changed, self._places_at = False, at
        if (before := (pages.shape, pages.closings, pages.complete)) != self._before_at:
            self._before_at = before
            read = pages.all_read()
            self._before = places_of(read, pages.opening) if read else [pages.opening] * len(pages.entries)

    def _take_bible(self) -> None:
        """Pages are made anew only if what they show of the bible is something else."""
        if not self._bible:
            sections = (Section.CHARACTERS, Section.BACKGROUNDS, Section.SCENES)
            self._bible = {section: Roster(self.store, section) for section in sections}
        people, places, scenes = (roster.kept for roster in self._bible.values())
        characters = [one for one in people if isinstance(one, Character)]
        before, maker = self._cast, self._maker
        if tuple(map(names_of, characters)) != before.key:
            self._cast = Cast(characters)
            letters = {one.name[:1].lower(): one.name for one in characters}
            self._names_left = list(letters.values())  # what finds a name is prepared at its first use
        found = Places(
            [one for one in places if isinstance(one, Background)],
            [one for one in scenes if isinstance(one, Scene)],
            self._scene_pages(),
        )
        if maker is None or self._cast is not before or not maker.is_of(self._settings, found):
            self._maker = PageMaker(self._settings, self._cast, found)

    def _scene_pages(self) -> PagesNow:
        """What it has found stays good while nobody edits the script."""
        pages = self._pages
        of = (self._script.version, pages.shape, pages.complete)
        if self._pages_now is None or self._pages_now[0] != of:
            self._pages_now = of, pages_now(pages.heads(), pages.all_read)
        return self._pages_now[1]

    def _find(self) -> Known:
        pages, records = self._pages, self._records
        if not pages.complete:
            return known_by_id(records.raw)
        marks = last_seen(pages.vanished) if self._has_lost_panels() else {}
        return find_panels(records.all, pages.all_read(), records.links, records.raw, marks)

    def _has_lost_panels(self) -> bool:
        here = {panel.id for page in self._pages.all_read() for panel in page.panels}
        return any(panel not in here for panels in self._records.raw.values() for panel in panels)

    # --- pages ----------------------------------------------------------------------------

    @property
    def count(self) -> int:
        """Pages of the book; a spread is one of them. 0 until `advance` has found out."""
        if self._ordered_at is None:
            return 0
        self._sync()
        return len(self._order.slots)

    @property
    def direction(self) -> Direction:
        """How the book is read."""
        return self._settings.direction

    @property
    def settings(self) -> Settings:
        """What holds for all pages."""
        return self._settings

    @property
    def left_out(self) -> tuple[Slot, ...]:
        """Pages of the script that are not in the book, on purpose."""
        self._sync()
        return self._order.left_out

    @property
    def slots(self) -> tuple[Slot, ...]:
        """The pages' places in the book."""
        self._sync()
        return self._order.slots

    @property
    def known(self) -> Known:
        """What the records say of panels."""
        self._sync()
        return self._known

    @property
    def records(self) -> list[AssemblyPage]:
        """All living records of pages."""
        self._sync()
        return self._records.all

    @property
    def links(self) -> Mapping[str, str]:
        """Headings that records have, with those that stand for them in the script now."""
        self._sync()
        return self._records.links

    def raw(self, record_id: str, panel: str) -> Mapping[str, Json]:
        """What one record says of a panel."""
        return self._records.raw.get(record_id, {}).get(panel, {})

    def script_page(self, index: int) -> ScriptPage:
        """The `index`-th page of the script."""
        self._sync()
        return self._pages.page(index)

    def index_of_panel(self, panel: str) -> int | None:
        """The page of the book that a panel is on, of those that have been read."""
        for at, slot in enumerate(self._order.slots):
            page = self._entries[slot.index].page if slot.index >= 0 else None
            if page is not None and any(one.id == panel for one in page.panels):
                return at
        return None

    def page(self, index: int) -> PagePlan:
        """The `index`-th page of the book, from 0. IndexError outside."""
        return self.checked(index).plan

    def checked(self, index: int) -> Checked:
        """The same with its differences and hints."""
        self._sync()
        slot = self._order.slots[index]
        page = self._pages.page(slot.index) if slot.index >= 0 else None
        self._sync()  # reading it may have shown that a panel is elsewhere now
        slot = self._order.slots[index]
        return self._made_page(slot, page)

    def _made_page(self, slot: Slot, page: ScriptPage | None, *, bare: bool = False) -> Checked:
        """The page in a slot, made if what it depends on has changed."""
        before = self._before[slot.index] if slot.index >= 0 else ""
        facts = [self._known.of.get(panel.id) for panel in page.panels] if page else []
        lost = [self._known.lost.get(record.id) for record in slot.records]
        made_of = (slot, page, before, facts, lost, self._maker)
        name = slot.key or (page.heading if page else "")
        last = self._made.get((name, bare))
        if last is not None and last[0] == made_of:
            return last[1]
        assert self._maker is not None  # `_sync` made it
        view = self._maker.view(slot, page, before, self._known, bare=bare)
        made = Checked(view, differences(view), ()) if bare else check(view)
        if len(self._made) > 4 * self.count + 64:
            self._made.clear()
        self._made[name, bare] = (made_of, made)
        return made

    def summary(self, index: int) -> Summary:
        """What a list shows of a page; costs little. Differences are told of pages that have been read."""
        self._sync()
        slot = self._order.slots[index]
        entry = self._entries[slot.index] if slot.index >= 0 else None
        if entry is not None and not entry.is_read:
            title = (slot.record.title if slot.record else "") or entry.title
            least = self._least(slot, entry.panels)
            return summary_of(slot, entry.panels, least, title)
        made = self._made_page(slot, entry.page if entry else None, bare=True)
        differs = [one.agreed for one in made.differences]
        return summary_of(
            slot,
            len(made.plan.panels),
            page_progress(made.plan).least,
            made.plan.title,
            differs=not all(differs),
            agreed=bool(differs) and all(differs),
        )

    def _least(self, slot: Slot, panels: int) -> PanelStatus:
        """How far a page is that has not been read: as its record says."""
        told = [facts_of(raw).status for one in slot.records for raw in self._records.raw[one.id].values()]
        return min(told, key=list(PanelStatus).index) if len(told) >= panels > 0 else PanelStatus.SCRIPT

    def index_of(self, key: str, heading: str = "") -> int | None:
        """The page with this key or, failing that, this heading; None if it is not in the book."""
        self._sync()
        by_heading = None
        for at, slot in enumerate(self._order.slots):
            here = self._heading(slot)
            if key and key in (slot.key, here):
                return at
            if heading and heading == here:
                by_heading = at
        return by_heading

    def _heading(self, slot: Slot) -> str:
        head = self._entries[slot.index].head if slot.index >= 0 else None
        return head.heading if head else ""

    def row(self, index: int) -> int:
        """The row of a page's heading in the script; -1 for a page that is not in it."""
        self._sync()
        slot = self._order.slots[index]
        return self._entries[slot.index].row if slot.index >= 0 else -1

    def at_row(self, row: int) -> int | None:
        """The page of the book that a row of the script is on."""
        self._sync()
        at = self._pages.index_at(row)
        return (
            next((i for i, slot in enumerate(self._order.slots) if slot.index == at), None)
            if at is not None
            else None
        )

    # --- the book -------------------------------------------------------------------------

    def progress(self, index: int) -> tuple[float | None, float | None]:
        """How far a page and the book are, 0 to 1; None without panels."""
        return page_progress(self.page(index)).share, self.book_progress().share

    def book_progress(self) -> Progress:
        """How far the panels of the book are."""
        state = (self._found_at, self._records.facts)
        if self._progress is None or self._progress[0] != state:
            counts = Counter(self._statuses())
            self._progress = (state, Progress(counts))
        return self._progress[1]

    def _statuses(self) -> Iterator[PanelStatus]:
        for slot in self._order.slots:
            if slot.index < 0:
                yield from (panel.status for panel in self._made_page(slot, None).plan.panels)
                continue
            entry = self._entries[slot.index]
            names = [panel.id for panel in entry.page.panels] if entry.page else [""] * entry.panels
            for name in names:
                raw = self._known.of.get(name)
                yield facts_of(raw).status if raw else PanelStatus.SCRIPT

    def source(self) -> BookSource:
        """The book as it is now, for a thread. Reads what is left to read."""
        self.settle()
        pages = tuple(self._pages.page(index) for index in range(len(self._pages.entries)))
        store, records = self.store, self._records
        return BookSource(
            self._settings,
            pages,
            tuple(records.all),
            tuple(store.characters()),
            tuple(store.backgrounds()),
            tuple(store.scenes()),
            self._pages.opening,
            dict(records.links),
            last_seen(self._pages.vanished) if self._has_lost_panels() else {},
        )
