"""The tests' own modules compiled before the workers begin, once instead of by each of them."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from _pytest.assertion import AssertionState
from _pytest.assertion.rewrite import PYC_TAIL, _read_pyc, _rewrite_test, _write_pyc, get_cache_dir

AT_ONCE = 2
"""Processes: as many as there are cores where the suite has to be quick."""


def rewrite_all(config: pytest.Config, folder: Path) -> None:
    """Keep the modules of `folder` as pytest would: their asserts say what they saw.

    What is not done here (a folder that nobody may write to) each worker does for itself.
    """
    modules = stale(folder)
    if not modules or not hasattr(os, "fork"):
        return
    children = [_forked(config, modules[share::AT_ONCE]) for share in range(AT_ONCE)]
    for child in children:
        os.waitpid(child, 0)


def stale(folder: Path) -> list[Path]:
    """The modules in it that pytest would compile."""
    modules = sorted({*folder.rglob("test_*.py"), *folder.rglob("conftest.py")})
    return [module for module in modules if _read_pyc(module, kept_at(module)) is None]


def kept_at(module: Path) -> Path:
    """Where pytest looks for it."""
    return get_cache_dir(module) / (module.name[:-3] + PYC_TAIL)


def rewrite(config: pytest.Config, modules: list[Path]) -> None:
    """Keep these."""
    state = AssertionState(config, "rewrite")
    for module in modules:
        source_hash, code = _rewrite_test(module, config)
        pyc = kept_at(module)
        pyc.parent.mkdir(parents=True, exist_ok=True)
        _write_pyc(state, code, source_hash, pyc)


def _forked(config: pytest.Config, modules: list[Path]) -> int:
    """The process that does it; it ends without a word, whatever comes."""
    child = os.fork()
    if child == 0:
        try:
            rewrite(config, modules)
        finally:
            os._exit(0)
    return child
