"""What one does to the text: undo, kinds of lines, new panels and pages, names, numbers."""

from __future__ import annotations

from screens.commands.base import Command
from screens.commands.script.base import ScriptCommand


class Undo(ScriptCommand):
    """Take back the last change of yours. Another writer's changes stay."""

    title = "Undo"
    keys = ("ctrl+z",)


class Redo(ScriptCommand):
    """Do again what was taken back."""

    title = "Redo"
    keys = ("ctrl+y",)


class CycleKind(ScriptCommand):
    """Make the line another kind: description, dialogue, caption, SFX, panel, page."""

    title = "Other kind of line"
    keys = ("tab",)
    footer = "Kind"
    letter = "k"
    priority = False


WRITING: tuple[type[Command], ...] = (
    Undo,
    Redo,
    CycleKind,
)
