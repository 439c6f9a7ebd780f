"""An import that is killed with SIGKILL anywhere: each project has all of it or nothing, and that is told."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from uuid import UUID

import pytest

from core.backup.archive import open_archive
from core.backup.exporting import CreateWishes, create
from core.backup.importing import apply_import, imports, plan_import
from core.backup.importing.reports.ledger import Ledger
from core.backup.plan import Action
from core.backup.work import Work
from core.story import Section
from core.workspace.files import open_store
from core.workspace.shelf import Shelf
from tests.backup.importing.child import ARCHIVE
from tests.backup.importing.desk import SCRIPT, make_shelf

ROOT = Path(__file__).parents[3]
OLD = SCRIPT.replace("Rain on", "Snow on")
THEIRS = SCRIPT.replace("The door.", "The red door.") + "\n\nPAGE 4\n\nThe end."
MERGED = THEIRS.replace("Rain on", "Snow on")


@dataclass
class Found:
    """What became of all tries."""

    kills: int = 0
    before: int = 0
    part: int = 0
    after: int = 0
    torn: list[str] = field(default_factory=list)


@pytest.fixture
def template(tmp_path: Path) -> Path:
    """A data folder with two projects, and a backup that changes both and brings a third."""
    theirs, home = make_shelf(tmp_path / "theirs"), tmp_path / "template"
    ours = make_shelf(home)
    for _ in range(2):
        entry = theirs.create(title="A storm", text=SCRIPT)
        ours.adopt(open_store(theirs, entry))
        with ours.edited(entry.project_id) as store:
            store.replace_text(OLD)
        with theirs.edited(entry.project_id) as store:
            store.replace_text(THEIRS)
            store.add_record(Section.CHARACTERS, name="Akira")
    theirs.create(title="New", text=SCRIPT)
    create(theirs, CreateWishes(home / ARCHIVE))
    return home


def sweep(mode: str, template: Path, samples: int) -> Found:
    """Kill at so many places, and look at what each has left."""
    out = template.parent / mode
    out.mkdir()
    command = [
        sys.executable,
        "-m",
        "tests.backup.importing.child",
        mode,
        str(template),
        str(out),
        str(samples),
    ]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, check=True)
    signals = json.loads(done.stdout)["signals"]
    found = Found(kills=sum(number == signal.SIGKILL for number in signals.values()))
    for name in signals:
        look(out / name, found)
    return found


def look(home: Path, found: Found) -> None:
    """What one killed import has left."""
    shelf = make_shelf(home)
    states = {entry.project_id: state(shelf, entry.project_id) for entry in shelf.list()}
    whole = [
        key for key, (text, people) in states.items() if text in (MERGED, SCRIPT) and _fits(text, people)
    ]
    untouched = [key for key, (text, people) in states.items() if text == OLD and not people]
    if len(whole) + len(untouched) < len(states):
        found.torn.append(home.name)
        return
    found.before += not whole
    found.after += len(whole) == 3
    found.part += 0 < len(whole) < 3
    check_what_is_told(shelf, whole)


def _fits(text: str, people: tuple[str, ...]) -> bool:
    return people == (("Akira",) if text == MERGED else ())


def state(shelf: Shelf, project_id: UUID) -> tuple[str, tuple[str, ...]]:
    """Text and people of a project."""
    store = open_store(shelf, shelf.entry(project_id))
    return store.text, tuple(one.name for one in store.characters())


def check_what_is_told(shelf: Shelf, whole: list[UUID]) -> None:
    """The next start says which projects are changed; importing again does the rest, and once."""
    told = {UUID(one.project_id) for report in imports(shelf) for one in report.projects}
    assert told == set(whole)
    assert Ledger(shelf.paths).begun() == []
    for path in (shelf.paths.data / "backups").glob("*.genko-backup"):
        with open_archive(path, work=Work()) as archive:
            archive.verify()
    path = shelf.paths.data.parent / ARCHIVE
    apply_import(shelf, path, plan_import(shelf, path), back_up=lambda ids: Path("none"))
    assert sorted(state(shelf, entry.project_id)[0] for entry in shelf.list()) == sorted(
        [MERGED, MERGED, SCRIPT]
    )
    assert {one.action for one in plan_import(shelf, path).projects} == {Action.SAME}


def test_a_killed_import_is_all_or_nothing_for_each_project(template: Path) -> None:
    found = sweep("good", template, 2)
    assert found.kills == 2
    assert not found.torn
    assert found.before
    assert found.part + found.after


@pytest.mark.soak
def test_control_an_import_in_two_steps_tears(template: Path) -> None:
    found = sweep("naive", template, 2)
    assert found.kills == 2
    assert found.torn


@pytest.mark.soak
@pytest.mark.timeout(1800)
def test_a_kill_at_hundreds_of_places(template: Path) -> None:
    found = sweep("good", template, 250)
    assert found.kills >= 240, "threads go through some calls more or fewer"
    assert not found.torn
    assert found.before > 5
    assert found.part > 5
    assert found.after > 0
