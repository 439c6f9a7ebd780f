"""Tells on what kind of file system a folder lies, because locks and WAL are unsafe on shared ones."""

from __future__ import annotations

import os
import re
import struct
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

# Names as the kernel prints them.
_NETWORK = frozenset(
    """
    nfs nfs3 nfs4 cifs smb smb2 smb3 smbfs ncp ncpfs afs afpfs auristorfs openafs kafs coda ceph glusterfs
    lustre gpfs beegfs orangefs panfs pvfs2 gfs gfs2 ocfs2 davfs davfs2 webdav vboxsf vmhgfs prl_fs acfs
    macfuse
    """.split()  # noqa: SIM905
)
# Behind FUSE there may be anything. These are known to be on the machine's own disk.
_LOCAL_FUSE = frozenset(
    """
    apfs bindfs cryfs encfs exfat ext2 fuse-overlayfs gocryptfs lxcfs mergerfs ntfs-3g securefs unionfs zfs
    """.split()  # noqa: SIM905
)
# Shared between a virtual machine and its host. As the root of a sandbox it is the machine's own disk.
_HOST_SHARED = frozenset({"9p", "virtiofs", "osxfs", "drvfs", "v9fs"})
# <sys/mount.h> of macOS: struct statfs has its flags at byte 64 and its name at 72.
_STATFS_SIZE = 2168
_MNT_LOCAL = 0x1000
_OCTAL = re.compile(r"\\([0-7]{3})")


@dataclass(frozen=True, slots=True)
class FilesystemKind:
    """A file system's name as the kernel says it ("" if unknown), and whether other machines share it."""

    name: str
    network: bool


def kind_of(path: Path, *, mounts: str | None = None) -> FilesystemKind:
    """Say on what file system `path` (or the nearest folder of it that exists) lies.

    `mounts` is text in the form of /proc/self/mountinfo, for tests. What can't be found out counts
    as local: that is by far the most common, and a wrong refusal would lock a writer out.
    """
    place = _nearest_existing(path)
    if mounts is None and sys.platform == "darwin":
        return _ask_macos(place)
    if mounts is None:
        try:
            mounts = Path("/proc/self/mountinfo").read_text(encoding="utf-8", errors="surrogateescape")
        except OSError:
            return FilesystemKind("", network=False)
    return _from_mounts(place, mounts)


def _nearest_existing(path: Path) -> str:
    place = os.path.realpath(path)
    while not os.path.exists(place) and place != "/":
        place = os.path.dirname(place)
    return place


def _from_mounts(place: str, mounts: str) -> FilesystemKind:
    best, found = -1, FilesystemKind("", network=False)
    for point, name in _mount_points(mounts):
        inside = point == "/" or place == point or place.startswith(point + "/")
        # A later mount at the same point hides the earlier one.
        if inside and len(point) >= best:
            best, found = len(point), FilesystemKind(name, _is_network(name, point))
    return found


def _mount_points(mounts: str) -> Iterator[tuple[str, str]]:
    for line in mounts.splitlines():
        before, dash, after = line.partition(" - ")
        fields = before.split(" ")
        if dash and len(fields) > 4 and after:
            # Only some ASCII characters are escaped, so each escape is a character.
            point = _OCTAL.sub(lambda match: chr(int(match[1], 8)), fields[4])
            yield point, after.split(" ", 1)[0]


def _is_network(name: str, point: str) -> bool:
    name = name.lower()
    if name.startswith("fuse."):
        return name.removeprefix("fuse.") not in _LOCAL_FUSE
    return name in _NETWORK or (name in _HOST_SHARED and point != "/")


def _ask_macos(place: str) -> FilesystemKind:
    import ctypes

    library = ctypes.CDLL(None)
    # Intel Macs keep a 32-bit statfs under the plain name.
    statfs = getattr(library, "statfs$INODE64", None) or library.statfs
    answer = ctypes.create_string_buffer(_STATFS_SIZE)
    if statfs(os.fsencode(place), answer) != 0:
        return FilesystemKind("", network=False)
    (flags,) = struct.unpack_from("=I", answer.raw, 64)
    name = answer.raw[72:88].split(b"\0", 1)[0].decode("ascii", "replace")
    return FilesystemKind(name, network=_is_network(name, place) or not flags & _MNT_LOCAL)
