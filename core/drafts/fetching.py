"""The files of a draft that the server has and this machine lacks, brought without opening the draft."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from core.media import MediaStore
from core.work import Work

if TYPE_CHECKING:
    from core.drafts.shelf import Drafts
    from core.errors import GenkoError
    from core.server import Server

BRINGING = "bringing files"


@dataclass(frozen=True)
class Brought:
    """What came."""

    files: int
    lacking: int
    """The server does not have them (yet), or they could not be kept here."""
    failures: tuple[GenkoError, ...]


def bring_files(drafts: Drafts, server: Server, draft_id: UUID, work: Work | None = None) -> Brought:
    """Bring what is lacking, one file after another. Blocks.

    Raises NotFound, DocumentError, ServerUnreachable, ServerError, StoppedError; what came before that stays.
    """
    from core.workspace.pictures import NamedPictures
    from core.workspace.transfer import Transfer

    work = work or Work()
    named = NamedPictures(drafts.read(draft_id).store).known
    media = MediaStore(drafts.shelf.media_of(draft_id), drafts.paths.state / "thumbnails")
    total = came = lacking = 0
    failures: tuple[GenkoError, ...] = ()
    for news in Transfer(server, draft_id, media).steps(named, send=False):
        work.step(BRINGING, came, total, "files")
        if news is not None:
            came, lacking, failures = came + len(news.arrived), news.to_come, news.failures
            total = came + lacking
    return Brought(came, lacking, failures)
