"""The process for backups: its answers, its progress, and that stopping or losing it harms nothing."""

from __future__ import annotations

import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from core.backup import elsewhere
from core.backup.answers import Leaf
from core.backup.jobs import BackUp, Compare, Estimate, Look, LookAtPart, Place, Read, Refresh, Verify
from core.backup.keeping import Catalogue, Entry, What, back_up
from core.backup.work import Step, StoppedError, Work
from core.errors import GenkoError, HelperDied, LockedError
from core.script.difference import GONE, NEW, Part
from core.server import Server, ServerSettings
from core.workspace.saving import save_project
from tests.backup.keeping.making import Studio
from tests.backup.watching import Watched
from tests.server.conftest import conninfo, postgres18, template18

__all__ = ["conninfo", "postgres18", "template18"]

TEXT = """\
A front line.

PAGE 1 :

PANEL 1 :
AKIRA : Run!

PAGE 2 :

PANEL 1 :
SFX : DOOM \x1b[31m
"""


@pytest.fixture
def studio(tmp_path: Path) -> Studio:
    return Studio.make(tmp_path)


@pytest.fixture
def watched(monkeypatch: pytest.MonkeyPatch) -> Iterator[type[Watched]]:
    monkeypatch.setattr(subprocess, "Popen", Watched)
    yield Watched
    assert Watched.last.poll() is not None, "it was left running"


def made(studio: Studio) -> Entry:
    """One that was made here, which is quicker."""
    return back_up(studio.shelf, studio.wishes(), What()).entry


def entries(studio: Studio) -> list[Entry]:
    with closing(Catalogue(studio.paths)) as catalogue:
        return catalogue.entries()


def files(studio: Studio) -> list[str]:
    return sorted(path.name for path in (studio.paths.data / "backups").glob("**/*.genko-backup*"))


def at_first_step(do: Callable[[Work], object]) -> Work:
    """Work that does something once it has begun."""
    begun = threading.Event()

    def tell(step: Step) -> None:
        if not begun.is_set():
            begun.set()
            do(work)

    work = Work(tell)
    return work


def test_a_backup_made_elsewhere_is_whole_listed_and_verified(studio: Studio) -> None:
    steps: list[tuple[Step, int]] = []
    work = Work(lambda step: steps.append((step, threading.get_ident())))
    answer = elsewhere.run(BackUp(), Place.of(studio.paths), work)
    entry = entries(studio)[0]
    assert (answer.id, answer.path, answer.size) == (entry.id, entry.path, Path(entry.path).stat().st_size)
    assert entry.verified_at is not None
    assert "reading back" in [step.what for step, _ in steps]
    assert {thread for _, thread in steps} == {threading.get_ident()}, "told on another thread"


def test_every_word_can_be_read_and_none_steers_a_terminal(studio: Studio) -> None:
    with studio.shelf.edited(studio.project) as store:
        store.replace_text(TEXT)
    backup = made(studio)
    leaves: list[Leaf] = []
    place = Place.of(studio.paths)
    count = elsewhere.run(Read(backup.path, str(studio.project)), place, piece=leaves.append)
    pages = [leaf for leaf in leaves if leaf.section == "pages"]
    assert count == len(leaves)
    assert [leaf.title for leaf in pages] == ["Before the first page", "PAGE 1 :", "PAGE 2 :"]
    read = "".join(leaf.lines[0][1] for leaf in pages)
    assert "\x1b" not in read
    assert read.split() == TEXT.replace("\x1b", "").split()
    summary = elsewhere.run(Look(backup.path), place)
    assert (summary.pages, [one.title for one in summary.projects]) == (2, ["Night"])
    forecast = elsewhere.run(Estimate(), place)
    assert (forecast.projects, forecast.size > 0) == (1, True)


def test_a_comparison_comes_page_by_page_and_a_part_says_what_it_would_change(studio: Studio) -> None:
    with studio.shelf.edited(studio.project) as store:
        store.replace_text(TEXT)
    backup, place, key = made(studio), Place.of(studio.paths), str(studio.project)
    leaves: list[Leaf] = []
    elsewhere.run(Read(backup.path, key), place, piece=leaves.append)
    first = next(leaf for leaf in leaves if leaf.title == "PAGE 1 :")
    assert elsewhere.run(LookAtPart(backup.path, key, first.id), place).same
    with studio.shelf.edited(studio.project) as store:
        store.replace_text(store.text.replace("Run!", "Stay!"))
    parts: list[Part] = []
    elsewhere.run(Compare(backup.path, key), place, piece=parts.append)
    assert [(part.heading, part.added, part.removed) for part in parts if part.changed] == [
        ("PAGE 1 :", 1, 1)
    ]
    found = elsewhere.run(LookAtPart(backup.path, key, first.id), place)
    signs = {line.text: line.sign for part in found.parts for line in part.lines}
    assert (signs["AKIRA : Stay!"], signs["AKIRA : Run!"]) == (GONE, NEW)


def test_stopping_it_leaves_nothing_behind(studio: Studio, watched: type[Watched]) -> None:
    first = made(studio)
    before, kept = files(studio), Path(first.path).read_bytes()

    def halt(work: Work) -> None:
        watched.last.send_signal(signal.SIGSTOP)
        work.stop.set()

    with pytest.raises(StoppedError):
        elsewhere.run(BackUp(), Place.of(studio.paths), at_first_step(halt))
    assert watched.last.returncode == 143, "it had no time to take its half-written file away"
    assert (files(studio), Path(first.path).read_bytes()) == (before, kept)
    assert [entry.id for entry in entries(studio)] == [first.id]
    assert made(studio).id != first.id, "the next one is kept from working"


def test_one_that_does_not_obey_is_killed(
    studio: Studio, watched: type[Watched], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(watched, "obeys", False)
    monkeypatch.setattr(elsewhere, "GRACE", 0.2)

    def halt(work: Work) -> None:
        watched.last.send_signal(signal.SIGSTOP)
        work.stop.set()

    with pytest.raises(StoppedError):
        elsewhere.run(BackUp(), Place.of(studio.paths), at_first_step(halt))
    assert watched.last.returncode == -signal.SIGKILL
    assert entries(studio) == []


def test_one_that_dies_is_told_and_what_it_had_written_does_not_count(
    studio: Studio, watched: type[Watched]
) -> None:
    first = made(studio)
    with pytest.raises(GenkoError) as caught:
        elsewhere.run(BackUp(), Place.of(studio.paths), at_first_step(lambda work: watched.last.kill()))
    assert "SIGKILL" in caught.value.what
    assert caught.value.safe
    assert caught.value.todo
    assert [entry.id for entry in entries(studio)] == [first.id]
    assert not elsewhere.run(Verify((first.id,)), Place.of(studio.paths))[0].failed


def test_a_fault_in_it_is_told_by_its_places_and_never_by_words(
    studio: Studio, monkeypatch: pytest.MonkeyPatch
) -> None:
    script = (
        "import sys; from core.backup.process import worker, doing\n"
        "def do(*given): raise ValueError('AKIRA : Run!')\n"
        "doing.do = do\n"
        "sys.stderr.write('my secret\\nAKIRA\\n' * 50_000)\n"
        "worker.main()"
    )
    monkeypatch.setattr(elsewhere, "command_of", lambda module: [sys.executable, "-c", script])
    with pytest.raises(HelperDied) as caught:
        elsewhere.run(BackUp(), Place.of(studio.paths))
    kind, *places = caught.value.places.splitlines()
    assert kind == "ValueError"
    assert "core/backup/process/worker.py:" in places[-1]
    assert "AKIRA" not in caught.value.places
    assert "secret" not in caught.value.places


def test_a_stop_before_it_begins_starts_nothing(studio: Studio) -> None:
    work = Work()
    work.stop.set()
    with pytest.raises(StoppedError):
        elsewhere.run(BackUp(), Place.of(studio.paths), work)
    assert not (studio.paths.data / "backups").exists()


def test_damage_is_found_and_the_others_are_read_all_the_same(studio: Studio) -> None:
    damaged, whole = made(studio), made(studio)
    raw = bytearray(Path(damaged.path).read_bytes())
    raw[len(raw) // 2] ^= 1
    Path(damaged.path).write_bytes(raw)
    found = elsewhere.run(Verify((damaged.id, whole.id)), Place.of(studio.paths))
    assert [(one.id, bool(one.failed)) for one in found] == [(damaged.id, True), (whole.id, False)]
    assert [entry.id for entry in entries(studio) if entry.verify_failed] == [damaged.id]


def test_what_can_not_be_done_is_told_with_what_is_safe(studio: Studio) -> None:
    with pytest.raises(GenkoError) as caught:
        elsewhere.run(Look(str(studio.paths.data / "nothing.genko-backup")), Place.of(studio.paths))
    assert "nothing.genko-backup" in caught.value.what


def test_what_was_put_into_the_folder_or_taken_from_it_by_hand_is_known(studio: Studio) -> None:
    first, second = made(studio), made(studio)
    with closing(Catalogue(studio.paths)) as catalogue:
        catalogue.forget([second.id])
    Path(first.path).unlink()
    elsewhere.run(Refresh(), Place.of(studio.paths))
    assert {entry.id: entry.missing for entry in entries(studio)} == {first.id: True, second.id: False}


def test_the_server_of_the_app_is_asked_by_the_process_too(studio: Studio, conninfo: str) -> None:
    settings = ServerSettings(url=conninfo, home=studio.paths.data)
    with closing(Server(settings)) as server:
        save_project(studio.shelf, studio.project, server, message="first")
    counts = []
    for place in (Place.of(studio.paths, settings), Place.of(studio.paths)):
        backup = elsewhere.run(BackUp(), place)
        summary = elsewhere.run(Look(backup.path), place)
        saves = next(one.count for one in summary.sections if one.name == "versions")
        counts.append((saves, [what for what, _ in summary.left_out]))
    assert counts[0] == (1, [])
    assert counts[1][0] == 0
    assert counts[1][1], "that its saves are missing is not said"


def test_what_is_locked_is_told_from_what_is_damaged(studio: Studio, tmp_path: Path) -> None:
    locked = Path(__file__).parent / "golden" / "format-1.0-locked.genko-backup.age"
    with pytest.raises(LockedError):
        elsewhere.run(Look(str(locked)), Place.of(studio.paths))
    damaged = tmp_path / "damaged"
    damaged.write_bytes(locked.read_bytes()[:60])
    with pytest.raises(GenkoError) as told:
        elsewhere.run(Look(str(damaged), "any"), Place.of(studio.paths))
    assert not isinstance(told.value, LockedError)


@pytest.mark.soak  # making the key out of a passphrase takes seconds, by design
def test_the_key_of_an_encrypted_one_goes_onto_its_sheet_and_nowhere_else(
    studio: Studio, tmp_path: Path
) -> None:
    sheet, place = tmp_path / "sheet.txt", Place.of(studio.paths)
    backup = elsewhere.run(BackUp(passphrase="a long night", sheet=str(sheet)), place)
    key = next(line.strip() for line in sheet.read_text().splitlines() if "AGE-SECRET-KEY" in line)
    assert sheet.stat().st_mode & 0o077 == 0
    assert key not in repr(backup)
    for opens in ("a long night", key):
        assert elsewhere.run(Look(backup.path, opens), place).projects[0].title == "Night"
    with pytest.raises(LockedError):
        elsewhere.run(Look(backup.path, "another"), place)
    with pytest.raises(GenkoError):
        elsewhere.run(BackUp(passphrase="x", sheet=str(sheet)), place)
    assert len(entries(studio)) == 1, "it was made although its sheet could not be written"
