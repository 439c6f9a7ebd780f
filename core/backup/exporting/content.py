"""What name the content of a backup would have, without making one: projects that stayed as they were are not read."""

from __future__ import annotations

import contextlib
from collections.abc import Collection, Sequence
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

import msgspec

from core.atomic import whole_file
from core.backup.archive.contentid import CONTENT, content_id
from core.backup.archive.errors import ArchiveError
from core.backup.exporting.choosing import Choice
from core.backup.exporting.gathering import Gathering
from core.backup.exporting.journals import Journals
from core.backup.exporting.spools import Spools
from core.backup.exporting.wishes import SECTIONS, CreateWishes
from core.backup.work import Work
from core.errors import DocumentError, JournalError
from core.media import MediaStore
from core.paths import private_folder

if TYPE_CHECKING:
    from core.workspace import Shelf

FILE = "backup-content.json"
"""Of the folder of what can be lost without harm."""


class _Known(msgspec.Struct, frozen=True):
    """What is remembered of a project."""

    mark: str
    lines: tuple[str, ...]
    """See ContentId.lines_of."""
