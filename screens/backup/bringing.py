"""Bringing back: an import, its undoing, one page or record of an old backup."""

from __future__ import annotations

from screens.backup.doing import Doing


class Bringing(Doing):
    """Commands that change projects. Each says first what it would do."""

    def action_import_backup(self) -> None:
        """i: a backup, or another program's data."""
        from screens.backup.importing.screen import ImportScreen

        self.app.push_screen(ImportScreen(path=None))

    def action_undo_import(self) -> None:
        """u: take the last import back."""
        self.notify("No import is there to be undone.")

    def action_restore_from_backup(self) -> None:
        """r: the page or record under the cursor."""
        self.notify("Enter goes into the backup; r there brings back the page or record under the cursor.")
