"""`genko stats`: the figures of a project or of a script file, for people and for programs."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from core.cells import width as cells_of
from core.incoming import read_file
from core.script import parse
from core.script.figures import Figures, Words, as_json, figures, sparkline
from core.workspace import open_store
from tui.cli.context import Context
from tui.cli.outcome import cell_of, say, say_json, table

WIDTH = 60
"""Characters of a sparkline."""
MOST = 10
"""Rows of a list that people are shown; programs get all of them."""
EXCERPT = 48

AsJson = Annotated[bool, Parameter(name="--json", negative="", help="Answer as JSON, for programs.")]


def stats(project: str, /, *, json: AsJson = False) -> None:
    """Count pages, panels, balloons and words, per speaker, page and place.

    Parameters
    ----------
    project
        An id, a title, a beginning of one, or a file.
    """
    text, names = text_of(Context(), project)
    found = figures(parse(text, names=names))
    if json:
        say_json(as_json(found))
    else:
        say(report(found))


def text_of(context: Context, wanted: str) -> tuple[str, list[str]]:
    """The script and the bible's names of a project; where none fits, a file's script.

    Raises NotFound or IncomingError.
    """
    entry = context.project_or_file(wanted)
    if entry is None:
        return read_file(Path(wanted)).text, []
    store = open_store(context.shelf, entry)
    return store.text, store.names()


def report(found: Figures) -> str:
    """All that fits a screen or two."""
    parts = [_totals(found), _density(found), _speakers(found), _places(found), _longest(found)]
    return "\n\n".join(part for part in parts if part)


def _totals(found: Figures) -> str:
    totals = found.totals
    rows = [
        ("pages", totals.pages),
        ("panels", totals.panels),
        ("chapters", totals.chapters),
        ("balloons", found.balloons),
        ("captions", totals.captions),
        ("sound effects", totals.sfx),
        ("words", totals.words),
        ("words of dialogue", found.dialogue.words),
        ("words lettered", totals.lettered_words),
        ("characters", totals.characters),
        ("Japanese characters", totals.cjk_characters),
    ]
    shown = [(name, f"{value:,}") for name, value in rows if value or not name.startswith("Jap")]
    widest = max(len(value) for _, value in shown)
    return table([(name, f"{value:>{widest}}") for name, value in shown])


def _density(found: Figures) -> str:
    """Panels and amounts of text over the pages."""
    if len(found.pages) < 2:
        return ""
    cjk = found.mostly_cjk
    rows = [("panels", [page.panels for page in found.pages])]
    rows.append((_unit(found), [page.size.cjk if cjk else page.size.words for page in found.pages]))
    return table(
        [(name, sparkline(values, WIDTH), f"{min(values)}–{max(values)} a page") for name, values in rows]
    )


def _speakers(found: Figures) -> str:
    head = ("speaker", "balloons", _unit(found), "pages", "first", "last")
    rows = [
        (
            one.name,
            f"{one.balloons:,}",
            _amount(one.size, found),
            f"{one.pages:,}",
            one.first.label,
            one.last.label,
        )
        for one in found.speakers[:MOST]
    ]
    return listed(head, rows, len(found.speakers))


def _places(found: Figures) -> str:
    rows = [
        (one.name, f"{one.scenes:,}", f"{one.pages:,}", one.first.label or f"line {one.first.row + 1}")
        for one in sorted(found.places, key=lambda one: -one.scenes)[:MOST]
    ]
    return listed(("place", "scenes", "pages", "first"), rows, len(found.places))


def _longest(found: Figures) -> str:
    rows = [
        (one.speaker or one.kind.value, _amount(one.size, found), one.at.label, _excerpt(one.text))
        for one in found.longest[:MOST]
    ]
    return listed(("longest balloons", _unit(found), "at", ""), rows, len(rows))


def listed(head: tuple[str, ...], rows: Sequence[tuple[str, ...]], total: int) -> str:
    """A table with its numbers flush right, and how many rows were left out of all `total`."""
    if not rows:
        return ""
    rows = [tuple(map(cell_of, row)) for row in rows]
    widths = [max(cells_of(row[at]) for row in (head, *rows)) for at in range(len(head))]
    numeric = [all(row[at].replace(",", "").isdecimal() for row in rows) for at in range(len(head))]
    shown = [
        tuple(
            " " * (width - cells_of(cell)) + cell if right else cell
            for cell, width, right in zip(row, widths, numeric, strict=True)
        )
        for row in (head, *rows)
    ]
    more = [] if total <= len(rows) else [f"… and {total - len(rows):,} more"]
    return "\n".join([table(shown), *more])


def _unit(found: Figures) -> str:
    return "characters" if found.mostly_cjk else "words"


def _amount(size: Words, found: Figures) -> str:
    return f"{size.cjk if found.mostly_cjk else size.words:,}"


def _excerpt(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= EXCERPT else line[: EXCERPT - 1] + "…"
