"""Commands of the list of projects."""

from __future__ import annotations

from screens.commands.base import Command, Scope


class ProjectsCommand(Command):
    """A command of the list; letters are free there, since nothing is typed."""

    scope = Scope.PROJECTS
    priority = False


class NewProject(ProjectsCommand):
    """Begin a new project. A title can be given later."""

    title = "New project"
    keys = ("n",)
    footer = "New"
    letter = "n"


class ImportFile(ProjectsCommand):
    """Bring in a script, a backup or another program's data. A path can be typed, pasted or dropped."""

    title = "Import a file"
    keys = ("i",)
    footer = "Import"
    letter = "i"


class PasteScript(ProjectsCommand):
    """Make a project of a text that is pasted, of any length. Pasting into the list does the same."""

    title = "Paste a script"
    keys = ("v",)
    footer = "Paste"
    letter = "a"


class OpenProject(ProjectsCommand):
    """Open the chosen project at its script."""

    title = "Open the project"
    keys = ("enter",)
    footer = "Open"


class ExampleProject(ProjectsCommand):
    """Make a project from a short example that shows every kind of line."""

    title = "Example project"
    keys = ("e",)
    letter = "e"


class RenameProject(ProjectsCommand):
    """Give the chosen project another title."""

    title = "Rename the project"
    keys = ("r",)
    footer = "Rename"


class DuplicateProject(ProjectsCommand):
    """Make a copy of the chosen project."""

    title = "Duplicate the project"
    keys = ("d",)


class TrashProject(ProjectsCommand):
    """Put the chosen project into the trash. It can be taken out again."""

    title = "To the trash"
    keys = ("delete", "x")
    footer = "Trash"


class ShowTrash(ProjectsCommand):
    """Show what is in the trash, or go back to the projects."""

    title = "Show the trash"
    keys = ("t",)
    footer = "Back"  # shown in the trash only


class RestoreProject(ProjectsCommand):
    """Take the chosen project out of the trash."""

    title = "Out of the trash"
    keys = ("u",)
    footer = "Take out"


class FilterProjects(ProjectsCommand):
    """Show only the projects with these letters in the title."""

    title = "Filter"
    keys = ("slash",)
    footer = "Filter"


PROJECTS: tuple[type[Command], ...] = (
    NewProject,
    ImportFile,
    PasteScript,
    OpenProject,
    RenameProject,
    DuplicateProject,
    TrashProject,
    RestoreProject,
    ShowTrash,
    FilterProjects,
    ExampleProject,
)
ONLY_IN_TRASH: tuple[type[Command], ...] = (RestoreProject, ShowTrash)
NOT_IN_TRASH: tuple[type[Command], ...] = (
    NewProject,
    ImportFile,
    PasteScript,
    OpenProject,
    RenameProject,
    DuplicateProject,
    TrashProject,
)
"""For the footer: what is of no use where."""
