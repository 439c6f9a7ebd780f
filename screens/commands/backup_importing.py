"""Commands of importing backups and old data: the preview, its differences, the report, what was imported."""

from __future__ import annotations

from screens.commands.base import Command, Scope


class BringingCommand(Command):
    """A command of the preview of a backup or of old data; letters are free there."""

    scope = Scope.BRINGING
    priority = False


class BringIn(BringingCommand):
    """Do what the preview says. A backup is made first; the import can be undone with one key, days later."""

    title = "Import it"
    keys = ("i",)
    footer = "Import"


class LookCloser(BringingCommand):
    """On a project: choose what happens to it. On a difference: both sides. Else: all that is known of it."""

    title = "Look closer"
    keys = ("enter",)


class SettleDifferences(BringingCommand):
    """Go through all that differs, one by one, yours beside theirs."""

    title = "Settle the differences"
    keys = ("d",)
    footer = "Differences"


class KeepOurs(BringingCommand):
    """Yours stays; theirs is kept as a version, so that no word is lost."""

    title = "Yours stays"
    keys = ("o",)
    footer = "Yours"


class TakeTheirs(BringingCommand):
    """Theirs takes the place of yours. Undo brings yours back."""

    title = "Take theirs"
    keys = ("t",)
    footer = "Theirs"


class KeepBoth(BringingCommand):
    """Both stay, yours first."""

    title = "Keep both"
    keys = ("b",)
    footer = "Both"


class KeepAllOurs(BringingCommand):
    """In all differences that are left, yours stays."""

    title = "Yours stays, in all that are left"
    keys = ("O",)


class TakeAllTheirs(BringingCommand):
    """In all differences that are left, theirs takes the place of yours."""

    title = "Take theirs, in all that are left"
    keys = ("T",)


class KeepAllBoth(BringingCommand):
    """In all differences that are left, both stay."""

    title = "Keep both, in all that are left"
    keys = ("B",)


class NextDifference(BringingCommand):
    """To the next difference."""

    title = "Next difference"
    keys = ("n", "right")


class DifferenceBefore(BringingCommand):
    """To the difference before."""

    title = "The difference before"
    keys = ("p", "left")


class MergeProject(BringingCommand):
    """What is new comes into your project, what is the same stays. A project that you lack is made."""

    title = "Merge the project, or make it"
    keys = ("m",)


class CopyProject(BringingCommand):
    """Make a project of its own beside yours."""

    title = "A copy beside yours"
    keys = ("c",)


class RestoreWhole(BringingCommand):
    """Your project becomes what the backup has. The title has to be typed; the import can be undone."""

    title = "Yours becomes what the backup has"
    keys = ("r",)


class LeaveOut(BringingCommand):
    """Leave the project out."""

    title = "Leave the project out"
    keys = ("s",)


class FilterOutcomes(BringingCommand):
    """Show only what becomes new, what changes, what differs and so on, one after another."""

    title = "Show others"
    keys = ("f",)
    footer = "Show"


class FilterOutcomesBack(BringingCommand):
    """The same, the other way round."""

    title = "Show others, the other way"
    keys = ("F",)


class ChooseParts(BringingCommand):
    """Choose which parts come in: script, characters, versions and so on; your own settings, too."""

    title = "Choose the parts"
    keys = ("e",)


class StopBringing(BringingCommand):
    """Stop what is under way. Until the one moment in which all is written nothing is changed."""

    title = "Stop what is under way"
    keys = ("x",)


class UndoThisImport(BringingCommand):
    """Take back the chosen import, also days later; what was written since stays."""

    title = "Undo the import"
    keys = ("u",)
    footer = "Undo"


class OpenImported(BringingCommand):
    """Open the project that the import made or changed."""

    title = "Open the project"
    keys = ("g",)
    footer = "Open the project"


class LeaveBringing(BringingCommand):
    """Go back; what is under way is stopped first."""

    title = "Back"
    keys = ("escape",)
    footer = "Back"


BRINGING: tuple[type[Command], ...] = (
    BringIn,
    LookCloser,
    SettleDifferences,
    MergeProject,
    CopyProject,
    RestoreWhole,
    LeaveOut,
    KeepOurs,
    TakeTheirs,
    KeepBoth,
    KeepAllOurs,
    TakeAllTheirs,
    KeepAllBoth,
    FilterOutcomes,
    FilterOutcomesBack,
    ChooseParts,
    StopBringing,
    LeaveBringing,
)
"""Of the preview."""
SETTLING: tuple[type[Command], ...] = (
    KeepOurs,
    TakeTheirs,
    KeepBoth,
    KeepAllOurs,
    TakeAllTheirs,
    KeepAllBoth,
    NextDifference,
    DifferenceBefore,
    LeaveBringing,
)
"""Of the differences, one by one."""
REPORTED: tuple[type[Command], ...] = (
    LookCloser,
    FilterOutcomes,
    FilterOutcomesBack,
    UndoThisImport,
    OpenImported,
    LeaveBringing,
)
"""Of the report."""
IMPORTED: tuple[type[Command], ...] = (LookCloser, UndoThisImport, LeaveBringing)
"""Of the list of imports."""
ALL_BRINGING: tuple[type[Command], ...] = tuple(dict.fromkeys((*BRINGING, *SETTLING, *REPORTED, *IMPORTED)))
"""Each once."""
