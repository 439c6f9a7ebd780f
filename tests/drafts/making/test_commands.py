"""`genko drafts generate`, `regenerate` and `wait`: from nothing to accepted pictures on the command line."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any
from uuid import uuid4

import psycopg
import pytest

from core.drafts.making.jobs_queue import JobsQueue
from core.errors import ServerError, ServerUnreachable
from core.jobs import OverBudget, child, hand_over
from core.server import Server, ServerSettings
from tests.cli.conftest import Genko, genko, home
from tests.jobs.fakes import request
from tests.providers.openai_server import OpenAIServer
from tests.server.conftest import conninfo, postgres18, template18
from tui.cli import drafts_waiting

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


# what will not come


def sketched(genko: Genko, *names: str) -> None:
    """A draft with these assets, whose pictures sketch makes."""
    genko("drafts", "create", "Jungle", "--theme", "jungle")
    for name in names:
        genko("drafts", "add", "Jungle", name)


def test_an_asset_whose_prompt_is_bad_is_named_and_the_others_are_made(served: Genko) -> None:
    sketched(served, "lamp", "kite")
    served("drafts", "prompt", "Jungle", "A {dragon}", "--asset", "kite")
    told = served("drafts", "generate", "Jungle", "--all", "--estimate", "--json").json()
    assert [(one["name"], one["why"][:17]) for one in told["left_out"]] == [("kite", "Line 1, column 3:")]
    assert served("drafts", "generate", "Jungle", "--all").status == 1
    ended = served("drafts", "generate", "Jungle", "--all", "--wait")
    assert ended.status == 1
    assert "1 left out, whose prompt can't be sent: kite (Line 1, column 3: {dragon}" in ended.err
    assert accepted(served) == ["accepted", "failed"]


def test_waiting_ends_where_the_server_refuses(served: Genko, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise ServerError("The database server does not let this login do that.")

    monkeypatch.setattr("core.drafts.making.jobs_queue.hand_over", refuse)
    sketched(served, "lamp")
    for wait in ((), ("--wait",)):
        ended = served("drafts", "generate", "Jungle", "--all", *wait)
        assert ended.status == 1
        assert ended.err.count("does not let this login") == 1
    assert "does not let" in served("drafts", "wait", "Jungle", "--json").json()["hopeless"]


def test_waiting_ends_where_no_server_answers(genko: Genko, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GENKO_DATABASE_URL", "postgresql://127.0.0.1:1/nowhere")
    monkeypatch.setattr(drafts_waiting, "NO_SERVER", 0.5)
    sketched(genko, "lamp")
    ended = genko("drafts", "generate", "Jungle", "--wait")
    assert ended.status == 1
    assert "No server listens there" in ended.err
    assert "it goes on when the draft is next opened" in ended.err


def test_waiting_goes_on_while_a_server_that_has_answered_is_away(
    served: Genko, monkeypatch: pytest.MonkeyPatch
) -> None:
    away = [ServerUnreachable("The server is away.")]

    def away_once(*given: Any) -> object:
        if away:
            raise away.pop()
        return hand_over(*given)

    monkeypatch.setattr("core.drafts.making.jobs_queue.hand_over", away_once)
    monkeypatch.setattr(drafts_waiting, "NO_SERVER", 0.0)
    sketched(served, "lamp")
    ended = served("drafts", "generate", "Jungle", "--wait")
    assert ended.status == 0, ended.err
    assert "The server is away." in ended.err
    assert "It goes on again." in ended.err


def test_waiting_ends_where_nobody_has_the_provider(
    served: Genko, home: Path, conninfo: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    (home / "config").mkdir(parents=True)
    settings = home / "config" / "settings.toml"
    settings.write_text('[drafts]\npictures = "comfyui"\n[providers.comfyui]\nurl = "http://127.0.0.1:1"\n')
    sketched(served, "lamp")
    assert served("drafts", "generate", "Jungle").status == 0
    settings.unlink()  # as on another machine, which has no such provider
    with psycopg.connect(conninfo) as link:
        link.execute("UPDATE generation_jobs SET created_at = now() - interval '1 minute'")
    ended = served("drafts", "wait", "Jungle", "--json")
    assert ended.status == 1
    assert "Nobody takes what waits for comfyui" in ended.json()["hopeless"]
    assert [one["left_alone"] for one in served("drafts", "jobs", "--json").json()] == [True]


def test_waiting_ends_where_workers_end_again_and_again(
    served: Genko, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(child, "command_of", lambda module: [sys.executable, "-c", "raise SystemExit(9)"])
    monkeypatch.setattr(child, "FIRST_PAUSE", 0.01)
    sketched(served, "lamp")
    ended = served("drafts", "generate", "Jungle", "--wait")
    assert ended.status == 1
    assert "The worker that makes pictures ended early (exit status 9)" in ended.err


def test_a_draft_is_fetched_with_its_files(
    served: Genko, home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sketched(served, "lamp", "kite")
    assert served("drafts", "generate", "Jungle", "--wait").status == 0
    assert served("drafts", "save", "Jungle").status == 0
    monkeypatch.setenv("GENKO_HOME", str(tmp_path / "other"))
    told = served("drafts", "fetch", "Jungle", "--json")
    assert told.status == 0, told.err
    assert told.json()["files"] == {"brought": 2, "lacking": 0}
    assert served("drafts", "check", "Jungle").status == 0
    for path in (tmp_path / "other").rglob("*.png"):
        path.unlink()
    gone = served("drafts", "check", "Jungle")
    assert gone.status == 1
    assert "`genko drafts fetch` brings those" in gone.out
    assert served("drafts", "fetch", "Jungle", "--json").json()["files"]["brought"] == 2
    assert served("drafts", "check", "Jungle").status == 0


def test_files_that_the_server_lacks_are_told(
    served: Genko, tmp_path: Path, conninfo: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    sketched(served, "lamp")
    served("drafts", "generate", "Jungle", "--wait")
    served("drafts", "save", "Jungle")
    with psycopg.connect(conninfo) as link:
        link.execute("DELETE FROM media")
    monkeypatch.setenv("GENKO_HOME", str(tmp_path / "other"))
    ended = served("drafts", "fetch", "Jungle")
    assert ended.status == 1
    assert "1 file did not come" in ended.err
