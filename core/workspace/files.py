"""Projects and plain files: bring one in, find its project again, merge its changes, write one out."""

from __future__ import annotations

import base64
import hashlib
import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from core.journal import read_facts
from core.outgoing import named_file
from core.story import Frontier, ProjectStore, branch
from core.workspace.entry import ShelfEntry
from core.workspace.shelf import Shelf, clean_title, load_store, lost_words, must_be_on_disk

if TYPE_CHECKING:
    from core.incoming import Incoming  # guessing encodings is not loaded before the first paint


@dataclass(frozen=True)
class Opened:
    """The project of a file, and what happened to find it."""

    entry: ShelfEntry
    created: bool
    merged: bool
    """The file had changed since it was last read, and its changes are now in the project."""
    incoming: Incoming


def import_file(
    shelf: Shelf, path: Path, *, title: str | None = None, encoding: str | None = None
) -> tuple[ShelfEntry, Incoming]:
    """Make a new project of a file. Raises IncomingError for what can't be read."""
    from core.incoming import read_file

    incoming = read_file(path, encoding=encoding)
    return import_incoming(shelf, incoming, title=title, source=path), incoming


def import_incoming(
    shelf: Shelf,
    incoming: Incoming,
    *,
    title: str | None = None,
    source: Path | None = None,
    edited: str | None = None,
) -> ShelfEntry:
    """Make a new project of text that has been read; `source` is remembered for `genko open FILE`.

    `edited` is the text as the writer mended it in the preview: a first edit of what came in.
    """
    title = clean_title(title if title is not None else incoming.title)
    # Comics in Japanese are read from right to left unless their maker says otherwise.
    direction = "rtl" if incoming.language == "ja" else "ltr"
    store = ProjectStore.create(title=title, language=incoming.language, direction=direction)
    store.replace_text(incoming.text)
    store.set_meta(newline=incoming.newline, bom=incoming.bom, encoding=incoming.encoding)
    facts = _source_facts(source, incoming, store.frontier) if source else {}
    if edited is not None:
        store.replace_text(edited)
    return shelf.adopt(store, facts=facts)


def open_file(shelf: Shelf, path: Path, *, encoding: str | None = None) -> Opened:
    """The project that `path` was read into, with the file's later changes merged; else a new one.

    The file itself is never written.
    """
    from core.incoming import read_file

    entry = _project_of(shelf, path)
    if entry is None:
        incoming = read_file(path, encoding=encoding)
        return Opened(import_incoming(shelf, incoming, source=path), True, False, incoming)
    incoming = read_again(path, facts_of(entry), encoding=encoding)
    if _is_linked(entry, path):  # the open project merges it, and in one undo step
        return Opened(entry, False, False, incoming)
    merged = merge_file(shelf, entry, path, incoming)
    return Opened(shelf.entry(entry.project_id), False, merged, incoming)


def facts_of(entry: ShelfEntry) -> dict[str, str]:
    """What a project's file says of it; empty when it can't be read."""
    return {} if entry.path is None or entry.damaged else read_facts(entry.path)


def read_again(path: Path, facts: Mapping[str, str], *, encoding: str | None = None) -> Incoming:
    """A file as it was read when its project was made (`facts`): the same format, the same language."""
    from core.incoming import read_file
    from core.script.formats import Dialect

    known = facts.get("source_dialect", "")
    return read_file(
        path,
        encoding,
        dialect=Dialect(known) if known in list(Dialect) else None,
        language=facts.get("source_language") or None,
        canonical=facts.get("source_canonical") == "1",
    )


def is_unchanged(fact: Callable[[str], str | None], incoming: Incoming) -> bool:
    """Whether a file says what it said when it was last read into its project, whose facts `fact` gives."""
    return fact("source_sha256") == _digest(incoming)


def store_of_file(path: Path) -> ProjectStore:
    """A script file as a project that is kept nowhere. Raises IncomingError."""
    from core.incoming import read_file

    incoming = read_file(path)
    direction = "rtl" if incoming.language == "ja" else "ltr"
    store = ProjectStore.create(title=incoming.title, language=incoming.language, direction=direction)
    store.replace_text(incoming.text)
    return store


def open_store(shelf: Shelf, entry: ShelfEntry) -> ProjectStore:
    """A project's document, to read; its journal is not kept open."""
    journal, recovered = shelf.open_journal(entry.project_id)
    journal.close(0.5)  # nothing was written, so a disk that takes nothing need not be waited for
    store = load_store(entry.project_id, recovered.blobs)
    if sentence := lost_words(store):
        shelf.notice(sentence)
    return store


def write_file(target: Path, data: bytes, *, replace: bool = False) -> None:
    """Write a whole file or nothing. Refuses to replace one that is there unless told to."""
    with named_file(target, replace=replace) as stream:
        stream.write(data)


def _project_of(shelf: Shelf, path: Path) -> ShelfEntry | None:
    wanted = os.path.realpath(path)
    entries = shelf.list()
    linked = next((entry for entry in entries if _is_linked(entry, path)), None)
    return linked or next((e for e in entries if facts_of(e).get("source_path") == wanted), None)


def _is_linked(entry: ShelfEntry, path: Path) -> bool:
    from core.workspace.linking import LINK, read_link

    link = read_link(facts_of(entry).get(LINK))
    return link is not None and link.target == os.path.realpath(path)


def merge_file(shelf: Shelf, entry: ShelfEntry, path: Path, incoming: Incoming) -> bool:
    """Put what changed in the file since it was last read into the project, as if typed there."""
    journal, recovered = shelf.open_journal(entry.project_id)
    try:
        if is_unchanged(journal.get, incoming):
            return False
        base = base64.b64decode(journal.get("source_frontier") or "")
        update, frontier = branch(recovered.blobs, Frontier(base), incoming.text)
        facts = _source_facts(path, incoming, frontier)
        if update:  # both or neither: a merge that forgot its file would be done twice
            journal.append(update, facts={**facts, "edits_waiting": str(entry.edits_waiting + 1)})
        else:
            journal.put_all(facts)
        must_be_on_disk(journal)
        return bool(update)
    finally:
        journal.close()


def _source_facts(path: Path, incoming: Incoming, frontier: Frontier) -> dict[str, str]:
    return {
        "source_path": os.path.realpath(path),
        "source_sha256": _digest(incoming),
        "source_frontier": base64.b64encode(frontier).decode(),
        "source_dialect": incoming.dialect.value,
        "source_language": incoming.language,
        "source_canonical": str(int(incoming.dialect.kept and not incoming.exact)),
    }


def _digest(incoming: Incoming) -> str:
    return hashlib.sha256(incoming.text.encode("utf-8", "surrogatepass")).hexdigest()
