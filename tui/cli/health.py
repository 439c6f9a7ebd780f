"""`genko doctor` and `genko where`: what works on this machine, and which files are Genko's."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterator
from datetime import datetime
from importlib.metadata import version
from pathlib import Path

from core.errors import GenkoError
from core.filesystem import kind_of
from core.server.embedded.doctor import Finding, Health
from core.sizes import as_size
from tui.cli.context import Context
from tui.cli.database import embedded_server
from tui.cli.outcome import say, say_json, table
from tui.cli.projects import AsJson

LITTLE_ROOM = 200_000_000
"""Bytes free on the data folder's disk below which the doctor says so."""


def doctor(*, json: AsJson = False) -> None:
    """Look this machine over and say what works and what does not; changes nothing.

    The exit status is 1 when something stands in the way of writing or saving.
    """
    findings = list(_findings(Context()))
    if json:
        say_json([vars_of(finding) for finding in findings])
    else:
        marks = {Health.GOOD: "ok", Health.NOTE: "note", Health.PROBLEM: "PROBLEM"}
        for finding in findings:
            say(f"{marks[finding.health]:8}{finding.subject}: {finding.sentence} {finding.todo}".rstrip())
    problems = sum(finding.health is Health.PROBLEM for finding in findings)
    if problems:
        raise GenkoError(f"{problems} {'thing stands' if problems == 1 else 'things stand'} in the way.")


def vars_of(finding: Finding) -> dict[str, str]:
    """A finding for programs."""
    return {
        "subject": finding.subject,
        "health": finding.health.value,
        "sentence": finding.sentence,
        "todo": finding.todo,
    }


def _findings(context: Context) -> Iterator[Finding]:
    python = ".".join(map(str, sys.version_info[:3]))
    yield Finding("genko", Health.GOOD, f"Version {version('genko')} on Python {python}, {sys.platform}.")
    yield _terminal()
    yield from _settings(context)
    yield from _data_folder(context.paths.projects)
    yield _backups(context)
    yield from _server(context)


def _terminal() -> Finding:
    from tui.terminal import check_terminal

    try:
        abilities = check_terminal()
    except GenkoError as error:
        return Finding("terminal", Health.NOTE, error.what, error.todo)
    line = "over SSH" if abilities.is_ssh else "on this machine"
    return Finding(
        "terminal",
        Health.GOOD,
        f"{abilities.term}, {abilities.colours:,} colours, {abilities.encoding}, {line}.",
    )


def _settings(context: Context) -> Iterator[Finding]:
    try:
        _ = context.settings
    except GenkoError as error:
        yield Finding("settings", Health.PROBLEM, error.what, error.todo)
    else:
        yield Finding("settings", Health.GOOD, f"{context.paths.settings_file} is fine.")


def _data_folder(folder: Path) -> Iterator[Finding]:
    there = _nearest(folder)
    if not os.access(there, os.W_OK):
        yield Finding(
            "projects", Health.PROBLEM, f"{there} can't be written.", "Set GENKO_HOME to a folder that can."
        )
        return
    kind = kind_of(there)
    free = shutil.disk_usage(there).free
    sentence = f"{folder} is on {kind.name} with {as_size(free)} free."
    if kind.network:
        yield Finding("projects", Health.NOTE, f"{sentence} Each program keeps a file of its own there.")
    elif free < LITTLE_ROOM:
        yield Finding("projects", Health.PROBLEM, sentence, "Make room.")
    else:
        yield Finding("projects", Health.GOOD, sentence)


def _backups(context: Context) -> Finding:
    """How old the newest verified backup is, and whether one ever left this machine; changes nothing."""
    from core.backup.keeping.register import Register

    if not context.paths.backups_file.exists():
        return Finding("backups", Health.NOTE, "There are none yet.", "`genko backup create` makes one.")
    try:
        with Register(context.paths) as register:
            entries = register.entries()
    except GenkoError as error:
        return Finding("backups", Health.PROBLEM, error.what, error.todo)
    damaged = sum(bool(entry.verify_failed) for entry in entries if entry.trashed_at is None)
    newest = max((entry.made_at for entry in entries if entry.is_sound), default=None)
    away = max((entry.elsewhere_at for entry in entries if entry.elsewhere_at), default=None)
    first = f"The newest verified one is of {_day(newest)}" if newest else "None is verified"
    said = f"{first}; one last left this machine: {_day(away)}."
    if damaged:
        return Finding(
            "backups", Health.PROBLEM, f"{_damaged(damaged)} {said}", "`genko backup list` tells which."
        )
    return Finding("backups", Health.GOOD if newest and away else Health.NOTE, said)


def _damaged(number: int) -> str:
    return "One is damaged." if number == 1 else f"{number:,} are damaged."


def _day(moment: datetime | None) -> str:
    return moment.astimezone().strftime("%Y-%m-%d") if moment is not None else "never"


def _server(context: Context) -> Iterator[Finding]:
    try:
        embedded = embedded_server(context)
    except GenkoError as error:
        yield Finding("server", Health.PROBLEM, error.what, error.todo)
        return
    if embedded is not None:
        yield from embedded.diagnose()
        return
    with context.server() as server:
        try:
            identity = server.start(migrate=False)
        except GenkoError as error:
            yield Finding("server", Health.PROBLEM, error.what, error.todo)
        else:
            yield Finding("server", Health.GOOD, f"{identity.description}, PostgreSQL {identity.version}.")


def _nearest(folder: Path) -> Path:
    return next(path for path in (folder, *folder.parents) if path.exists())


def where(*, json: AsJson = False) -> None:
    """List all of Genko's files and their sizes."""
    context = Context()
    rows = list(_files(context))
    if json:
        say_json([{"what": what, "path": str(path), "bytes": count} for what, path, count in rows])
    else:
        say(table([(what, as_size(count), str(path)) for what, path, count in rows]))


def _files(context: Context) -> Iterator[tuple[str, Path, int]]:
    paths = context.paths
    yield "settings", paths.settings_file, _bytes(paths.settings_file)
    yield "projects", paths.projects, _bytes(paths.projects)
    for entry in [*context.shelf.list(), *context.shelf.list(trashed=True)]:
        if entry.path is not None:
            yield f"  {entry.shown_title}", entry.path, _journal_bytes(entry.path)
    try:
        embedded = embedded_server(context)
        if embedded is not None and (data := embedded.status().data) is not None:
            yield "database", data, embedded.status().data_bytes
    except GenkoError:
        pass  # the doctor tells why there is none; here only files are asked for
    yield "backups", paths.data / "backups", _bytes(paths.data / "backups")
    yield "logs", paths.logs, _bytes(paths.logs)
    yield "state", paths.state, _bytes(paths.state)


def _journal_bytes(path: Path) -> int:
    """A journal with what SQLite keeps beside it."""
    return sum(_bytes(beside) for beside in path.parent.glob(f"{path.name}*"))


def _bytes(path: Path) -> int:
    if path.is_dir():
        return sum(inner.lstat().st_size for inner in path.rglob("*") if inner.is_file())
    return path.lstat().st_size if path.exists() else 0
