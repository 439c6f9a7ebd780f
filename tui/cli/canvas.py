"""`genko canvas`: pages of the earlier web app's editor, what becomes of each element, and where to."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

from cyclopts import Parameter

from core.errors import NotFound
from core.legacy.canvas import Brought, CanvasReport, read_canvas
from core.legacy.values import MOST_BYTES
from core.workspace.canvases import import_canvas
from screens.wording import counted
from tui.cli.context import Context
from tui.cli.outcome import say, say_json, table

MOST = 60
"""Elements that people are shown; programs get all of them."""

AsJson = Annotated[bool, Parameter(name="--json", negative="", help="Answer as JSON, for programs.")]


def canvas(file: Path, /, *, into: str | None = None, json: AsJson = False) -> None:
    """Read old canvases (`pages.content` and the like) and say of every element whether it can come in.

    Parameters
    ----------
    file
        A JSON file: one page's content, rows of the table pages, a store, or a whole document.
    into
        An id, a title, or a beginning of one: the project that gets the pages, as one undo step.
    """
    data = _read(file)
    brought = None
    if into is None:
        report = read_canvas(data)
    else:
        shelf = Context().shelf
        report, brought = import_canvas(shelf, shelf.find(into), data)
    if json:
        say_json(_as_json(report, brought))
    else:
        say(_report(report, brought))


def _read(file: Path) -> bytes:
    if not file.is_file():
        raise NotFound("There is no such file.", safe="Nothing was read.")
    with file.open("rb") as stream:
        return stream.read(MOST_BYTES + 1)


def _report(report: CanvasReport, brought: Brought | None) -> str:
    parts: list[str] = []
    if report.pages:
        rows: list[tuple[str, ...]] = [
            (page.name, counted(page.panels, "panel"), str(page.fields.get("layout", ""))[:50])
            for page in report.pages
        ]
        parts.append(table(rows))
    if report.rows:
        listed: list[tuple[str, ...]] = [
            (row.page, row.element, row.kind, "yes" if row.mapped else "no", row.what)
            for row in report.rows[:MOST]
        ]
        more = (
            [f"… and {len(report.rows) - MOST:,} more (--json lists all)"] if len(report.rows) > MOST else []
        )
        parts.append("\n".join([table(listed), *more]))
    parts.append("\n".join([*report.notices, _summary(report), *_outcome(report, brought)]))
    return "\n\n".join(part for part in parts if part)


def _summary(report: CanvasReport) -> str:
    left = len(report.rows) - report.mapped
    what = f"{counted(len(report.pages), 'page')}, {counted(len(report.rows), 'element')}"
    return f"{what}: {left:,} can't come in." if left else f"{what}."


def _outcome(report: CanvasReport, brought: Brought | None) -> list[str]:
    if brought is None:
        return ["Nothing was changed; --into PROJECT brings the pages in."] if report.pages else []
    said = [f"{counted(brought.pages, 'page')} came in behind the book's own."]
    if brought.there:
        said.append(f"{counted(brought.there, 'page')} had come in before and were left as they are.")
    return said


def _as_json(report: CanvasReport, brought: Brought | None) -> dict[str, Any]:
    return {
        "pages": [
            {"name": page.name, "id": page.id, "panels": page.panels, "layout": page.fields.get("layout", "")}
            for page in report.pages
        ],
        "elements": [
            {
                "page": row.page,
                "element": row.element,
                "kind": row.kind,
                "mapped": row.mapped,
                "what": row.what,
            }
            for row in report.rows
        ],
        "mapped": report.mapped,
        "notices": report.notices,
        "brought": None if brought is None else {"pages": brought.pages, "there_before": brought.there},
    }
