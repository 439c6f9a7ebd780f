"""`genko drafts import`: old universes from a shell, told first, brought once, also when it is killed."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from core.drafts import Drafts
from core.paths import Paths
from tests.cli.conftest import Genko
from tests.drafts import old_universes as old


def test_old_universes_are_told_of_brought_and_not_brought_again(tmp_path: Path, genko: Genko) -> None:
    source = old.make("draft", tmp_path / "there")
    told = genko("drafts", "import", source, "--dry-run", "--json").json()
    assert [one["would"] for one in told["universes"]] == ["create"]
    assert [one["name"] for one in told["universes"][0]["assets"]] == list(old.WORDS)
    assert "tiger (character): 1 picture, 1 clip" in genko("drafts", "import", source, "--dry-run").out
    assert genko("drafts", "list", "--json").json() == []
    ended = genko("drafts", "import", source)
    assert ended.status == 0
    assert "“Jungle” is a new draft: jungle." in ended.out
    again = genko("drafts", "import", source, "--json").json()
    assert [one["did"] for one in again["universes"]] == ["nothing"]
    assert [one["slug"] for one in genko("drafts", "list", "--json").json()] == ["jungle"]


def test_what_makes_no_sense_is_told(tmp_path: Path, genko: Genko) -> None:
    assert genko("drafts", "import").status == 2
    assert genko("drafts", "import", tmp_path, "--kept").status == 2
    ended = genko("drafts", "import", "--kept")
    assert (ended.status, "No universe waits" in ended.err) == (1, True)
    ended = genko("drafts", "import", tmp_path / "nothing")
    assert (ended.status, "There is no nothing" in ended.err) == (1, True)


KILLED = """
import os, resource, sys
from pathlib import Path
from core.backup.work import Work
from core.drafts import Drafts
from core.drafts.bringing import bring, look
from core.drafts.themes import themes
from core.paths import Paths
left = int(sys.argv[2])
if len(sys.argv) > 3:
    resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[3]), int(sys.argv[3])))
def hook(event, args):
    global left
    if event in ("open", "os.rename", "os.link", "os.mkdir") and "home" in str(args[0]):
        left -= 1
        if left == 0:
            os._exit(9)
paths = Paths.from_environment()
with look(Path(sys.argv[1]), Drafts(paths), themes(paths), work=Work()) as coming:
    sys.addaudithook(hook)
    bring(coming, Drafts(paths), themes(paths), work=Work())
"""


def _killed_at(calls: list[int], tmp_path: Path) -> int:
    source = old.make("draft", tmp_path / "there")
    finished = 0
    for call in calls:
        home = tmp_path / f"home-{call}"
        words = [sys.executable, "-c", KILLED, str(source), str(call)]
        done = subprocess.run(words, env={**os.environ, "GENKO_HOME": str(home)}, timeout=60)
        assert done.returncode in (0, 9)
        finished += done.returncode == 0
        drafts = Drafts(Paths(*(home / name for name in ("data", "config", "logs", "state"))))
        there = [drafts.read(entry.draft_id) for entry in drafts.list()]
        assert [len(draft.assets()) for draft in there] in ([], [3])  # whole, or not there
        subprocess.run(
            [*words[:-1], "0"], env={**os.environ, "GENKO_HOME": str(home)}, timeout=60, check=True
        )
        (entry,) = drafts.list()
        assert all(asset.accepted_image for asset in drafts.read(entry.draft_id).assets())
        media = {path.name for path in drafts.shelf.media_of(entry.draft_id).iterdir()}
        assert len([name for name in media if not name.startswith(".")]) == 7
    return finished


def test_killed_in_the_middle_it_is_whole_or_not_there_and_comes_the_next_time(
    home: Path, tmp_path: Path
) -> None:
    assert _killed_at([12], tmp_path) == 0


@pytest.mark.soak
def test_a_disk_that_takes_no_more_leaves_nothing_and_it_comes_the_next_time(
    home: Path, tmp_path: Path
) -> None:
    source = old.make("draft", tmp_path / "there")
    drafts = Drafts(Paths(*(home / name for name in ("data", "config", "logs", "state"))))
    words = [sys.executable, "-c", KILLED, str(source), "0"]
    full = subprocess.run([*words, "60"], timeout=60, stderr=subprocess.PIPE)
    assert b"MediaFolderError" in full.stderr
    assert [path.name for path in drafts.paths.drafts.iterdir() if not path.name.startswith(".")] == []
    subprocess.run(words, timeout=60, check=True)
    assert len(drafts.list()) == 1


@pytest.mark.soak
@pytest.mark.timeout(900)
def test_killed_at_every_call(home: Path, tmp_path: Path) -> None:
    assert _killed_at(list(range(1, 60)), tmp_path) < 59  # control: the last ones come after its end
