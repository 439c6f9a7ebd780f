"""What has no place yet is kept whole, privately, once, under names of our own; half of it is never there."""

from __future__ import annotations

import hashlib
import os
import stat
from datetime import UTC, datetime
from pathlib import Path

import pytest

from core.atomic import sync_folder
from core.backup.work import Step, StoppedError, Work
from core.errors import GenkoError
from core.legacy import kept as keeping
from core.legacy.hublib import READER
from core.legacy.keeping import keep_source
from core.legacy.kept import Item, Kept, keep, kept_packages, remove, sweep, verify
from tests.legacy import hub_lib
from tests.legacy.test_hublib import placed

AT = datetime(2026, 11, 21, tzinfo=UTC)
ITEMS = (
    Item("../../evil", b"one"),
    Item("/etc/passwd", b"two"),
    Item("same as the first", b"one"),
    Item("line\nbreak \x1b[31m", b""),
)


def kept(root: Path, *items: Item, work: Work | None = None) -> Kept:
    return keep(items or ITEMS, "magikswipe", "old", root, work=work or Work(), at=AT)


def everything(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_files_come_back_by_their_names_and_none_lies_elsewhere(tmp_path: Path) -> None:
    root = tmp_path / "data" / "kept"
    package = kept(root)
    assert [file.name for file in package.listing.files] == [item.name for item in ITEMS]
    assert [package.path_of(file).read_bytes() for file in package.listing.files] == [i.source for i in ITEMS]
    assert package.size == 6
    names = {hashlib.sha256(data).hexdigest() for data in (b"one", b"two", b"")}
    assert set(os.listdir(package.folder / "files")) == names
    assert os.listdir(tmp_path) == ["data"]
    assert os.listdir(root) == [package.folder.name]
    verify(package, work=Work())


def test_two_programs_that_keep_the_same_at_once_put_nothing_aside(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    quicker: list[Kept] = []

    def meanwhile(folder: Path) -> None:
        monkeypatch.setattr(keeping, "sync_folder", sync_folder)
        quicker.append(kept(tmp_path))

    monkeypatch.setattr(keeping, "sync_folder", meanwhile)
    slower = kept(tmp_path)
    assert (quicker[0].is_new, slower.is_new) == (True, False)
    assert os.listdir(tmp_path) == [slower.folder.name]
    verify(slower, work=Work())


def test_others_of_the_machine_may_not_read_it(tmp_path: Path) -> None:
    package = kept(tmp_path / "kept")
    for path in (tmp_path / "kept").rglob("*"):
        assert stat.S_IMODE(path.stat().st_mode) & 0o077 == 0, path
    assert stat.S_IMODE(package.folder.parent.stat().st_mode) == 0o700


def test_the_same_is_kept_once(tmp_path: Path) -> None:
    first = kept(tmp_path)
    before = everything(tmp_path)
    second = kept(tmp_path, *reversed(ITEMS))
    assert (first.is_new, second.is_new) == (True, False)
    assert first.folder == second.folder
    assert everything(tmp_path) == before
    assert kept(tmp_path, Item("other", b"one")).folder != first.folder
    assert len(kept_packages(tmp_path)) == 2


def test_stopped_anywhere_nothing_is_there(tmp_path: Path) -> None:
    steps = 0

    def count(step: Step) -> None:
        nonlocal steps
        steps += 1

    kept(tmp_path / "control", work=Work(count))
    assert steps >= 3
    for at in range(steps):
        work = Work()
        left = at

        def stop(step: Step, work: Work = work) -> None:
            nonlocal left
            if left == 0:
                work.stop.set()
            left -= 1

        work.tell = stop
        if at + 1 < steps:  # the last one is told after the last byte
            with pytest.raises(StoppedError):
                kept(tmp_path / "kept", work=work)
            assert os.listdir(tmp_path / "kept") == []


def test_what_a_killed_program_left_is_swept_and_never_taken_for_whole(tmp_path: Path) -> None:
    package = kept(tmp_path)
    (tmp_path / ".abc.part").mkdir()
    (tmp_path / ".abc.part" / "kept.json").write_bytes((package.folder / "kept.json").read_bytes())
    half = tmp_path / "magikswipe-0123456789abcdef"
    (half / "files").mkdir(parents=True)
    assert [found.folder for found in kept_packages(tmp_path)] == [package.folder]
    sweep(tmp_path)
    assert sorted(os.listdir(tmp_path)) == sorted([package.folder.name, half.name])


def test_a_damaged_package_is_noticed_and_made_anew(tmp_path: Path) -> None:
    package = kept(tmp_path)
    victim = package.path_of(package.listing.files[0])
    victim.write_bytes(b"0ne")
    with pytest.raises(GenkoError, match="damaged"):
        verify(package, work=Work())
    victim.write_bytes(b"on")
    assert kept_packages(tmp_path) == []
    again = kept(tmp_path)
    assert again.is_new
    verify(again, work=Work())
    (package.folder / "kept.json").write_bytes(b"{")
    assert kept_packages(tmp_path) == []


def test_links_pipes_and_folders_are_not_followed(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_bytes(b"secret")
    (tmp_path / "link").symlink_to(secret)
    os.mkfifo(tmp_path / "pipe")
    for name in ("link", "pipe", ".", "none"):
        with pytest.raises(GenkoError):
            kept(tmp_path / "kept", Item("x", tmp_path / name))
    assert os.listdir(tmp_path / "kept") == []
    assert kept(tmp_path / "kept", Item("x", secret)).size == 6


def test_a_removed_package_is_gone(tmp_path: Path) -> None:
    remove(kept(tmp_path))
    assert os.listdir(tmp_path) == []


def test_an_export_is_kept_without_its_passwords(tmp_path: Path) -> None:
    source = placed(tmp_path, hub_lib.export())
    package = keep_source(READER, source, tmp_path / "kept", work=Work(), at=AT)
    assert [file.name for file in package.listing.files] == ["hub-lib-export.json"]
    for secret in hub_lib.SECRETS:
        assert secret.encode() in source.read_bytes()
        assert all(secret.encode() not in data for data in everything(tmp_path / "kept").values())
