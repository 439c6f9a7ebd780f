"""A forked start is what a cold one is: its words, folder, streams, status, signals and end."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from core.asking import command_of
from tests import forked
from tests.patience import PATIENCE
from tests.terminal.pty import Terminal, plain_environment

TUI = [sys.executable, "-m", "tui"]
HISTORY = "core.story.history_worker"


@pytest.fixture(autouse=True)
def forking() -> Iterator[None]:
    """The run's process that forks, or one of this test's own; cold starts have been."""
    if not Path("/proc/self/task").exists():
        pytest.skip("needs Linux")
    begun, seen = not forked._Here.address, set(forked._Here.seen)
    end: Callable[[], None] = forked.begin() if begun else lambda: None
    if begun:
        forked.join()
    forked._Here.seen |= {"tui --version", "tui nonsense", "tui open", HISTORY}
    yield
    forked._Here.seen = seen
    if begun:
        forked.leave()
        end()


def is_fork(process: object) -> bool:
    return isinstance(process, forked.Forked)


@pytest.mark.parametrize("words", [["--version"], ["nonsense"], ["--version", "extra"]])
def test_it_says_and_ends_as_a_cold_one(words: list[str], tmp_path: Path) -> None:
    def answer() -> tuple[bool, int, bytes, bytes]:
        process = subprocess.Popen(
            [*TUI, *words], stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=tmp_path
        )
        said, complained = process.communicate(timeout=PATIENCE)
        return is_fork(process), process.returncode, said, complained

    warm = answer()
    with forked.cold_starts():
        cold = answer()
    assert (warm[0], cold[0]) == (True, False)
    assert warm[1:] == cold[1:]
    assert warm[2] or warm[3]


def test_its_streams_folder_environment_and_end_are_its_own(tmp_path: Path) -> None:
    process = subprocess.Popen(
        command_of(HISTORY),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        cwd=tmp_path,
        env={**os.environ, "GENKO_WORD": "own"},
        start_new_session=True,
    )
    assert is_fork(process)
    assert process.poll() is None
    place = Path(f"/proc/{process.pid}")
    assert place.joinpath("cwd").resolve() == tmp_path
    assert sorted(path.name for path in place.joinpath("fd").iterdir()) == ["0", "1", "2"]
    assert os.getsid(process.pid) == process.pid
    with pytest.raises(subprocess.TimeoutExpired):
        process.wait(0.01)
    process.send_signal(signal.SIGKILL)
    assert process.wait(PATIENCE) == process.poll() == -signal.SIGKILL
    assert not place.exists()
    process.communicate()


@pytest.mark.parametrize("changes", [{"PYTHONUTF8": "0"}, {"LC_ALL": "en_US.ISO-8859-1"}, {"ESCDELAY": "7"}])
def test_what_is_read_at_the_start_makes_it_a_cold_one(changes: dict[str, str]) -> None:
    with subprocess.Popen(
        [*TUI, "--version"], env={**os.environ, **changes}, stdout=subprocess.PIPE
    ) as process:
        assert not is_fork(process)


def test_the_first_of_each_kind_is_a_cold_one() -> None:
    forked._Here.seen.discard("tui --version")
    kinds = []
    for _ in range(2):
        with subprocess.Popen([*TUI, "--version"], stdout=subprocess.PIPE) as process:
            kinds.append(is_fork(process))
    assert kinds == [False, True]


def test_it_has_the_terminal(tmp_path: Path) -> None:
    environment = plain_environment(GENKO_HOME=str(tmp_path), GENKO_DATABASE_URL="host=/nowhere dbname=none")
    with Terminal([*TUI, "open"], env=environment, stderr=tmp_path / "stderr") as terminal:
        assert is_fork(terminal.process)
        terminal.wait_for("Nothing here yet")
        terminal.hang_up()
        assert terminal.wait_exit() == 129
    assert (tmp_path / "stderr").read_text() == ""
