"""Looks whether every word of every row is found again in Genko, and says where it is not."""

from __future__ import annotations

import base64
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

import msgspec

from core.backup.migrating.known import SYSTEM, Reports, came_in
from core.backup.work import Work
from core.content import Content
from core.errors import DocumentError, GenkoError
from core.legacy.mangaka.gathering import Group, gather, script_of
from core.legacy.mangaka.reading import Staged
from core.legacy.mangaka.saying import said_by, strings_in
from core.legacy.mangaka.words import count_of, left_over
from core.story import Frontier, ProjectStore
from core.workspace.entry import ShelfEntry
from core.workspace.files import facts_of, open_store
from core.workspace.shelf import Shelf

if TYPE_CHECKING:
    from core.backup.importing.reading.states import State

MOST_LISTED = 1_000
"""Misses that are told one by one; all are counted."""


class Miss(msgspec.Struct, frozen=True):
    """A row with words that are not found again."""

    where: str
    project: str
    """The title here; empty if the project is not here at all."""
    why: str
    words: tuple[str, ...] = ()
    """The first of the strings that are missing, with their places."""


class Check(msgspec.Struct):
    """What a check has found."""

    where: str
    rows: int = 0
    words: int = 0
    """Of all rows."""
    projects: int = 0
    found: int = 0
    """Rows of which every word is here."""
    missed: int = 0
    misses: list[Miss] = []
    in_trash: int = 0
    """Projects that are here, and in the trash."""
    problems: list[str] = []
    """Of the source: with any of these nobody knows what it lacks."""

    @property
    def complete(self) -> bool:
        """Whether nothing is missing."""
        return not self.missed and not self.problems

    def as_json(self) -> dict[str, Any]:
        """For programs."""
        built: dict[str, Any] = msgspec.to_builtins(self)
        return {**built, "complete": self.complete}


def check(shelf: Shelf, found: Staged, *, work: Work) -> Check:
    """Hold each row of a source against what is on this machine. Nothing is changed."""
    told = Check(found.where)
    entries = came_in(shelf)
    reports = Reports(shelf)
    told.projects = found.staging.group_count()
    for at, group in enumerate(found.staging.groups()):
        work.step("checking", at, told.projects, "projects")
        _check(shelf, group, entries.get(group.key), reports, told)
    for fate in found.staging.others():
        told.rows += 1
        _tell(
            told, fate.where, "", [] if reports.has(fate.where, fate.why) else [fate.why], "not in any report"
        )
    return told


def _check(shelf: Shelf, group: Group, entry: ShelfEntry | None, reports: Reports, told: Check) -> None:
    words, whole, title = Counter[str](), set[str](), ""
    why = "its project is not here; run the migration"
    if entry is not None:
        title = entry.shown_title
        told.in_trash += entry.trashed_at is not None
        why = "not here, or changed since the last run"
        try:
            texts = list(texts_here(shelf, entry, gather(group)[0]))
            words, whole = count_of(texts), {text.strip() for text in texts}
        except GenkoError as error:
            why = error.what
    for row in group.rows:
        told.rows += 1
        said = said_by(row)
        told.words += sum(len(leaf.text.split()) for leaf in said)
        missing = left_over(said, words + count_of(reports.of(row.where)))
        places = [f"{leaf.path}: {leaf.text}" for leaf in missing]
        if not places and (script := script_of(row)) and script not in whole:
            # Every word of it stands in some other text, and nowhere all of them together.
            places = [f"script: {script}"]
        _tell(told, row.where, title, places, why)


def _tell(told: Check, where: str, title: str, missing: list[str], why: str) -> None:
    if not missing:
        told.found += 1
        return
    told.missed += 1
    if len(told.misses) < MOST_LISTED:
        cut = tuple(text if len(text) <= 300 else f"{text[:299]}…" for text in missing[:5])
        told.misses.append(Miss(where, title, why, cut))


def texts_here(shelf: Shelf, entry: ShelfEntry, content: Content) -> Iterator[str]:
    """Every text that a project has, or had at a moment when something came in, letter by letter.

    An earlier text of `content` is a point of the history that the server knows once it was saved there; the
    mark with its checksum says that it is in.
    """
    from core.backup.importing.reading.earlier import known_texts, text_name
    from core.backup.importing.reading.states import state_of, states_at

    store = open_store(shelf, entry)
    yield from _texts(state_of(store))
    marks = known_texts(store)
    for old in content.older:
        if text_name(old) in marks:
            yield from (old.text, old.label, old.author)
    blobs = [store.updates_since(None)]
    seen: set[str] = set()
    for point in points_of(store, facts_of(entry)):
        try:
            state = states_at(blobs, [point])[0]
        except DocumentError:
            continue  # what is not here can't be found here
        for text in _texts(state):
            if text not in seen:
                seen.add(text)
                yield text


def _texts(state: State) -> Iterator[str]:
    yield state.text
    yield from strings_in(dict(state.meta))
    for records in state.records.values():
        for key, raw in records.items():
            yield key
            yield from strings_in(dict(raw))


def points_of(store: ProjectStore, facts: Mapping[str, str]) -> Iterator[Frontier]:
    """The moments of a project's history at which something came in."""
    from core.backup.importing.reading.coming import MARK_KIND
    from core.backup.importing.reports.facts import PREFIX, read_fact

    for name in store.mark_names(MARK_KIND):
        value = store.mark(MARK_KIND, name) if name.startswith(f"{SYSTEM}/") else None
        if isinstance(value, dict):
            yield Frontier(base64.b64decode(str(value.get("frontier") or "")))
    for name, told in facts.items():
        fact = read_fact(told) if name.startswith(PREFIX) else None
        if fact is not None and fact.after:
            yield fact.after_point
