"""What an import has for the server, as it waits in a project's journal until a save takes it along."""

from __future__ import annotations

import base64
import binascii
import zlib
from collections.abc import Mapping
from typing import TYPE_CHECKING

import msgspec

if TYPE_CHECKING:
    from uuid import UUID

    from core.journal import Journal
    from core.server import Brought

PREFIX = "brought:"


def fact_of(brought: Brought) -> tuple[str, str]:
    """The name and value of the fact in which it waits."""
    packed = zlib.compress(msgspec.json.encode(brought), 6)
    return f"{PREFIX}{brought.import_id}", base64.b64encode(packed).decode()


def waiting(journal: Journal) -> list[Brought]:
    """All that waits, oldest first. What can't be read is passed over, and stays."""
    found = (_read(journal.get(name)) for name in journal.names(PREFIX))
    return sorted((one for one in found if one is not None), key=lambda one: one.at)


def waiting_in(facts: Mapping[str, str]) -> list[Brought]:
    """The same of facts that were read without opening the journal."""
    found = (_read(value) for name, value in facts.items() if name.startswith(PREFIX))
    return sorted((one for one in found if one is not None), key=lambda one: one.at)


def done(journal: Journal, import_id: UUID) -> None:
    """The server has it."""
    journal.put(f"{PREFIX}{import_id}", None)


def _read(value: str | None) -> Brought | None:
    from core.server import Brought

    try:
        packed = base64.b64decode(value or "", validate=True)
        return msgspec.json.decode(zlib.decompress(packed), type=Brought)
    except (ValueError, binascii.Error, zlib.error, msgspec.MsgspecError):
        return None
