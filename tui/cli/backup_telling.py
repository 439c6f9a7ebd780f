"""A plan and a report of an import on the command line, in words and in full where it matters."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec

from core.backup.plan import Action, Decisions, ImportPlan, ImportReport, Item, Outcome, ProjectPlan
from core.content import Fate
from screens.backup.importing.undoing import undo_sentence
from screens.backup.importing.wording import (
    ACTIONS,
    BACK,
    DONE,
    FATES,
    GONE_ON,
    action_of,
    fate_of,
    outcome_of,
    report_sentence,
    sentence,
    source_line,
)
from screens.wording import counted
from tui.cli.outcome import cell_of, complain, say, say_json, table

SHOWN = 60
"""Items of a project that a person is shown; programs get all of them."""
_QUIET = (Outcome.SAME, Outcome.MISSING_HERE)
_NOT_GONE = {Action.MERGE: {Outcome.MISSING_HERE}}
"""What only we have stays in a merge, and goes where a project is brought back."""
_ROWS_FIRST = (Fate.REFUSED, Fate.NO_PLACE)


def tell_plan(made: ImportPlan) -> None:
    """What would be done: the whole in a sentence, then every change."""
    say(source_line(made))
    said = sentence(made, Decisions())
    say(GONE_ON.replace("; r makes", "; --restore makes") if said == GONE_ON else said)
    for note in (*made.notes, *made.problems):
        say(note)
    _tell_projects(made.projects, ACTIONS)
    _tell_rows(made.rows)


def did_something(report: ImportReport) -> bool:
    """Whether there is anything of it to take back; bringing back what is there already does nothing."""
    quiet = {Outcome.SAME, Outcome.KEPT, Outcome.REFUSED}
    return any(
        one.action in (Action.CREATE, Action.COPY)
        or any(item.outcome not in quiet | _NOT_GONE.get(one.action, set()) for item in one.items)
        for one in _changed(report.projects)
    )


def _changed(projects: tuple[ProjectPlan, ...]) -> list[ProjectPlan]:
    return [one for one in projects if one.action not in (Action.SAME, Action.SKIP)]


def _tell_projects(projects: tuple[ProjectPlan, ...], names: Mapping[Action, str]) -> None:
    """Each project that changes with its items; of the others how many there are."""
    for project in _changed(projects):
        words = f", {project.words_before:,} words → {project.words_after:,}" if not project.kind else ""
        say(f"{cell_of(project.title) or '(untitled)'}: {action_of(project, names)}{words}")
        _tell_items(project.items)
        for item in project.items if names is BACK else ():
            if item.outcome is Outcome.SAME:
                say(f"  {cell_of(item.title)}: {item.detail}")
    for action in (Action.SAME, Action.SKIP) if _changed(projects) else ():
        for kind in ("", "draft"):
            if number := sum(one.action is action and one.kind == kind for one in projects):
                say(f"{counted(number, kind or 'project')}: {names[action]}")


def _tell_rows(rows: tuple[dict[str, Any], ...]) -> None:
    """The rows of another program's data: those that don't come in first, then those with a remark."""
    told = [row for fate in _ROWS_FIRST for row in rows if fate_of(row) is fate]
    told += [row for row in rows if fate_of(row) not in _ROWS_FIRST and row.get("why")]
    lines: list[tuple[str, ...]] = [
        ("  " + FATES[fate_of(row)], *(cell_of(str(row.get(key, ""))) for key in ("where", "title", "why")))
        for row in told[:SHOWN]
    ]
    if lines:
        say("Rows:")
        say(table(lines))
    if rest := len(rows) - len(lines):
        more = "more" if lines else "of it, none with a remark"
        say(f"  and {counted(rest, 'row')} {more} (--json has all)")


def _tell_items(items: tuple[Item, ...]) -> None:
    told = [item for item in items if item.outcome not in _QUIET]
    rows: list[tuple[str, ...]] = [
        ("  " + outcome_of(item, item.choice, asked=False), item.section, cell_of(item.title), item.detail)
        for item in told[:SHOWN]
    ]
    if rows:
        say(table(rows))
    if len(told) > SHOWN:
        say(f"  and {len(told) - SHOWN:,} more (--json has all)")


def tell_report(report: ImportReport, *, as_json: bool, told: tuple[str, ...] = ()) -> None:
    """What was done; the notes that were `told` before it are not told again."""
    if as_json:
        say_json(msgspec.to_builtins(report))
        return
    say(report_sentence(report))
    _tell_projects(report.projects, BACK if report.undo_of else DONE)
    for note in report.notes:
        if note not in told:
            complain(note)
    if report.backup:
        say(f"Backup before it: {report.backup}")
    say(f"Report: {report.path}")
    if did_something(report):
        say(f"Take it back: genko backup undo {report.import_id[:8]}")


def tell_undo_plan(report: ImportReport, plan: ImportReport, *, as_json: bool) -> None:
    """What taking an import back would do."""
    if as_json:
        say_json(msgspec.to_builtins(plan))
        return
    say(undo_sentence(report, plan))
    for project in plan.projects:
        _tell_items(project.items)
        for item in project.items:
            if item.outcome is Outcome.SAME:
                say(f"  {cell_of(item.title)}: {item.detail}")
    say("Nothing was changed.")
