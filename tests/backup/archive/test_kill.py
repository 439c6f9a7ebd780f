"""Whatever ends the program at whichever call: the backup is there and whole, or it is not there."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import pytest

from core.backup.archive import ArchiveError, open_archive, sweep
from core.backup.work import Work
from tests.backup.archive.child import BEGIN, END, NOISE
from tests.backup.archive.samples import write_sample
from tests.backup.archive.test_locked import CHEAP

ROOT = Path(__file__).parents[3]
CALLS = "%file,%desc"
_CALL = re.compile(r"^(?:\d+ +)?(\w+)\(")

pytestmark = pytest.mark.skipif(shutil.which("strace") is None, reason="needs strace")


def run(mode: str, target: Path, *options: str) -> subprocess.CompletedProcess[bytes]:
    command = ["strace", "-qq", "-e", f"trace={CALLS}", *options]
    program = [sys.executable, "-m", "tests.backup.archive.child", mode, str(target)]
    return subprocess.run([*command, *program], cwd=ROOT, capture_output=True, check=False)


@dataclass(frozen=True)
class Call:
    """One system call of the write path."""

    name: str
    when: int
    """Which one of its name, since the process began."""
    text: str


def write_path(mode: str, folder: Path) -> list[Call]:
    """All calls between the marks, in order."""
    log = folder / "log"
    target = folder / "watched"
    target.mkdir()
    assert run(mode, target / "x.genko-backup", "-o", str(log)).returncode == 0
    counts: Counter[str] = Counter()
    calls, inside = [], False
    for line in log.read_text(errors="replace").splitlines():
        found = _CALL.match(line)
        if not found:
            continue
        counts[found[1]] += 1
        inside = (inside or BEGIN in line) and END not in line
        if inside and BEGIN not in line:
            calls.append(Call(found[1], counts[found[1]], line))
    return calls


@dataclass
class Swept:
    """What became of all runs."""

    kills: int = 0
    absent: int = 0
    whole: int = 0
    torn: int = 0


def killed_at(mode: str, calls: list[Call], folder: Path) -> Swept:
    found = Swept()
    for place, call in enumerate(calls):
        here = folder / str(place)
        here.mkdir()
        older = here / "older.genko-backup"
        older.write_bytes(b"an older backup")
        target = here / "x.genko-backup"
        done = run(mode, target, "-o", "/dev/null", "-e", f"inject={call.name}:signal=KILL:when={call.when}")
        found.kills += done.returncode in (-9, 137)
        look_at(target, found)
        assert older.read_bytes() == b"an older backup"
        sweep(here)
        assert {path.name for path in here.iterdir()} <= {older.name, target.name}
        shutil.rmtree(here)
    return found


def look_at(target: Path, found: Swept) -> None:
    if not target.exists():
        found.absent += 1
        return
    try:
        with open_archive(target, work=Work()) as archive:
            archive.verify()
        found.whole += 1
    except ArchiveError:
        found.torn += 1


def test_the_order_of_calls_survives_a_power_loss(tmp_path: Path) -> None:
    calls = write_path("good", tmp_path)
    texts = [call.text for call in calls]

    def at(pattern: str) -> list[int]:
        found = [place for place, text in enumerate(texts) if re.search(pattern, text)]
        assert found, pattern
        return found

    created = at(r"openat\(.*\.part\", O_RDWR\|O_CREAT\|O_EXCL\|O_CLOEXEC, 0600\)")
    written = at(r"^write\(")
    synced = at(r"^fsync\(")
    read_back = at(r"^pread64\(")
    linked = at(r"^link(at)?\(.*\.part\".*x\.genko-backup")
    assert created[0] < written[0] < written[-1] < synced[0] < read_back[0] < read_back[-1] < linked[0]
    assert linked[0] < synced[1]
    assert len(created) == len(linked) == 1
    assert len(synced) == 2
    assert not [text for text in texts if re.search(r"^(rename|truncate|ftruncate)", text)]


def test_a_kill_at_chosen_calls_leaves_it_whole_or_absent(tmp_path: Path) -> None:
    calls = write_path("good", tmp_path)
    writes = [call for call in calls if call.name == "write"]
    link = next(call for call in calls if call.name.startswith("link"))
    after = calls[calls.index(link) + 1]
    found = killed_at("good", [writes[2], link, after], tmp_path)
    assert (found.kills, found.torn, found.absent, found.whole) == (3, 0, 2, 1)


def test_the_control_tears(tmp_path: Path) -> None:
    calls = write_path("naive", tmp_path)
    found = killed_at("naive", [call for call in calls if call.name == "write"][1:2], tmp_path)
    assert (found.kills, found.torn) == (1, 1)


def test_a_kill_while_it_is_decrypted_leaves_nothing_plain(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    scratch, folder = tmp_path / "scratch", tmp_path / "watched"
    scratch.mkdir()
    folder.mkdir()
    write_sample(folder / "x.genko-backup", passphrase=CHEAP.lock, noise=NOISE)
    monkeypatch.setenv("TMPDIR", str(scratch))
    monkeypatch.setenv("GENKO_TEST_KEY", CHEAP.secret)
    log = tmp_path / "log"
    assert run("opened", folder / "x.genko-backup", "-o", str(log)).returncode == 0
    writes = log.read_text(errors="replace").count("write(")
    assert writes > 4
    for when in (writes // 2 + 1, writes - 1, writes):
        inject = f"inject=write:signal=KILL:when={when}"
        done = run("opened", folder / "x.genko-backup", "-o", "/dev/null", "-e", inject)
        assert done.returncode in (-9, 137)
        assert list(scratch.iterdir()) == []


@pytest.mark.soak
@pytest.mark.timeout(1200)
def test_a_kill_at_every_call(tmp_path: Path) -> None:
    calls = write_path("good", tmp_path)
    found = killed_at("good", calls, tmp_path)
    assert found.kills == len(calls) > 20
    assert found.torn == 0
    assert found.absent > 10
    assert found.whole >= 2
    (tmp_path / "watched").rename(tmp_path / "watched-good")
    naive = write_path("naive", tmp_path)
    control = killed_at("naive", naive, tmp_path)
    assert control.kills == len(naive)
    assert control.torn > 2
