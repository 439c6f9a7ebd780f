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
    """Leave a page of the script out of the book, or throw away one that is not in the script."""

    title = "Remove the page"
    keys = ("delete",)
    letter = "X"


class BringBackPage(AssemblyCommand):
    """Take a page that was left out or thrown away into the book again."""

    title = "Bring a page back"
    keys = ("Z", "shift+z")
    letter = "Z"


class DuplicatePage(AssemblyCommand):
    """Insert a copy of the page after it. The copy is not in the script, and does not follow it."""

    title = "Duplicate the page"
    keys = ("d",)
    letter = "D"


class PageEarlier(AssemblyCommand):
    """Move the page one place towards the front, whatever the script says."""

    title = "Page earlier"
    keys = ("ctrl+pageup",)
    letter = "{"


class PageLater(AssemblyCommand):
    """Move the page one place towards the end."""

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
    BringBackPage,
    DuplicatePage,
    PageEarlier,
    PageLater,
    ExportPages,
    UndoHere,
    RedoHere,
)
