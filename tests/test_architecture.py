"""The arrows tui -> screens -> core, and what the first paint may load, seen from a real interpreter."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

HEAVY = ("sqlalchemy", "sqlmodel", "psycopg", "redis", "alembic", "pydantic")
CORE = ("core.story", "core.journal", "core.script", "core.incoming", "core.workspace", "core.server")


def modules_after(statement: str) -> set[str]:
    """The top-level modules in a fresh interpreter after `statement`."""
    program = (
        f"{statement}\nimport json, sys\nprint(json.dumps(sorted({{m.split('.')[0] for m in sys.modules}})))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    return set(json.loads(done.stdout))


@pytest.mark.parametrize("package", CORE)
def test_core_loads_without_a_terminal_or_a_database(package: str) -> None:
    loaded = modules_after(f"import {package}")
    assert package.split(".")[0] in loaded
    assert not loaded & {"textual", "rich", "screens", "tui", *HEAVY}


def test_screens_do_not_know_the_shell() -> None:
    assert "tui" not in modules_after("import screens.projects, screens.workspace, screens.versions")


def test_first_paint_loads_no_database() -> None:
    loaded = modules_after("import tui.app, screens.projects, screens.workspace")
    assert "textual" in loaded
    assert not loaded & set(HEAVY)


def test_the_check_itself_sees_a_forbidden_import() -> None:
    assert "psycopg" in modules_after("import core.story, psycopg")
