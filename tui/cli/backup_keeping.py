"""`genko backup list`, `verify` and so on: the backups that there are, for a shell or cron."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

from cyclopts import Parameter

from core.backup.keeping import Catalogue, Entry, KeepingWishes
from core.errors import UsageError
from core.sizes import as_size
from tui.cli.backup import backup, keeping_wishes
from tui.cli.context import Context
from tui.cli.outcome import FAILED, cell_of, say, say_json, table
from tui.cli.projects import AsJson

if TYPE_CHECKING:
    from core.backup.keeping.entry import Copy


class Desk:
    """What these commands need: the folders and how backups are wanted; no shelf and no server."""

    def __init__(self) -> None:
        context = Context()
        self.paths = context.paths
        self.wishes: KeepingWishes = keeping_wishes(context)

    @contextmanager
    def catalogue(self) -> Iterator[Catalogue]:
        """In step with the files."""
        with Catalogue(self.paths, self.wishes.place) as catalogue:
            catalogue.rebuild(self.wishes.place)
            yield catalogue


@backup.command(name="list")
def list_(*, trashed: bool = False, json: AsJson = False) -> None:
    """List the backups, newest first.

    Parameters
    ----------
    trashed
        Those in the trash instead.
    """
    with Desk().catalogue() as catalogue:
        entries = catalogue.entries(trashed=trashed)
    if json:
        say_json([as_json(entry) for entry in entries])
    elif entries:
        say(table([_row(entry) for entry in entries]))
    else:
        say(
            "The trash is empty." if trashed else "There are no backups yet. `genko backup create` makes one."
        )


@backup.command
def verify(
    *wanted: str,
    all_: Annotated[bool, Parameter(name="--all", negative="")] = False,
    passphrase_file: Path | None = None,
    json: AsJson = False,
) -> int:
    """Read backups again, every byte; without a name the newest. The exit status is 1 if one is damaged.

    Needs no terminal and no server.

    Parameters
    ----------
    wanted
        Ids, names, or files of backups; a file need not be in the list.
    all_
        All that are in the list.
    passphrase_file
        A file whose first line opens encrypted backups; without it they are compared with their hashes.
    """
    from tui.cli.backup_verifying import verify_all

    if all_ and wanted:
        raise UsageError("Either --all or names of backups, not both.")
    desk = Desk()
    with desk.catalogue() as catalogue:
        findings = verify_all(catalogue, wanted, every=all_, passphrase_file=passphrase_file)
    if json:
        say_json([finding.as_json() for finding in findings])
    else:
        for finding in findings:
            say(finding.sentence)
    return FAILED if any(finding.failed for finding in findings) else 0


def as_json(entry: Entry) -> dict[str, Any]:
    """An entry for programs."""
    return {
        "id": entry.id,
        "path": entry.path or None,
        "made_at": entry.made_at.isoformat(),
        "reason": entry.reason,
        "label": entry.label,
        "bytes": entry.size,
        "words": entry.words,
        "pages": entry.pages,
        "files": entry.files,
        "sha256": entry.sha256,
        "content_id": entry.content_id,
        "encrypted": entry.encrypted,
        "projects": [
            {"id": one.id, "title": one.title, "words": one.words, "pages": one.pages}
            for one in entry.projects
            if not one.kind
        ],
        "drafts": [
            {"id": one.id, "name": one.title, "assets": one.assets} for one in entry.projects if one.kind
        ],
        "verified_at": _moment(entry.verified_at),
        "damage": entry.verify_failed or None,
        "pinned": entry.pinned,
        "never_expires": entry.never_expires,
        "trashed_at": _moment(entry.trashed_at),
        "missing": entry.missing,
        "elsewhere_at": _moment(entry.elsewhere_at),
        "copies": [_copy_as_json(copy) for copy in entry.copies],
    }


def _copy_as_json(copy: Copy) -> dict[str, Any]:
    return {
        "place": copy.place,
        "verified_at": _moment(copy.verified_at),
        "elsewhere": copy.away,
        "failed": copy.failed or None,
    }


def _moment(value: datetime | None) -> str | None:
    return value.astimezone(UTC).isoformat() if value is not None else None


def _row(entry: Entry) -> tuple[str, ...]:
    marks = [
        "pinned" if entry.pinned else "",
        "encrypted" if entry.encrypted else "",
        "file is gone" if entry.missing else "",
    ]
    return (
        entry.id[:8] if not entry.id.startswith("locked-") else entry.id,
        entry.made_at.astimezone().strftime("%Y-%m-%d %H:%M"),
        entry.reason,
        as_size(entry.size),
        f"{entry.words:,} words",
        state_of(entry),
        " ".join(mark for mark in marks if mark),
        cell_of(entry.label),
    )


def state_of(entry: Entry) -> str:
    """How it stands with it, in a few words."""
    if entry.verify_failed:
        return "DAMAGED"
    if not entry.path:
        return "streamed, confirmed" if entry.confirmed_at else "streamed, not confirmed"
    if entry.verified_at is None:
        return "not verified"
    return f"verified {entry.verified_at.astimezone():%Y-%m-%d %H:%M}"
