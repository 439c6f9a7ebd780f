"""The empty shelf that migrations come to."""

from __future__ import annotations

from pathlib import Path

import pytest

from core.paths import Paths
from core.workspace import Shelf
from tests.server.conftest import conninfo, database18, postgres18, template18  # noqa: F401 fixtures


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    """An empty shelf."""
    home = tmp_path / "home"
    return Shelf(Paths(home / "data", home / "config", home / "logs", home / "state"))
