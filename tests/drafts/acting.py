"""What the tests of drafts do again and again."""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Callable

from core.drafts import Draft
from core.drafts.pack.index import PackIndex
from core.story import ProjectStore
from core.workspace import ProjectSession
from core.workspace.saving import Inbox

SECONDS = 30.0
Made = Callable[..., str]


def sha_of(text: str) -> str:
    """A SHA-256 that stands for a file."""
    return hashlib.sha256(text.encode()).hexdigest()


def tried(draft: Draft, asset: str, status: str = "done", medium: str = "image", **fields: object) -> str:
    """An attempt for an asset; one that is done has an output of its own."""
    attempt = str(uuid.uuid4())
    made = {"output": sha_of(attempt)} if status == "done" else {}
    told = {"asset": asset, "step": "picture", "medium": medium, "status": status, **made, **fields}
    draft.put_attempts({attempt: told})
    return attempt


def reopened(store: ProjectStore) -> Draft:
    """The same document in another program, which has read all of it anew."""
    return Draft(ProjectStore.load(store.project_id, [store.snapshot()]))


def exchange(one: ProjectStore, other: ProjectStore) -> None:
    """Each gets what it lacks of the other."""
    there, here = other.updates_since(one.version), one.updates_since(other.version)
    one.receive([blob for blob in (there,) if blob])
    other.receive([blob for blob in (here,) if blob])


def all_of(draft: Draft) -> dict[str, object]:
    """Everything that the facade gives, read through its index."""
    index: PackIndex = draft.index
    return {
        "pack": draft.pack,
        "assets": dict(index.assets),
        "order": [asset.id for asset in draft.assets()],
        "prompts": dict(index.prompts),
        "attempts": dict(index.attempts),
        "status": draft.status,
        "content": draft.content,
    }


def saved(session: ProjectSession, inbox: Inbox) -> bool:
    """Save, and wait until words and files are on the server."""
    session.request_save()
    return inbox.run_until(
        lambda: not session.is_dirty and not session.saves_waiting and not session.status.pictures_busy,
        SECONDS,
    )
