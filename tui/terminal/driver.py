"""The driver between Textual and any terminal on any line."""

from __future__ import annotations

from textual.drivers.linux_driver import LinuxDriver


class GenkoDriver(LinuxDriver):
    """Textual's driver, made safe for odd bytes, slow lines and lost connections."""
