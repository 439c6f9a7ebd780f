"""What all commands of the script tab share."""

from __future__ import annotations

from screens.commands.base import Command, Scope


class ScriptCommand(Command):
    """A command of the script tab. Its keys win over those that a text field takes for itself."""

    scope = Scope.SCRIPT
