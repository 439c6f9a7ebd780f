"""A project at one moment as an import looks at it: pages, records and meta, each to be compared."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from core.backup.cutting import Cutter
from core.content import Content
from core.server.pages import FRONT as FRONT
from core.story import RECORD_SECTIONS, Frontier, PageMark, Replica, Section, clean_text, fingerprint
from core.story.clean import Json, clean_value
from core.story.document import Document
from core.story.readings import Readings
from core.story.records import MARK
from core.story.replica import receive
from core.story.shelves import OWN_KEYS

Raw = Mapping[str, Json]
Records = Mapping[str, Raw]


@dataclass(frozen=True, slots=True)
class PagePart:
    """A page of a script; the texts of all parts, with LF between them, are the script exactly."""

    key: str
    text: str

    @property
    def heading(self) -> str:
        """Its first line."""
        return "" if self.key == FRONT else self.text.partition("\n")[0].strip()

    @property
    def body(self) -> str:
        """What stands below it."""
        return self.text.partition("\n")[2]

    @property
    def mark(self) -> PageMark:
        """How it is found again."""
        return PageMark(self.key, fingerprint(self.text))


@dataclass(frozen=True)
class State:
    """What is known of a project at one moment. Sections that are not in `known` say nothing."""

    text: str = ""
    records: Mapping[Section, Records] = field(default_factory=dict)
    meta: Raw = field(default_factory=dict)
    known: frozenset[Section] = frozenset(Section)
    key_at: Callable[[int], str] | None = None
    """The identity of the character at an offset."""
    page_keys: tuple[str, ...] = ()
    """The keys of the pages, where a source without a document knows them."""

    cutter: Cutter = field(default_factory=Cutter, repr=False, compare=False)
    """What reads it; the same for all states that are compared, which resemble one another."""

    @cached_property
    def pages(self) -> tuple[PagePart, ...]:
        """The script page by page, with the front if anything stands there."""
        found = split(self.text, self.cutter.cut(self.text).starts, self.key_at)
        if self.key_at is None and len(self.page_keys) == len(found):
            return tuple(PagePart(key, page.text) for key, page in zip(self.page_keys, found, strict=True))
        return found

    @cached_property
    def lasting(self) -> bool:
        """Whether pages have keys that stay the same, whatever else is edited."""
        return self.key_at is not None or (bool(self.page_keys) and len(self.page_keys) == len(self.pages))

    @cached_property
    def words(self) -> int:
        """Words of the script, as lists of projects count them."""
        return self.cutter.cut(self.text).words

    @cached_property
    def by_key(self) -> dict[str, PagePart]:
        """The pages by their keys."""
        return {page.key: page for page in self.pages}

    def raw(self, section: Section) -> Records:
        """The records of a section; none where the section isn't known."""
        return self.records.get(section, {})

    @property
    def plain_meta(self) -> dict[str, Json]:
        """Meta without marks."""
        return {key: value for key, value in self.meta.items() if MARK not in key}

    @property
    def marks(self) -> dict[str, Json]:
        """The marks alone, under their whole keys."""
        return {key: value for key, value in self.meta.items() if MARK in key}


def split(
    text: str, starts: Sequence[int], key_at: Callable[[int], str] | None = None
) -> tuple[PagePart, ...]:
    """The pages of a script, which begin at these offsets. Without `key_at` a page is known by its place."""
    keys = [key_at(start) if key_at else f"#{index}" for index, start in enumerate(starts)]
    stops = [*(start - 1 for start in starts[1:]), len(text)]
    found = [PagePart(key, text[a:b]) for key, a, b in zip(keys, starts, stops, strict=False)]
    if not starts:
        return (PagePart(FRONT, text),) if text else ()
    return (PagePart(FRONT, text[: starts[0] - 1]), *found) if starts[0] else tuple(found)


def joined(pages: Iterable[PagePart]) -> str:
    """The script again."""
    return "\n".join(page.text for page in pages)


def state_of(project: Readings, like: State | None = None, cutter: Cutter | None = None) -> State:
    """A document as it is now. It must not change while the state is in use."""
    records = {section: project.raw_records(section) for section in RECORD_SECTIONS}
    cutter = like.cutter if like is not None else cutter or Cutter()
    return State(project.text, records, project.raw_meta(), key_at=project.character_id, cutter=cutter)


def states_at(blobs: Iterable[bytes], points: Sequence[Frontier], like: State | None = None) -> list[State]:
    """A project at points of its history. Raises DocumentError for what is not in it."""
    document = Document()
    receive(document, list(blobs))
    found: list[State] = []
    for point in points:
        document.check_out(point)
        state = state_of(Readings(document), like)
        _ = state.pages  # their keys are read off the document as it stands at this point
        found.append(state)
    return found


def state_of_content(content: Content, like: State | None = None) -> State:
    """What a source says, cleaned as the document itself would keep it."""
    if content.document:
        replica = Replica(content.document)
        return state_of(replica, like)
    known = {Section(section) for section in content.records}
    if content.script is not None:
        known.add(Section.SCRIPT)
    if content.meta or content.title:
        known.add(Section.META)
    records = {
        section: {record.key: clean_fields(record.fields) for record in rows}
        for section, rows in content.records.items()
    }
    meta = {key: clean_value(value) for key, value in content.meta.items()}
    if content.title:
        meta.setdefault("title", clean_text(content.title).text)
    text = clean_text(content.script or "").text
    cutter = like.cutter if like is not None else Cutter()
    return State(text, records, meta, frozenset(known), page_keys=content.page_keys, cutter=cutter)


def clean_fields(fields: Mapping[str, object]) -> dict[str, Json]:
    """The fields of a record that can be stored; what stands there as null is as good as missing."""
    return {
        clean_text(key).text: clean_value(value)
        for key, value in fields.items()
        if value is not None and key not in OWN_KEYS
    }
