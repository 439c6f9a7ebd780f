"""A small library to be backed up."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.backup.keeping.making import Studio


@pytest.fixture
def studio(tmp_path: Path) -> Studio:
    """One project, no backup yet."""
    return Studio.make(tmp_path)
