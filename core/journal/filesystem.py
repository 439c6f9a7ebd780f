"""Tells network file systems, on which SQLite's shared memory and locks can't be trusted."""

from __future__ import annotations

import ctypes
import ctypes.util
import os
import sys
from pathlib import Path

_NETWORK_NAMES = """
9p acfs afpfs afs auristorfs beegfs ceph cifs coda davfs davfs2 drvfs gfs gfs2 glusterfs gpfs kafs lustre
macfuse ncp ncpfs nfs nfs3 nfs4 ocfs2 openafs orangefs panfs prl_fs pvfs2 smb smb2 smb3 smbfs v9fs vboxsf
virtiofs vmhgfs webdav
"""
NETWORK = frozenset(_NETWORK_NAMES.split())
# A FUSE file system may be anything; these are known to be on the machine's own disk.
_LOCAL_FUSE_NAMES = """
apfs bindfs cryfs encfs exfat ext2 fuse-overlayfs gocryptfs lxcfs mergerfs ntfs-3g securefs unionfs zfs
"""
LOCAL_FUSE = frozenset(f"fuse.{name}" for name in _LOCAL_FUSE_NAMES.split())
_MNT_LOCAL = 0x1000


def is_network(kind: str) -> bool:
    """Whether a file system type (as the mount table names it) is on another machine."""
    kind = kind.lower()
    return kind in NETWORK or (kind.startswith("fuse.") and kind not in LOCAL_FUSE)


def network_file_system(folder: Path) -> str | None:
    """The network file system's name, or None if `folder` (or what exists of it) is on a local disk."""
    folder = folder.absolute()
    while not folder.exists() and folder != folder.parent:
        folder = folder.parent
    if sys.platform == "darwin":
        return _ask_statfs(folder)
    try:
        table = Path("/proc/self/mountinfo").read_text("utf-8", "surrogateescape")
    except OSError:
        return None
    kind = mount_kind(table, Path(os.path.realpath(folder)))
    return kind if is_network(kind) else None


def mount_kind(table: str, folder: Path) -> str:
    """The type of the mount that holds `folder`, from the text of /proc/self/mountinfo."""
    best, kind = -1, ""
    for line in table.splitlines():
        fields, _, tail = line.partition(" - ")
        columns = fields.split()
        if len(columns) < 5 or not tail:
            continue
        point = Path(_unescape(columns[4]))
        depth = len(point.parts)
        # A later mount on the same point hides the earlier one.
        if depth >= best and (folder == point or point in folder.parents):
            best, kind = depth, tail.split()[0]
    return kind


def _unescape(field: str) -> str:
    for code, character in (("\\040", " "), ("\\011", "\t"), ("\\012", "\n"), ("\\134", "\\")):
        field = field.replace(code, character)
    return field


def _ask_statfs(folder: Path) -> str | None:
    """macOS: f_flags tells local from remote; offsets are those of the 64-bit `struct statfs`."""
    library = ctypes.CDLL(ctypes.util.find_library("c"), use_errno=True)
    call = getattr(library, "statfs$INODE64", None) or library.statfs
    answer = ctypes.create_string_buffer(4096)
    if call(os.fsencode(folder), answer) != 0:
        return None
    flags = int.from_bytes(answer.raw[64:68], sys.byteorder)
    kind = answer.raw[72:88].split(b"\0")[0].decode("ascii", "replace")
    return kind if not flags & _MNT_LOCAL or is_network(kind) else None
