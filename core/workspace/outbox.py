"""A save as the journal keeps it until the server has it, and as it is sent."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from core.journal import OutboxItem
from core.story import Frontier, Version

if TYPE_CHECKING:
    from core.server import SavePackage


def outbox_item(package: SavePackage) -> OutboxItem:
    """What goes into the outbox before anything is sent."""
    return OutboxItem(
        save_id=package.save_id,
        version=package.version,
        frontier=package.frontier,
        blob=package.blob,
        sha256=package.sha256,
        message=package.message,
        made_at=datetime.now(UTC),
        details=package.title,
    )


def package_of(item: OutboxItem) -> SavePackage:
    """The same package again, as a retry must send it."""
    from core.server import SavePackage

    return SavePackage(
        item.save_id,
        Version(item.version),
        Frontier(item.frontier),
        item.blob,
        item.sha256,
        item.message,
        item.details,
    )
