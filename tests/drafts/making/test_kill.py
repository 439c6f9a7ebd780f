"""A program is killed at any step of making: nothing is lost, nothing stays open, nothing is made twice."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.drafts.making.child import PROMPT
from tests.server.conftest import conninfo, postgres18, template18

__all__ = ["conninfo", "postgres18", "template18"]

ROOT = Path(__file__).parents[3]


def sweep(conninfo: str, folder: Path, steps: list[int]) -> list[dict[str, Any]]:
    """Kill a program at each of these steps, and let another go on."""
    command = [sys.executable, "-m", "tests.drafts.making.child", conninfo, str(folder), *map(str, steps)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=900)
    assert done.returncode == 0, done.stderr[-3000:]
    found: list[dict[str, Any]] = json.loads(done.stdout)
    return found


def judge(found: dict[str, Any]) -> None:
    """What has to be so wherever the program was killed."""
    assert found["rested"], f"killed at {found['step']}, something is under way for ever"
    statuses = found["attempts"]
    assert set(statuses.values()) <= {"done", "failed"}, found  # the list of the theme has no such names
    assert found["status"] in ("draft", "ready", "ready with errors"), found
    assert found["files"], "a result is lost"
    if statuses:
        assert PROMPT in found["prompts"], "a prompt is lost"
    assert found["jobs"].keys() == statuses.keys(), "made for nobody, or never made"
    assert all(tries == 1 for _, tries, _ in found["jobs"].values()), "made twice"
    assert all(collected for _, _, collected in found["jobs"].values()), "left lying on the server"
    assert not found["facts"], "left lying in the journal"


def test_a_kill_at_some_step_loses_and_doubles_nothing_and_the_judge_sees_what_would(
    conninfo: str, tmp_path: Path
) -> None:
    killed, whole = sweep(conninfo, tmp_path, [27, 10_000])
    assert killed["killed"]
    assert killed["attempts"]
    judge(killed)
    assert not whole["killed"]
    assert len(whole["attempts"]) == 6
    judge(whole)
    judge_sees_what_is_wrong(whole)


@pytest.mark.soak
@pytest.mark.timeout(900)
def test_a_kill_at_every_step_loses_and_doubles_nothing(conninfo: str, tmp_path: Path) -> None:
    kills = sweep(conninfo, tmp_path, list(range(1, 80)))
    assert sum(one["killed"] for one in kills) > 40
    for one in kills:
        judge(one)


def judge_sees_what_is_wrong(whole: dict[str, Any]) -> None:
    """The control: one thing wrong at a time."""
    job = next(iter(whole["jobs"]))
    wrongs: tuple[dict[str, Any], ...] = (
        {"rested": False},
        {"prompts": []},
        {"files": False},
        {"attempts": {**whole["attempts"], job: "waiting"}},
        {"jobs": {**whole["jobs"], job: ["done", 2, True]}},
        {"jobs": {**whole["jobs"], "another": ["done", 1, True]}},
        {"jobs": {**whole["jobs"], job: ["done", 1, False]}},
    )
    for wrong in wrongs:
        with pytest.raises(AssertionError):
            judge({**whole, **wrong})
