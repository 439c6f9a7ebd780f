"""A disk that refuses, and places that are none: a sentence, and what was there stays."""

from __future__ import annotations

import os
import random
import shutil
import stat
import subprocess
import sys
import threading
from collections.abc import Iterator
from hashlib import sha256
from io import BytesIO
from pathlib import Path

import pytest

from core.backup.archive import ArchiveError, NoRoom, open_archive, sweep, write_archive
from core.backup.archive.parts import is_part, part_file, publish
from core.backup.work import Step, StoppedError, Work
from tests.backup.archive.child import NOISE
from tests.backup.archive.samples import FACTS, write_sample
from tests.backup.archive.test_locked import CHEAP

ROOT = Path(__file__).parents[3]


@pytest.fixture
def small(tmp_path: Path) -> Iterator[Path]:
    """A file system of less than the backup needs."""
    folder = tmp_path / "small"
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=400k", "genko-test", str(folder)]
    if not shutil.which("mount") or subprocess.run(mount, check=False, capture_output=True).returncode:
        pytest.skip("mounting a small file system needs root")
    yield folder
    subprocess.run(["umount", "-l", str(folder)], check=True)


def child(mode: str, target: Path, *prefix: str) -> subprocess.CompletedProcess[str]:
    program = [sys.executable, "-m", "tests.backup.archive.child", mode, str(target)]
    return subprocess.run([*prefix, *program], cwd=ROOT, capture_output=True, text=True, check=False)


def test_a_full_disk_keeps_older_backups_and_leaves_nothing(small: Path) -> None:
    older = write_sample(small / "a.genko-backup")
    with pytest.raises(NoRoom, match="no room left"):
        write_sample(small / "b.genko-backup", noise=NOISE)
    assert os.listdir(small) == ["a.genko-backup"]
    assert sha256((small / "a.genko-backup").read_bytes()).hexdigest() == older.sha256


def test_a_disk_that_is_too_small_is_known_before_and_how_much_lacks_is_said(small: Path) -> None:
    with pytest.raises(NoRoom, match="about 2 MB more are needed") as caught:
        write_sample(small / "b.genko-backup", noise=NOISE, expected=2_000_000)
    assert 1_500_000 < caught.value.missing < 2_000_000
    assert os.listdir(small) == []


def test_a_size_limit_is_a_full_disk(tmp_path: Path) -> None:
    done = child("limited", tmp_path / "x.genko-backup")
    assert done.returncode == 1
    assert done.stdout.startswith("NoRoom ")
    assert os.listdir(tmp_path) == []


@pytest.mark.skipif(shutil.which("strace") is None, reason="needs strace")
@pytest.mark.parametrize(
    ("call", "when", "code"),
    [
        ("fsync", 1, "EIO"),
        ("fsync", 1, "ENOSPC"),
        ("fsync", 2, "EIO"),
        ("fsync", 2, "EINVAL"),
        ("pread64", 20, "EIO"),
        ("pread64", 40, "EIO"),
        ("unlink", 1, "EACCES"),
        ("link", 1, "EIO"),
        ("link", 1, "ENOSPC"),
        ("flock", 1, "EINTR"),
    ],
)
def test_a_call_that_fails_is_no_backup(tmp_path: Path, call: str, when: int, code: str) -> None:
    inject = ["strace", "-f", "-qq", "-o", "/dev/null", "-e", f"inject={call}:error={code}:when={when}"]
    done = child("told", tmp_path / "x.genko-backup", *inject)
    if (call, code) in [("flock", "EINTR"), ("fsync", "EINVAL"), ("unlink", "EACCES")]:
        assert done.returncode == 0  # not all lock, or sync folders; two names of one file are no harm
        return
    assert done.returncode == 1
    assert ("NoRoom" if code == "ENOSPC" else "ArchiveError") in done.stdout
    assert not [name for name in os.listdir(tmp_path) if is_part(name)]
    assert os.listdir(tmp_path) == (["x.genko-backup"] if (call, when) == ("fsync", 2) else [])


@pytest.mark.skipif(shutil.which("strace") is None, reason="needs strace")
@pytest.mark.parametrize("locked", [False, True])
def test_a_stick_that_is_pulled_while_it_is_read_is_told(
    tmp_path: Path, locked: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "x"
    write_sample(target, noise=NOISE, passphrase=CHEAP.lock if locked else None)
    monkeypatch.setenv("GENKO_TEST_KEY", CHEAP.secret)
    for when in (1, 2, 4):
        inject = [
            "strace",
            "-f",
            "-qq",
            "-o",
            "/dev/null",
            "-P",
            str(target),
            "-e",
            f"inject=pread64:error=EIO:when={when}",
        ]
        done = child("opened", target, *inject)
        assert done.returncode == 1
        assert "ArchiveError: The file can't be read: Input/output error." in done.stderr


@pytest.mark.skipif(shutil.which("strace") is None, reason="needs strace")
def test_a_file_system_without_links_gets_it_by_a_rename_that_replaces_nothing(tmp_path: Path) -> None:
    older = tmp_path / "x.genko-backup"
    older.write_bytes(b"older")
    inject = ["strace", "-f", "-qq", "-o", str(tmp_path / "log"), "-e", "inject=link:error=EPERM"]
    assert child("told", older, *inject).returncode == 0
    assert older.read_bytes() == b"older"
    with open_archive(tmp_path / "x-2.genko-backup", work=Work()) as archive:
        archive.verify()
    assert "RENAME_NOREPLACE" in (tmp_path / "log").read_text()
    assert sorted(os.listdir(tmp_path)) == ["log", "x-2.genko-backup", "x.genko-backup"]


@pytest.mark.skipif(shutil.which("strace") is None, reason="needs strace")
def test_where_nothing_better_is_known_a_rename_looks_first(tmp_path: Path) -> None:
    older = tmp_path / "x.genko-backup"
    older.write_bytes(b"older")
    refused = ("-e", "inject=link:error=EOPNOTSUPP", "-e", "inject=renameat2:error=EINVAL")
    assert child("told", older, "strace", "-f", "-qq", "-o", "/dev/null", *refused).returncode == 0
    assert older.read_bytes() == b"older"
    assert sorted(os.listdir(tmp_path)) == ["x-2.genko-backup", "x.genko-backup"]


def test_an_unfinished_file_of_any_name_is_known_for_what_it_is(tmp_path: Path) -> None:
    for name in ("x.genko-backup", "x.genko-backup.age", "copy.zip", "no suffix", "漢" * 80):
        with part_file(tmp_path / name) as part:
            assert is_part(part.path.name)


@pytest.mark.parametrize("kind", ["link", "dangling", "pipe", "folder", "device"])
def test_what_is_no_place_for_a_file_is_refused_untouched(tmp_path: Path, kind: str) -> None:
    target, other = tmp_path / "x.genko-backup", tmp_path / "other"
    other.write_bytes(b"precious")
    if kind == "link":
        target.symlink_to(other)
    elif kind == "dangling":
        target.symlink_to(tmp_path / "nowhere")
    elif kind == "pipe":
        os.mkfifo(target)
    elif kind == "folder":
        target.mkdir()
    else:
        try:
            os.mknod(target, stat.S_IFCHR | 0o600, os.makedev(1, 3))
        except PermissionError:
            pytest.skip("making a device needs root")
    before = os.lstat(target)
    with pytest.raises(ArchiveError, match="not written there"):
        write_sample(target)
    assert os.path.samestat(before, os.lstat(target))
    assert other.read_bytes() == b"precious"
    assert sorted(os.listdir(tmp_path)) == ["other", "x.genko-backup"]


def test_a_name_that_is_taken_is_never_replaced(tmp_path: Path) -> None:
    target, other = tmp_path / "my.draft.genko-backup", tmp_path / "other"
    other.write_bytes(b"older")
    os.link(other, target)  # another name of it must not change either
    names = [written.path.name for written in (write_sample(target) for _ in range(2)) if written.path]
    assert names == ["my.draft-2.genko-backup", "my.draft-3.genko-backup"]
    assert target.read_bytes() == other.read_bytes() == b"older"


def test_a_name_that_is_taken_meanwhile_is_not_replaced(tmp_path: Path) -> None:
    target = tmp_path / "x.genko-backup"
    with write_archive(target, work=Work()) as writer:
        with writer.lines("projects"):
            pass
        target.write_bytes(b"somebody else's")
        written = writer.finish(FACTS)
    assert target.read_bytes() == b"somebody else's"
    assert written.path == tmp_path / "x-2.genko-backup"


def test_a_folder_that_is_not_there_or_not_ours(tmp_path: Path) -> None:
    with pytest.raises(ArchiveError, match="is not there"):
        write_sample(tmp_path / "nowhere" / "x.genko-backup")
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(ArchiveError, match="can't be written"):
        write_sample(tmp_path / "file" / "x.genko-backup")
    with pytest.raises(ArchiveError, match="can't be written"):
        write_sample(Path("/proc/x.genko-backup"))
    with pytest.raises(ArchiveError, match="can't be written"):
        write_sample(tmp_path / ("x" * 300 + ".genko-backup"))
    assert os.listdir(tmp_path) == ["file"]


def test_a_long_name_is_no_trouble(tmp_path: Path) -> None:
    name = "漢" * 75 + "--x.genko-backup"
    assert write_sample(tmp_path / name).path == tmp_path / name


def test_leaving_without_an_end_leaves_nothing(tmp_path: Path) -> None:
    def give_up() -> None:
        with write_archive(tmp_path / "x.genko-backup", work=Work()) as writer:
            with writer.lines("projects"):
                pass
            raise KeyError

    with pytest.raises(KeyError):
        give_up()
    with write_archive(tmp_path / "x.genko-backup", work=Work()):
        assert len(os.listdir(tmp_path)) == 1
    assert os.listdir(tmp_path) == []


@pytest.mark.parametrize("what", ["writing the backup", "reading back"])
def test_stopping_it_anywhere_leaves_nothing(tmp_path: Path, what: str) -> None:
    work = Work()

    def stop(step: Step) -> None:
        if step.what == what and step.done > 300_000:
            work.stop.set()

    work.tell = stop
    with pytest.raises(StoppedError):
        write_sample(tmp_path / "x.genko-backup", noise=NOISE, work=work)
    assert os.listdir(tmp_path) == []


def test_a_picture_that_is_damaged_here_stops_it(tmp_path: Path) -> None:
    with (
        pytest.raises(ArchiveError, match="damaged"),
        write_archive(tmp_path / "x.genko-backup", work=Work()) as writer,
    ):
        writer.media("0" * 64, BytesIO(b"other"), 5)
    assert os.listdir(tmp_path) == []


def test_only_what_nobody_writes_any_more_is_swept(tmp_path: Path) -> None:
    target = tmp_path / "x.genko-backup"
    left = tmp_path / ".y.genko-backup.0a1b2c3d.part"
    theirs = [tmp_path / name for name in (".z.part", "y.genko-backup.part", ".genko-backup", "notes.part")]
    for path in (left, *theirs):
        path.write_bytes(b"x")
    (tmp_path / ".link.genko-backup.part").symlink_to(theirs[0])
    (tmp_path / ".folder.genko-backup.part").mkdir()
    with part_file(target) as part:
        assert sweep(tmp_path) == [left]
        assert part.path.exists()
        os.write(part.descriptor, b"x")
        publish(part, target)
        assert sweep(tmp_path) == []
    assert target.exists()
    assert all(path.exists() for path in theirs)


def test_two_at_once_both_end_with_a_name_of_their_own(tmp_path: Path) -> None:
    target = tmp_path / "x.genko-backup"
    made: list[Path | None] = []
    threads = [threading.Thread(target=lambda: made.append(write_sample(target).path)) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len({*made}) == 4
    for path in made:
        assert path is not None
        with open_archive(path, work=Work()) as archive:
            archive.verify()
    assert sorted(os.listdir(tmp_path)) == sorted(path.name for path in made if path)


def test_a_reader_that_goes_away_is_told_plainly() -> None:
    source, pipe = os.pipe()
    os.close(source)
    with pytest.raises(ArchiveError, match="has gone"), open(pipe, "wb", buffering=0) as stream:
        write_sample(stream, noise=NOISE)


def test_a_real_pipe_gets_all_of_it(tmp_path: Path) -> None:
    source, pipe = os.pipe()
    got: list[bytes] = []

    def take() -> None:
        with open(source, "rb") as stream:
            got.append(stream.read())

    thread = threading.Thread(target=take)
    thread.start()
    with open(pipe, "wb", buffering=0) as stream:
        written = write_sample(stream, noise=random.Random(1).randbytes(400_000))
    thread.join()
    copy = tmp_path / "copy"
    copy.write_bytes(got[0])
    with open_archive(copy, work=Work()) as archive:
        archive.verify()
        assert (archive.sha256, archive.size) == (written.sha256, written.size)


def test_a_file_that_changes_while_it_is_read_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "x"
    write_sample(path, noise=NOISE)
    with open_archive(path, work=Work()) as archive:
        archive.verify()
        with path.open("r+b") as stream:
            stream.seek(3000)
            stream.write(b"\xff")
        with pytest.raises(ArchiveError):
            archive.verify()
        with pytest.raises(ArchiveError, match="changed"):
            archive.refuse_changed()
    path.unlink()
    write_sample(path, noise=NOISE)
    with open_archive(path, work=Work()) as archive:
        os.truncate(path, 9000)
        with pytest.raises(ArchiveError):
            archive.verify()
