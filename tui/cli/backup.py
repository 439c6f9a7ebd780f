"""`genko backup`: write backups; the other commands of that name are in the modules beside this one."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, BinaryIO, Literal
from uuid import UUID

from cyclopts import App, Parameter

from core.errors import UsageError
from core.sizes import as_size
from tui.cli.backup_json import Chosen, write_json
from tui.cli.backup_sheet import new_sheet
from tui.cli.context import Context
from tui.cli.outcome import complain, say, say_json
from tui.cli.projects import AsJson

if TYPE_CHECKING:
    from core.backup.exporting import Made
    from core.backup.keeping import BackedUp, KeepingWishes, What
    from core.backup.work import Step, Work
    from core.server import Server

backup = App(name="backup", help="Write backups, look at them, check them, bring them back.")
Switch = Annotated[bool, Parameter(negative="")]
_SUFFIXES = (".genko-backup", ".genko-backup.age")
_OFTEN = 0.2
"""Seconds between two lines of progress."""


@backup.command
def create(
    *projects: str,
    draft: Annotated[tuple[str, ...], Parameter(negative="")] = (),
    to: str = "",
    library: Switch = False,
    section: Annotated[tuple[str, ...], Parameter(negative="")] = (),
    label: str = "",
    server: bool | None = None,
    passphrase_file: Path | None = None,
    sheet: Path | None = None,
    format: Literal["genko-backup", "json"] = "genko-backup",
    json: AsJson = False,
) -> None:
    """Write a backup and read it back.

    Parameters
    ----------
    projects
        Ids, titles, or beginnings that fit only one; none: the whole library, drafts included.
    draft
        A draft: its id, slug or name. Several may be named, beside projects or alone.
    to
        A folder, a file, or - for standard output.
    library
        The whole library, those in the trash among them (what naming nothing means as well).
    section
        Only these: script, characters, backgrounds, scenes, assembly, drafts, versions, media, settings,
        kept. The projects' whole history is left out then, since it would hold what was not chosen.
    label
        A name for it: draft 1 done.
    server
        --server: all that the database server lets this login see as well, projects of others among it.
        --no-server: don't ask it, not even for the saved versions.
    passphrase_file
        Encrypt it (age); the passphrase is the first line of this file. Who loses it loses the backup.
    sheet
        A new file for the recovery sheet, which opens the encrypted backup without the passphrase.
    format
        json: one document for other programs, packed if the name ends in .gz; without pictures and history.
    """
    if library and (projects or draft):
        raise UsageError("Name projects and drafts, or the library.")
    if format == "json" and (passphrase_file or sheet or label):
        raise UsageError(
            "A document of JSON is not encrypted and has no name.", todo="Make a backup instead."
        )
    context = Context()
    with _server(context, server) as link:
        wanted = tuple(find_project(context, name, link if server else None) for name in projects)
        wanted += tuple(find_draft(context, name, link if server else None) for name in draft)
        if format == "json":
            chosen = Chosen(wanted or None, section or None, bool(server))
            write_json(context, chosen, to, link, quiet=json)
            return
        _forewarn(context, wanted, section)
        what = _what(wanted, section, label, passphrase_file, from_server=bool(server))
        with new_sheet(sheet, wanted=passphrase_file is not None) as keep, _target(to) as target:
            done = back_up(context, replace(what, folder=target), link, quiet=json)
            keep(done.made.recovery_sheet)
    _tell(done, as_json=json)


def _forewarn(context: Context, projects: tuple[UUID, ...], section: tuple[str, ...]) -> None:
    """Tell somebody who watches that it will be large."""
    from core.backup.exporting import SECTIONS, estimate

    if sys.stderr.isatty():
        for note in estimate(context.shelf, projects or None, section or SECTIONS).notes:
            complain(note)


def _what(
    projects: tuple[UUID, ...],
    section: tuple[str, ...],
    label: str,
    passphrase_file: Path | None,
    *,
    from_server: bool,
) -> What:
    from core.backup.keeping import What
    from tui.cli.backup_verifying import first_line

    return What(
        reason="named" if label else "manual",
        label=label,
        projects=projects or None,
        sections=section or None,
        passphrase=None if passphrase_file is None else first_line(passphrase_file),
        from_server=from_server,
    )


def back_up(context: Context, what: What, server: Server | None, *, quiet: bool) -> BackedUp:
    """Make it, and keep it as the settings say."""
    from core.backup.keeping import back_up as keep

    return keep(context.shelf, keeping_wishes(context), what, server=server, work=progress(quiet=quiet))


def find_project(context: Context, wanted: str, server: Server | None) -> UUID:
    """The project meant, in the trash or on the `server` too. Raises NotFound."""
    from core.workspace import choose, server_entries

    entries = [*context.shelf.list(), *context.shelf.list(trashed=True)]
    if server is not None:
        here = {entry.project_id for entry in entries}
        entries += [entry for entry in server_entries(server) if entry.project_id not in here]
    return choose(entries, wanted).project_id


def find_draft(context: Context, wanted: str, server: Server | None = None) -> UUID:
    """The draft meant, in the trash or on the `server` too. Raises NotFound."""
    from core.drafts import Drafts
    from core.errors import NotFound
    from core.workspace import choose
    from core.workspace.remote import server_drafts

    drafts = Drafts(context.paths)
    try:
        return drafts.find(wanted).project_id
    except NotFound as missing:
        if missing.ambiguous:
            raise
    try:
        return drafts.find(wanted, trashed=True).project_id
    except NotFound:
        if server is None:
            raise
    return choose(server_drafts(server), wanted, "draft", drafts.shelf.listed).project_id


def keeping_wishes(context: Context) -> KeepingWishes:
    """How backups are wanted. Raises UsageError for settings that make no sense."""
    import msgspec

    from core.backup.keeping import wishes_of

    return wishes_of(msgspec.to_builtins(context.settings.backup), context.paths)


@contextmanager
def _target(to: str) -> Iterator[Path | BinaryIO | None]:
    """Where it is to be written, None for where backups are. Raises UsageError for what is no place."""
    if to == "-":
        if sys.stdout.isatty():
            raise UsageError(
                "A backup is not for a terminal.",
                todo="Send it through a pipe or into a file, or name a folder.",
            )
        yield sys.stdout.buffer
        sys.stdout.buffer.flush()
        return
    if not to:
        yield None
        return
    path = Path(to).expanduser()
    if not path.is_dir() and not path.name.endswith(_SUFFIXES):
        raise UsageError(
            f"{path} is no folder.", todo=f"Make it, or name a file that ends in {_SUFFIXES[0]}."
        )
    yield path


@contextmanager
def _server(context: Context, wanted: bool | None) -> Iterator[Server | None]:
    if wanted is False:
        yield None
        return
    with context.server() as server:
        yield server


def progress(*, quiet: bool = False) -> Work:
    """Work that tells on a terminal how far it is; only there, so that logs of cron stay short."""
    from core.backup.work import Work

    if quiet or not sys.stderr.isatty():
        return Work()
    last = 0.0

    def tell(step: Step) -> None:
        nonlocal last
        if time.monotonic() - last < _OFTEN:
            return
        last = time.monotonic()
        done = as_size(step.done) if step.unit == "bytes" else f"{step.done} of {step.total} {step.unit}"
        sys.stderr.write(f"\r\x1b[K{step.what}: {done}\r")
        sys.stderr.flush()

    return Work(tell)


def _tell(done: BackedUp, *, as_json: bool) -> None:
    """What was made; on standard error when standard output has the archive itself."""
    made, manifest = done.made, done.made.manifest
    for one in made.left_out:
        complain(f"Not in this backup: {one.sentence}")
    for note in done.notes[len(made.left_out) :]:
        complain(note)
    if made.path is None:
        complain(f"Wrote {as_size(made.size)}, SHA-256 {made.sha256}.")
        confirm = f"genko backup confirm {manifest.archive_id} {made.sha256}"
        complain(f"Once it has arrived whole, say so here: `{confirm}`.")
    elif as_json:
        say_json(as_dict(made))
    else:
        what = what_is_in(len(manifest.projects), len(manifest.drafts))
        say(f"{made.path}\n{what}, {manifest.words:,} words, {as_size(made.size)}, read back and whole.")


def what_is_in(projects: int, drafts: int) -> str:
    """`1 project`, `2 projects, 3 drafts`, `1 draft`."""
    from screens.wording import counted

    parts = [counted(projects, "project")] if projects or not drafts else []
    return ", ".join([*parts, *([counted(drafts, "draft")] if drafts else [])])


def as_dict(made: Made) -> dict[str, object]:
    """A backup for programs."""
    manifest = made.manifest
    return {
        "path": str(made.path) if made.path else None,
        "sha256": made.sha256,
        "size": made.size,
        "archive_id": str(manifest.archive_id),
        "content_id": manifest.content_id,
        "projects": [{"id": str(one.id), "title": one.title} for one in manifest.projects],
        "drafts": [{"id": str(one.id), "name": one.title, "assets": one.assets} for one in manifest.drafts],
        "words": manifest.words,
        "pages": manifest.pages,
        "pictures": len(manifest.media),
        "left_out": [{"what": one.what, "why": one.why} for one in made.left_out],
        "seconds": round(made.seconds, 3),
    }
