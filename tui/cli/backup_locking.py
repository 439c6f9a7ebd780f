"""`genko backup lock`: a passphrase for backups that are made while nobody is there to type it."""

from __future__ import annotations

from pathlib import Path

from core.backup.keeping.locks import new_lock
from tui.cli.backup import backup
from tui.cli.backup_keeping import Desk
from tui.cli.backup_sheet import new_sheet
from tui.cli.backup_verifying import first_line
from tui.cli.outcome import say, say_json
from tui.cli.projects import AsJson


@backup.command
def lock(*, passphrase_file: Path, sheet: Path | None = None, json: AsJson = False) -> None:
    """Make the lock that encrypts backups when the setting backup.encrypt is true.

    It holds no secret: only the passphrase opens what it locks. Who loses that (and the recovery sheet)
    loses the backups.

    Parameters
    ----------
    passphrase_file
        A file whose first line is the passphrase.
    sheet
        A new file for the recovery sheet, which opens the backups without the passphrase.
    """
    from datetime import datetime

    from core.backup.archive import recovery_sheet

    desk = Desk()
    with new_sheet(sheet, wanted=True) as keep:
        made = new_lock(Path(desk.wishes.lock), first_line(passphrase_file))
        keep(recovery_sheet(made, datetime.now().astimezone()))
    if json:
        say_json({"lock": desk.wishes.lock, "recipient": made.lock.recipient, "sheet": str(sheet or "")})
    else:
        say(f"The lock is made and was opened once: {desk.wishes.lock}")
        if not desk.wishes.encrypt:
            say("Set encrypt = true in the table [backup] of settings.toml to use it.")
