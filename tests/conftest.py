"""What makes every run quicker: compiled bytecode, fewer walks over what stays, fewer examples."""

from __future__ import annotations

import compileall
import gc
import os
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

from tests import forked
from tests.scratch import leave_nothing

ROOT = Path(__file__).parents[1]
FEWER, FEWEST = 5, 8
"""The fast suite tries a fifth of a property's examples, but not less than eight."""
MORE = 10
"""`make soak` tries each property ten times as often."""


def pytest_configure(config: pytest.Config) -> None:
    """Compile what has changed, once: where Python writes no bytecode, each started program would do it.

    The fast suite tries the same examples each time, so that it says something of the change; new ones
    are looked for by `make soak`.
    """
    settings.register_profile("same", derandomize=True, database=None)
    settings.register_profile("new", derandomize=False)
    if config.getoption("markexpr") == "not soak":
        settings.load_profile("same")
        if "PYTEST_XDIST_WORKER" in os.environ:
            forked.join()
        elif config.getoption("numprocesses", None):
            config.add_cleanup(forked.begin())
    elif config.getoption("markexpr") == "soak":
        settings.load_profile("new")  # also where CI is set, which Hypothesis takes for "the same"
    sys.dont_write_bytecode = False  # the tests' own modules: half of the time before the first test
    if "PYTEST_XDIST_WORKER" not in os.environ:
        for package in ("core", "screens", "tui"):
            compileall.compile_dir(ROOT / package, quiet=2)
        if config.getoption("numprocesses", None):
            from tests.rewriting import rewrite_all

            rewrite_all(config, ROOT / "tests")
    gc.disable()  # until all is collected: hardly anything of that is garbage


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Say how often properties are tried; each of them is also one of the long sweeps."""
    wanted, done = config.getoption("markexpr"), set[int]()
    for item in items:
        test: Any = getattr(item, "obj", None)
        if not getattr(test, "is_hypothesis_test", False):
            continue
        own = item.get_closest_marker("soak") is not None  # has an ordinary twin, and its own number
        if wanted == "soak":
            item.add_marker(pytest.mark.soak)
        if id(test) not in done:
            done.add(id(test))
            _set_examples(test, wanted, own)


def _set_examples(test: Any, wanted: str, own: bool) -> None:
    """Fewer or more examples; and no limit of time, which a busy machine would break."""
    given: settings = test._hypothesis_internal_use_settings
    count = given.max_examples
    changes: dict[str, Any] = {}
    if wanted == "not soak":
        changes["max_examples"] = max(min(count, FEWEST), count // FEWER)
    elif wanted == "soak":
        changes |= {"derandomize": False, "max_examples": count if own else count * MORE}
    unasked = {*given.suppress_health_check, HealthCheck.too_slow}
    test._hypothesis_internal_use_settings = settings(
        given, deadline=None, suppress_health_check=tuple(unasked), **changes
    )


def pytest_collection_finish(session: pytest.Session) -> None:
    """Modules and tests stay to the end: let the collector pass over them."""
    gc.collect()
    gc.freeze()
    gc.enable()


def pytest_unconfigure(config: pytest.Config) -> None:
    """The workers have ended by now."""
    if "PYTEST_XDIST_WORKER" not in os.environ:
        leave_nothing()
