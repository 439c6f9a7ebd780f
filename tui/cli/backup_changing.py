"""`genko backup pin`, `rename`, `delete`, `prune` and so on: what is done to backups that there are."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from core.backup.keeping import Entry, expired
from core.errors import UsageError
from core.sizes import as_size
from screens.wording import counted
from tui.cli.backup import backup
from tui.cli.backup_keeping import Desk, as_json, state_of
from tui.cli.outcome import FAILED, say, say_json, table
from tui.cli.projects import AsJson

Switch = Annotated[bool, Parameter(negative="")]


@backup.command
def show(wanted: str, /, *, json: AsJson = False) -> None:
    """Say what is known of a backup.

    Parameters
    ----------
    wanted
        Its id (or how that begins), its name, or its file.
    """
    with Desk().catalogue() as catalogue:
        entry = catalogue.entry(wanted)
    if json:
        say_json(as_json(entry))
        return
    facts = [
        ("id", entry.id),
        ("file", entry.path or "streamed; there is none here"),
        ("made", f"{entry.made_at.astimezone():%Y-%m-%d %H:%M:%S}, {entry.reason}"),
        ("name", entry.label),
        ("size", as_size(entry.size)),
        ("holds", f"{_holds(entry.pages, entry.words)}, {counted(entry.files, 'picture')}"),
        ("state", state_of(entry) + (f": {entry.verify_failed}" if entry.verify_failed else "")),
        ("kept", _kept(entry)),
        ("SHA-256", entry.sha256),
        *(("copy", _copy(one.place, one.verified_at, one.failed)) for one in entry.copies),
    ]
    say(table([(name, value) for name, value in facts if value]))
    for project in entry.projects:
        holds = _holds(project.pages, project.words)
        said = f"draft, {counted(project.assets, 'asset')}" if project.kind else holds
        say(f"  {project.title or '(untitled)'}: {said}")


def _holds(pages: int, words: int) -> str:
    return f"{counted(pages, 'page')}, {counted(words, 'word')}"


def _kept(entry: Entry) -> str:
    if entry.trashed_at is not None:
        return f"in the trash since {entry.trashed_at.astimezone():%Y-%m-%d}"
    return "for ever" if entry.never_expires else "as long as the rules say"


def _copy(place: str, at: datetime | None, failed: str) -> str:
    found = f"{place}, verified {at.astimezone():%Y-%m-%d %H:%M}" if at is not None else place
    return f"{found}; {failed}" if failed else found


@backup.command
def pin(wanted: str, /, *, off: Switch = False, json: AsJson = False) -> None:
    """Keep a backup for ever.

    Parameters
    ----------
    wanted
        Its id, name or file.
    off
        No longer.
    """
    with Desk().catalogue() as catalogue:
        _tell(
            catalogue.pin(wanted, not off), "is kept by the rules again" if off else "is kept for ever", json
        )


@backup.command
def rename(wanted: str, name: str, /, *, json: AsJson = False) -> None:
    """Give a backup a name, which keeps it for ever; an empty one takes the name away."""
    with Desk().catalogue() as catalogue:
        _tell(catalogue.rename(wanted, name), "has another name", json)


@backup.command
def delete(wanted: str, /, *, json: AsJson = False) -> None:
    """Put a backup into the trash, where it stays for 7 days."""
    with Desk().catalogue() as catalogue:
        entry = catalogue.trash(wanted)
        gone = "is off the list; there was no file of it" if entry.trashed_at is None else ""
        _tell(entry, gone or "is in the trash for 7 days", json)


@backup.command
def undelete(wanted: str, /, *, json: AsJson = False) -> None:
    """Take a backup out of the trash."""
    with Desk().catalogue() as catalogue:
        _tell(catalogue.restore(wanted), "is back", json)


@backup.command
def confirm(wanted: str, sha256: str = "", /, *, json: AsJson = False) -> None:
    """Say that a streamed backup has arrived whole, which counts as being elsewhere.

    Parameters
    ----------
    wanted
        Its id; its SHA-256 alone will do, too.
    sha256
        The SHA-256 of what has arrived, as `sha256sum` there says it.
    """
    with Desk().catalogue() as catalogue:
        if not sha256:
            entries = [entry for entry in catalogue.entries() if entry.sha256 == wanted.strip().lower()]
            if not entries:
                raise UsageError("No backup has this SHA-256.", todo="Name it by its id as well.")
            wanted, sha256 = entries[0].id, wanted
        _tell(catalogue.confirm(wanted, sha256), "counts as being elsewhere", json)


@backup.command
def prune(*, dry_run: Switch = False, json: AsJson = False) -> int:
    """Put backups that have had their time into the trash, provided that the newest one is verified.

    Parameters
    ----------
    dry_run
        Only say which.
    """
    from core.backup.keeping import prune as let_go

    with Desk().catalogue() as catalogue:
        if dry_run:
            gone, notes = expired(catalogue), list[str]()
        else:
            sound = [entry for entry in catalogue.entries(trashed=False) if entry.is_sound]
            sound = [entry for entry in sound if entry.made_at <= datetime.now(UTC)]
            done, notes = let_go(catalogue, after=sound[0]) if sound else ([], [])
            gone = list(done)
    if json:
        say_json({"dry_run": dry_run, "gone": [as_json(entry) for entry in gone], "notes": notes})
    else:
        verb = "would go" if dry_run else "went"
        for entry in gone:
            say(f"{Path(entry.path).name} {verb} into the trash")
        for note in notes:
            say(note)
        if not gone and not notes:
            say("None has had its time.")
    return FAILED if notes else 0


def _tell(entry: Entry, what: str, as_json_: bool) -> None:
    if as_json_:
        say_json(as_json(entry))
    else:
        say(f"{Path(entry.path).name if entry.path else entry.id} {what}.")
