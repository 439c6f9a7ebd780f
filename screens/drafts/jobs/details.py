"""All that is known of one job: by whom, with which words, how long, for how much, what went wrong."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.screen import ModalScreen
from textual.widgets import Static

from core.cells import clean
from core.story import Attempt
from screens.drafts.jobs.board import DONE, Job
from screens.drafts.jobs.rows import SAID
from screens.drafts.wording import money

MOST = 20_000
"""Characters of a prompt that are shown."""


class JobDetails(ModalScreen[None]):
    """To be read and scrolled."""

    CSS_PATH = "../dialogs.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape,enter,q", "dismiss(None)", "Close")]

    def __init__(self, job: Job, attempt: Attempt) -> None:
        super().__init__()
        self._job, self._attempt = job, attempt

    def compose(self) -> ComposeResult:
        """Whose, then a line for each thing known."""
        with Vertical(classes="dialog"):
            yield Static(f"{self._job.label}: {self._job.step}", classes="question", markup=False)
            with VerticalScroll(classes="lines"):
                yield Static(self._text(), classes="text", markup=False)
            yield Static("Esc closes", classes="note", markup=False)

    def on_mount(self) -> None:
        """Arrows scroll."""
        self.query_one(VerticalScroll).focus()

    def _text(self) -> str:
        job, told = self._job, self._attempt
        state = SAID.get(job.state) or f"under way, {job.fraction:.0%}"
        facts = [("State", state), ("What went wrong", told.error or job.error), ("Made by", told.provider)]
        facts += [("Model", told.model), ("Seed", str(told.seed or "")), ("Tries", str(told.tries or ""))]
        facts += [("Took", f"{told.milliseconds / 1000:,.1f} s" if told.milliseconds else "")]
        known = told.cost or job.state == DONE  # of what failed or was stopped nobody may know yet
        facts += [("Cost", money(told.cost) if known else ""), ("Expected to cost", money(told.estimate))]
        facts += [("Worker", told.worker)]
        lines = [f"{name}: {clean(value)}" for name, value in facts if value]
        sent = [clean(line) for line in told.resolved[:MOST].split("\n")] if told.resolved else []
        return "\n".join([*lines, "", "As it was sent:", *sent] if sent else lines)
