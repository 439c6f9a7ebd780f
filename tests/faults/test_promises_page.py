"""The page of promises names only tests that exist."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
NAMED = re.compile(r"`([a-z_/0-9]+\.py)::([a-z0-9_]+)`")


def test_every_test_that_the_page_names_exists() -> None:
    named = NAMED.findall((ROOT / "docs" / "promises.md").read_text())
    assert len(named) > 90
    missing = [f"{file}::{name}" for file, name in named if not exists(file, name)]
    assert missing == []


def exists(file: str, name: str) -> bool:
    path = ROOT / "tests" / file
    return path.is_file() and re.search(rf"def test_{name}\(", path.read_text()) is not None
