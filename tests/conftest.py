"""What makes every run quicker: bytecode that the started programs load, and fewer walks over what stays."""

from __future__ import annotations

import compileall
import gc
import os
from pathlib import Path

import pytest
from hypothesis import settings

ROOT = Path(__file__).parents[1]


def pytest_configure(config: pytest.Config) -> None:
    """Compile what has changed, once: where Python writes no bytecode, each started program would do it.

    The fast suite tries the same examples each time, so that it says something of the change; new ones
    are looked for by `make soak`.
    """
    settings.register_profile("same", derandomize=True)
    if config.getoption("markexpr") == "not soak":
        settings.load_profile("same")
    if "PYTEST_XDIST_WORKER" not in os.environ:
        for package in ("core", "screens", "tui"):
            compileall.compile_dir(ROOT / package, quiet=2)
    gc.disable()  # until all is collected: hardly anything of that is garbage


def pytest_collection_finish(session: pytest.Session) -> None:
    """Modules and tests stay to the end: let the collector pass over them."""
    gc.collect()
    gc.freeze()
    gc.enable()
