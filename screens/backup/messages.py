"""What the workers of the backup screen tell it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from textual.message import Message

from core.backup.answers import Compared, Leaf, PartNow, Summary
from core.backup.jobs import Job
from core.backup.keeping.entry import Entry
from core.backup.work import Step
from core.errors import GenkoError
from core.script.difference import Part


@dataclass
class Listed(Message):
    """The catalogue has been read."""

    entries: list[Entry]
    folder: str
    elsewhere_at: datetime | None
    failed: str = ""
    """Why the last daily backup could not be made; empty: it could, or there was none."""


@dataclass
class Refreshed(Message):
    """The folder has been looked through; sentences on what was found."""

    notes: tuple[str, ...]


@dataclass
class Changed(Message):
    """Something was done to the list of backups."""

    sentence: str


@dataclass
class Progressed(Message):
    """How far the work is."""

    step: Step

    def can_replace(self, message: Message) -> bool:
        """Only the newest matters."""
        return isinstance(message, Progressed)


@dataclass
class Ended(Message):
    """The work is over: with an answer, or not."""

    job: Job[Any]
    answer: Any = None
    error: GenkoError | None = None
    stopped: bool = False


@dataclass
class Looked(Message):
    """What a backup says of itself."""

    entry_id: str
    summary: Summary | None
    error: GenkoError | None = None


@dataclass
class WasRead(Message):
    """All of a project of a backup that can be read."""

    entry_id: str
    project: str
    leaves: list[Leaf]
    error: GenkoError | None = None


@dataclass
class PartSeen(Message):
    """What bringing back a part would change."""

    part: str
    answer: PartNow | None = None
    error: GenkoError | None = None


@dataclass
class ComparedNow(Message):
    """A project of a backup beside what it is now."""

    entry_id: str
    project: str
    made_at: datetime
    parts: list[Part]
    answer: Compared | None = None
    error: GenkoError | None = None
