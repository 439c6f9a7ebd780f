"""Attacks the worker of the app: it dies, its app dies, it has nothing to do."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading

import pytest

from core.errors import HelperDied
from core.jobs import JobStatus, WorkerChild, hand_over, states
from core.server import Server
from core.server.connection import Connection
from tests.jobs.fakes import request, soon
from tests.jobs.test_lost_workers import until
from tests.patience import PATIENCE

FACTORY = "tests.jobs.fakes:providers"
PARENT = f"""
import sys, time
from core.jobs import WorkerChild
from core.server import ServerSettings
child = WorkerChild({{"slow": 10**6}}, ServerSettings(url=sys.argv[1]), factory="{FACTORY}", grace=0)
child.start()
sys.stdin.read()
"""


def test_one_that_dies_is_started_again_and_has_its_job_back(server: Server, link: Connection) -> None:
    wanted, troubles = request(), []
    told = threading.Event()

    def on_trouble(error: HelperDied) -> None:
        troubles.append(error)
        told.set()

    child = WorkerChild({"slow": 0.3}, server.settings, factory=FACTORY, on_trouble=on_trouble)
    child.start()
    child.start()
    try:
        hand_over(link, [wanted])
        until(link, wanted, lambda status: status is JobStatus.RUNNING)
        assert child.pid is not None
        os.kill(child.pid, signal.SIGKILL)
        until(link, wanted, lambda status: status is JobStatus.DONE)
        assert told.wait(PATIENCE)
    finally:
        child.stop()
    assert "by signal 9" in troubles[0].what
    assert (states(link, [wanted.id])[0].tries, states(link, [wanted.id])[0].lost) == (2, 1)


def test_it_ends_with_an_app_that_is_killed_and_nothing_stays_running(
    server: Server, link: Connection
) -> None:
    wanted = request()
    hand_over(link, [wanted])
    app = subprocess.Popen([sys.executable, "-c", PARENT, server.url()], stdin=subprocess.PIPE)
    assert app.stdin is not None
    until(link, wanted, lambda status: status is JobStatus.RUNNING)
    app.kill()
    app.wait()
    app.stdin.close()
    until(link, wanted, lambda status: status is JobStatus.WAITING)


def test_one_that_hears_nothing_any_more_is_killed_when_the_app_ends(server: Server) -> None:
    child = WorkerChild({"slow": 0.0}, server.settings, factory=FACTORY, grace=0.0, patience=0.2)
    child.start()
    soon(lambda: child.pid)
    pid = child.pid
    assert pid is not None
    os.kill(pid, signal.SIGSTOP)
    child.stop()
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)


@pytest.mark.soak
def test_with_nothing_to_do_it_ends_and_comes_when_it_is_called(server: Server, link: Connection) -> None:
    child = WorkerChild({}, server.settings, factory=FACTORY, until_idle=True, linger=0)
    try:
        for _ in range(2):
            wanted = request()
            hand_over(link, [wanted])
            child.start()
            until(link, wanted, lambda status: status is JobStatus.DONE)
            soon(lambda: child.pid is None)
    finally:
        child.stop()


def test_what_it_said_at_its_end_are_places_only(server: Server) -> None:
    troubles: list[HelperDied] = []
    told = threading.Event()

    def on_trouble(error: HelperDied) -> None:
        troubles.append(error)
        told.set()

    child = WorkerChild({}, server.settings, factory="tests.jobs.fakes:nobody", on_trouble=on_trouble)
    child.start()
    assert told.wait(PATIENCE)
    child.stop()
    assert troubles[0].places.startswith("AttributeError")
    assert "nobody" not in troubles[0].places


@pytest.mark.parametrize("flag", ["--until-idle", pytest.param("--once", marks=pytest.mark.soak)])
def test_genko_worker_needs_no_terminal_and_says_what_it_does(
    server: Server, link: Connection, flag: str, tmp_path: object
) -> None:
    import json

    wanted = [request(provider="sketch", name="Mia", kind="character", width=64, height=64) for _ in range(2)]
    hand_over(link, wanted)
    environment = os.environ | {"GENKO_HOME": str(tmp_path), "GENKO_DATABASE_URL": server.url()}
    command = [sys.executable, "-m", "tui", "worker", flag, "--json"]
    done = subprocess.run(
        command, env=environment, stdin=subprocess.DEVNULL, capture_output=True, check=True, text=True
    )
    said = [json.loads(line) for line in done.stdout.splitlines()]
    made = {word["job"] for word in said if word["what"] == "done"}
    assert len(made) == (1 if flag == "--once" else 2)
    assert made <= {str(one.id) for one in wanted}
    assert (said[0]["what"], said[-1]["what"]) == ("ready", "ended")
    assert done.stderr == ""
