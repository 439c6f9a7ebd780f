"""`genko drafts wait` where another machine has asked for something and has not handed it over."""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import uuid4

import pytest

from tests.cli.conftest import Genko, genko, home
from tests.drafts.making.test_commands import served, sketched
from tests.server.conftest import conninfo, postgres18, template18
from tui.cli import drafts_waiting
from tui.cli.drafts import opened_drafts

__all__ = ["conninfo", "genko", "home", "postgres18", "served", "template18"]

SENTENCE = "1 thing was asked for on another machine, which has not handed it over."


@pytest.fixture
def elsewhere(served: Genko, monkeypatch: pytest.MonkeyPatch) -> str:
    """A draft of two assets; for the first another machine has asked. Its attempt."""
    monkeypatch.setattr(drafts_waiting, "ELSEWHERE", 0.5)
    sketched(served, "lamp", "kite")
    drafts, attempt = opened_drafts(), str(uuid4())
    with drafts.edited(drafts.find("Jungle").draft_id) as draft:
        fields = {"asset": draft.assets()[0].id, "step": "picture", "medium": "image", "status": "waiting"}
        draft.put_attempts({attempt: {**fields, "asked_at": datetime.now(UTC).isoformat()}})
    return attempt


def test_waiting_ends_where_all_that_is_left_is_another_machines(served: Genko, elsewhere: str) -> None:
    ended = served("drafts", "wait", "Jungle", "--seconds", "60")
    assert ended.status == 1
    assert ended.err.count(SENTENCE) == 1
    told = served("drafts", "wait", "Jungle", "--seconds", "60", "--json").json()
    assert told["hopeless"].startswith(SENTENCE)
    assert [one["id"] for one in told["attempts"] if one["status"] == "waiting"] == [elsewhere]


@pytest.mark.usefixtures("elsewhere")
def test_what_can_be_made_is_made_before(served: Genko) -> None:
    ended = served("drafts", "generate", "Jungle", "--asset", "kite", "--wait", "--seconds", "60", "--json")
    assert ended.status == 1
    assert [one["status"] for one in ended.json()["attempts"]] == ["done"]
    assert ended.json()["hopeless"].startswith(SENTENCE)
