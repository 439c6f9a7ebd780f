"""The local project file: every edit is in it before the screen shows it, whatever happens next."""

from __future__ import annotations

from core.journal.disk import Disk
from core.journal.journal import Journal
from core.journal.making import make_file
from core.journal.peek import read_facts
from core.journal.records import JournalState, OutboxItem, Recovered, Ticket
from core.journal.trouble import Trouble, WriteError

__all__ = [
    "Disk",
    "Journal",
    "JournalState",
    "OutboxItem",
    "Recovered",
    "Ticket",
    "Trouble",
    "WriteError",
    "make_file",
    "read_facts",
]
