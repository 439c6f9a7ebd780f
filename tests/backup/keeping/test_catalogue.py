"""The catalogue: private, made again when it is lost, shared by programs, in step with the files."""

from __future__ import annotations

import atexit
import hashlib
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path

import pytest
from msgspec.structs import replace

from core.backup.keeping import BackupError, Entry, prune
from core.backup.keeping.clock import Reading, trusted
from core.backup.keeping.elsewhere import last_elsewhere
from core.backup.keeping.register import Register
from core.backup.keeping.today import look_after, sweep
from core.backup.work import Step, Work
from core.errors import NotFound
from tests.backup.keeping.making import NOON, Studio, days, entry

ROOT = Path(__file__).parents[3]


def program(code: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Another program of ours, which may be killed while it works."""
    return subprocess.run(
        [sys.executable, "-c", code, *arguments], cwd=ROOT, capture_output=True, text=True, check=False
    )


def hashes(folder: Path) -> dict[str, str]:
    """All files below a folder, by content."""
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in folder.rglob("*")
        if path.is_file()
    }


@cache
def old_library() -> Path:
    """A home with nine real backups whose dates are far back: all but five have had their time."""
    home = Path(tempfile.mkdtemp(prefix="genko-aged-"))
    atexit.register(shutil.rmtree, home, ignore_errors=True)
    studio, made = Studio.make(home), []
    for number in range(9):
        studio.write(f"More {number}")
        made.append(studio.back_up("daily").entry)
    with studio.catalogue() as catalogue:
        catalogue.put(*(replace(one, made_at=one.made_at - days(900), words=100) for one in made))
        catalogue.remember("clock", "")
    return home


def aged(studio: Studio) -> list[Entry]:
    """Puts those into the library, whose catalogue has to be new."""
    shutil.copytree(old_library() / "data", studio.paths.data, dirs_exist_ok=True)
    with studio.catalogue() as catalogue:
        catalogue.rebuild(studio.folder)
        trusted(catalogue, Reading.now())
        return catalogue.entries()


def test_it_is_its_owners_alone_and_tells_all_of_a_backup(studio: Studio) -> None:
    made = studio.back_up(label="draft 1")
    with studio.catalogue() as catalogue:
        assert catalogue.path == studio.paths.data / "backups.sqlite"
        assert catalogue.path.stat().st_mode & 0o777 == 0o600
        assert studio.folder.stat().st_mode & 0o777 == 0o700
        (one,) = catalogue.entries()
        assert catalogue.entry(one.id[:6]) == catalogue.entry("DRAFT 1") == catalogue.entry(one.path) == one
        with pytest.raises(NotFound):
            catalogue.entry("nothing like it")
    assert one == made.entry
    assert (one.reason, one.label, one.pages, one.projects[0].title) == ("manual", "draft 1", 1, "Night")
    assert one.sha256 == hashlib.sha256(Path(one.path).read_bytes()).hexdigest()
    assert one.size == Path(one.path).stat().st_size
    assert one.is_sound


@pytest.mark.parametrize("damage", ["deleted", "overwritten", "cut", "emptied", "rows"])
def test_a_lost_catalogue_is_made_again_with_pins_names_and_trash(studio: Studio, damage: str) -> None:
    for _ in range(3):
        studio.write("More.")
        studio.back_up()
    with studio.catalogue() as catalogue:
        first, second, third = catalogue.entries()
        catalogue.pin(first.id)
        catalogue.rename(second.id, "draft 1")
        catalogue.trash(third.id)
        before = catalogue.entries()
        path = catalogue.path
    whole = path.read_bytes()
    if damage == "deleted":
        path.unlink()
    elif damage == "rows":
        path.write_bytes(whole.replace(b'"made_at"', b'"made_@t"'))
    else:
        path.write_bytes({"overwritten": b"\xff" * 5000, "cut": whole[:5000], "emptied": b""}[damage])
    with studio.catalogue() as catalogue:
        assert catalogue.fresh or damage == "emptied"
        if damage == "emptied":
            catalogue.rebuild(studio.folder)
        assert catalogue.entries() == before
    assert len(list(studio.paths.data.glob("backups.sqlite.damaged-*"))) == (
        damage not in ("deleted", "emptied")
    )


def test_with_the_second_list_lost_as_well_the_manifests_tell_and_nothing_of_it_expires(
    studio: Studio,
) -> None:
    made = [studio.back_up(reason).entry for reason in ("daily", "pre-import", "manual")]
    (studio.paths.data / "backups.sqlite").unlink()
    (studio.folder / ".genko-backups.json").unlink()
    with studio.catalogue() as catalogue:
        found = {one.id: one for one in catalogue.entries()}
        assert set(found) == {one.id for one in made}
        for one in made:
            again = found[one.id]
            for name in ("path", "made_at", "offset", "reason", "size", "words", "pages", "content_id"):
                assert getattr(again, name) == getattr(one, name), name
            assert again.never_expires, "nobody knows any more what was pinned"
            assert not again.is_sound, "it has yet to be read"


def test_a_catalogue_of_a_read_only_folder_says_so(studio: Studio) -> None:
    studio.back_up()
    (studio.paths.data / "backups.sqlite").unlink()
    (studio.paths.data / "backups.sqlite").mkdir()
    from core.backup.keeping import CatalogueError

    with pytest.raises(CatalogueError, match="files of their own"):
        studio.catalogue()


RECORDING = """
import sys
import tempfile
from datetime import timedelta
from core.paths import Paths
from core.backup.keeping import Catalogue
from tests.backup.keeping.making import NOON, entry
from pathlib import Path
home, start = Path(sys.argv[1]), int(sys.argv[2])
with Catalogue(Paths(home / "data", home / "config", home / "logs", home / "state")) as catalogue:
    print("ready", flush=True)
    sys.stdin.read(1)
    for number in range(start, start + 10):
        with catalogue.locked():
            catalogue.put(entry(number, NOON))
        catalogue.pin(entry(0, NOON).id, bool(number % 2))
"""


def test_two_programs_at_once_lose_nothing_of_each_other(studio: Studio, tmp_path: Path) -> None:
    with studio.catalogue() as catalogue:
        catalogue.put(entry(0, NOON))
    both = [
        subprocess.Popen(
            [sys.executable, "-c", RECORDING, str(tmp_path), str(start)],
            cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        )
        for start in (1000, 2000)
    ]  # fmt: skip
    for one in both:
        assert one.stdout is not None
        assert one.stdout.readline() == "ready\n"
    for one in both:
        one.communicate("x", timeout=60)
        assert one.returncode == 0
    with studio.catalogue() as catalogue:
        assert len(catalogue.entries()) == 21


# the trash


def test_the_trash_keeps_for_seven_days_and_gives_back(studio: Studio) -> None:
    made = studio.back_up().entry
    with studio.catalogue() as catalogue:
        gone = catalogue.trash(made.id, now=NOON)
        assert not Path(made.path).exists()
        assert Path(gone.path) == studio.folder / ".trash" / Path(made.path).name
        assert catalogue.empty_trash(NOON + days(6.9)) == []
        back = catalogue.restore(made.id)
        assert back == made
        assert Path(made.path).is_file()
        catalogue.trash(made.id, now=NOON)
        assert [one.id for one in catalogue.empty_trash(NOON + days(7))] == [made.id]
        assert not list(studio.folder.rglob("*.genko-backup"))
        assert catalogue.entries() == []


def test_bringing_back_never_takes_the_place_of_another_file(studio: Studio) -> None:
    made = studio.back_up().entry
    with studio.catalogue() as catalogue:
        catalogue.trash(made.id)
        Path(made.path).write_bytes(b"somebody's own")
        back = catalogue.restore(made.id)
        assert Path(back.path).name.endswith("-2.genko-backup")
        assert Path(made.path).read_bytes() == b"somebody's own"


# letting go


def test_letting_go_needs_a_new_verified_backup_and_is_undone_by_restoring(studio: Studio) -> None:
    old = aged(studio)
    new = studio.back_up("manual")
    assert {one.id for one in new.pruned} == {one.id for one in sorted(old, key=lambda e: e.made_at)[:5]}
    assert all((studio.folder / ".trash" / Path(one.path).name).is_file() for one in new.pruned)
    with studio.catalogue() as catalogue:
        files = studio.files()
        for one in new.pruned:
            catalogue.restore(one.id)
        assert len(studio.files()) == len(files) + 5, "restoring lets nothing go"


def test_a_backup_before_an_import_lets_nothing_go_and_is_pinned(studio: Studio) -> None:
    aged(studio)
    before = studio.back_up("pre-import")
    assert before.pruned == ()
    assert before.entry.pinned
    assert before.entry.never_expires
    assert len(studio.files()) == 10


@pytest.mark.parametrize("state", [{"verified_at": None}, {"verify_failed": "damaged"}, {"trashed_at": NOON}])
def test_nothing_goes_after_a_backup_that_does_not_count(studio: Studio, state: dict[str, object]) -> None:
    old = aged(studio)
    with studio.catalogue() as catalogue:
        catalogue.mark(old[0].id, **state)
        gone, notes = prune(catalogue, after=old[0])
        assert gone == ()
        assert notes
        assert len(studio.files()) == 9


def test_what_is_pinned_or_named_while_it_is_read_stays(studio: Studio) -> None:
    old = sorted(aged(studio), key=lambda one: one.made_at)
    with studio.catalogue() as catalogue, studio.catalogue() as another:

        def writer(step: Step) -> None:
            if step.what == "reading" and not another.entry(old[0].id).pinned:
                another.pin(old[0].id)
                another.rename(old[1].id, "draft 1 done")

        gone, _ = prune(catalogue, after=old[-1], work=Work(writer))
    assert {one.id for one in gone} == {one.id for one in old[2:4]}
    assert Path(old[0].path).is_file()
    assert Path(old[1].path).is_file()


def test_a_file_that_is_not_as_the_catalogue_has_it_is_not_touched(studio: Studio) -> None:
    old = sorted(aged(studio), key=lambda one: one.made_at)
    changed = Path(old[0].path)
    whole = changed.read_bytes()
    changed.write_bytes(whole[:-1] + bytes([whole[-1] ^ 1]))
    swapped = Path(old[1].path)
    swapped.unlink()
    swapped.symlink_to(changed)
    new = studio.back_up()
    assert {one.id for one in new.pruned} == {one.id for one in old[2:5]}
    assert changed.exists()
    assert swapped.is_symlink()
    assert sum("not as it was written" in note or "not where it was" in note for note in new.notes) == 2
    with studio.catalogue() as catalogue:
        assert catalogue.entry(old[0].id).verify_failed


def test_while_the_clock_has_jumped_nothing_is_let_go(studio: Studio) -> None:
    old = aged(studio)
    with studio.catalogue() as catalogue:
        true = Reading.now()
        catalogue.mark(old[0].id, made_at=true.wall)
        jumped = Reading(true.wall + days(3650), 0, true.steady + 60, true.boot)
        assert prune(catalogue, after=old[0], now=true.wall + days(3650), clock=jumped)[0] == ()
        files = studio.files()
        assert len(files) == 9
    control = studio.back_up()  # the clock of this machine has not been seen to stand still since
    assert control.pruned == ()


KILLED = """
import os, signal, sys
from pathlib import Path
from core.paths import Paths
from core.backup.keeping import Catalogue, What, back_up, wishes_of
from core.backup.keeping import catalogue as module, backing
from core.workspace import Shelf
home, where, count = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])
left = [count]
def die(*_):
    left[0] -= 1
    if left[0] == 0:
        os.kill(os.getpid(), signal.SIGKILL)
def before(name, owner):
    real = getattr(owner, name)
    def killed(*given, **named):
        die()
        return real(*given, **named)
    setattr(owner, name, killed)
if where == "list":
    before("edit", Catalogue)       # between a file's move and the line about it
elif where == "record":
    before("record", Catalogue)     # between the archive's name and the line about it
elif where == "beside":
    before("_beside", Catalogue)    # between the catalogue and the second list
paths = Paths(home / "data", home / "config", home / "logs", home / "state")
back_up(Shelf(paths), wishes_of({}, paths), What("daily"))
print("lived")
"""


SOAK = pytest.mark.soak


@pytest.mark.parametrize(
    ("where", "count"),
    [
        ("list", 3),
        ("record", 1),
        pytest.param("list", 1, marks=SOAK),
        pytest.param("beside", 1, marks=SOAK),
        pytest.param("beside", 3, marks=SOAK),
    ],
)
def test_a_program_killed_between_a_file_and_its_line_leaves_nothing_wrong(
    studio: Studio, tmp_path: Path, where: str, count: int
) -> None:
    old = aged(studio)
    before = hashes(studio.folder)
    died = program(KILLED, str(tmp_path), where, str(count))
    assert died.returncode == -signal.SIGKILL, died.stderr
    with studio.catalogue() as catalogue:
        catalogue.rebuild(studio.folder)
        entries = catalogue.entries()
        assert len(entries) == 10, "the new one is known though nobody wrote it down"
        assert not any(one.missing for one in entries)
        for one in entries:
            assert Path(one.path).is_file()
            assert (one.trashed_at is not None) == (Path(one.path).parent.name == ".trash")
            assert not one.found, "it is one of ours"
        assert {one.id for one in entries} >= {one.id for one in old}
    after = {Path(name).name: value for name, value in hashes(studio.folder).items()}
    for name, value in before.items():
        if name.endswith(".genko-backup"):
            assert after[Path(name).name] == value
    assert not list(studio.folder.rglob("*.part"))
    again = studio.back_up("daily")
    assert len(studio.files()) <= 7
    assert again.entry.is_sound


@pytest.mark.soak
@pytest.mark.timeout(1800)
@pytest.mark.skipif(shutil.which("strace") is None, reason="there is no strace to kill with")
def test_a_kill_at_every_call_that_changes_the_disk(tmp_path: Path) -> None:
    """The whole of a daily backup that lets four others go, killed at each call one after another."""
    old = aged(Studio.make(tmp_path / "first"))
    words = {Path(one.path).name: Path(one.path).read_bytes() for one in old}
    kills: dict[str, int] = {}
    for call in CALLS:
        number = 0
        while killed_at(call, number + 1, shutil.copytree(tmp_path / "first", tmp_path / "now")):
            number += 1
            nothing_is_wrong(Studio.at(tmp_path / "now"), words, f"{call} {number}")
            shutil.rmtree(tmp_path / "now")
        shutil.rmtree(tmp_path / "now")
        kills[call] = number
    assert kills["rename"] >= 5, kills
    assert kills["unlink"] >= 5, kills
    assert sum(kills.values()) > 100, kills


CALLS = ("fsync", "fdatasync", "rename", "link", "unlink", "pwrite64", "mkdir")


def killed_at(call: str, number: int, home: Path) -> bool:
    """Make a daily backup, killed at the so-manyth call of this kind; False where there are not so many."""
    done = subprocess.run(
        ["strace", "-f", "-qq", "-o", "/dev/null", "-e", f"trace={call}",
         "-e", f"inject={call}:signal=KILL:when={number}",
         sys.executable, "-c", KILLED, str(home), "nowhere", "1"],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    return done.stdout != "lived\n"


def nothing_is_wrong(studio: Studio, words: dict[str, bytes], where: str) -> None:
    """At the next start: every older backup, to the byte, where the list says; and the next one is made."""
    sweep(studio.wishes())
    with studio.catalogue() as catalogue:
        catalogue.rebuild(studio.folder)
        entries = catalogue.entries()
    there = {Path(one.path).name: Path(one.path) for one in entries if not one.missing}
    assert set(there) >= set(words), where
    assert {name: there[name].read_bytes() for name in words} == words, where
    for one in entries:
        assert not one.missing, where
        assert (one.trashed_at is not None) == (Path(one.path).parent.name == ".trash"), where
    assert sum(one.trashed_at is None for one in entries) >= 5, where
    assert not list(studio.folder.rglob("*.part")), where
    assert look_after(studio.shelf, studio.wishes()).trouble == "", where


def test_control_the_same_program_lives_when_it_is_not_killed(studio: Studio, tmp_path: Path) -> None:
    aged(studio)
    assert program(KILLED, str(tmp_path), "nowhere", "1").stdout == "lived\n"
    assert len(studio.files()) == 5


# elsewhere


def test_a_streamed_backup_counts_as_elsewhere_once_it_is_confirmed(studio: Studio, tmp_path: Path) -> None:
    assert last_elsewhere(studio.paths) is None
    received = tmp_path / "received.genko-backup"
    with received.open("wb") as stream:
        sent = studio.back_up(folder=stream)
    assert sent.entry.path == ""
    assert not sent.entry.is_sound
    assert last_elsewhere(studio.paths) is None
    sha = hashlib.sha256(received.read_bytes()).hexdigest()
    with studio.catalogue() as catalogue:
        with pytest.raises(BackupError, match="not this backup"):
            catalogue.confirm(sent.entry.id, "0" * 64)
        assert last_elsewhere(studio.paths) is None
        catalogue.confirm(sent.entry.id, f" {sha.upper()}\n", now=NOON)
    assert last_elsewhere(studio.paths) == NOON


def test_a_backup_in_a_folder_of_the_writers_choice_never_expires(studio: Studio, tmp_path: Path) -> None:
    own = tmp_path / "desk"
    own.mkdir()
    made = studio.back_up(folder=own)
    assert made.entry.found
    assert made.entry.never_expires
    assert datetime.now(UTC) - made.entry.made_at < timedelta(minutes=5)
    assert os.listdir(own) == [Path(made.entry.path).name]


def test_a_copy_of_the_whole_folder_has_backups_of_its_own(studio: Studio, tmp_path: Path) -> None:
    made = studio.back_up().entry
    copied = Studio.at(shutil.copytree(tmp_path, tmp_path.with_name(f"{tmp_path.name} copy")))
    with copied.catalogue() as catalogue:
        (own,) = catalogue.entries()
        assert Path(own.path) == copied.folder / Path(made.path).name
        catalogue.trash(own.id)
    assert Path(made.path).is_file()
    with studio.catalogue() as catalogue:
        assert catalogue.entries() == [made]


def test_two_who_find_the_list_damaged_set_it_aside_once(
    studio: Studio, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = studio.paths.data
    data.mkdir(parents=True, exist_ok=True)
    studio.paths.backups_file.write_bytes(b"no list " * 1000)
    connected, known = Register._connected, entry(1, NOON)

    def while_a_quicker_one_mends(self: Register) -> sqlite3.Connection:
        try:
            return connected(self)
        except sqlite3.DatabaseError:
            monkeypatch.setattr(Register, "_connected", connected)
            with Register(studio.paths) as quick:
                assert quick.fresh
                quick.put(known)
            raise

    monkeypatch.setattr(Register, "_connected", while_a_quicker_one_mends)
    with Register(studio.paths) as slow:
        assert [one.id for one in slow.entries()] == [known.id], "the new list was taken for the damaged one"
    assert len(list(data.glob("backups.sqlite.damaged-*"))) == 1
