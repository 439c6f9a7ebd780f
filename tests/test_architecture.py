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
    *("core.spelling", "spellchecker", "rapidfuzz", "core.script.figures", "screens.statistics"),
    "core.story.pack_records",
)
"""What is loaded when it is first needed."""
CORE = (
    *("core.story", "core.journal", "core.script", "core.incoming", "core.workspace", "core.server"),
    *("core.media", "core.providers"),
)


def modules_after(*statements: str) -> list[set[str]]:
    """The modules, and the top-level names among them, in a fresh interpreter after each statement."""
    said = "print(json.dumps(sorted(sys.modules)))"
    program = "\n".join(["import json, sys", *(f"{statement}\n{said}" for statement in statements)])
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    found = [set(json.loads(line)) for line in done.stdout.splitlines()]
    return [modules | {module.split(".")[0] for module in modules} for modules in found]


def test_core_loads_without_a_terminal_or_a_database() -> None:
    core, wrong, packing, screens, later = modules_after(
        "\n".join(f"from {package} import *" for package in CORE),  # all: some packages load lazily
        "import psycopg",
        "import core.backup.process.reading, core.backup.exporting.creating",
        "import screens.projects, screens.workspace, screens.versions",
        "\n".join(f"import {module}" for module in LATER),
    )
    assert core >= set(CORE)
    assert not core & {"textual", "rich", "screens", "tui", *HEAVY}
    assert "psycopg" in wrong & {*HEAVY}, "the check itself does not see what is forbidden"
    assert packing >= {*PACKING[3:]}
    assert "tui" not in screens, "screens know the shell"
    assert later >= set(LATER)


@pytest.mark.soak
@pytest.mark.parametrize("package", CORE)
def test_each_part_of_core_loads_alone(package: str) -> None:
    assert package in modules_after(f"from {package} import *")[0]


def test_first_paint_loads_no_database_and_the_app_itself_packs_nothing() -> None:
    painted, backups = modules_after(
        "import tui.app, screens.projects, screens.workspace",
        "import screens.backup.screen, screens.backup.choosing",
    )
    assert "textual" in painted
    assert not painted & {*HEAVY, *LATER}
    assert "core.backup.jobs" in backups
    assert not backups & {*PACKING, *HEAVY}
