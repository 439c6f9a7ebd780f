"""What was under way when a backup was made is brought to an end elsewhere, and never made again."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

from core.backup.exporting import create
from core.drafts import Drafts
from core.story import Section
from core.workspace import Shelf
from tests.backup.drafts.making import asset_called, brought, draft, store_of, waiting
from tests.backup.exporting.making import wishes
from tests.drafts.making.conftest import Program
from tests.drafts.making.memory import MemoryServer


def test_what_nobody_here_makes_is_said_to_be_lost_and_nothing_is_made_again(
    shelf: Shelf, other_shelf: Shelf, drafts: Drafts, other_drafts: Drafts, folder: Path
) -> None:
    one = draft(drafts)
    (long_ago,) = waiting(drafts, one)
    now, asset = str(uuid4()), asset_called(drafts, one, "Récif")
    common = {"asset": asset, "step": "picture", "medium": "image", "status": "waiting"}
    with drafts.edited(one) as edited:
        edited.put_attempts({now: {**common, "asked_at": datetime.now(UTC).isoformat()}})
    brought(other_shelf, create(shelf, wishes(folder)))
    server = MemoryServer()
    program = Program(other_drafts, server)
    try:
        opened = program.open(one)
        attempts = opened.draft.index.attempts
        program.until(lambda: attempts[long_ago].status == "failed")
        assert "Make it again" in attempts[long_ago].error
        assert attempts[now].status == "waiting", "control: it may still come from where it was asked for"
        assert not server.made
    finally:
        program.desk.close(1.0)
    rows = store_of(other_drafts, one).raw_records(Section.ATTEMPTS)
    assert rows[long_ago]["status"] == "failed"
    assert len(rows) == 4, "whatever it came to, every attempt is there"
