"""Shelves of two machines, a server, and a folder for backups."""

from __future__ import annotations

import pytest

from core.drafts import Drafts
from core.workspace import Shelf
from tests.backup.exporting.conftest import (
    conninfo,
    folder,
    other_shelf,
    postgres18,
    server,
    shelf,
    template18,
)

__all__ = ["conninfo", "folder", "other_shelf", "postgres18", "server", "shelf", "template18"]


@pytest.fixture
def drafts(shelf: Shelf) -> Drafts:
    """The drafts of the first machine."""
    return Drafts(shelf.paths)


@pytest.fixture
def other_drafts(other_shelf: Shelf) -> Drafts:
    """Those of the second."""
    return Drafts(other_shelf.paths)
