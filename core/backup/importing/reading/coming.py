"""How what a source has of a project stands to what is here: contained, branched off, or a stranger."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256

import msgspec

from core.backup.importing.reading.states import State, state_of, state_of_content, states_at
from core.content import Content
from core.errors import DocumentError
from core.story import Frontier, ProjectStore, Replica, Section, covers
from core.story.aside import Written, branched
from core.story.document import Document
from core.story.replica import receive

MARK_KIND = "came"
"""Of the marks that say what was brought in: `came:<system>/<key>/<digest>`. Only of sources without a
document of ours, whose history says so itself."""


@dataclass(frozen=True)
class Coming:
    """What is to be brought in, seen from the project here."""

    theirs: State
    base: State | None = None
    """What both come from, if that is known."""
    blobs: tuple[bytes, ...] = ()
    """Operations to be merged before anything is written."""
    point: Frontier | None = None
    """Where theirs stands in the history, once `blobs` are merged."""
    contained: bool = False
    """All of it is here already; we may have gone on since."""
    marked: bool = True
    """Whether a mark says that it came; where documents have a common past, that says so itself."""


@dataclass(frozen=True, slots=True)
class Came:
    """What an earlier import of the same source left as a mark."""

    name: str
    point: Frontier
    aside: bool
    at: str


def mark_name(system: str, content: Content, sections: Sequence[str] = ()) -> str:
    """The name of the mark that says that exactly this was brought in, or these `sections` of it."""
    return f"{mark_start(system, content, sections)}{digest_of(content)[:32]}"


def mark_start(system: str, content: Content, sections: Sequence[str] = ()) -> str:
    """How the marks of one source begin; what was brought in part says nothing of the rest."""
    part = f"{'+'.join(sorted(sections))}/" if sections else ""
    return f"{system}/{content.key}/{part}"


def mark_value(point: Frontier, at: str, *, aside: bool) -> dict[str, str | bool]:
    """What a mark keeps: the point of the history that reads as theirs did."""
    return {"frontier": base64.b64encode(point).decode(), "aside": aside, "at": at}


def digest_of(content: Content) -> str:
    """SHA-256 (hex) of all that a source says of a project."""
    records = {
        section.value: [[record.key, dict(record.fields)] for record in rows]
        for section, rows in content.records.items()
    }
    said = [content.title, dict(content.meta), content.script, records]
    return sha256(msgspec.json.encode(said, order="sorted")).hexdigest()


def came_before(
    store: ProjectStore, system: str, content: Content, sections: Sequence[str] = ()
) -> list[Came]:
    """What was brought in of this source before, oldest first."""
    start = mark_start(system, content, sections)
    found: list[Came] = []
    for name in store.mark_names(MARK_KIND):
        own = name.startswith(start) and "/" not in name.removeprefix(start)
        value = store.mark(MARK_KIND, name) if own else None
        if isinstance(value, dict) and isinstance(value.get("frontier"), str):
            try:
                point = Frontier(base64.b64decode(str(value["frontier"]), validate=True))
            except (ValueError, binascii.Error):
                continue
            found.append(Came(name, point, bool(value.get("aside")), str(value.get("at") or "")))
    return sorted(found, key=lambda came: came.at)


def coming(
    store: ProjectStore,
    content: Content,
    system: str,
    sections: Sequence[str] = (),
    ours: State | None = None,
) -> Coming:
    """How `content` stands to the project. Only where all sections are wanted, documents may merge."""
    whole = not sections
    if content.document and (found := _document(store, content.document, ours, whole=whole)) is not None:
        return found
    earlier = came_before(store, system, content, sections)
    theirs = state_of_content(content, ours)
    same = next((came for came in earlier if came.name == mark_name(system, content, sections)), None)
    if same is not None:
        return Coming(theirs, point=same.point, contained=True)
    mine = [store.updates_since(None)]
    for came in reversed(earlier):
        try:
            base = states_at(mine, [came.point], ours)[0]
        except DocumentError:
            continue  # its words are not on this machine
        if came.aside or not whole:
            return Coming(theirs, base)
        return _branch(mine, came.point, base, theirs)
    return Coming(theirs)


def _branch(mine: Sequence[bytes], point: Frontier, base: State, theirs: State) -> Coming:
    """Theirs as a branch of what was brought in before."""
    text = theirs.text if Section.SCRIPT in theirs.known else None
    blob, end = branched(mine, point, Written(text, theirs.records, theirs.meta))
    if not blob:
        return Coming(base, base, point=point, contained=True)
    return Coming(states_at([*mine, blob], [end], theirs)[0], base, (blob,), end)


def _document(
    store: ProjectStore, blobs: tuple[bytes, ...], ours: State | None, *, whole: bool
) -> Coming | None:
    """A document of the same project. None if both have no past in common: merged, all would stand twice."""
    replica = Replica(blobs)
    theirs = state_of(replica, ours)
    contained = covers(store.version, replica.version)
    if contained:
        return Coming(theirs, point=replica.frontier, contained=True, marked=False)
    both = Document()
    receive(both, [store.updates_since(None), *blobs])
    common = both.common(store.version, replica.version)
    if common is None:
        return None
    base = states_at([*blobs], [common], ours)[0]
    return Coming(theirs, base, blobs if whole else (), replica.frontier, marked=False)
