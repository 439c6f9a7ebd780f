"""Canary: the names of pytest, private ones, by which the tests' modules are compiled once."""

from __future__ import annotations

import sys
from importlib.machinery import ModuleSpec
from pathlib import Path

import pytest
from _pytest.assertion.rewrite import AssertionRewritingHook

from tests.rewriting import kept_at, rewrite, stale


def test_pytest_takes_what_was_compiled_for_it(pytestconfig: pytest.Config, tmp_path: Path) -> None:
    module = tmp_path / "test_some.py"
    module.write_text("def some(found):\n    assert found == 1\n")
    rewrite(pytestconfig, [module])
    kept = kept_at(module)
    assert b"@pytest_ar" in kept.read_bytes()
    before = kept.stat().st_ino
    hook = next(one for one in sys.meta_path if isinstance(one, AssertionRewritingHook))
    spec = ModuleSpec("test_some", hook, origin=str(module))
    loaded = type(sys)("test_some")
    loaded.__spec__ = spec
    hook.exec_module(loaded)
    assert kept.stat().st_ino == before, "it was not compiled again"
    with pytest.raises(AssertionError, match="assert 2 == 1"):
        loaded.some(2)


def test_what_has_changed_is_compiled_again(pytestconfig: pytest.Config, tmp_path: Path) -> None:
    module = tmp_path / "test_some.py"
    module.write_text("assert True\n")
    assert stale(tmp_path) == [module]
    rewrite(pytestconfig, [module])
    assert stale(tmp_path) == []
    module.write_text("assert 1\n")
    assert stale(tmp_path) == [module]
