"""Linking projects to plain files, ending that, and telling how each link stands."""

from __future__ import annotations

import os
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from uuid import UUID

from core.errors import GenkoError, UsageError
from core.story import Frontier
from core.workspace import linkfile
from core.workspace.entry import ShelfEntry
from core.workspace.files import facts_of, open_store
from core.workspace.linkfile import FileText, LinkError
from core.workspace.linking import INTENT, LINK, Link, link_lock, owner_of, read_link, written
from core.workspace.saving import Inbox
from core.workspace.session import ProjectSession
from core.workspace.shelf import Shelf, must_be_on_disk

SECONDS = 30.0
ALL = "all"  # the lock of whoever makes a link


class Take(StrEnum):
    """Whose text counts where a file and a script that never agreed are linked."""

    FILE = "file"
    PROJECT = "project"


@dataclass(frozen=True)
class Linked:
    """A project and its file."""

    entry: ShelfEntry
    path: str
    state: str


def links_of(shelf: Shelf) -> dict[UUID, Link]:
    """All links of this machine, of projects in the trash too."""
    entries = (*shelf.list(), *shelf.list(trashed=True))
    found = {entry.project_id: read_link(facts_of(entry).get(LINK)) for entry in entries}
    return {project_id: link for project_id, link in found.items() if link is not None}


def link_project(shelf: Shelf, entry: ShelfEntry, path: Path, take: Take | None = None) -> list[str]:
    """Link a project to a file, which is made if it is not there; gives sentences on what happened.

    Raises LinkError for a file of another project, and for one with another text unless `take` says
    whose counts; UsageError for a project that has a link.
    """
    path = Path(os.path.abspath(path.expanduser()))
    with link_lock(shelf.paths, ALL):
        links = links_of(shelf)
        _check(shelf, entry, path, links)
        with link_lock(shelf.paths, str(entry.project_id)):
            link, writes = _first_link(shelf, entry, path, take)
            _put(shelf, entry, {LINK: written(link), INTENT: None})
    return keep_once(shelf, entry.project_id, write=writes)


def unlink_project(shelf: Shelf, entry: ShelfEntry) -> str:
    """End a link; the file stays as it is. Gives its path. Raises UsageError without a link."""
    link = read_link(facts_of(entry).get(LINK))
    if link is None:
        raise UsageError(
            f"“{entry.shown_title}” is linked to no file.", todo="`genko links` lists the links."
        )
    with link_lock(shelf.paths, str(entry.project_id)):
        _put(shelf, entry, {LINK: None, INTENT: None})
    return link.path


def all_links(shelf: Shelf) -> list[Linked]:
    """Every link and how it stands; reads the scripts and the files."""
    listed = []
    for project_id, link in links_of(shelf).items():
        entry = shelf.entry(project_id)
        listed.append(Linked(entry, link.path, _state(shelf, entry, link)))
    return listed


def keep_once(shelf: Shelf, project_id: UUID, *, write: bool) -> list[str]:
    """Bring file and script in step without a screen; gives the news. Raises LinkError on trouble."""
    inbox = Inbox()
    news: list[str] = []
    troubles: list[str] = []
    session = ProjectSession.open(shelf, project_id, on_ui=inbox.put)
    session.on_link(lambda sentence, trouble: (troubles if trouble else news).append(sentence))
    try:
        keeper = session.link
        if keeper is None:
            return []
        if write:
            session.write_link()
        inbox.run_until(lambda: keeper.is_idle, SECONDS)
        inbox.run_until(lambda: False, 0.0)  # what it told last
    finally:
        session.close()
    if troubles:
        raise LinkError(troubles[-1])
    return news


def _check(shelf: Shelf, entry: ShelfEntry, path: Path, links: dict[UUID, Link]) -> None:
    if entry.project_id in links:
        raise UsageError(
            f"“{entry.shown_title}” is linked to {links[entry.project_id].path} already.",
            todo="`genko unlink` ends that.",
        )
    if os.path.isdir(path):
        raise UsageError(f"{path} is a folder.", todo="Name a file in it.")
    if not os.path.isdir(path.parent):
        raise UsageError(f"There is no folder {path.parent}.", todo="Make it first.")
    if (owner := owner_of(path, links)) is not None:
        other = shelf.entry(owner)
        where = " (in the trash)" if other.trashed_at else ""
        raise LinkError(
            f"{path} is linked to another project: “{other.shown_title}”{where}.",
            safe="Nothing was changed.",
            todo="A file has one script; `genko unlink` ends the other link.",
        )


def _first_link(shelf: Shelf, entry: ShelfEntry, path: Path, take: Take | None) -> tuple[Link, bool]:
    """What is remembered at first, and whether the file is to be written at once."""
    store = open_store(shelf, entry)
    meta = store.meta
    new = Link(str(path), encoding=meta.encoding, newline=meta.newline, bom=meta.bom)
    if not os.path.lexists(path) or linkfile.stamp_of(str(path)) is None:
        return new, True
    found = _read(path)
    here = new.like(found).agreed(found.sha, store.frontier)
    if found.text == store.text:
        return here, False
    if not found.text.strip() or take is Take.PROJECT:
        return here, True
    if take is Take.FILE:
        return here.agreed("-", store.frontier), False  # the file differs from a sha that it never had
    if (frontier := _read_from(entry, path)) is not None:
        return here.agreed("-", frontier), False
    raise LinkError(
        f"{path} and “{entry.shown_title}” hold different texts.",
        safe="Nothing was changed.",
        todo="--take file brings the file's text in as an edit; --take project writes the file.",
    )


def _read(path: Path) -> FileText:
    return linkfile.text_of(linkfile.read_bytes(str(path)), str(path), None)


def _read_from(entry: ShelfEntry, path: Path) -> Frontier | None:
    """Where in the history the file's text stands, if the project was made of it as it is."""
    from base64 import b64decode

    from core.script.formats import Dialect

    facts = facts_of(entry)
    if facts.get("source_path") != os.path.realpath(path) or facts.get("source_canonical") == "1":
        return None
    dialect = facts.get("source_dialect", Dialect.PLAIN.value)
    if dialect not in list(Dialect) or not Dialect(dialect).kept:
        return None
    return Frontier(b64decode(facts.get("source_frontier", ""))) or None


def _state(shelf: Shelf, entry: ShelfEntry, link: Link) -> str:
    from core.incoming import render_bytes

    try:
        if linkfile.stamp_of(link.target) is None:
            return "the file is gone"
        sha = linkfile.sha_of(linkfile.read_bytes(link.path))
        if sha != link.sha:
            return "the file has changed"
        text = open_store(shelf, entry).text
        ours = linkfile.sha_of(render_bytes(text, link.newline, link.bom, link.encoding))
    except GenkoError as error:
        return error.what
    except OSError as error:
        return f"the file can't be reached ({error.strerror})"
    return "in step" if ours == sha else "the script has changed"


def _put(shelf: Shelf, entry: ShelfEntry, facts: dict[str, str | None]) -> None:
    journal, _ = shelf.open_journal(entry.project_id)
    try:
        journal.put_all(facts)
        must_be_on_disk(journal)
    finally:
        journal.close()
