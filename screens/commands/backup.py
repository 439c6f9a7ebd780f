"""Commands of the backup screen."""

from __future__ import annotations

from screens.commands.base import Command, Scope


class BackupCommand(Command):
    """A command of the list of backups; letters are free there, since nothing is typed."""

    scope = Scope.BACKUP
    priority = False


class BackUpNow(BackupCommand):
    """Write a backup of the whole library, read it back and keep it. e chooses less or another folder."""

    title = "Back up now"
    keys = ("b",)
    footer = "Back up"
    letter = "b"


class OpenBackup(BackupCommand):
    """Go into the backup: its projects, their pages and records, down to the words. Esc goes out again."""

    title = "Look into the backup"
    keys = ("enter",)
    footer = "Look in"


class VerifyBackup(BackupCommand):
    """Read every byte of the chosen backup again and compare it with its checksums."""

    title = "Verify the backup"
    keys = ("v",)
    footer = "Verify"
    letter = "y"


class VerifyBackups(BackupCommand):
    """Read every backup of the list again."""

    title = "Verify all backups"
    keys = ("V",)
    letter = "Y"


class ImportBackup(BackupCommand):
    """Bring in a backup or another program's data. A preview says first what it would do."""

    title = "Import"
    keys = ("i",)
    footer = "Import"
    letter = "i"


class UndoImport(BackupCommand):
    """Take the last import back, even days later. What was written since stays."""

    title = "Undo the last import"
    keys = ("u",)
    letter = "u"


class CompareBackup(BackupCommand):
    """Compare a project of the backup with what it is now, by page and panel."""

    title = "Compare with now"
    keys = ("c",)
    footer = "Compare"
    letter = "c"


class RestoreFromBackup(BackupCommand):
    """Bring back one page or one record as it is in the backup, after a look at what that would change."""

    title = "Restore a part"
    keys = ("r",)
    footer = "Restore a part"
    letter = "x"


class BringBackAll(BackupCommand):
    """Bring back all of the chosen backup. A preview says first what it would do."""

    title = "Bring all of it back"
    keys = ("R",)
    letter = "R"


class ChooseBackup(BackupCommand):
    """Choose what goes into a backup, its name, its folder and a passphrase, with an estimate of its size."""

    title = "Choose and back up"
    keys = ("e",)
    letter = "e"


class PinBackup(BackupCommand):
    """Keep the backup whatever its age, or let it have its time again."""

    title = "Pin or unpin"
    keys = ("p",)
    letter = "P"


class NameBackup(BackupCommand):
    """Give the backup a name. A named backup is kept whatever its age."""

    title = "Name the backup"
    keys = ("n",)
    letter = "n"


class TrashBackup(BackupCommand):
    """Put the backup into the trash. It can be taken out again for 7 days."""

    title = "Backup to the trash"
    keys = ("delete",)
    letter = "d"


class ShowBackupTrash(BackupCommand):
    """Show the backups in the trash, or go back to the others."""

    title = "Show the trash of backups"
    keys = ("t",)
    letter = "T"


class KeepBackup(BackupCommand):
    """Take the backup out of the trash. Right after a backup went there, this brings it back."""

    title = "Backup out of the trash"
    keys = ("o",)
    footer = "Take out"  # shown in the trash only


class FilterBackups(BackupCommand):
    """Show only the backups with these letters in day, reason or name."""

    title = "Filter the backups"
    keys = ("slash",)
    letter = "/"


class DailyBackup(BackupCommand):
    """Switch the daily backup on or off. It is made at the first start of a day if anything has changed."""

    title = "Daily backup on or off"
    keys = ("d",)
    letter = "D"


class UnfoldBackup(BackupCommand):
    """Show or fold the parts that are the same in the comparison."""

    title = "Unfold the same parts"
    keys = ("f",)
    letter = "f"


class StopBackup(BackupCommand):
    """Stop the work under way. What is half written goes; older backups stay."""

    title = "Stop the work"
    keys = ("x",)
    letter = "X"


class BackFromBackup(BackupCommand):
    """Go out of the backup again, then back to the script or the projects."""

    title = "Back from the backups"
    keys = ("escape",)


BACKUP: tuple[type[Command], ...] = (
    BackUpNow,
    OpenBackup,
    VerifyBackup,
    ImportBackup,
    CompareBackup,
    RestoreFromBackup,
    KeepBackup,
    BackFromBackup,
    BringBackAll,
    UndoImport,
    ChooseBackup,
    VerifyBackups,
    PinBackup,
    NameBackup,
    TrashBackup,
    ShowBackupTrash,
    FilterBackups,
    DailyBackup,
    UnfoldBackup,
    StopBackup,
)
