"""Commands of the versions screen."""

from __future__ import annotations

from screens.commands.base import Command, Scope


class VersionsCommand(Command):
    """A command of the list of saves."""

    scope = Scope.VERSIONS
    priority = False


class CompareVersion(VersionsCommand):
    """Compare the chosen save with the script as it is now."""

    title = "Compare with now"
    keys = ("enter",)
    footer = "Compare"


class RestoreVersion(VersionsCommand):
    """Bring back the chosen save as an edit. It can be undone."""

    title = "Restore this version"
    keys = ("r",)
    footer = "Restore"
    letter = "b"


class UnfoldVersion(VersionsCommand):
    """Show or fold the parts that have not changed."""

    title = "Unfold unchanged parts"
    keys = ("u",)
    footer = "Unfold"


class BackToScript(VersionsCommand):
    """Go back to the script."""

    title = "Back to the script"
    keys = ("escape",)
    footer = "Back"


VERSIONS: tuple[type[Command], ...] = (CompareVersion, RestoreVersion, UnfoldVersion, BackToScript)
