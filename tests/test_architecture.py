"""The arrows tui -> screens -> core, and what the first paint may load, seen from a real interpreter."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

HEAVY = ("sqlalchemy", "sqlmodel", "psycopg", "redis", "alembic", "pydantic", "PIL", "textual_image")
PACKING = ("pyrage", "obstore", "zipfile", "core.backup.archive.reading", "core.backup.exporting.creating")
"""What reads and writes backups: the app has that done by a process of its own."""
LATER = (
    *("core.server.saving", "core.workspace.saveloop", "core.story.comparison", "tui.cli.parser"),
    *("core.backup.elsewhere", "core.backup.keeping.register"),
)
"""Modules of our own that are loaded when they are first needed."""
CORE = (
    *("core.story", "core.journal", "core.script", "core.incoming", "core.workspace", "core.server"),
    *("core.media", "core.providers"),
)


def modules_after(statement: str) -> set[str]:
    """The modules, and the top-level names among them, in a fresh interpreter after `statement`."""
    program = f"{statement}\nimport json, sys\nprint(json.dumps(sorted(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    modules = set(json.loads(done.stdout))
    return modules | {module.split(".")[0] for module in modules}


def test_core_loads_without_a_terminal_or_a_database() -> None:
    # all that they offer: some packages load lazily
    loaded = modules_after("\n".join(f"from {package} import *" for package in CORE))
    assert loaded >= set(CORE)
    assert not loaded & {"textual", "rich", "screens", "tui", *HEAVY}


@pytest.mark.soak
@pytest.mark.parametrize("package", CORE)
def test_each_part_of_core_loads_alone(package: str) -> None:
    assert package in modules_after(f"from {package} import *")


def test_screens_do_not_know_the_shell() -> None:
    assert "tui" not in modules_after("import screens.projects, screens.workspace, screens.versions")


def test_first_paint_loads_no_database() -> None:
    loaded = modules_after("import tui.app, screens.projects, screens.workspace")
    assert "textual" in loaded
    assert not loaded & {*HEAVY, *LATER}


def test_the_app_itself_packs_and_unpacks_nothing() -> None:
    loaded = modules_after("import tui.app, screens.backup.screen, screens.backup.choosing")
    assert "core.backup.jobs" in loaded
    assert not loaded & {*PACKING, *HEAVY}
    packing = modules_after("import core.backup.process.reading, core.backup.exporting.creating")
    assert packing >= {*PACKING[3:]}


def test_what_is_loaded_later_can_be_loaded() -> None:
    assert modules_after(";".join(f"import {module}" for module in LATER)) >= set(LATER)


def test_the_check_itself_sees_a_forbidden_import() -> None:
    assert "psycopg" in modules_after("import core.story, psycopg")
