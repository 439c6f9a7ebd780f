"""Commands that settle the pages with the script, and undo."""

from __future__ import annotations

from screens.commands.assembly.base import AssemblyCommand
from screens.commands.base import Command


class KeepDifference(AssemblyCommand):
    """The page is meant to differ from the script: say no more of it."""

    title = "The difference is meant"
    keys = ("k",)
    letter = "k"


class MatchScript(AssemblyCommand):
    """Make the page as the script has it."""

    title = "As the script has it"
    keys = ("r",)
    letter = "M"


class AdoptPage(AssemblyCommand):
    """Give what was put together for a page that is gone from the script to this page, or this to that."""

    title = "Take over a page"
    keys = ("a",)
    letter = "a"


class InsertPage(AssemblyCommand):
    """Insert a page after this one that is not in the script."""

    title = "Insert a page"
    keys = ("i",)
    letter = "i"


class RemovePage(AssemblyCommand):
    """Take away a page that is not in the script, or what was put together for one that is."""

    title = "Remove the page"
    keys = ("delete",)
    letter = "X"


class DuplicatePage(AssemblyCommand):
    """Make a copy of the page after it, with its layout, that is not in the script."""

    title = "Duplicate the page"
    keys = ("d",)
    letter = "D"


class PageEarlier(AssemblyCommand):
    """Move a page that is not in the script before the page before it."""

    title = "Page earlier"
    keys = ("ctrl+pageup",)
    letter = "{"


class PageLater(AssemblyCommand):
    """Move a page that is not in the script behind the next one."""

    title = "Page later"
    keys = ("ctrl+pagedown",)
    letter = "}"


class ExportPages(AssemblyCommand):
    """Write pages as a storyboard, pictures or a comic archive."""

    title = "Export the pages"
    keys = ("w",)
    footer = "Export"
    letter = "E"


class UndoHere(AssemblyCommand):
    """Take back your last step, here or in the script."""

    title = "Undo"
    keys = ("ctrl+z",)


class RedoHere(AssemblyCommand):
    """Do again what was undone last."""

    title = "Redo"
    keys = ("ctrl+y",)


SETTLING: tuple[type[Command], ...] = (
    KeepDifference,
    MatchScript,
    AdoptPage,
    InsertPage,
    RemovePage,
    DuplicatePage,
    PageEarlier,
    PageLater,
    ExportPages,
    UndoHere,
    RedoHere,
)
