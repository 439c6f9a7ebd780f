"""`genko import`: files and whole folders, looked at or brought in."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import Annotated, Any, Literal

from cyclopts import Parameter

from core.cells import width as cells_of
from core.errors import GenkoError, UsageError
from core.incoming import Incoming, Preview, preview
from core.script import parse
from core.script.figures import totals_json
from core.script.formats import Dialect
from core.workspace import ShelfEntry, import_incoming
from core.workspace.folders import Brought, How, Outcome, bring_in, scripts_in
from tui.cli.context import Context
from tui.cli.outcome import FAILED, complain, say, say_json
from tui.cli.projects import AsJson

SPOKEN = {"en": "English", "fr": "French", "ja": "Japanese"}
BAR = 24
"""Cells of the progress bar."""
Flag = Annotated[bool, Parameter(negative="")]


def import_(
    files: Annotated[list[Path], Parameter(negative="")],
    /,
    *,
    title: Annotated[str | None, Parameter(name="--as")] = None,
    encoding: str | None = None,
    dialect: Dialect | None = None,
    language: Literal["en", "fr", "ja"] | None = None,
    canonical: Flag = False,
    recursive: Flag = False,
    merge: Flag = False,
    dry_run: Flag = False,
    json: AsJson = False,
) -> int:
    """Make a project of each script; of several files, none unless all can be read.

    In a folder each file stands for itself: one that can't be read is reported, and one that has
    come in before makes no second project. The exit status is 0 when everything is in.

    Parameters
    ----------
    files
        Scripts in any format, or folders of them.
    title
        The project's title; without it the script's own, else the file's name. For one file only.
    encoding
        Read the files in this encoding instead of guessing.
    dialect
        Read them as this format instead of finding out.
    language
        Read them in this language instead of finding out.
    canonical
        Convert plain text and Markdown to Genko's markup, too.
    recursive
        The folders in a folder, too.
    merge
        Of files of a folder that came in before and have changed: bring the changes in.
    dry_run
        Only say what would come in.
    """
    if not files:
        raise UsageError("No file was named.", todo="genko import FILE…")
    how = How(encoding, dialect, language, canonical)
    if any(os.path.isdir(path) for path in files):
        if title is not None:
            raise UsageError("--as names one project, but a folder was given.")
        return _import_folders(files, how, recursive=recursive, merge=merge, dry_run=dry_run, json=json)
    if title is not None and len(files) > 1:
        raise UsageError("--as names one project, but several files were given.")
    _import_files(files, how, title, dry_run=dry_run, json=json)
    return 0


def _import_files(files: list[Path], how: How, title: str | None, *, dry_run: bool, json: bool) -> None:
    context = Context()
    read = [(path, how.read(path)) for path in files]
    report = []
    for path, incoming in read:
        with finished():
            entry = None if dry_run else import_incoming(context.shelf, incoming, title=title, source=path)
        report.append(_report(path, incoming, title, entry, preview(incoming)))
    if json:
        say_json(report)
        return
    for line, (path, incoming) in zip(report, read, strict=True):
        verb = "would come in" if dry_run else "is in"
        say(f"{line['title'] or path.name}: {verb} with {line['sentence']}.")
        say(f"  read as {incoming.dialect.title}, {SPOKEN.get(incoming.language, incoming.language)}")
        for doubt in line["unsure"]:
            say(f"  line {doubt['line']}: {doubt['why']}")
        for note in incoming.notes:
            complain(note)


def _report(
    path: Path, incoming: Incoming, title: str | None, entry: ShelfEntry | None, seen: Preview
) -> dict[str, Any]:
    return {
        "file": str(path),
        "id": str(entry.project_id) if entry else None,
        "title": entry.title if entry else (title if title is not None else incoming.title),
        "encoding": incoming.encoding,
        "dialect": incoming.dialect.value,
        "language": incoming.language,
        "candidates": [{"dialect": one.value, "score": score} for one, score in incoming.candidates],
        "exact": incoming.exact,
        "sentence": seen.sentence,
        "unsure": [{"line": row + 1, "why": why} for row, why in seen.unsure],
        "unsure_total": seen.unsure_total,
        "notes": list(incoming.notes),
        "balloons": seen.balloons,
        "speakers": seen.speakers,
        **totals_json(parse(incoming.text).statistics()),
    }


# folders


def _import_folders(
    given: list[Path], how: How, *, recursive: bool, merge: bool, dry_run: bool, json: bool
) -> int:
    paths: list[Path] = []
    others = 0
    for path in given:
        if os.path.isdir(path):
            found, passed = scripts_in(path, recursive=recursive)
            paths += found
            others += passed
        else:
            paths.append(path)
    if not paths:
        raise _nothing_in(given, others, recursive=recursive)
    brought: list[Brought] = []
    steps = bring_in(Context().shelf, paths, how, merge=merge, dry_run=dry_run)
    for at, path in enumerate(paths):
        show_progress(at, len(paths), path.name)
        with finished():
            brought.append(next(steps))
        if not json:
            show_progress(None, 0, "")
            say(_line(brought[-1]))
    show_progress(None, 0, "")
    if json:
        say_json({"files": [_row(one) for one in brought], "passed_over": others})
    else:
        say(_summary(brought, others))
    return 0 if all(one.is_in for one in brought) else FAILED


def _nothing_in(given: list[Path], others: int, *, recursive: bool) -> GenkoError:
    """Folders without a script: most likely another one was meant."""
    places = "the folders" if len(given) > 1 else str(given[0])
    passed = f" ({others:,} other {'file' if others == 1 else 'files'} passed over)" if others else ""
    return GenkoError(
        f"No script was found in {places}{passed}.",
        safe="Nothing was created.",
        todo="" if recursive else "--recursive looks into the folders in it, too.",
    )


def _line(brought: Brought) -> str:
    """`imported   rain.txt   24 pages, …`, or why not."""
    what = brought.why
    if brought.outcome in (Outcome.IMPORTED, Outcome.PREVIEWED) and brought.incoming is not None:
        what = f"{preview(brought.incoming).sentence}; {brought.incoming.dialect.title}"
    return f"{brought.outcome.value:<12}  {brought.path}  {' '.join(what.split())}".rstrip()


def _row(brought: Brought) -> dict[str, Any]:
    row = brought.as_json()
    if brought.incoming is not None:
        seen = preview(brought.incoming)
        row |= {
            "dialect": brought.incoming.dialect.value,
            "language": brought.incoming.language,
            "sentence": seen.sentence,
            "unsure_total": seen.unsure_total,
        }
    return row


def _summary(brought: list[Brought], others: int) -> str:
    counts = {outcome: sum(one.outcome is outcome for one in brought) for outcome in Outcome}
    parts = [f"{count:,} {outcome.value}" for outcome, count in counts.items() if count]
    if others:
        parts.append(f"{others:,} other {'file' if others == 1 else 'files'} passed over")
    return f"{', '.join(parts)}."


def show_progress(at: int | None, total: int, name: str) -> None:
    """A bar on stderr if that is a terminal, else nothing; None takes it away."""
    if not sys.stderr.isatty():
        return
    if at is None:
        sys.stderr.write("\r\x1b[K")
    else:
        done = round(BAR * at / total)
        room = max(0, 78 - BAR - 14)
        while cells_of(name) > room:
            name = name[:-1]
        sys.stderr.write(f"\r\x1b[K[{'#' * done}{'-' * (BAR - done)}] {at + 1}/{total}  {name}")
    sys.stderr.flush()


@contextmanager
def finished() -> Iterator[None]:
    """Ctrl+C in here waits until a project that is being made is whole, and then ends the command."""
    asked = False

    def later(number: int, frame: FrameType | None) -> None:
        nonlocal asked
        if asked:  # a second time: now, whatever is half done
            raise KeyboardInterrupt
        asked = True

    before = signal.signal(signal.SIGINT, later)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
    if asked:
        show_progress(None, 0, "")
        raise KeyboardInterrupt
