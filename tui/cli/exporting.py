"""`genko export`, `genko handoff` and `genko handoffs`: a script for others, and what they have of it."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Annotated, Literal

from cyclopts import Parameter

from core.errors import UsageError
from core.script.formats.writing import About
from core.script.formats.writing.paper import usual_paper
from core.story import Frontier
from core.workspace import ExportFormat, ShelfEntry, Wishes, export_store, hand_off, open_store, write_file
from core.workspace.exporting import export_text, saved_version
from core.workspace.handoffs import handoffs
from tui.cli.context import Context
from tui.cli.drawing import DRAWN, Drawing, Switch, draw
from tui.cli.outcome import complain, say, say_json, table
from tui.cli.projects import AsJson

_ENDINGS = {
    ".txt": ExportFormat.TXT,
    ".md": ExportFormat.MARKDOWN,
    ".markdown": ExportFormat.MARKDOWN,
    ".fountain": ExportFormat.FOUNTAIN,
    ".fdx": ExportFormat.FDX,
    ".docx": ExportFormat.DOCX,
    ".html": ExportFormat.HTML,
    ".htm": ExportFormat.HTML,
    ".pdf": ExportFormat.PDF,
    ".tsv": ExportFormat.LETTERING_TSV,
    ".json": ExportFormat.JSON,
}
_BINARY = (ExportFormat.DOCX, ExportFormat.PDF)
Format = Literal[
    "txt", "json", "genko", "md", "fountain", "fdx", "docx", "script-json", "html", "pdf",
    "lettering-tsv", "lettering-txt", "csp", "storyboard", "cbz", "png", "svg",
]  # fmt: skip


def export_(
    project: str,
    /,
    *,
    format: Format | None = None,  # the option's name is the product's
    to: Annotated[str, Parameter(name=("--to", "--output", "-o"))] = "-",
    since: str | None = None,
    language: Literal["en", "fr", "ja"] | None = None,
    author: str = "",
    title_page: Annotated[bool, Parameter(negative="--no-title-page")] = True,
    page_per_page: Switch = False,
    paper: Literal["a4", "letter"] | None = None,
    encoding: str | None = None,
    force: Switch = False,
    json: AsJson = False,
    drawing: Drawing | None = None,
) -> None:
    """Write a project or a script file out.

    Parameters
    ----------
    project
        An id, a title, a beginning that fits only one, or a file.
    format
        txt: the script exactly as it is; json: the whole project; genko: Genko's markup, strict; md,
        fountain, fdx, docx, html, pdf; script-json: the script's structure; lettering-tsv, lettering-txt:
        every balloon with its place; csp: for Clip Studio's story editor; storyboard: a PDF of sketches of
        the pages; cbz: the same as a comic archive; png, svg: a file for each page. Without it the ending
        of --to decides, else txt.
    to
        A file, or - for standard output; a folder for png and svg.
    since
        Only the balloons that changed since a hand-off (last, its id or its recipient) or since the saved
        version of this number; as lettering-tsv or lettering-txt.
    language
        Of keywords and headings: en, fr or ja; without it the project's.
    author
        Where the script names none.
    title_page
        For pdf, html and docx: the title on a sheet of its own.
    page_per_page
        For pdf, html and docx: each comic page begins on a new sheet.
    paper
        For pdf and docx: a4 or letter; without it what is usual in the locale's country.
    encoding
        Write the text in this encoding instead of the one it came in.
    force
        Replace the file if it is there.
    json
        Say what was drawn as JSON (storyboard, cbz, png, svg).
    """
    drawn = _drawn(format, to, since)
    if drawn:
        context = Context()
        wishes_of_drawing = (drawing or Drawing()).wishes(drawn, author, title_page=title_page)
        entry = context.project_or_file(project)
        draw(context, entry, project, to, wishes_of_drawing, force=force, as_json=json)
    elif drawing is not None and drawing != Drawing():
        raise UsageError("Such options are for drawings: --format storyboard, cbz, png or svg.")
    else:
        wishes = Wishes(encoding, language, author, title_page, page_per_page, paper, since)
        _write(project, format, to, wishes, force=force)


def _drawn(wanted: Format | None, to: str, since: str | None) -> str:
    """The format of a drawing; empty for a script's."""
    ending = next((form for form, ending in DRAWN.items() if Path(to).suffix.lower() == ending), "")
    form = str(wanted) if wanted in DRAWN else ""
    if wanted is None and since is None and ending != "storyboard":
        form = ending  # a PDF is a script's unless one says otherwise
    if form and since is not None:
        raise UsageError("Changes can be written as a lettering script only.")
    return form


def _write(project: str, format: Format | None, to: str, wishes: Wishes, *, force: bool) -> None:
    """A script, or the whole project."""
    form = _form(format, to, wishes.since)
    if to == "-" and form in _BINARY and sys.stdout.isatty():
        raise UsageError(
            f"{form} is not for a terminal.", todo="Name a file with --to, or send it through a pipe."
        )
    context = Context()
    entry = context.project_or_file(project)
    data = (
        _of_file(Path(project), form, wishes) if entry is None else _of_project(context, entry, form, wishes)
    )
    if to == "-":
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
    else:
        write_file(Path(to), data, replace=force)
        complain(f"Wrote {len(data):,} bytes to {to}.")


def _form(wanted: Format | None, to: str, since: str | None) -> ExportFormat:
    if wanted is not None:
        return ExportFormat(wanted)
    if since is not None:
        return ExportFormat.LETTERING_TSV
    return _ENDINGS.get(Path(to).suffix.lower(), ExportFormat.TXT)


def _of_project(context: Context, entry: ShelfEntry, form: ExportFormat, wishes: Wishes) -> bytes:
    store = open_store(context.shelf, entry)

    def version_of(number: int) -> Frontier:
        with context.server() as server:
            return saved_version(server, entry.project_id, number)

    return export_store(store, form, wishes, version_of=version_of, notice=complain)


def _of_file(path: Path, form: ExportFormat, wishes: Wishes) -> bytes:
    from core.incoming import read_file

    if wishes.since is not None:
        raise UsageError(
            "Only a project knows what was handed off.", todo="`genko import` makes one of a file."
        )
    incoming = read_file(path)
    plain = wishes.encoding is None
    about = About(
        title=incoming.title,
        author=wishes.author,
        language=wishes.language or incoming.language,
        newline=incoming.newline,
        bom=incoming.bom and plain,
        encoding=incoming.encoding if wishes.encoding is None else wishes.encoding,
        title_page=wishes.title_page,
        page_per_page=wishes.page_per_page,
        paper=wishes.paper or usual_paper(os.environ),
    )
    return export_text(incoming.text, form, about, notice=complain)


def handoff(project: str, /, *, to: str, note: str = "", json: AsJson = False) -> None:
    """Remember that a project was sent to somebody as it is now; `export --since` tells what changed since.

    Parameters
    ----------
    project
        An id, a title, or a beginning that fits only one.
    to
        To whom: letterer, a name.
    note
        Something to know it by.
    """
    context = Context()
    entry = context.shelf.find(project)
    made = hand_off(context.shelf, entry, to, note)
    if json:
        say_json(made.as_json())
    else:
        say(f"{entry.shown_title}: sent to {made.to}, remembered as {made.ident[:8]}.")


def handoffs_(project: str, /, *, json: AsJson = False) -> None:
    """List to whom a project was sent, and when.

    Parameters
    ----------
    project
        An id, a title, or a beginning that fits only one.
    """
    context = Context()
    found = handoffs(open_store(context.shelf, context.shelf.find(project)))
    if json:
        say_json([one.as_json() for one in found])
    elif found:
        rows: list[tuple[str, ...]] = [
            (o.ident[:8], o.at.astimezone().strftime("%Y-%m-%d %H:%M"), o.to, o.note) for o in found
        ]
        say(table(rows))
    else:
        say("Nothing was handed off yet.")
