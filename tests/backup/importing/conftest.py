"""The desk of the tests of imports."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.backup.importing.desk import Desk


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """A shelf of its own, and what does imports into it."""
    return Desk(tmp_path)
