"""Pictures made as they are needed, a store in a folder of its own, two machines with one server."""

from __future__ import annotations

from pathlib import Path

import pytest

from core.media import MediaStore
from tests.server.conftest import conninfo, database18, postgres15, postgres18, template15, template18
from tests.workspace.conftest import open_session, other_shelf, server, shelf

__all__ = [
    "conninfo",
    "database18",
    "open_session",
    "other_shelf",
    "postgres15",
    "postgres18",
    "server",
    "shelf",
    "template15",
    "template18",
]


@pytest.fixture
def media(tmp_path: Path) -> MediaStore:
    """An empty store, whose folder is not made yet."""
    return MediaStore(tmp_path / "project.media", tmp_path / "thumbnails")
