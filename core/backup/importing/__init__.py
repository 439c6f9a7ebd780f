"""Bringing projects in: a plan of what would happen, doing it, and taking it back days later."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.lazy import lazy_names

if TYPE_CHECKING:
    from core.backup.importing.applying.by_plan import apply_plan
    from core.backup.importing.applying.parts import find_part, find_project, restore_from
    from core.backup.importing.applying.running import BackUp, recover
    from core.backup.importing.comparing import Since, compare_states, compare_with_now
    from core.backup.importing.doing import (
        apply_import,
        imports,
        plan_import,
        plan_undo,
        restore_part,
        undo_import,
    )
    from core.backup.importing.errors import ImportBusyError, ImportRefusedError, PlanChangedError
    from core.backup.importing.planning.dry_run import make_plan
    from core.backup.importing.reading.given import Given, Source, info_of
    from core.backup.importing.reading.sources import open_source
    from core.backup.importing.undoing.by_report import undo

__all__ = [
    "BackUp",
    "Given",
    "ImportBusyError",
    "ImportRefusedError",
    "PlanChangedError",
    "Since",
    "Source",
    "apply_import",
    "apply_plan",
    "compare_states",
    "compare_with_now",
    "find_part",
    "find_project",
    "imports",
    "info_of",
    "make_plan",
    "open_source",
    "plan_import",
    "plan_undo",
    "recover",
    "restore_from",
    "restore_part",
    "undo",
    "undo_import",
]

__getattr__ = lazy_names(
    __name__,
    {
        "applying.by_plan": ("apply_plan",),
        "comparing": ("Since", "compare_states", "compare_with_now"),
        "applying.parts": ("find_part", "find_project", "restore_from"),
        "applying.running": ("BackUp", "recover"),
        "doing": ("apply_import", "imports", "plan_import", "plan_undo", "restore_part", "undo_import"),
        "errors": ("ImportBusyError", "ImportRefusedError", "PlanChangedError"),
        "reading.given": ("Given", "Source", "info_of"),
        "planning.dry_run": ("make_plan",),
        "reading.sources": ("open_source",),
        "undoing.by_report": ("undo",),
    },
)
