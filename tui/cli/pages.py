"""`genko pages`: the book page by page, what differs from the script, what is worth a look, how far it is."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Annotated, Any

from cyclopts import Parameter

from core.assembly.book import BookMaker, Checked, PageKind, Progress, book_progress, page_progress, source_of
from core.assembly.plan import PanelStatus
from core.script.numbers import spanned
from core.story import ProjectStore
from core.workspace import open_store, store_of_file
from screens.wording import counted
from tui.cli.context import Context
from tui.cli.outcome import say, say_json, table

MOST = 30
"""Sentences that people are shown of one sort; programs get all of them."""

AsJson = Annotated[bool, Parameter(name="--json", negative="", help="Answer as JSON, for programs.")]


def pages(project: str, /, *, json: AsJson = False) -> None:
    """List the pages of the book: number, side, panels, layout, status, differences from the script, hints.

    Parameters
    ----------
    project
        An id, a title, a beginning that fits only one, or a file.
    """
    maker = BookMaker(source_of(_store(Context(), project)))
    found = [maker.checked(index) for index in range(maker.count)]
    if json:
        say_json(_as_json(maker, found))
    else:
        say(_report(maker, found))


def _store(context: Context, wanted: str) -> ProjectStore:
    """A project, to read; where none fits, a file's script. Raises NotFound or IncomingError."""
    entry = context.project_or_file(wanted)
    return store_of_file(Path(wanted)) if entry is None else open_store(context.shelf, entry)


def _report(maker: BookMaker, found: list[Checked]) -> str:
    if not found:
        return "There are no pages."
    head = ("page", "side", "panels", "layout", "status", "")
    rows = [(_number(one), *_cells(one)) for one in found]
    parts = [table([head, *rows])]
    differing = [(one, difference) for one in found for difference in one.differences]
    told = [f"page {_number(one)}: {d.sentence}{' (meant)' if d.agreed else ''}" for one, d in differing]
    told += [f"Page {slot.index + 1} of the script is left out. (meant)" for slot in maker.order.left_out]
    parts.append(_section("Differences from the script", told))
    parts.append(
        _section("Hints", [f"page {_number(one)}: {h.sentence}" for one in found for h in one.hints])
    )
    parts.append(_progress(book_progress(one.plan for one in found)))
    return "\n\n".join(part for part in parts if part)


def _cells(one: Checked) -> tuple[str, ...]:
    plan = one.plan
    marks = [
        "turn" if plan.page_turn else "",
        "differs" if any(not d.agreed for d in one.differences) else "",
        counted(len(one.hints), "hint") if one.hints else "",
    ]
    status = page_progress(plan).least.value if plan.panels else ""
    signs = ", ".join(mark for mark in marks if mark)
    return plan.side.value, f"{len(plan.panels):,}", plan.layout[:40], status, signs


def _number(one: Checked) -> str:
    return "cover" if one.plan.numbers == (0,) else spanned(one.plan.numbers)


def _section(title: str, sentences: list[str]) -> str:
    if not sentences:
        return ""
    more = [f"  … and {len(sentences) - MOST:,} more"] if len(sentences) > MOST else []
    return "\n".join([title, *(f"  {sentence}" for sentence in sentences[:MOST]), *more])


def _progress(progress: Progress) -> str:
    if progress.share is None:
        return ""
    counts = ", ".join(
        f"{progress.counts[status]:,} {status.value}" for status in PanelStatus if progress.counts.get(status)
    )
    return f"{counted(progress.panels, 'panel')}: {counts}. {int(progress.share * 100)} % of the work."


def _as_json(maker: BookMaker, found: list[Checked]) -> dict[str, Any]:
    settings = maker.source.settings
    return {
        "title": settings.title,
        "direction": settings.direction.value,
        "pages": [_page_as_json(one) for one in found],
        "left_out": [slot.index + 1 for slot in maker.order.left_out],
        "differences": dict(Counter(d.kind.value for one in found for d in one.differences if not d.agreed)),
        "progress": _progress_as_json(book_progress(one.plan for one in found)),
    }


def _page_as_json(one: Checked) -> dict[str, Any]:
    plan, slot = one.plan, one.view.slot
    return {
        "key": plan.key,
        "numbers": list(plan.numbers),
        "kind": slot.kind.value or PageKind.PAGE.name.lower(),
        "origin": slot.origin.value,
        "script_page": slot.index + 1 if slot.index >= 0 else None,
        "title": plan.title,
        "side": plan.side.value,
        "page_turn": plan.page_turn,
        "layout": plan.layout,
        "script_panels": plan.script_panels if slot.index >= 0 else None,
        "panels": [
            {
                "id": panel.id,
                "label": panel.label,
                "status": panel.status.value,
                "balloons": len(panel.balloons),
                "characters": list(panel.characters),
                "background": panel.background,
                "picture": panel.picture or None,
            }
            for panel in plan.panels
        ],
        "progress": _progress_as_json(page_progress(plan)),
        "differences": [
            {"kind": d.kind.value, "what": d.sentence, "agreed": d.agreed, "panels": list(d.panels)}
            for d in one.differences
        ],
        "hints": [
            {
                "about": h.about.value,
                "what": h.sentence,
                "panel": h.panel or None,
                "severity": h.severity.value,
            }
            for h in one.hints
        ],
    }


def _progress_as_json(progress: Progress) -> dict[str, Any]:
    counts = {status.value: progress.counts.get(status, 0) for status in PanelStatus}
    return {"panels": progress.panels, "statuses": counts, "share": progress.share}
