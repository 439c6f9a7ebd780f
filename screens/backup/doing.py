"""What one does with backups: making, verifying, naming, pinning, throwing away; the work and its end."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import on, work

from core.backup.answers import Made, Verified
from core.backup.jobs import AnyJob, BackUp, RestorePart, Verify
from core.backup.keeping.entry import Entry
from core.errors import GenkoError
from core.sizes import as_size
from screens.backup.messages import Ended, Progressed
from screens.backup.since import Since
from screens.backup.wording import moment, span
from screens.backup.work import now
from screens.commands.backup import StopBackup
from screens.commands.base import key_name
from screens.wording import counted

if TYPE_CHECKING:
    from core.backup.keeping.wishes import KeepingWishes

STOPPED = "Stopped. Nothing half-written is left; all else is as it was."
STOPPED_LATE = "Stopped. If it was done already, u shows it and takes it back."


class Doing(Since):
    """Commands on backups."""

    # making

    def action_back_up_now(self) -> None:
        """b: everything, to where backups are."""
        if (wishes := self.wishes_or_told()) is not None:
            self.start(BackUp(wishes=wishes), "looking at what there is")

    @work
    async def action_choose_backup(self) -> None:
        """e: what, where, under which name; then as b."""
        from screens.backup.choosing import BackupDialog

        wishes = self.wishes_or_told()
        if wishes is None:
            return
        session = self.desk.session
        open_project = (str(session.project_id), session.store.meta.title) if session is not None else None
        job = await self.app.push_screen_wait(BackupDialog(self.place, wishes, open_project))
        if job is not None:
            self.start(job, "looking at what there is")

    def wishes_or_told(self) -> KeepingWishes | None:
        """How backups are wanted; None, and said why, for settings that make no sense."""
        try:
            return self.wishes
        except GenkoError as error:
            self.desk.report(error)
            return None

    def start(self, job: AnyJob, sentence: str) -> None:
        """Begin work that has its progress shown."""
        if self.begin(job, sentence):
            self.refresh_bindings()

    # verifying

    def action_verify_backup(self) -> None:
        """v: read it again."""
        entry, wishes = self.chosen, self.wishes_or_told()
        if entry is not None and wishes is not None:
            passphrase = self._passphrases.get(entry.id, "")
            self.start(Verify((entry.id,), passphrase, wishes), "reading")

    def action_verify_backups(self) -> None:
        """V: all that are listed."""
        ids = tuple(
            one.id for one in self.entries if (one.trashed_at is not None) == self.trashed and one.path
        )
        wishes = self.wishes_or_told()
        if ids and wishes is not None:
            self.start(Verify(ids, wishes=wishes), "reading")

    # the work

    def action_stop_backup(self) -> None:
        """x: end it."""
        if self.under_way is not None:
            self.under_way.stop.set()
            self.work_line.say("Stopping…")

    @on(Progressed)
    def _progressed(self, event: Progressed) -> None:
        if self.under_way is not None and not self.under_way.stop.is_set():
            self.pace.hear(event.step, now())
            keys = self.desk.keys_of(StopBackup)
            self.work_line.show_step(event.step, self.pace, key_name(keys[0]) if keys else "")

    @on(Ended)
    def _ended(self, event: Ended) -> None:
        self.under_way = None
        self.refresh_bindings()
        if event.stopped:
            self.work_line.say(STOPPED_LATE if isinstance(event.job, RestorePart) else STOPPED)
        elif event.error is not None:
            self.work_line.say(f"▲ {event.error.what}")
            self.desk.report(event.error)
        else:
            self.work_line.say(self.sentence_for(event.answer))
            self.desk.read_elsewhere()
        if isinstance(event.job, Verify):
            for one in event.job.ids:
                self.summaries.pop(one, None)  # its file may say something else by now
        if isinstance(event.answer, Made):
            self.wanted = event.answer.id
        self.load()

    def sentence_for(self, answer: object) -> str:
        """What is said of work that is done."""
        match answer:
            case Made():
                if answer.notes:
                    note = "\n".join(answer.notes)
                    self.notify(note, title="Backed up, but", severity="warning", markup=False, timeout=15)
                words = counted(answer.words, "word")
                done = f"{as_size(answer.size)}, {words} in {span(answer.seconds)}"
                return f"● Backed up and read back: {done}."
            case tuple():
                return verified_sentence([one for one in answer if isinstance(one, Verified)])
            case _:
                return "● Done."

    # names, pins, the trash

    def _kept(self) -> Entry | None:
        """The chosen backup if it is not in the trash; says so otherwise."""
        if self.trashed:
            self.notify("It is in the trash. o takes it out.", severity="warning")
            return None
        return self.chosen

    def action_pin_backup(self) -> None:
        """p: keep it for ever, or no longer."""
        if (entry := self._kept()) is not None:
            said = "It has its time again." if entry.pinned else "Pinned: it is kept whatever its age."
            self.change(lambda catalogue: catalogue.pin(entry.id, not entry.pinned), said)

    @work
    async def action_name_backup(self) -> None:
        """n: a name, which keeps it, too."""
        from screens.prompts import TextPrompt

        entry = self._kept()
        if entry is None:
            return
        note = "A named backup is kept whatever its age. An empty name takes it away."
        label = await self.app.push_screen_wait(
            TextPrompt("Name of this backup", value=entry.label, note=note)
        )
        if label is not None and label != entry.label:
            said = f"It is called “{label.strip()}”." if label.strip() else "It has no name any more."
            self.change(lambda catalogue: catalogue.rename(entry.id, label), said)

    def action_trash_backup(self) -> None:
        """Del: to the trash, from where o brings it back."""
        if (entry := self._kept()) is not None:
            self.last_trashed = entry.id
            self.leave_inside()
            said = f"The backup of {moment(entry.made_at)} is in the trash for 7 days. o brings it back."
            self.change(lambda catalogue: catalogue.trash(entry.id), said)

    def action_keep_backup(self) -> None:
        """o: out of the trash; outside of it, the one that was thrown away last."""
        entry = self.chosen
        wanted = (entry.id if entry is not None else "") if self.trashed else self.last_trashed
        if not wanted:
            self.notify("t shows the trash; o there takes the chosen backup out.")
            return
        self.last_trashed = ""
        self.change(lambda catalogue: catalogue.restore(wanted), "It is back in the list.")

    def leave_inside(self) -> None:
        """To the list."""
        if self.is_in:
            self.remove_class("-in")
            self.history.focus()

    def action_daily_backup(self) -> None:
        """d: on or off."""
        daily = not self.desk.preferences.backup.daily
        self.desk.set_preference("backup.daily", daily)
        self.show_top()
        self.work_line.say(
            "The daily backup is on: at the first start of a day, if anything has changed."
            if daily
            else "The daily backup is off. Only b makes backups now."
        )


def verified_sentence(found: list[Verified]) -> str:
    """What came of reading backups again."""
    damaged = [one for one in found if one.failed]
    if not damaged:
        every = "every byte is right" if len(found) == 1 else "every byte of all of them is right"
        return f"● {counted(len(found), 'backup')} read again: {every}."
    if len(found) == 1:
        return f"▲ {damaged[0].failed} Make a new one with b."
    return f"▲ {len(damaged)} of {len(found)} backups are damaged; the others are whole. b makes a new one."
