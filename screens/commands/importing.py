"""Commands of the import preview and of the place to paste a script into."""

from __future__ import annotations

from screens.commands.base import Command, Scope


class ImportCommand(Command):
    """A command of the preview; letters are free there, but in the title."""

    scope = Scope.IMPORT
    priority = False


class ImportScript(ImportCommand):
    """Make a project of what is shown. Nothing is created before."""

    title = "Import it"
    keys = ("i", "enter")
    footer = "Import"


class NextUnsure(ImportCommand):
    """Go to the next line that may have been misunderstood, and show it in the text around."""

    title = "Next unsure line"
    keys = ("n",)
    footer = "Next unsure"


class RetypeLine(ImportCommand):
    """Make the line another kind: description, dialogue, caption, sound, note, and round again."""

    title = "Line is another kind"
    keys = ("k",)
    footer = "Kind"


class OtherDialect(ImportCommand):
    """Read it again as another format."""

    title = "Read as another format"
    keys = ("f",)
    footer = "Format"


class OtherLanguage(ImportCommand):
    """Read it again in another language."""

    title = "Read in another language"
    keys = ("l",)
    footer = "Language"


class OtherEncoding(ImportCommand):
    """Read the file again with another encoding of its letters."""

    title = "Read with another encoding"
    keys = ("e",)


class ChangeTitle(ImportCommand):
    """Give the new project another title."""

    title = "Change the title"
    keys = ("t",)
    footer = "Title"


class BackFromImport(ImportCommand):
    """Go back; nothing is created."""

    title = "Back, and import nothing"
    keys = ("escape",)
    footer = "Back"


class ReadPasted(Command):
    """Look at what was pasted, before a project is made of it."""

    scope = Scope.PASTE
    title = "See what was recognised"
    keys = ("ctrl+g",)
    footer = "Go on"
    letter = "i"


class LeavePasting(Command):
    """Go back to the projects; what was pasted is dropped."""

    scope = Scope.PASTE
    title = "Back to the projects"
    keys = ("escape",)
    footer = "Back"
    priority = False


IMPORTING: tuple[type[Command], ...] = (
    ImportScript,
    NextUnsure,
    RetypeLine,
    OtherDialect,
    OtherLanguage,
    OtherEncoding,
    ChangeTitle,
    BackFromImport,
)
PASTING: tuple[type[Command], ...] = (ReadPasted, LeavePasting)
