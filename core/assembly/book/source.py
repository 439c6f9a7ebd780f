"""Everything that a book is made of, as plain data that may go to a thread."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields
from typing import TYPE_CHECKING

from core.assembly.book.links import Seen
from core.assembly.book.script_pages import ScriptPage, read_front, read_page
from core.assembly.plan import Direction, PageFormat
from core.script import Script
from core.script.hints.page_rules import Sides
from core.story import AssemblyPage, Background, Character, Json, Meta, Scene

if TYPE_CHECKING:
    from core.story import ProjectStore

FORMAT = "page_format"
"""In meta: the paper, by the names of `PageFormat`, in millimetres."""
FIRST_SIDE = "first_side"
"""In meta: the side that page 1 is on, `left` or `right`, where it is not the direction's usual one."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What holds for all pages of a project."""

    title: str
    author: str
    language: str
    direction: Direction
    first_side: str
    format: PageFormat

    @property
    def sides(self) -> Sides:
        """Which pages one turns to."""
        return Sides(self.direction.value, self.first_side)


@dataclass(frozen=True, slots=True)
class BookSource:
    """A project at one moment."""

    settings: Settings
    pages: tuple[ScriptPage, ...]
    """Of the script, in order."""
    records: tuple[AssemblyPage, ...] = ()
    characters: tuple[Character, ...] = ()
    backgrounds: tuple[Background, ...] = ()
    scenes: tuple[Scene, ...] = ()
    opening: str = ""
    """The place that the text before the first page names."""
    links: Mapping[str, str] | None = None
    """Headings of records that are others in the script now; None if that has to be found out."""
    seen: Mapping[str, Seen] = field(default_factory=dict)
    """Panels that left the script while somebody looked."""


def source_of(store: ProjectStore, script: Script | None = None) -> BookSource:
    """Read a project, on the store's thread. Costs O(script); `LiveBook.source` has it at hand.

    `script` is one that has parsed this very text, all of it; without one the text is parsed here.
    """
    if script is None:
        script = Script(store.text, names=store.names())
    script.complete()
    lines = script.lines

    def identity(row: int) -> str:
        return store.character_id(lines.offset(row, 0))

    return BookSource(
        settings_of(store.meta),
        tuple(read_page(script, index, identity) for index in range(len(script.pages))),
        tuple(store.pages()),
        tuple(store.characters()),
        tuple(store.backgrounds()),
        tuple(store.scenes()),
        read_front(script),
    )


def settings_of(meta: Meta) -> Settings:
    """What meta says of the pages; what makes no sense there is passed over."""
    direction = meta.direction if meta.direction in frozenset(Direction) else Direction.LTR
    first_side = meta.extra.get(FIRST_SIDE)
    author = meta.extra.get("author")
    return Settings(
        meta.title,
        author if isinstance(author, str) else "",
        meta.language,
        Direction(direction),
        first_side if first_side in ("left", "right") else "",
        page_format(meta.extra.get(FORMAT)),
    )


def page_format(stored: Json) -> PageFormat:
    """The paper as stored, in millimetres; measures that no paper has are the usual ones."""
    if not isinstance(stored, dict):
        return PageFormat()
    kept: dict[str, float] = {}
    for one in fields(PageFormat):
        value = stored.get(one.name)
        most = 2_000.0 if one.name in ("width", "height") else 200.0
        least = 20.0 if one.name in ("width", "height") else 0.0
        if isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value):
            kept[one.name] = min(max(float(value), least), most)
    paper = PageFormat(**kept)
    room = min(paper.width - paper.inner - paper.outer, paper.height - paper.top - paper.bottom)
    return paper if room >= 10.0 else PageFormat()


def places_of(source_pages: Sequence[ScriptPage], opening: str) -> list[str]:
    """The place in force where each page begins."""
    found, place = [], opening
    for page in source_pages:
        found.append(place)
        place = place if page.closing is None else page.closing
    return found
