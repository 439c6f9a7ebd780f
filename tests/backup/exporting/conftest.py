"""Shelves of several machines, a server of their own, and a folder for backups."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.server.conftest import conninfo, postgres18, template18
from tests.workspace.conftest import other_shelf, server, shelf

__all__ = ["conninfo", "other_shelf", "postgres18", "server", "shelf", "template18"]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where backups are written."""
    made = tmp_path / "backups"
    made.mkdir()
    return made
