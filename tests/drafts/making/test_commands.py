"""`genko drafts generate`, `regenerate` and `wait`: from nothing to accepted pictures on the command line."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from core.drafts.making.jobs_queue import JobsQueue
from core.jobs import OverBudget
from core.server import Server, ServerSettings
from tests.cli.conftest import Genko, genko, home
from tests.jobs.fakes import request
from tests.providers.openai_server import OpenAIServer
from tests.server.conftest import conninfo, postgres18, template18

__all__ = ["conninfo", "genko", "home", "postgres18", "template18"]

DRAFT = uuid4()
STEPS = ("--steps", "concepts", "--steps", "names", "--steps", "picture")


@pytest.fixture
def served(genko: Genko, conninfo: str, monkeypatch: pytest.MonkeyPatch) -> Genko:
    """Commands with a server of their own."""
    monkeypatch.setenv("GENKO_DATABASE_URL", conninfo)
    return genko


def made(genko: Genko, count: int) -> dict[str, Any]:
    genko("drafts", "create", "Jungle", "--theme", "jungle", "--language", "en", "--language", "fr")
    ended = genko("drafts", "generate", "Jungle", *STEPS, "--count", str(count), "--wait", "--json")
    assert ended.status == 0, ended.err
    told: dict[str, Any] = ended.json()
    return told


def accepted(genko: Genko) -> list[str]:
    return [one["media"]["image"]["status"] for one in genko("drafts", "assets", "Jungle", "--json").json()]


def test_from_a_theme_to_accepted_pictures_with_no_settings(served: Genko) -> None:
    told = made(served, 2)
    assert told["home"]
    assert told["status"] == "ready"
    assert [one["step"] for one in told["attempts"]].count("picture") == 2
    assert {one["status"] for one in told["attempts"]} == {"done"}
    assert accepted(served) == ["accepted", "accepted"]
    assert "nothing to make" in served("drafts", "generate", "Jungle").out
    estimate = served("drafts", "generate", "Jungle", "--all", "--estimate", "--json").json()
    assert estimate["requests"] == 2
    unknown = served("drafts", "generate", "Jungle", "--asset", "dragon")
    assert unknown.status == 1
    both = served("drafts", "generate", "Jungle", "--all", "--missing")
    assert both.status == 2


@pytest.mark.soak
def test_the_same_by_a_server_that_speaks_openais_protocol(
    served: Genko, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "a-key-for-tests")
    with OpenAIServer() as server:
        (home / "config").mkdir(parents=True, exist_ok=True)
        settings = (
            f'[drafts]\npictures = "openai"\nwords = "openai"\n[providers.openai]\nurl = "{server.url}"\n'
        )
        (home / "config" / "settings.toml").write_text(f"{settings}price_image = 0.04\n")
        told = made(served, 3)
        assert told["home"], told
        assert accepted(served) == ["accepted"] * 3
        pictures = [one for one in told["attempts"] if one["step"] == "picture"]
        assert {one["provider"] for one in pictures} == {"openai"}
        assert all(one["cost"] == 40_000 for one in pictures)
        again = served("drafts", "regenerate", "Jungle", pictures[0]["asset"], "A {concept} asleep", "--wait")
        assert again.status == 0, again.err
        late = served("drafts", "generate", "Jungle", "--all", "--json").json()
        assert late["handed_over"]
        assert served("drafts", "wait", "Jungle", "--json").json()["home"]
    assert len(served("drafts", "assets", "Jungle", "--json").json()) == 3


def test_two_machines_together_can_not_exceed_a_drafts_budget(conninfo: str) -> None:
    wanted = [request(DRAFT, provider="sketch", estimate=6) for _ in range(2)]
    server = Server(ServerSettings(url=conninfo))
    here, there = JobsQueue(server), JobsQueue(server)
    try:
        here.hand_over(wanted[:1], 10)
        with pytest.raises(OverBudget):
            there.hand_over(wanted[1:], 10)
        there.hand_over(wanted[1:], None)
    finally:
        here.close()
        there.close()
        server.close()
