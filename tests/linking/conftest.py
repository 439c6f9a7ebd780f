"""Linked files are looked at more often than a writer needs."""

from __future__ import annotations

import pytest

from core.workspace import linkkeeper


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """What this process does not tell itself of is seen at once (programs of their own look each second)."""
    monkeypatch.setattr(linkkeeper, "LOOK_SECONDS", 0.1)
