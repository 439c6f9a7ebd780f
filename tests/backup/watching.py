"""The process for backups, seen from outside: halted, ended, found to be gone."""

from __future__ import annotations

import signal
import subprocess
from typing import Any


class Watched(subprocess.Popen[bytes]):
    """The process itself; it goes on as soon as it is told to end, if it was halted."""

    last: Watched
    obeys = True
    halts = False
    """Whether it is halted as soon as it is there."""

    def __init__(self, *args: Any, **named: Any) -> None:
        super().__init__(*args, **named)
        Watched.last = self
        if self.halts:
            self.send_signal(signal.SIGSTOP)

    def terminate(self) -> None:
        """As the original."""
        super().terminate()
        if self.obeys:
            self.send_signal(signal.SIGCONT)
