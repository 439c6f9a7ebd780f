"""The script page by page: what of theirs is new, the same or different, and the text that comes of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

import msgspec

from core.backup.importing.choices import Chooser, shown, text_item
from core.backup.importing.reading.states import FRONT, PagePart, State, joined
from core.backup.plan import Choice, Item, Outcome
from core.story import PageMark, apply_edits, relink, three_way
from core.story.comparison import compare_texts
from core.story.linediff import line_blocks
from core.story.threeway import clashes

SECTION = "script"
STAYS = "only here; it stays"


@dataclass
class ScriptWork:
    """What would become of the script."""

    items: list[Item] = field(default_factory=list)
    text: str = ""


def work_out_script(base: State | None, ours: State, theirs: State, chooser: Chooser) -> ScriptWork:
    """Bring their pages into our script. No page of ours goes; lines that only they changed are theirs.

    With a `base` (what both come from) each page is merged in three ways; without, a page that differs
    is a conflict, which leaves it as it is unless the writer said otherwise.
    """
    merge = _Merge(base, ours, theirs, chooser)
    for page in theirs.pages:
        merge.take(page)
    for page in ours.pages:
        merge.keep(page)
    order = [key for key in merge.order() if key in merge.texts or key in merge.items]
    pages = [merge.texts[key] for key in order if key in merge.texts]
    return ScriptWork([merge.items[key] for key in order if key in merge.items], joined(pages))


class _Merge:
    """The pages of both sides, and which of theirs is which of ours."""

    def __init__(self, base: State | None, ours: State, theirs: State, chooser: Chooser) -> None:
        self.base = base
        self.ours = ours
        self.theirs = theirs
        self.chooser = chooser
        self.links = linked_pages(theirs, ours, by_heading=base is None)
        self.base_links = {} if base is None else linked_pages(theirs, base, by_heading=False)
        self.items: dict[str, Item] = {}
        self.texts: dict[str, PagePart] = {}
        """By the key of ours, or of theirs if there is none here: the pages that the script will have."""

    def take(self, page: PagePart) -> None:
        """One page of theirs."""
        key = self.links.get(page.key, page.key)
        mine = self.ours.by_key[key] if page.key in self.links else None
        base = self._base_of(page.key)
        if mine is None:
            if base is not None and base.text == page.text:
                gone = "you took it out since; it stays out"
                self.items[key] = Item(f"page:{key}", SECTION, page_title(page), Outcome.SAME, gone)
                return
            self._put(PagePart(key, page.text), Outcome.CREATE, "")
        elif mine.text == page.text:
            self._put(mine, Outcome.SAME, mine.text)
        elif base is None and mine.key != FRONT and mine.body == page.body:
            self._put(mine, Outcome.SAME, mine.text, "its heading differs; yours stays")
        elif base is None:
            self._settle(mine, page, compare_sides(mine.text, page.text), None)
        elif base.text == page.text:
            self._put(mine, Outcome.SAME, mine.text, "you went on since; it stays as it is")
        elif pairs := clashes(base.text, mine.text, page.text):
            self._settle(mine, page, pairs, base)
        else:
            text = apply_edits(mine.text, three_way(base.text, mine.text, page.text))
            self._put(PagePart(key, text), Outcome.UPDATE, mine.text)

    def keep(self, page: PagePart) -> None:
        """A page of ours that theirs has nothing of."""
        if page.key not in self.texts:
            self._put(page, Outcome.MISSING_HERE, page.text, STAYS)

    def order(self) -> list[str]:
        """All pages in their order: ours, unless only they changed it."""
        mine = [page.key for page in self.ours.pages]
        others = [self.links.get(page.key, page.key) for page in self.theirs.pages]
        if self.base is not None:
            before = [page.key for page in self.base.pages if page.key in self.ours.by_key]
            if before and before == [key for key in mine if key in self.base.by_key]:
                return interleaved(others, mine)
        return interleaved(mine, others)

    def _base_of(self, key: str) -> PagePart | None:
        """The page of both sides' common past that one of theirs is."""
        if self.base is None or key not in self.base_links:
            return None
        return self.base.by_key[self.base_links[key]]

    def _put(self, page: PagePart, outcome: Outcome, before: str, detail: str = "") -> None:
        self.texts[page.key] = page
        item = text_item(f"page:{page.key}", SECTION, page_title(page), outcome, before, page.text)
        if detail or outcome is Outcome.SAME:
            item = msgspec.structs.replace(item, detail=detail)
        self.items[page.key] = item

    def _settle(
        self, mine: PagePart, page: PagePart, pairs: Iterable[tuple[str, str]], base: PagePart | None
    ) -> None:
        """A page that differs, as it was chosen; ours where nothing was."""
        choice = self.chooser.choice(f"page:{mine.key}")
        sides = [*pairs]
        text = mine.text
        if choice is Choice.THEIRS:
            text = page.text
        elif choice is Choice.BOTH:
            text = both(mine.text, page.text, None if base is None else base.text)
        elif base is not None:  # what they wrote elsewhere on the page is in nobody's way
            text = apply_edits(mine.text, three_way(base.text, mine.text, page.text, keep_theirs=False))
        self._put(PagePart(mine.key, text), Outcome.CONFLICT, mine.text)
        made = self.items[mine.key]
        differing = text_item("", "", "", Outcome.CONFLICT, mine.text, page.text).detail
        self.items[mine.key] = msgspec.structs.replace(
            made,
            choice=choice,
            detail=f"theirs: {differing}" if differing else "",
            ours=shown("\n".join(side[0] for side in sides)),
            theirs=shown("\n".join(side[1] for side in sides)),
        )


def linked_pages(theirs: State, ours: State, *, by_heading: bool) -> dict[str, str]:
    """Which page of theirs is which of ours, by their keys: the same identity, the same words, like words."""
    lasting = theirs.lasting and ours.lasting
    links = {
        page.key: page.key
        for page in theirs.pages
        if page.key in ours.by_key and (lasting or page.key == FRONT)
    }
    taken = set(links.values())
    others = [page for page in theirs.pages if page.key not in links and page.key != FRONT]
    mine = [page for page in ours.pages if page.key not in taken and page.key != FRONT]
    found = relink([_mark("t", page) for page in others], [_mark("o", page) for page in mine]).links
    links |= {old[1:]: new[1:] for old, new in found.items()}
    if by_heading:
        free = {page.heading: page.key for page in reversed(mine) if page.key not in set(links.values())}
        for page in others:
            if page.key not in links and page.heading in free:
                links[page.key] = free.pop(page.heading)
    return links


def _mark(side: str, page: PagePart) -> PageMark:
    """A mark whose key is of one side alone."""
    return PageMark(f"{side}{page.key}", page.mark.fingerprint)


def interleaved(first: list[str], second: list[str]) -> list[str]:
    """All of `first` in its order; what only `second` has stands behind what it stands behind there."""
    order, placed = list(first), set(first)
    previous = FRONT if FRONT in placed else None
    for key in second:
        if key == FRONT and key not in placed:
            order.insert(0, key)
        elif key not in placed:
            order.insert(0 if previous is None else order.index(previous) + 1, key)
        placed.add(key)
        previous = key
    return order


def page_title(page: PagePart) -> str:
    """What a page is called in a list."""
    return "before the first page" if page.key == FRONT else page.heading


def both(ours: str, theirs: str, base: str | None = None) -> str:
    """The lines of both, ours above theirs where they differ."""
    if base is None:
        a, b = ours.split("\n"), theirs.split("\n")
        base = "\n".join(_common(a, b))
    return apply_edits(ours, three_way(base, ours, theirs))


def compare_sides(ours: str, theirs: str) -> list[tuple[str, str]]:
    """What differs, stretch by stretch: our lines and theirs."""
    hunks = compare_texts(ours, theirs)
    return [("\n".join(hunk.old_lines), "\n".join(hunk.new_lines)) for hunk in hunks]


def _common(a: list[str], b: list[str]) -> list[str]:
    """The lines that stand in both, in order."""
    kept, at = [], 0
    for start, end, _, _ in line_blocks(a, b):
        kept += a[at:start]
        at = end
    return [*kept, *a[at:]]
