"""What a draft and what is being made for it say of an asset and of the whole, made for the screen."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from screens.backup.wording import span
from screens.drafts.assets.look import AssetLook, in_steps
from screens.drafts.jobs.board import DONE, FAILED, RUNNING, JobBoard
from screens.drafts.wording import STATUS_SIGNS
from screens.wording import counted

if TYPE_CHECKING:
    from core.drafts import Draft

UNDER_WAY = ("running", "waiting")


def look_of(draft: Draft, board: JobBoard, asset_id: str, medium: str) -> AssetLook:
    """What is painted of an asset."""
    asset = draft.asset(asset_id)
    if asset is None:
        return AssetLook("", "", "none")
    state = draft.state_of(asset, medium)
    job = board.get(state.latest.id) if state.latest is not None else None
    shown = state.accepted or next(
        (one for one in reversed(draft.candidates(asset_id, medium)) if one.output), None
    )
    return AssetLook(
        asset.name,
        asset.kind or "other",
        RUNNING if job is not None and job.state == RUNNING else str(state.status),
        state.candidates - (1 if state.accepted is not None else 0),
        in_steps(job.fraction) if job is not None and state.status in UNDER_WAY else None,
        shown.output if shown is not None and shown.mime.startswith("image/") else "",
        bool(asset.record),
        " ".join(asset.names),
    )


def state_words(draft: Draft, board: JobBoard, room: int) -> str:
    """`● ready`; while something is made `◐ generating 7 of 10 · 2 errors · about 1 min`, or what of it fits
    into so many cells: the time goes first, then the word, which the sign says as well."""
    if not board.busy:
        return _resting(draft, room)
    failed, left = board.count(FAILED), board.left(time.monotonic())
    done = f"{board.count(DONE):,} of {board.whole:,}"
    errors = f" · {counted(failed, 'error')}" if failed else ""
    about = f" · about {span(left)}" if left is not None else ""
    ways = (f"◐ generating {done}{errors}{about}", f"◐ generating {done}{errors}", f"◐ {done}{errors}")
    return next((words for words in ways if len(words) <= room), ways[-1])


def _resting(draft: Draft, room: int) -> str:
    """`● ready`; `▲ ready · 2 files missing` where accepted files were found to be gone or altered."""
    status = str(draft.status)
    from core.drafts.pack.files import accepted_outputs

    missing = draft.index.missing
    lost = len(missing & accepted_outputs(draft)) if missing else 0
    if not lost:
        return f"{STATUS_SIGNS.get(status, ('·', ''))[0]} {status}"
    told = f"{counted(lost, 'file')} missing"
    whole = f"▲ {status} · {told}"
    return whole if len(whole) <= room else f"▲ {told}"
