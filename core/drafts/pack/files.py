"""The files of a draft on this machine: which are gone or altered, and one carried to a project."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from core.drafts.errors import DraftError
from core.media import Picture, known_picture

if TYPE_CHECKING:
    from core.drafts.pack.draft import Draft
    from core.media import MediaStore
    from core.story import Attempt

_PIECE = 1 << 18


def outputs(draft: Draft) -> frozenset[str]:
    """SHA-256 of all that was made, accepted or not."""
    return frozenset(one.output for one in draft.index.attempts.values() if one.output)


def accepted_outputs(draft: Draft) -> frozenset[str]:
    """SHA-256 of all pictures that were accepted: what has to be there."""
    found = (draft.accepted(asset.id, "image") for asset in draft.assets())
    return frozenset(one.output for one in found if one is not None and one.output)


def older_attempts(draft: Draft, lost: Iterable[Attempt]) -> frozenset[str]:
    """Which of these nobody needs: another one of their asset is accepted."""
    return frozenset(
        one.id
        for one in lost
        if (used := draft.accepted(one.asset, one.medium)) is not None and used.id != one.id
    )


def find_missing(
    media: MediaStore, shas: Iterable[str], check: Callable[[], None] = lambda: None
) -> frozenset[str]:
    """Those whose file is gone, or holds other bytes than its name promises. Reads all of them: blocks.

    `check` may raise to stop. What is found is for `note_missing`, on the draft's own thread.
    """
    found: set[str] = set()
    for sha in shas:
        check()
        if not media.verify(sha):
            found.add(sha)
    return frozenset(found)


def note_missing(draft: Draft, missing: frozenset[str]) -> bool:
    """What was found by `find_missing`: such media are MISSING, and can be made again. Whether it is news."""
    if draft.index.missing == missing:
        return False
    draft.index.missing = missing
    draft.index.changes += 1
    return True


def accepted_picture(draft: Draft, asset_id: str) -> Picture:
    """The facts of the picture that was accepted for an asset. Raises DraftError when there is none."""
    accepted = draft.accepted(asset_id, "image")
    found = known_picture(draft.store, accepted.output) if accepted is not None else None
    if found is None or not found.is_picture:
        raise DraftError(
            "No picture of this asset is accepted.", safe="Nothing was changed.", todo="Accept one first."
        )
    return found


def carry(picture: Picture, source: MediaStore, target: MediaStore) -> None:
    """Bring a file from one media store into another, checked on the way. Blocks. Raises MediaError."""
    if target.verify(picture.sha):
        return
    with target.receiving(picture) as incoming:
        for piece in source.pieces(picture.sha, _PIECE):
            incoming.write(piece)
        incoming.finish()
