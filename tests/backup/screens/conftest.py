"""The app as the tests of screens run it."""

from __future__ import annotations

from tests.screens.conftest import paths, project, quiet_environment, shelf

__all__ = ["paths", "project", "quiet_environment", "shelf"]
