"""A folder on a disk that other machines share is recognised, whatever its mount point looks like."""

from __future__ import annotations

from pathlib import Path

import pytest

from core.filesystem import FilesystemKind, kind_of
from core.machine import boot_id, host_id

MOUNTS = """\
27 1 254:0 / / rw,relatime - ext4 /dev/vda rw
28 27 0:40 / {home} rw,relatime shared:1 - nfs4 server:/home rw,vers=4.2
29 28 0:41 / {home}/local\\040disk rw,relatime - ext4 /dev/vdb rw
30 28 0:42 / {home}/ssh rw - fuse.sshfs alice@far: rw
31 28 0:43 / {home}/host rw - 9p host rw
broken line
"""


@pytest.mark.parametrize(
    ("inside", "kind"),
    [
        ("", FilesystemKind("nfs4", network=True)),
        ("a folder/not there yet", FilesystemKind("nfs4", network=True)),
        ("local disk/data", FilesystemKind("ext4", network=False)),
        ("ssh/x", FilesystemKind("fuse.sshfs", network=True)),
        ("sshx", FilesystemKind("nfs4", network=True)),
        ("host", FilesystemKind("9p", network=True)),
    ],
)
def test_the_deepest_mount_decides(tmp_path: Path, inside: str, kind: FilesystemKind) -> None:
    home = tmp_path.resolve()
    for name in ("local disk", "ssh", "sshx", "host"):
        (home / name).mkdir()
    assert kind_of(home / inside, mounts=MOUNTS.format(home=home)) == kind


def test_outside_of_the_mounts_it_is_the_root(tmp_path: Path) -> None:
    mounts = MOUNTS.format(home=tmp_path / "elsewhere")
    assert kind_of(tmp_path, mounts=mounts) == FilesystemKind("ext4", network=False)


def test_a_later_mount_hides_the_earlier_one(tmp_path: Path) -> None:
    mounts = f"1 1 0:1 / {tmp_path} rw - ext4 a rw\n2 1 0:2 / {tmp_path} rw - cifs b rw\n"
    assert kind_of(tmp_path, mounts=mounts).network


def test_a_sandbox_whose_root_is_shared_with_its_host_counts_as_local(tmp_path: Path) -> None:
    assert not kind_of(tmp_path, mounts="1 1 0:1 / / rw - 9p root rw\n").network


@pytest.mark.parametrize(
    ("name", "network"),
    [("fuse.mergerfs", False), ("fuseblk", False), ("fuse.rclone", True), ("fuse.unheard-of", True)],
)
def test_of_fuse_only_known_local_ones_are_trusted(tmp_path: Path, name: str, network: bool) -> None:
    assert kind_of(tmp_path, mounts=f"1 1 0:1 / {tmp_path} rw - {name} a rw\n").network is network


def test_a_symbolic_link_is_followed(tmp_path: Path) -> None:
    home = tmp_path.resolve()
    (home / "far").mkdir()
    (home / "near").symlink_to(home / "far")
    mounts = f"1 1 0:1 / / rw - ext4 a rw\n2 1 0:2 / {home}/far rw - nfs b rw\n"
    assert kind_of(home / "near" / "x", mounts=mounts).network


def test_nothing_known_counts_as_local(tmp_path: Path) -> None:
    assert kind_of(tmp_path, mounts="") == FilesystemKind("", network=False)


def test_this_machine_has_names_that_stay() -> None:
    assert host_id() == host_id()
    assert len(host_id()) == 32
    assert boot_id()
