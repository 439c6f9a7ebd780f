"""Who this process is, told so that another machine that sees the same folder can't mistake it."""

from __future__ import annotations

import os
import platform
import re
import subprocess
import sys
from dataclasses import dataclass
from functools import cache
from pathlib import Path


@cache
def boot_id() -> str:
    """Eight hex digits that change with each start of the machine."""
    if sys.platform == "darwin":
        asked = subprocess.run(
            ["/usr/sbin/sysctl", "-n", "kern.bootsessionuuid"], capture_output=True, text=True, check=False
        )
        text = asked.stdout
    else:
        try:
            text = Path("/proc/sys/kernel/random/boot_id").read_text("ascii")
        except OSError:
            text = ""
    return re.sub(r"[^0-9a-f]", "", text.lower())[:8] or "0" * 8


@cache
def _process_space() -> str:
    """Containers of one machine number their processes apart."""
    try:
        return re.sub(r"\D", "", os.readlink("/proc/self/ns/pid")) or "0"
    except OSError:
        return "0"


def _host() -> str:
    return re.sub(r"[^A-Za-z0-9-]", "-", platform.node())[:40] or "host"


@dataclass(frozen=True, slots=True)
class Owner:
    """A process on some machine, as it stands in a file's name."""

    host: str
    boot: str
    space: str
    process: int

    @classmethod
    def me(cls) -> Owner:
        return cls(_host(), boot_id(), _process_space(), os.getpid())

    @classmethod
    def parse(cls, text: str) -> Owner | None:
        """Read back what `str` made; None if it is something else."""
        fields = text.split("_")
        if len(fields) != 4 or not fields[3].isdigit():
            return None
        return cls(fields[0], fields[1], fields[2], int(fields[3]))

    def __str__(self) -> str:
        return f"{self.host}_{self.boot}_{self.space}_{self.process}"

    def is_gone(self) -> bool:
        """Whether it surely runs no more. Of other machines and containers that can't be known."""
        me = Owner.me()
        if self.host != me.host:
            return False
        if self.boot != me.boot:
            return True
        if self.space != me.space:
            return False
        try:
            os.kill(self.process, 0)
        except ProcessLookupError:
            return True
        except PermissionError:
            return False
        return False
