"""What the commands of the assembly tab share."""

from __future__ import annotations

from screens.commands.base import Command, Scope


class AssemblyCommand(Command):
    """A command of the assembly tab; letters are free there, since nothing is typed."""

    scope = Scope.ASSEMBLY
    priority = False
