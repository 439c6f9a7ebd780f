"""Who a process is, told so that another machine that sees the same folder can't mistake it."""

from __future__ import annotations

import hashlib
import os
import platform
import re
from dataclasses import dataclass

from core.machine import kernel_boot_id, pid_namespace


def _host() -> str:
    return re.sub(r"[^A-Za-z0-9-]", "-", platform.node())[:40] or "host"


def _short(name: str) -> str:
    """Eight hex digits, fit for a file's name."""
    return hashlib.sha256(name.encode()).hexdigest()[:8]


@dataclass(frozen=True, slots=True)
class Owner:
    """A process on some machine, as it stands in a file's name."""

    host: str
    boot: str
    space: str
    process: int

    @classmethod
    def me(cls) -> Owner:
        return cls(_host(), _short(kernel_boot_id()), _short(pid_namespace()), os.getpid())

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
