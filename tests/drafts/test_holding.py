"""What each check of drafts holds: slugs are given by one at a time, a clock set back sorts nothing anew."""

from __future__ import annotations

import fcntl
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest

from core.drafts import Draft, Drafts


def test_nobody_else_gives_slugs_meanwhile(drafts: Drafts) -> None:
    drafts.create("Forêt")
    [lock] = [one for one in drafts.shelf.folder.iterdir() if one.name.endswith(".lock")]
    with lock.open("r+") as other:
        with drafts.slugs(), pytest.raises(BlockingIOError):
            fcntl.flock(other, fcntl.LOCK_EX | fcntl.LOCK_NB)
        fcntl.flock(other, fcntl.LOCK_EX | fcntl.LOCK_NB)  # the control: nobody gives any now


def test_a_clock_that_was_set_back_puts_nothing_before_what_was_there(draft: Draft) -> None:
    asset = draft.add_asset("prop", "lamp")
    late = datetime.now(UTC) + timedelta(days=400)
    common = {"asset": asset, "step": "picture", "medium": "image", "status": "failed"}
    first, second = str(uuid4()), str(uuid4())
    draft.put_attempts({first: {**common, "asked_at": late.isoformat()}})
    draft.put_attempts({second: common})
    assert [one.id for one in draft.attempts(asset, "image")] == [first, second]
    asked = datetime.fromisoformat(draft.attempts(asset, "image")[-1].asked_at)
    assert late < asked < late + timedelta(seconds=1), "the clock says another time: control"
