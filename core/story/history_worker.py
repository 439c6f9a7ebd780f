"""Reads old versions in a process of its own: Loro holds the interpreter while it does that.

Takes one msgpack-encoded `Request` on stdin, gives one `Answer` on stdout.
"""

from __future__ import annotations

import sys

import msgspec

from core.errors import DocumentError
from core.story.comparison import Comparison, compare_records, compare_texts, count_words
from core.story.document import SCRIPT, Document
from core.story.replica import receive
from core.story.shelves import Shelves
from core.story.strays import LeftBehind, Stray, find_strays
from core.story.types import RECORD_SECTIONS, Frontier, TextEdit, Version


class Request(msgspec.Struct):
    """The project's blobs and one point of its history, or two to compare, or a merge to look at."""

    blobs: list[bytes]
    points: list[bytes] = []
    mine: bytes = b""
    received: list[bytes] = []


class State(msgspec.Struct):
    """A whole project at one point: the script, the records by section and id, meta."""

    text: str
    records: dict[str, dict[str, dict[str, object]]]
    meta: dict[str, object]


class Answer(msgspec.Struct):
    """One of: the state at the one point, the comparison of the two, what went wrong."""

    state: State | None = None
    comparison: Comparison | None = None
    left_behind: list[LeftBehind] = []
    error: str = ""


def answer(request: Request) -> Answer:
    """Do the work of one request."""
    try:
        document = Document()
        receive(document, request.blobs, told=False)
        if request.received:
            return Answer(left_behind=_left_behind(document, Version(request.mine), request.received))
        states = [_state(document, Frontier(point)) for point in request.points]
    except DocumentError as error:
        return Answer(error=error.what)
    return Answer(state=states[0]) if len(states) == 1 else Answer(comparison=_compare(*states))


def _state(document: Document, point: Frontier) -> State:
    document.check_out(point)
    shelves = Shelves(document)
    records = {section.value: shelves.raw_records(section) for section in RECORD_SECTIONS}
    return State(document.text, records, shelves.raw_meta())  # type: ignore[arg-type]


def _compare(old: State, new: State) -> Comparison:
    hunks = compare_texts(old.text, new.text)
    added, removed = count_words(hunks)
    records = [
        change
        for name in old.records
        for change in compare_records(name, old.records[name], new.records[name])
    ]
    meta = compare_records("meta", {"meta": old.meta}, {"meta": new.meta})
    return Comparison(hunks, added, removed, (*records, *meta))


def _left_behind(document: Document, mine: Version, received: list[bytes]) -> list[LeftBehind]:
    merged = document.frontier
    base, own, theirs = document.sides(mine, received)
    if base in (own, theirs):
        return []  # one side did nothing meanwhile
    document.check_out(base)
    document.watch()
    text = document.text
    strays = find_strays(text, *(_edits(document, base, point) for point in (own, theirs, merged)))
    document.check_out(merged)
    return [_marked(document, stray) for stray in strays]


def _edits(document: Document, base: Frontier, point: Frontier) -> list[TextEdit]:
    document.check_out(base)
    document.forget_events()
    document.check_out(point)
    return [edit for event in document.events() if event.path == (SCRIPT,) for edit in event.edits]


def _marked(document: Document, stray: Stray) -> LeftBehind:
    end = stray.position + stray.length
    words = len(document.text_slice(stray.position, end).split())
    first, last, home = (document.cursor(place, 0) for place in (stray.position, end - 1, stray.home))
    return LeftBehind(first, last, home, words, stray.mine)


def main() -> None:
    """Serve the one request on stdin."""
    request = msgspec.msgpack.decode(sys.stdin.buffer.read(), type=Request)
    sys.stdout.buffer.write(msgspec.msgpack.encode(answer(request)))


if __name__ == "__main__":
    main()
