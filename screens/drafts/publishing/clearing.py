"""A publication that was under way when its program ended: the server knows what became of it."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING
from uuid import UUID

if TYPE_CHECKING:
    from core.drafts.publishing.published import Published
    from core.server import Server
    from screens.ports import OpenDraft


async def clear_up(opened: OpenDraft, server: Server) -> str:
    """Put the draft's status right; gives a sentence, empty if nothing was broken off. Raises GenkoError."""
    from core.drafts.publishing import standing

    request = standing.under_way(opened.draft)
    if request is None:
        return ""
    found = await asyncio.to_thread(_asked, server, opened.session.project_id, request)
    if standing.under_way(opened.draft) != request:
        return ""  # somebody else has cleared it up meanwhile
    status = standing.reconcile(opened.draft, found)
    if found is not None:
        return f"The last publication was broken off late: it is published, as revision {found.revision}."
    return f"The last publication was broken off: nothing of it is published. The draft is {status.value}."


def _asked(server: Server, pack: UUID, request: UUID) -> Published | None:
    from core.drafts.publishing.standing import found_of

    return found_of(server, pack, request)
