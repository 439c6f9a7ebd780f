"""Commands of the story bible's tabs: characters, backgrounds, scenes."""

from __future__ import annotations

from screens.commands.base import Command, Scope


class BibleCommand(Command):
    """A command of a tab of the bible; its letters are free while the list has the focus."""

    scope = Scope.BIBLE
    priority = False


class NewRecord(BibleCommand):
    """Begin a new record; its name is typed at the right."""

    title = "New record"
    keys = ("n",)
    footer = "New"
    letter = "n"


class EditRecord(BibleCommand):
    """Go into the fields of the chosen record. Each letter is kept as it is typed; Escape leads back."""

    title = "Edit the record"
    keys = ("enter",)
    footer = "Edit"
    letter = "e"


class LeaveRecord(BibleCommand):
    """Go back from the fields to the list. There is nothing to confirm: all is kept as it was typed."""

    title = "Back to the list"
    keys = ("escape",)
    footer = "List"


class SearchRecords(BibleCommand):
    """Show only the records that have these letters somewhere in them. Escape shows all again."""

    title = "Search the records"
    keys = ("slash",)
    footer = "Search"
    letter = "/"


class SortRecords(BibleCommand):
    """Sort the list another way: own order, name, appearances in the script, kind, last changed."""

    title = "Sort the records"
    keys = ("s",)
    letter = "O"


class FilterRecords(BibleCommand):
    """Show only records of one kind, with a tag, with or without pictures, in the script or not."""

    title = "Filter the records"
    keys = ("f",)
    letter = "f"


class SelectRecord(BibleCommand):
    """Mark the chosen record, or take the mark away. What is done next is done to all marked ones."""

    title = "Select the record"
    keys = ("space",)


class SelectAllRecords(BibleCommand):
    """Mark all records that are shown, or take all marks away."""

    title = "Select all records"
    keys = ("ctrl+a",)
    letter = "*"


class MoveRecordUp(BibleCommand):
    """Move the chosen or marked records one place up."""

    title = "Move the record up"
    keys = ("alt+up", "K")
    letter = "-"


class MoveRecordDown(BibleCommand):
    """Move the chosen or marked records one place down."""

    title = "Move the record down"
    keys = ("alt+down", "J")
    letter = "+"


class TrashRecord(BibleCommand):
    """Put the chosen or marked records into the trash. They can be taken out again."""

    title = "Record to the trash"
    keys = ("delete",)
    footer = "Trash"
    letter = "d"


class ShowRecordTrash(BibleCommand):
    """Show what is in the trash, or go back to the list."""

    title = "Show the records in the trash"
    keys = ("t",)
    letter = "T"


class RestoreRecord(BibleCommand):
    """Take the chosen or marked records out of the trash."""

    title = "Record out of the trash"
    keys = ("u",)
    letter = "u"


class FoldAllGroups(BibleCommand):
    """Fold all groups of fields, or unfold them."""

    title = "Fold or unfold all groups"
    keys = ("z",)
    letter = "z"


class UndoInBible(BibleCommand):
    """Take back your last step, here or in the script. Another writer's changes stay."""

    title = "Undo"
    keys = ("ctrl+z",)
    footer = "Undo"


class RedoInBible(BibleCommand):
    """Do again what was taken back."""

    title = "Redo"
    keys = ("ctrl+y",)


LISTING: tuple[type[Command], ...] = (
    NewRecord,
    EditRecord,
    LeaveRecord,
    SearchRecords,
    SortRecords,
    FilterRecords,
    SelectRecord,
    SelectAllRecords,
    MoveRecordUp,
    MoveRecordDown,
    TrashRecord,
    ShowRecordTrash,
    RestoreRecord,
    FoldAllGroups,
    UndoInBible,
    RedoInBible,
)

BIBLE: tuple[type[Command], ...] = LISTING
IN_LIST: tuple[type[Command], ...] = (
    NewRecord,
    EditRecord,
    SearchRecords,
    FilterRecords,
    SelectRecord,
    SelectAllRecords,
    MoveRecordUp,
    MoveRecordDown,
    TrashRecord,
    RestoreRecord,
)
"""What is done from the list, and not while a field has the cursor."""
