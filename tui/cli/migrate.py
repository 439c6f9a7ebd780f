"""`genko migrate mangaka`: the earlier web app's projects, looked at, brought in, checked, taken back."""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import TYPE_CHECKING, Annotated

from cyclopts import App, Parameter

from core.errors import UsageError
from core.sizes import as_size
from screens.wording import counted
from tui.cli.context import Context
from tui.cli.outcome import FAILED, cell_of, complain, say, say_json, table
from tui.cli.projects import AsJson

if TYPE_CHECKING:
    from core.backup.migrating.checking import Check
    from core.backup.migrating.known import Copy
    from core.backup.migrating.running import Done
    from core.legacy.mangaka.auditing import Audit

migrate = App(name="migrate", help="Bring the work of an earlier program in.")
mangaka = App(
    name="mangaka",
    help="MANGAKA AI: from its database (postgresql://…), a dump of it (SQL, pg_dump -Fc, CSV, JSON), its"
    " exports, or the store of a browser. In this order: audit, run, check; rollback takes it back."
    " See docs/migrating.md.",
)
migrate.command(mangaka)

Flag = Annotated[bool, Parameter(negative="")]
_FATES = {
    "taken": "in a project",
    "version": "as an earlier version",
    "duplicate": "with a text that another has",
    "no place": "without a place (see the report)",
    "refused": "that can't be read (see the report)",
}
SHOWN = 20
"""Troubles and misses that a person is shown; programs get more."""


@mangaka.command
def audit(source: str | None = None, /, *, json: AsJson = False) -> int:
    """Count what is there, and say what is wrong with it. Nothing is changed.

    The exit status is 0 when all of it can be brought in, 1 when not.

    Parameters
    ----------
    source
        A database's address, a file or a folder; else what GENKO_MANGAKA_URL says, which keeps a password
        out of the command line.
    """
    from core.legacy.mangaka.auditing import audit as count
    from core.legacy.mangaka.reading import staged
    from tui.cli.backup import progress

    work = progress(quiet=json)
    with staged(_source(source), work=work) as found:
        told = count(found, work)
    if json:
        say_json(told.as_json())
    else:
        say(_audit(told))
    return 0 if told.sound else FAILED


@mangaka.command
def run(
    source: str | None = None,
    /,
    *,
    partial: Flag = False,
    again: Flag = False,
    server: bool = True,
    json: AsJson = False,
) -> int:
    """Bring in what is new or has changed since the last run; what you wrote in Genko meanwhile stays.

    The exit status is 0 when all of it is in, 1 when rows could not be read or not all were shown.

    Parameters
    ----------
    source
        As for audit.
    partial
        Go on although the source does not show all its rows.
    again
        Bring in once more what was taken back with genko backup undo.
    server
        --no-server: leave the database server of Genko alone (for the backup that is taken first).
    """
    from core.backup.importing.doing import backing_up
    from core.backup.migrating.running import run as bring_in
    from tui.cli.backup import keeping_wishes, progress

    context, wanted, work = Context(), _source(source), progress(quiet=json)
    with context.server() as link:
        asked = link if server else None
        taking = backing_up(context.shelf, keeping_wishes(context), asked, work)
        done = bring_in(
            context.shelf, wanted, server=asked, work=work, partial=partial, again=again, back_up=taking
        )
    list(map(complain, done.problems))
    if json:
        say_json(done.as_json())
    else:
        say(_done(done))
    return FAILED if done.problems or done.rows.get("refused") else 0


@mangaka.command
def check(source: str | None = None, /, *, json: AsJson = False) -> int:
    """Look whether every word of every row is found again in Genko. Nothing is changed.

    The exit status is 0 when it is, 1 when anything is missing.

    Parameters
    ----------
    source
        As for audit.
    """
    from core.backup.migrating.checking import check as look
    from core.legacy.mangaka.reading import staged
    from tui.cli.backup import progress

    work = progress(quiet=json)
    with staged(_source(source), work=work) as found:
        told = look(Context().shelf, found, work=work)
        told.problems = list(found.tally.problems)
    for problem in told.problems:
        complain(problem)
    if json:
        say_json(told.as_json())
    else:
        say(_check(told))
    return 0 if told.complete else FAILED


@mangaka.command
def rollback(*, json: AsJson = False) -> None:
    """Put every project that the migration made into the trash. Nothing is deleted, here or there."""
    from core.backup.migrating.running import roll_back
    from tui.cli.backup import progress

    told = roll_back(Context().shelf, work=progress(quiet=json))
    if json:
        import msgspec

        say_json(msgspec.to_builtins(told))
        return
    lines = [f"{counted(len(told.projects), 'project')} went to the trash; nothing was deleted."]
    if told.there:
        lines.append(f"{counted(told.there, 'project')} had been there already.")
    lines += [_copy(copy) for copy in told.copies]
    lines.append("The earlier app's own data were never changed.")
    say("\n".join(lines))


def _source(source: str | None) -> str:
    from core.legacy.mangaka.sources.database import VARIABLE

    wanted = (source or os.environ.get(VARIABLE, "")).strip()
    if not wanted:
        raise UsageError(
            "Where the earlier app's data are was not said.",
            todo=f"Name a database, a file or a folder, or set {VARIABLE}.",
        )
    return wanted


def _audit(told: Audit) -> str:
    rows = [("rows", f"{sum(told.tables.values()):,}")]
    rows += [(f"table {name}", f"{count:,}") for name, count in told.tables.items()]
    rows += [(f"table {name} (not a writer's)", f"{count:,}") for name, count in told.passed_over.items()]
    rows += [("projects", f"{told.projects:,}"), ("users", f"{told.users:,}"), ("words", f"{told.words:,}")]
    rows += [("size", as_size(told.bytes)), ("largest row", as_size(told.largest))]
    rows += [(f"shape {name}", f"{count:,}") for name, count in told.shapes.items()]
    rows += [
        ("projects with several rows", f"{told.several:,}"),
        ("rows with the same text", f"{told.identical:,}"),
        ("newest row empty, older not", f"{told.newest_is_empty:,}"),
        ("rows that can't be read", f"{told.unreadable:,}"),
    ]
    lines = [f"{told.where}: {told.form}", "", table([(cell_of(name), value) for name, value in rows])]
    lines += ["", *told.problems, *told.troubles[:SHOWN]]
    if told.unreadable > SHOWN:
        lines.append(f"… and {told.unreadable - SHOWN:,} more (--json lists them)")
    lines.append("All of it can be brought in." if told.sound else "Not all of it can be brought in.")
    return "\n".join(lines)


def _done(done: Done) -> str:
    words = {
        "create": "made",
        "merge": "brought up to date",
        "same": "as they were",
        "skip": "left in the trash",
    }
    actions = [
        f"{counted(count, 'project')} {words.get(name, name)}"
        for name, count in _ordered(done.actions, words)
    ]
    lines = [f"{', '.join(actions) or 'No project'}; {done.words:,} words in all."]
    if done.out_of_trash:
        lines.append(f"{counted(done.out_of_trash, 'project')} came back out of the trash.")
    if done.rows:
        fates = ", ".join(f"{count:,} {_FATES.get(fate, fate)}" for fate, count in done.rows.items())
        lines.append(f"{counted(sum(done.rows.values()), 'row')}: {fates}.")
    if done.conflicts:
        places = counted(done.conflicts, "place")
        lines.append(f"{places} had been changed on both sides: yours stand, theirs are kept.")
    if done.in_trash:
        lines.append(f"In your trash, and left there: {', '.join(map(cell_of, done.in_trash[:SHOWN]))}.")
    if done.taken_back:
        titles = ", ".join(map(cell_of, done.taken_back[:SHOWN]))
        lines.append(f"You took back what came for these, and it stays away: {titles}. --again brings it in.")
    lines += done.notes
    if done.copy is not None:
        lines.append(_copy(done.copy))
    lines += [f"Report: {path}" for path in done.reports]
    return "\n".join(lines)


def _copy(copy: Copy) -> str:
    if copy.in_database:
        return f"The table as it was is in its database as {copy.where} ({counted(copy.rows, 'row')})."
    if copy.where == copy.source:
        return f"The file itself is the copy; keep it: {copy.where}."
    return f"The rows as they were are in {copy.where}: {copy.why}."


def _check(told: Check) -> str:
    lines = [
        f"{counted(told.found, 'row')} of {told.rows:,} found again with every word"
        f" ({told.words:,} words in {counted(told.projects, 'project')})."
    ]
    if told.in_trash:
        lines.append(f"{counted(told.in_trash, 'project')} of these in the trash.")
    for miss in told.misses[:SHOWN]:
        lines.append(f"{miss.where}: {miss.why}.")
        lines += [f"    {cell_of(words)}" for words in miss.words[:3]]
    if told.missed > SHOWN:
        lines.append(f"… and {told.missed - SHOWN:,} more rows (--json lists them).")
    return "\n".join(lines)


def _ordered(counts: Mapping[str, int], words: Mapping[str, str]) -> list[tuple[str, int]]:
    return [(name, counts[name]) for name in [*words, *sorted(set(counts) - set(words))] if counts.get(name)]
