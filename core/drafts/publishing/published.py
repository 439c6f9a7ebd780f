"""The report of what was done to a published pack."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

if TYPE_CHECKING:
    from core.drafts.publishing.reading import Revision


@dataclass(frozen=True)
class Published:
    """What came of publishing, going back, unpublishing or changing who sees it."""

    pack: UUID
    slug: str
    revision: int
    """The number of what was done."""
    shown: int | None
    """The revision that is published now; None: none."""
    is_public: bool
    author: str
    made_at: datetime
    server_id: UUID
    again: bool = False
    """It had been done before: the same request was sent twice, or nothing had changed."""
    sent_bytes: int = 0
    rows: Mapping[str, int] = field(default_factory=dict)
    """How many rows of each table were written or removed."""


def published_of(
    pack: UUID,
    slug: str,
    done: Revision,
    server_id: UUID,
    *,
    again: bool = False,
    sent_bytes: int = 0,
    rows: Mapping[str, int] | None = None,
) -> Published:
    """The report of something that was done."""
    return Published(
        pack=pack,
        slug=slug,
        revision=done.number,
        shown=done.shows,
        is_public=done.is_public,
        author=done.author,
        made_at=done.made_at,
        server_id=server_id,
        again=again,
        sent_bytes=sent_bytes,
        rows=rows or {},
    )
