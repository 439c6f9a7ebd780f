"""A project written out in any form, whole or only what changed since it was handed off."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING

from core.errors import DocumentError, NotFound, UsageError
from core.story import Frontier, ProjectStore
from core.workspace.entry import ShelfEntry
from core.workspace.handoffs import choose_handoff, handoffs
from core.workspace.shelf import Shelf

if TYPE_CHECKING:
    from uuid import UUID

    from core.script.formats.writing import About
    from core.script.formats.writing.about import Notice, Progress
    from core.server import Server


class ExportFormat(StrEnum):
    """What `genko export` writes: the forms of core.script.formats.writing, and the whole project."""

    TXT = "txt"
    """The script as it is, in the newline style and encoding of the file it came from."""
    JSON = "json"
    """The unified document of the whole project."""
    GENKO = "genko"
    MARKDOWN = "md"
    FOUNTAIN = "fountain"
    FDX = "fdx"
    DOCX = "docx"
    SCRIPT_JSON = "script-json"
    HTML = "html"
    PDF = "pdf"
    LETTERING_TSV = "lettering-tsv"
    LETTERING_TXT = "lettering-txt"
    CSP = "csp"


@dataclass(frozen=True, slots=True)
class Wishes:
    """How it is to be written."""

    encoding: str | None = None
    """Of txt; None: the one that it came in."""
    language: str | None = None
    """Of keywords and headings; None: the project's."""
    author: str = ""
    title_page: bool = True
    page_per_page: bool = False
    paper: str | None = None
    """a4 or letter; None: what the locale's country prints on."""
    since: str | None = None
    """Only what changed for the letterer since a hand-off: `last`, an id, a recipient; or since the saved
    version of a number."""


PLAIN = Wishes()
VersionOf = Callable[[int], Frontier]
"""The point of the history of a saved version; asks the server."""


def export(
    shelf: Shelf,
    entry: ShelfEntry,
    form: ExportFormat,
    *,
    encoding: str | None = None,
    wishes: Wishes = PLAIN,
    version_of: VersionOf | None = None,
    progress: Progress | None = None,
    notice: Notice | None = None,
) -> bytes:
    """A project as a file's bytes, from its journal; seconds for some forms: call it from a worker.

    `encoding` is for a script that its file's own can't hold (any more). Raises IncomingError for that,
    UsageError for what can't be combined, NotFound for an unknown hand-off and WritingStoppedError if
    `progress` raised it.
    """
    from core.workspace.files import open_store

    store = open_store(shelf, entry)
    if encoding is not None:
        wishes = replace(wishes, encoding=encoding)
    return export_store(store, form, wishes, version_of=version_of, progress=progress, notice=notice)


def export_store(
    store: ProjectStore,
    form: ExportFormat,
    wishes: Wishes = PLAIN,
    *,
    version_of: VersionOf | None = None,
    progress: Progress | None = None,
    notice: Notice | None = None,
) -> bytes:
    """The same for a document that is at hand. It has to belong to the calling thread."""
    if form is ExportFormat.JSON:
        if wishes.since is not None:
            raise UsageError("Changes can be written as a lettering script only.")
        return _whole_project(store)
    about = _about(store, wishes)
    if wishes.since is None:
        return export_text(store.text, form, about, names=store.names(), progress=progress, notice=notice)
    point = _point(store, wishes.since, version_of)
    return _changes(_text_at(store, point), store.text, form, about, store.names())


def export_text(
    text: str,
    form: ExportFormat,
    about: About,
    *,
    names: Iterable[str] = (),
    progress: Progress | None = None,
    notice: Notice | None = None,
) -> bytes:
    """A script that is no project (yet), in every form but the whole project's JSON."""
    from core.script import Script
    from core.script.formats.writing import ScriptFormat, write_script

    if form is ExportFormat.JSON:
        raise UsageError("A file is no project.", todo="Use --format script-json for the script's structure.")
    script = Script(text, names=names)
    return write_script(script, ScriptFormat(form.value), about, progress=progress, notice=notice)


def saved_version(server: Server, project_id: UUID, number: int) -> Frontier:
    """The point of the history of a version on the server. Raises NotFound or ServerError."""
    found = server.versions(project_id, 1, number + 1)
    if not found or found[0].number != number:
        raise NotFound(
            f"The server has no version {number} of this project.", todo="Choose one from Versions."
        )
    return found[0].frontier


def _whole_project(store: ProjectStore) -> bytes:
    import json

    from core.story import to_unified_json

    return (json.dumps(to_unified_json(store), ensure_ascii=False, indent=2) + "\n").encode()


def _about(store: ProjectStore, wishes: Wishes) -> About:
    from core.script.formats.writing import About
    from core.script.formats.writing.paper import usual_paper

    meta = store.meta
    plain = wishes.encoding is None
    return About(
        title=meta.title,
        author=wishes.author,
        language=wishes.language or meta.language,
        newline=meta.newline,
        bom=meta.bom if plain else False,
        encoding=meta.encoding if wishes.encoding is None else wishes.encoding,
        title_page=wishes.title_page,
        page_per_page=wishes.page_per_page,
        paper=wishes.paper or usual_paper(os.environ),
    )


def _point(store: ProjectStore, since: str, version_of: VersionOf | None) -> Frontier:
    if re.fullmatch(r"[0-9]{1,7}", since):  # ids are told by eight characters, versions have few digits
        if version_of is None:
            raise UsageError("Saved versions are on the server, and it was not asked.")
        return version_of(int(since))
    return choose_handoff(handoffs(store), since).frontier


def _text_at(store: ProjectStore, point: Frontier) -> str:
    from core.story import text_at

    try:
        return text_at([store.snapshot()], point)
    except DocumentError as lost:
        # The server may hold a version of edits made elsewhere that have not come to this machine yet.
        todo = lost.todo or "Save the project once, which merges what the server has, and ask again."
        raise DocumentError(lost.what, safe=lost.safe, todo=todo) from None


def _changes(old: str, new: str, form: ExportFormat, about: About, names: Iterable[str]) -> bytes:
    from core.script import parse
    from core.script.formats.writing import ScriptFormat
    from core.script.formats.writing.changed import write_changes
    from core.script.manuscript import manuscript

    known = list(names)
    before, after = (manuscript(parse(text, names=known)) for text in (old, new))
    return write_changes(before, after, ScriptFormat(form.value), about)
