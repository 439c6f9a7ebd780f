"""Ways to lose a terminal, and the exit status of each."""

from __future__ import annotations

from enum import Enum


class Loss(Enum):
    """Why the app must end although nobody asked it to; the value is the exit status."""

    HANGUP = 129  # SIGHUP, end of input, or an input/output error: the connection is closed
    INTERRUPTED = 130
    TERMINATED = 143
    INPUT_FAILED = 1  # a mistake of ours in reading; the screen still works

    @property
    def exit_status(self) -> int:
        """As shells count: 128 and the signal."""
        return self.value
