"""`genko backup plan`, `import`, `imports` and `undo`: what a file would bring, brings, and has brought."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Annotated

import msgspec
from cyclopts import Parameter

from core.backup.plan import Action, Choice, Decisions, ImportPlan, ImportReport
from core.errors import NotFound, UsageError
from core.legacy.addresses import source_of
from core.server import Server
from screens.backup.importing.wording import report_sentence
from tui.cli.backup import backup, keeping_wishes, progress
from tui.cli.backup_telling import did_something, tell_plan, tell_report, tell_undo_plan
from tui.cli.backup_verifying import first_line
from tui.cli.context import Context
from tui.cli.outcome import FAILED, USAGE, complain, say, say_json, table
from tui.cli.projects import AsJson

Switch = Annotated[bool, Parameter(negative="")]
Many = Annotated[tuple[str, ...], Parameter(negative="")]


@backup.command
def plan(
    file: str,
    /,
    *,
    as_copy: Switch = False,
    restore: Switch = False,
    project: Many = (),
    section: Many = (),
    passphrase_file: Path | None = None,
    json: AsJson = False,
) -> int:
    """Say what importing a file would do. All of it is read and checked; nothing is changed.

    The exit status is 0 when it can be imported, 1 when not.

    Parameters
    ----------
    file
        A backup, what another program has written, or `postgresql://…` of MANGAKA AI.
    as_copy
        As new projects beside those that have their ids.
    restore
        Those that are here would become what the file has.
    project
        Only these: ids or titles in the file.
    section
        Only these: script, characters, backgrounds, scenes, assembly, meta.
    passphrase_file
        The passphrase is the first line of this file.
    """
    context = Context()
    _, made = _planned(
        context,
        source_of(file),
        _mode(as_copy, restore),
        Decisions(sections=section),
        project,
        passphrase_file,
        quiet=json,
    )
    if json:
        say_json(msgspec.to_builtins(made))
    else:
        tell_plan(made)
    return FAILED if made.problems else 0


@backup.command(name="import")
def import_(
    file: str,
    /,
    *,
    as_copy: Switch = False,
    restore: Switch = False,
    ours: Switch = False,
    theirs: Switch = False,
    both: Switch = False,
    project: Many = (),
    section: Many = (),
    settings: Switch = False,
    adopt: Switch = False,
    yes: Switch = False,
    server: bool = True,
    passphrase_file: Path | None = None,
    json: AsJson = False,
) -> int:
    """Bring in what a backup or another program's file has, after a verified backup of what it changes.

    Nothing is deleted, and `genko backup undo` takes it back, days later too.

    Parameters
    ----------
    file
        A backup, what another program has written, or `postgresql://…` of MANGAKA AI.
    as_copy
        As new projects beside those that have their ids.
    restore
        Those that are here become what the file has; what was made since goes to the trash.
    ours
        Where both differ and nobody knows which is meant, ours stays (what is done anyway).
    theirs
        Where both differ, theirs.
    both
        Where both differ, both.
    project
        Only these: ids or titles in the file.
    section
        Only these: script, characters, backgrounds, scenes, assembly, meta.
    settings
        The settings and keymap of the file take the place of ours.
    adopt
        Links between a backup's records that lead nowhere come in as they stand; else it is refused.
    yes
        Don't ask.
    server
        --no-server: don't save to the database server now; it waits for the next save.
    passphrase_file
        The passphrase is the first line of this file.
    """
    from core.backup.importing import apply_import

    context = Context()
    choice = _choice(ours, theirs, both)
    mode = _mode(as_copy, restore)
    source = source_of(file)
    wanted = Decisions(all_conflicts=choice, sections=section, settings=settings, adopt=adopt)
    with asked(context, wanted=server) as link:
        decisions, made = _planned(context, source, mode, wanted, project, passphrase_file, link, quiet=json)
    if made.problems:
        for problem in made.problems:
            complain(problem)
        return FAILED
    if not json:
        tell_plan(made)
    if made.changes and not yes and not _agreed():
        return USAGE
    with told_if_halfway(context), asked(context, wanted=server) as link:
        report = apply_import(
            context.shelf,
            source,
            made,
            decisions,
            server=link,
            work=progress(quiet=json),
            passphrase=secret_of(passphrase_file),
            wishes=keeping_wishes(context),
        )
    tell_report(report, as_json=json, told=made.notes)
    return 0


@backup.command
def imports(*, json: AsJson = False) -> None:
    """List what was imported and taken back, newest first."""
    from core.backup.importing import imports as all_imports

    found = all_imports(Context().shelf)
    if json:
        say_json([msgspec.to_builtins(report) for report in found])
        return
    rows: list[tuple[str, ...]] = [
        (report.import_id[:8], report.done_at[:16].replace("T", " "), _what(report), report_sentence(report))
        for report in found
    ]
    say(table(rows) if rows else "Nothing was imported yet.")


@backup.command
def undo(
    wanted: str | None = None, /, *, dry_run: Switch = False, server: bool = True, json: AsJson = False
) -> None:
    """Take an import back; what was edited since stays and is named.

    Parameters
    ----------
    wanted
        The import's id, or how it begins; else the last that changed something. An undoing has one too.
    dry_run
        Only say what would be taken back, and what stays because it was edited since.
    server
        --no-server: don't save to the database server now; it waits for the next save.
    """
    from core.backup.importing import imports as all_imports
    from core.backup.importing import plan_undo, undo_import

    context = Context()
    open_ones = [report for report in all_imports(context.shelf) if not report.undone_at]
    if wanted is None:
        fits = [one for one in open_ones if not one.undo_of and did_something(one)][:1]
    else:
        fits = [one for one in open_ones if one.import_id.startswith(wanted)]
    if len(fits) != 1:
        raise NotFound(
            f"{len(fits):,} imports fit.",
            safe="Nothing was changed.",
            todo="`genko backup imports` lists them.",
        )
    if dry_run:
        plan = plan_undo(context.shelf, fits[0].import_id, work=progress(quiet=json))
        tell_undo_plan(fits[0], plan, as_json=json)
        return
    with told_if_halfway(context), asked(context, wanted=server) as link:
        report = undo_import(
            context.shelf,
            fits[0].import_id,
            server=link,
            work=progress(quiet=json),
            wishes=keeping_wishes(context),
        )
    tell_report(report, as_json=json)


# what is asked, and how it is told


def _planned(
    context: Context,
    file: Path | str,
    mode: Action | None,
    decisions: Decisions,
    project: tuple[str, ...],
    passphrase_file: Path | None,
    server: Server | None = None,
    *,
    quiet: bool,
) -> tuple[Decisions, ImportPlan]:
    """The plan, with the projects that were named and what is to be done with them."""
    from core.backup.importing import plan_import

    secret, work = secret_of(passphrase_file), progress(quiet=quiet)
    plan = partial(plan_import, context.shelf, file, server=server, work=work, passphrase=secret)
    made = plan(decisions)
    if mode is None and not project:
        return decisions, made
    keys = _keys(made, project)
    actions = {} if mode is None else dict.fromkeys(keys, mode)
    decisions = msgspec.structs.replace(decisions, actions=actions, projects=keys if project else ())
    return decisions, plan(decisions)


def _keys(made: ImportPlan, wanted: tuple[str, ...]) -> tuple[str, ...]:
    """The projects of the file that were named; all of them where none was."""
    if not wanted:
        return tuple(one.key for one in made.projects)
    found: list[str] = []
    for name in wanted:
        fits = [one.key for one in made.projects if name.casefold() in (one.key, one.title.casefold())]
        if len(fits) != 1:
            raise NotFound(f"{len(fits):,} projects of the file fit.", todo="Name one by its id.")
        found += fits
    return tuple(found)


def _mode(as_copy: bool, restore: bool) -> Action | None:
    if as_copy and restore:
        raise UsageError("Name one of --as-copy and --restore.")
    return Action.COPY if as_copy else Action.RESTORE if restore else None


def _choice(ours: bool, theirs: bool, both: bool) -> Choice | None:
    chosen = [
        choice for choice, said in ((Choice.OURS, ours), (Choice.THEIRS, theirs), (Choice.BOTH, both)) if said
    ]
    if len(chosen) > 1:
        raise UsageError("Name one of --ours, --theirs and --both.")
    return chosen[0] if chosen else None


@contextmanager
def asked(context: Context, *, wanted: bool) -> Iterator[Server | None]:
    """The server to save to, for the time of one command; None if none is wanted."""
    if not wanted:
        yield None
        return
    with context.server() as server:
        yield server


@contextmanager
def told_if_halfway(context: Context) -> Iterator[None]:
    """Says on stderr how far an import came that is cut short by a key; the exit status is 130 then."""
    from core.backup.importing import imports as all_imports

    before = {report.import_id for report in all_imports(context.shelf)}
    try:
        yield
    except KeyboardInterrupt:
        for report in all_imports(context.shelf):
            if report.import_id not in before:
                complain(report.notes[-1])
                complain(f"`genko backup undo {report.import_id[:8]}` takes it back.")
        raise


def secret_of(path: Path | None) -> str | None:
    """The passphrase in a file, if one was named."""
    return None if path is None else first_line(path)


def _agreed() -> bool:
    if not sys.stdin.isatty():
        complain("Nothing was changed; --yes does it.")
        return False
    return input("Do it? (y/n) ").strip().casefold() in ("y", "yes")


def _what(report: ImportReport) -> str:
    if report.undo_of:
        return f"undo of {report.undo_of[:8]}"
    return "taken back" if report.undone_at else Path(report.source.path).name
