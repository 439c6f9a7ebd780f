"""What makes every run quicker: bytecode that the started programs load, and fewer walks over what stays."""

from __future__ import annotations

import compileall
import gc
import os
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


def pytest_configure(config: pytest.Config) -> None:
    """Compile what has changed, once: where Python writes no bytecode, each started program would do it."""
    if "PYTEST_XDIST_WORKER" not in os.environ:
        for package in ("core", "screens", "tui"):
            compileall.compile_dir(ROOT / package, quiet=2)
    gc.disable()  # until all is collected: hardly anything of that is garbage


def pytest_collection_finish(session: pytest.Session) -> None:
    """Modules and tests stay to the end: let the collector pass over them."""
    gc.collect()
    gc.freeze()
    gc.enable()
