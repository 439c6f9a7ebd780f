"""`genko drafts jobs` and `cancel`, as scripts use them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from core.jobs import Until, hand_over
from core.server import Server
from core.server.connection import Connection
from tests.jobs.fakes import Fake, request, work
from tui.cli.parser import run_command


@pytest.fixture(autouse=True)
def home(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, conninfo: str) -> None:
    """A machine of its own with this server."""
    monkeypatch.setenv("GENKO_HOME", str(tmp_path))
    monkeypatch.setenv("GENKO_DATABASE_URL", conninfo)


def test_jobs_are_listed_and_given_up(
    server: Server, link: Connection, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run_command(["drafts", "jobs"]) == 0
    assert "Nothing is being made." in capsys.readouterr().out
    wanted = request(prompt="a secret of the plot")
    hand_over(link, [wanted])
    assert run_command(["drafts", "jobs", "--json"]) == 0
    said = capsys.readouterr().out
    assert [(one["id"], one["status"]) for one in json.loads(said)] == [(str(wanted.id), "waiting")]
    assert "secret" not in said
    assert run_command(["drafts", "cancel", str(wanted.id)[:8], "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["given_up"] == [str(wanted.id)]
    assert run_command(["drafts", "cancel", str(wanted.id)]) == 1
    fake = Fake()
    work(server, fake)
    assert fake.asked == []
    assert run_command(["drafts", "jobs"]) == 0
    assert "cancelled" in capsys.readouterr().out


def test_it_is_said_that_nobody_takes_what_waits(
    server: Server, link: Connection, capsys: pytest.CaptureFixture[str]
) -> None:
    def said() -> bool:
        assert run_command(["drafts", "jobs"]) == 0
        words = "Nobody takes what waits for fake" in capsys.readouterr().out
        assert run_command(["drafts", "jobs", "--json"]) == 0
        assert any(one["left_alone"] for one in json.loads(capsys.readouterr().out)) == words
        return words

    hand_over(link, [request()])
    assert not said(), "it has only just come"
    link.execute("UPDATE generation_jobs SET created_at = now() - interval '1 minute'")
    assert said()
    hand_over(link, [later := request()])
    link.execute("UPDATE generation_jobs SET due_at = now() + interval '1 h' WHERE job_id <> %s", [later.id])
    assert not said(), "it is not due"
    hand_over(link, [request()])
    link.execute("UPDATE generation_jobs SET due_at = NULL, created_at = now() - interval '1 minute'")
    work(server, Fake(), until=Until.ONCE)
    assert not said(), "somebody makes one after another"
    link.execute("UPDATE generation_jobs SET finished_at = now() - interval '1 minute' WHERE status = 'done'")
    assert said(), "control"
    worker = "INSERT INTO genko_queue.procrastinate_workers DEFAULT VALUES RETURNING id"
    taking = """SELECT genko_take_job(%s, 'other', '{"fake": 1}', interval '1 hour')"""
    link.execute(taking, link.execute(worker).fetchone())
    assert not said(), "somebody makes one just now"


def test_what_is_no_job_and_no_draft_is_one_sentence(capsys: pytest.CaptureFixture[str]) -> None:
    assert run_command(["drafts", "cancel", "nowhere"]) == 1
    assert len(capsys.readouterr().err.splitlines()) == 1
    assert run_command(["worker", "--once", "--until-idle"]) == 2
