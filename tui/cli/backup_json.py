"""`genko backup create --format json`: projects as one document for other programs."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO
from uuid import UUID

from core.errors import UsageError
from screens.wording import counted
from tui.cli.context import Context
from tui.cli.outcome import complain, say, say_json

if TYPE_CHECKING:
    from core.backup.exporting import JsonMade
    from core.server import Server

_ENDINGS = (".json", ".json.gz")


@dataclass(frozen=True)
class Chosen:
    """Of what."""

    projects: tuple[UUID, ...] | None
    sections: tuple[str, ...] | None
    from_server: bool


def write_json(context: Context, chosen: Chosen, to: str, server: Server | None, *, quiet: bool) -> None:
    """Write it and say so. Raises UsageError, GenkoError."""
    from core.backup.exporting import SECTIONS, CreateWishes, create_json
    from tui.cli.backup import progress

    wishes = CreateWishes(
        _target(to), chosen.projects, chosen.sections or SECTIONS, from_server=chosen.from_server
    )
    made = create_json(context.shelf, wishes, server=server, work=progress(quiet=quiet))
    sys.stdout.flush()
    if context.settings.backup.encrypt:
        complain("Backups are set to be encrypted; a document of JSON for other programs never is.")
    for one in made.left_out:
        complain(f"Not in this document: {one.sentence}")
    if made.path is None:
        complain(f"Wrote {_projects(made)}, checksum {made.checksum}.")
    elif quiet:
        say_json(_as_dict(made))
    else:
        say(f"{made.path}\n{_projects(made)}, {counted(made.records, 'record')}, checksum {made.checksum}.")


def _target(to: str) -> Path | BinaryIO:
    if to == "-":
        if sys.stdout.isatty():
            raise UsageError("A packed document is not for a terminal.", todo="Send it through a pipe.")
        return sys.stdout.buffer
    path = Path(to or ".").expanduser()
    if path.is_dir():
        return path / f"genko-{datetime.now():%Y%m%d-%H%M%S}{_ENDINGS[1]}"
    if not path.name.endswith(_ENDINGS):
        raise UsageError(f"{path} is no folder.", todo="Name a file that ends in .json or .json.gz.")
    return path


def _projects(made: JsonMade) -> str:
    return counted(made.projects, "project")


def _as_dict(made: JsonMade) -> dict[str, object]:
    return {
        "path": str(made.path),
        "checksum": made.checksum,
        "projects": made.projects,
        "records": made.records,
        "left_out": [{"what": one.what, "why": one.why} for one in made.left_out],
        "seconds": round(made.seconds, 3),
    }
