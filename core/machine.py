"""Names this machine and this boot of it, so that a lock or pid left behind by another is not believed."""

from __future__ import annotations

import hashlib
import os
import platform
import subprocess
import sys
import uuid
from functools import cache
from pathlib import Path

_LINUX_IDS = ("/etc/machine-id", "/var/lib/dbus/machine-id")


@cache
def host_id() -> str:
    """A stable name of this machine, 32 hex digits: a hash, since systemd asks to keep its id private."""
    return hashlib.sha256(b"genko-host\0" + _machine().encode()).hexdigest()[:32]


@cache
def boot_id() -> str:
    """A name that changes with every start of the machine (and with the pid namespace, i.e. container)."""
    # Two containers on one kernel share its boot id but count their pids separately.
    space = pid_namespace()
    return f"{kernel_boot_id()}/{space}" if space else kernel_boot_id()


@cache
def kernel_boot_id() -> str:
    """A name that changes with every start of the machine, the same in all its containers."""
    if sys.platform == "darwin":
        return _run("/usr/sbin/sysctl", "-n", "kern.bootsessionuuid")
    return _read("/proc/sys/kernel/random/boot_id")


@cache
def pid_namespace() -> str:
    """The space in which this process's pid counts; empty where there is only one."""
    try:
        return os.readlink("/proc/self/ns/pid")
    except OSError:
        return ""


def _machine() -> str:
    if sys.platform == "darwin":
        found = _run("/usr/sbin/sysctl", "-n", "kern.uuid")
    else:
        found = next(filter(None, map(_read, _LINUX_IDS)), "")
    # Images of containers often have no id, or all the same one; their host name differs.
    return f"{found}/{platform.node()}" if found else f"{uuid.getnode():x}/{platform.node()}"


def _read(path: str) -> str:
    try:
        return Path(path).read_text(encoding="utf-8", errors="replace").strip()
    except OSError:
        return ""


def _run(*command: str) -> str:
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=5, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return done.stdout.strip()
