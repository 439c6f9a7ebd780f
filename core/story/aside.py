"""States written beside a project's own history: points of it that can be read, and nothing that shows.

Somebody else's text of a project, when both differ and nobody knows where they parted, is not to be woven
into ours, nor lost. So it is written as a branch that begins at nothing, and taken back in that branch: the
point in between reads as they had it, letter by letter, and merged the branch adds no letter to ours. No
character of ours is touched, so that pages keep their identity.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from core.story.clean import Json, clean_text
from core.story.document import Document
from core.story.replica import receive
from core.story.shelves import Shelves
from core.story.types import RECORD_SECTIONS, Frontier, Section

Records = Mapping[Section, Mapping[str, Mapping[str, Json]]]


@dataclass(frozen=True)
class Written:
    """A state that somebody else had, to be written down."""

    text: str | None = None
    """None: not known, so what stood there before stays."""
    records: Records = field(default_factory=dict)
    meta: Mapping[str, Json] = field(default_factory=dict)


def beside(states: Sequence[Written]) -> tuple[bytes, list[Frontier]]:
    """A branch that begins at nothing and holds these states one after another; and their points.

    Merged into any project it changes no text. Plain fields of records that are in both may be theirs
    after the merge, and have to be written again.
    """
    document = Document()
    points = []
    for state in states:
        _write(document, state)
        points.append(document.frontier)
    _take_back(document)
    return document.updates_since(None), points


def branched(blobs: Iterable[bytes], point: Frontier, state: Written) -> tuple[bytes, Frontier]:
    """What somebody did who turned the project as it was at `point` into `state`, and where that leads.

    Records that `state` lacks stay. b"" if nothing differs.
    """
    document = Document()
    receive(document, list(blobs), told=False)
    side = Document()
    receive(side, [document.until(point)], told=False)
    before = side.version
    _write(side, state)
    return side.updates_since(before), side.frontier


def _write(document: Document, state: Written) -> None:
    shelves = Shelves(document)
    if state.text is not None:
        for edit in document.edits_to(clean_text(state.text).text):
            document.splice(edit.position, edit.deleted, edit.inserted)
    for section, rows in state.records.items():
        _write_section(shelves, section, rows)
    shelves.set_meta(state.meta)
    document.commit_frame()


def _write_section(shelves: Shelves, section: Section, rows: Mapping[str, Mapping[str, Json]]) -> None:
    living = shelves.raw_records(section)
    for key, raw in rows.items():
        old = living.get(key, {})
        changed = {name: raw.get(name) for name in {**old, **raw} if old.get(name) != raw.get(name)}
        if not changed and key in living:
            continue
        shelves.frame(section, key, changed)
        shelves.write(section, key, changed)
        if key not in living:
            shelves.add_to_order(section, key, None)


def _take_back(document: Document) -> None:
    """Leave nothing of it: letters and lists are emptied, records deleted, plain values let go of."""
    shelves = Shelves(document)
    document.splice(0, document.text_length, "")
    for section in RECORD_SECTIONS:
        for key, raw in shelves.raw_records(section).items():
            shelves.write(section, key, dict.fromkeys(raw), stamped=False)
            shelves.delete(section, key)
    shelves.set_meta(dict.fromkeys(shelves.raw_meta()))
    document.commit_frame()


__all__ = ["Written", "beside", "branched"]
