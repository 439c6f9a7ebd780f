"""The terminal's line: its file descriptors, size and settings."""

from __future__ import annotations

import contextlib
import os
import sys
import termios
from typing import Any, TextIO

_INPUT, _LOCAL, _CHARACTERS = 0, 3, 6  # places in what tcgetattr() gives
_SMALLEST = (80, 24)  # columns and rows, where the line does not know


def _fileno(stream: TextIO | None, default: int) -> int:
    return stream.fileno() if stream is not None else default


class Line:
    """Where bytes are read and written."""

    def __init__(self, input_fd: int, output_fd: int) -> None:
        self.input = input_fd
        self.output = output_fd
        self._before: list[Any] | None = None
        self._lent: list[Any] | None = None
        self._terminals = {fd for fd in (0, 1, 2, input_fd, output_fd) if os.isatty(fd)}

    @classmethod
    def of_process(cls) -> Line:
        """Standard input, and of standard output and error the first that is a terminal."""
        outputs = (_fileno(sys.__stdout__, 1), _fileno(sys.__stderr__, 2))
        output = next((fd for fd in outputs if os.isatty(fd)), outputs[0])
        return cls(_fileno(sys.__stdin__, 0), output)

    def size(self) -> tuple[int, int]:
        """Columns and rows; COLUMNS and LINES don't count, they do not follow the window."""
        for fd in (self.output, self.input):
            with contextlib.suppress(OSError):
                columns, rows = os.get_terminal_size(fd)
                if columns and rows:
                    return columns, rows
        return _SMALLEST

    def make_raw(self) -> None:
        """Keys one by one, unechoed, Ctrl+S, Ctrl+C and Ctrl+Z among them."""
        with contextlib.suppress(termios.error):
            settings = termios.tcgetattr(self.input)
            if self._before is None:
                self._before = termios.tcgetattr(self.input)
            settings[_INPUT] &= ~(
                termios.IXON | termios.IXOFF | termios.ICRNL | termios.INLCR | termios.IGNCR | termios.ISTRIP
            )
            settings[_LOCAL] &= ~(termios.ECHO | termios.ICANON | termios.IEXTEN | termios.ISIG)
            settings[_CHARACTERS][termios.VMIN] = 1
            settings[_CHARACTERS][termios.VTIME] = 0
            termios.tcsetattr(self.input, termios.TCSANOW, settings)

    def restore(self) -> None:
        """The settings as they were; late reports of the terminal don't land in the shell."""
        if self._before is None:
            return
        with contextlib.suppress(termios.error):
            termios.tcflush(self.input, termios.TCIFLUSH)
            termios.tcsetattr(self.input, termios.TCSANOW, self._before)
        self._lent, self._before = self._before, None

    def put_right(self) -> None:
        """The settings as restore() left them: a program that was killed leaves its own behind."""
        if self._lent is not None:
            with contextlib.suppress(termios.error):
                termios.tcsetattr(self.input, termios.TCSANOW, self._lent)

    def detach(self) -> None:
        """The terminal is gone: later reads see the end and later writes succeed, instead of EIO."""
        null = os.open(os.devnull, os.O_RDWR)
        for fd in self._terminals:
            os.dup2(null, fd)
        os.close(null)
        self._before = None
