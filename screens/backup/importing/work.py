"""What import screens have a process of its own do: plan, import, undo; each ends with a message."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from dataclasses import dataclass

from textual import work
from textual.message import Message

from core.backup.plan import Decisions, ImportPlan, ImportReport
from core.backup.work import Step, StoppedError, Work
from core.errors import GenkoError
from screens.backup.place import PlacedScreen


@dataclass
class Stepped(Message):
    """The work has come so far."""

    number: int
    step: Step

    def can_replace(self, message: Message) -> bool:
        """Only the newest matters."""
        return isinstance(message, Stepped)


@dataclass
class Planned(Message):
    """The plan is there, or why there is none."""

    number: int
    plan: ImportPlan | None
    error: GenkoError | None = None


@dataclass
class Done(Message):
    """The import, or its undoing, is done; or it is not, and nothing was changed."""

    number: int
    report: ImportReport | None
    error: GenkoError | None = None
    late: bool = False
    """It was to be stopped, but all was written by then."""


@dataclass
class Told(Message):
    """The imports that were made, newest first."""

    reports: list[ImportReport]
    error: GenkoError | None = None


class BringingWork(PlacedScreen):
    """One piece of work at a time; `number` tells which of them a message speaks of."""

    def __init__(self) -> None:
        super().__init__()
        self.number = 0
        self.stopping = threading.Event()

    def begin(self) -> Work:
        """What the next piece of work is given; what was under way is given up."""
        self.stopping.set()
        self.stopping = threading.Event()
        self.number += 1
        number = self.number

        def tell(step: Step) -> None:
            self.post_message(Stepped(number, step))

        return Work(tell, self.stopping)

    def on_unmount(self) -> None:
        """Nobody waits for it any more."""
        self.stopping.set()

    @work(thread=True, group="bringing", exit_on_error=False)
    def plan_in_worker(self, path: str, decisions: Decisions, passphrase: str, work: Work) -> None:
        """Ends with `Planned`: without a plan and an error when it was stopped."""
        from core.backup.elsewhere import run
        from core.backup.jobs import Plan

        number = self.number
        try:
            plan = run(Plan(path, decisions, passphrase), self.place, work)
        except StoppedError:
            self.post_message(Planned(number, None))
        except GenkoError as error:
            self.post_message(Planned(number, None, error))
        else:
            self.post_message(Planned(number, plan))

    @work(thread=True, group="bringing", exit_on_error=False)
    def apply_in_worker(
        self, path: str, plan: ImportPlan, decisions: Decisions, passphrase: str, work: Work
    ) -> None:
        """Ends with `Done`."""
        from core.backup.elsewhere import run
        from core.backup.jobs import Apply

        self._finish(
            lambda: run(Apply(path, plan, decisions, passphrase, wishes=self.wishes), self.place, work)
        )

    @work(thread=True, group="bringing", exit_on_error=False)
    def undo_in_worker(self, import_id: str, work: Work) -> None:
        """Ends with `Done`."""
        from core.backup.elsewhere import run
        from core.backup.jobs import Undo

        self._finish(lambda: run(Undo(import_id, wishes=self.wishes), self.place, work))

    async def plan_of_undo(self, import_id: str, work: Work) -> ImportReport:
        """What taking an import back would do. Raises GenkoError; StoppedError when it is stopped."""
        from core.backup.elsewhere import run
        from core.backup.jobs import PlanUndo

        return await asyncio.to_thread(run, PlanUndo(import_id), self.place, work)

    def _finish(self, do: Callable[[], ImportReport]) -> None:
        number = self.number
        before = {report.import_id for report in self._reports()}
        try:
            self.post_message(Done(number, do()))
        except StoppedError as error:
            # It may have been past the one commit: then it is done, and that is what is told.
            made = [report for report in self._reports() if report.import_id not in before]
            self.post_message(Done(number, made[0] if made else None, None if made else error, bool(made)))
        except GenkoError as error:
            # What went wrong is in the report, if some of it was done by then.
            made = [one for one in self._reports() if one.import_id not in before and one.interrupted]
            self.post_message(Done(number, made[0] if made else None, None if made else error))

    @work(thread=True, exclusive=True, group="imports", exit_on_error=False)
    def tell_imports(self) -> None:
        """Ends with `Told`."""
        try:
            self.post_message(Told(self._reports()))
        except GenkoError as error:
            self.post_message(Told([], error))

    def _reports(self) -> list[ImportReport]:
        from core.backup.importing import imports

        return imports(self.desk.shelf)
