"""`genko drafts jobs` and `cancel`, as scripts use them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from core.jobs import hand_over
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


def test_what_is_no_job_and_no_draft_is_one_sentence(capsys: pytest.CaptureFixture[str]) -> None:
    assert run_command(["drafts", "cancel", "nowhere"]) == 1
    assert len(capsys.readouterr().err.splitlines()) == 1
    assert run_command(["worker", "--once", "--until-idle"]) == 2
