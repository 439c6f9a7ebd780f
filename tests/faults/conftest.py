"""The command line and the servers that the faults are tried on."""

from __future__ import annotations

from tests.cli.conftest import genko, home, program, shelf
from tests.server.conftest import postgres18, studio, template18

__all__ = ["genko", "home", "postgres18", "program", "shelf", "studio", "template18"]
