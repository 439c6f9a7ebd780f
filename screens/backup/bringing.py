"""Bringing back: an import, its undoing, one page or record of an old backup, or all of it."""

from __future__ import annotations

from pathlib import Path

from textual import on, work
from textual.worker import Worker

from core.backup.answers import PartNow
from core.backup.jobs import RestorePart
from core.backup.plan import ImportReport
from screens.backup.doing import Doing
from screens.backup.importing.ways import BringsIn, told_and_brought
from screens.backup.messages import PartSeen
from screens.backup.since import NO_FILE

PARTS = ("page", "characters", "backgrounds", "scenes", "assembly")
WHICH = "Enter goes into the backup; r there brings back the page or record under the cursor."
NOT_HERE = "Its project is not on this machine. R brings back all of it, after a preview."


class Bringing(BringsIn, Doing):
    """Commands that change projects. Each says first what it would do, and can be taken back."""

    _restoring: RestorePart | None = None

    @work
    async def action_bring_back_all(self) -> None:
        """R: the chosen backup through the preview of imports."""
        entry = self.chosen
        if entry is None:
            return
        if not entry.path or entry.missing:
            self.notify(NO_FILE, severity="warning")
        else:
            self._came_in(await told_and_brought(self, Path(entry.path)))

    def action_undo_import(self) -> Worker[None]:
        """u: the imports; what was said of the last work may not hold any more after it."""
        if self.under_way is None:
            self.work_line.say("")
        return super().action_undo_import()

    @work
    async def action_restore_from_backup(self) -> None:
        """r: the page or record that is read, or under the cursor."""
        entry, leaf = self.chosen, self.current_leaf
        if entry is None or leaf is None:
            self.notify(WHICH)
            return
        if leaf.id.partition(":")[0] not in PARTS:
            self.notify("Pages and records can be brought back one by one; R brings back all.")
            return
        passphrase, wishes = await self.passphrase_of(entry), self.wishes_or_told()
        if passphrase is None or wishes is None:
            return
        project = self.depth.project
        self._restoring = RestorePart(entry.path, project, leaf.id, passphrase, wishes)
        self.work_line.say("Looking what that would change…")
        self.look_at_part(entry, project, leaf.id, passphrase)

    @on(PartSeen)
    def _part_seen(self, event: PartSeen) -> None:
        self.work_line.say("")
        job = self._restoring
        if job is None or job.part != event.part:
            return
        self._restoring = None
        if event.error is not None:
            self.desk.report(event.error)
        elif event.answer is not None:
            self._ask_to_restore(job, event.answer)

    def forget_passphrases(self) -> None:
        """Nor in what was to be done with one."""
        super().forget_passphrases()
        self._restoring = None

    @work(exclusive=True, group="ask-restore")
    async def _ask_to_restore(self, job: RestorePart, found: PartNow) -> None:
        from screens.backup.restoring import RestoreDialog

        if found.gone:
            self.notify(NOT_HERE, timeout=10)
        elif found.same:
            self.work_line.say("It is the same now: there is nothing to bring back.")
        elif await self.app.push_screen_wait(RestoreDialog(found)):
            self.start(job, "bringing it back")

    def sentence_for(self, answer: object) -> str:
        """What is said of work that is done."""
        if isinstance(answer, ImportReport):
            return "● It is as in the backup again. u takes that back, also days later."
        return super().sentence_for(answer)
