"""Drafts in a folder of their own, on one machine or on two with one server."""

from __future__ import annotations

from pathlib import Path

import pytest

from core.drafts import Draft, Drafts
from core.drafts.pack.draft import new_draft
from tests.server.conftest import conninfo, postgres18, template18
from tests.workspace.conftest import paths_in, server

__all__ = ["conninfo", "postgres18", "server", "template18"]


@pytest.fixture
def drafts(tmp_path: Path) -> Drafts:
    """No drafts yet."""
    return Drafts(paths_in(tmp_path))


@pytest.fixture
def other_drafts(tmp_path: Path) -> Drafts:
    """The drafts of a second machine."""
    return Drafts(paths_in(tmp_path / "other"))


@pytest.fixture
def draft() -> Draft:
    """An empty draft that is kept nowhere."""
    return Draft(new_draft("Jungle", "fr", slug="jungle", languages=("fr", "en")))
