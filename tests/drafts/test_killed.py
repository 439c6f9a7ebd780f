"""Kill -9 in the middle of what is done to a draft: what was told to be done is there afterwards."""

from __future__ import annotations

import random
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from core.drafts import Drafts
from core.errors import GenkoError
from tests.drafts.acting import all_of, reopened
from tests.workspace.conftest import paths_in

WRITER = """
import sys
from pathlib import Path
from core.drafts import Draft, Drafts
from core.paths import Paths
from core.workspace.saving import Inbox
from tests.drafts.acting import tried
root = Path(sys.argv[1])
drafts = Drafts(Paths(root / "data", root / "config", root / "logs", root / "state"))
session = drafts.open(drafts.list()[0].draft_id, on_ui=Inbox().put)
draft = Draft(session.store)
EVERYTHING = not sys.argv[2]
def told(*words):
    if EVERYTHING:
        session.journal.flush(5.0)
    print(*words, flush=True)
if not EVERYTHING:  # the control: what comes does not go to the file
    written = type("Written", (), {"wait": lambda self, seconds: True})()
    session.journal.append = lambda *a, **k: written
number = 0
while True:
    number += 1
    asset = draft.add_asset("prop", f"thing {number}")
    told("asset", asset)
    told("prompt", draft.write_prompt(asset, "image", f"words {number}"))
    attempt = tried(draft, asset)
    told("attempt", attempt)
    draft.accept(asset, attempt)
    told("accepted", asset, attempt)
    drafts.create(f"Other {number}")
    drafts.duplicate(drafts.list()[-1].draft_id) if number % 5 == 0 else None
"""


def killed(folder: Path, after: int, control: bool = False) -> list[list[str]]:
    """Run the writer, kill it when it has told so many things; what it told."""
    command = [sys.executable, "-c", WRITER, str(folder), "control" if control else ""]
    writer = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    assert writer.stdout is not None
    told = [writer.stdout.readline().split() for _ in range(after)]
    writer.send_signal(signal.SIGKILL)
    told += [line.split() for line in writer.stdout.readlines() if line.endswith("\n")]
    writer.stdout.close()
    writer.wait()
    return told


def lost(drafts: Drafts, told: list[list[str]]) -> list[list[str]]:
    """What was told and is not there; everything that is there can be read."""
    for entry in drafts.list():
        draft = drafts.read(entry.draft_id)
        assert all_of(draft) == all_of(reopened(draft.store))
    slugs = [entry.slug for entry in drafts.list()]
    assert len(set(slugs)) == len(slugs)
    assert not any(entry.damaged for entry in drafts.list())
    draft = drafts.read(drafts.find("first").draft_id)
    there = {
        "asset": draft.index.assets.keys(),
        "prompt": draft.index.prompts.keys(),
        "attempt": draft.index.attempts.keys(),
        "accepted": {one.id for one in draft.assets() if one.accepted_image},
    }
    return [words for words in told if words[1] not in there[words[0]]]


def sweep(folder: Path, kills: int, seed: int, control: bool = False) -> int:
    """How many of so many kills lost something."""
    chance, losses = random.Random(seed), 0
    for kill in range(kills):
        home = folder / str(kill)
        drafts = Drafts(paths_in(home))
        drafts.create("First")
        told = killed(home, chance.randrange(1, 40), control)
        losses += bool(lost(drafts, told))
        with drafts.slugs():  # whoever held it is dead, and nobody waits
            pass
    return losses


def test_what_was_done_is_there_after_kill_9(tmp_path: Path) -> None:
    assert sweep(tmp_path, kills=1, seed=5) == 0


@pytest.mark.soak
def test_what_was_done_is_there_after_many_kills(tmp_path: Path) -> None:
    assert sweep(tmp_path, kills=40, seed=6) == 0


@pytest.mark.soak
def test_control_without_the_journal_all_is_lost(tmp_path: Path) -> None:
    assert sweep(tmp_path, kills=3, seed=5, control=True) == 3


def test_an_edit_that_fails_half_way_leaves_the_file_as_it_was(tmp_path: Path) -> None:
    drafts = Drafts(paths_in(tmp_path))
    made = drafts.create("First").draft_id
    before = all_of(drafts.read(made))

    def halfway() -> None:
        with drafts.edited(made) as draft:
            draft.add_asset("prop", "lamp")
            draft.write_prompt(None, "image", "x" * 1_000_000)

    with pytest.raises(GenkoError):
        halfway()
    assert all_of(drafts.read(made)) == before
