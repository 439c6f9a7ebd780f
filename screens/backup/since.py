"""What has changed since a backup: asked for, shown, unfolded."""

from __future__ import annotations

from textual import on, work

from core.backup.keeping.entry import Entry
from screens.backup.details import InProject
from screens.backup.inside import Depth, Inside
from screens.backup.messages import ComparedNow

WHICH = "Which project? Enter goes into the backup; c there compares."
NO_FILE = "There is no file of this backup here: it was streamed, or it was taken away."


class Since(Inside):
    """Compares a project of a backup with what it is now."""

    @work
    async def action_compare_backup(self) -> None:
        """c: the project one is in, or the open one, or the only one of the backup."""
        entry = self.chosen
        if entry is None:
            return
        if not entry.path or entry.missing:
            self.notify(NO_FILE, severity="warning")
            return
        project = self._project_to_compare(entry)
        if not project:
            self.notify(WHICH, severity="warning")
            return
        passphrase = await self.passphrase_of(entry)
        if passphrase is None:
            return
        if self.depth.project != project:
            self.depth = Depth(entry.id, project, from_list=not self.is_in)
        self.work_line.say("Comparing…")
        self.compare(entry, project, passphrase)

    def _project_to_compare(self, entry: Entry) -> str:
        if self.depth.project:
            return self.depth.project
        if self.is_in and isinstance(self.inside.value, InProject):
            return self.inside.value.id
        ids = [project.id for project in entry.projects]
        session = self.desk.session
        if session is not None and str(session.project_id) in ids:
            return str(session.project_id)
        return ids[0] if len(ids) == 1 else ""

    @on(ComparedNow)
    def _compared_now(self, event: ComparedNow) -> None:
        if (self.depth.entry, self.depth.project) != (event.entry_id, event.project):
            return
        self.work_line.say("")
        if event.error is not None:
            self.desk.report(event.error)
            return
        self.depth.compared = event
        self.add_class("-in")
        self.show_inside()
        self.compared.focus()
        self.compared.scroll_home(animate=False)

    def action_unfold_backup(self) -> None:
        """f: the parts that are the same, too."""
        self.unfolded = not self.unfolded
        self.show_inside()
