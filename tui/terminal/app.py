"""What an app needs around the driver: an orderly end, honest copies, the mouse, no blinking."""

from __future__ import annotations

import asyncio
import gc
import os
import threading
from collections.abc import Sequence
from typing import TypeVar

from textual import events
from textual.app import App
from textual.filter import LineFilter
from textual.notifications import SeverityLevel
from textual.types import CSSPathType
from textual.worker import Worker

from tui.terminal.abilities import TerminalAbilities, look
from tui.terminal.clipboard import CopyPlan, CopyWay, copy_report, copy_sequence, is_too_long, run_copy
from tui.terminal.driver import GenkoDriver, driver_of
from tui.terminal.harmless import Harmless
from tui.terminal.losing import Loss

ReturnType = TypeVar("ReturnType")


class TerminalApp(App[ReturnType]):
    """A Textual app that treats terminal and line with care; to be inherited from."""

    SHUTDOWN_SECONDS = 10.0
    """How long an orderly end may take after the terminal was lost, before the process is ended."""

    def __init__(
        self, *, terminal: TerminalAbilities | None = None, css_path: CSSPathType | None = None
    ) -> None:
        """`terminal` is what check_terminal() gave; without it the environment is looked at."""
        self.terminal = terminal or look(os.environ)
        self._ending: asyncio.Task[None] | None = None
        self._harmless = Harmless()
        self._copy_plan: CopyPlan | None = None
        self._copy_advised = ""
        self._clock = threading.Lock()
        self._clock_runs = False
        super().__init__(driver_class=GenkoDriver, css_path=css_path)
        if self.terminal.is_ssh and "TEXTUAL_ANIMATIONS" not in os.environ:
            self.animation_level = "none"  # each step of an animation is a frame on the line

    def on_mount(self) -> None:
        """What can wait until the first paint."""
        self.call_after_refresh(self._settle_memory)

    def _settle_memory(self) -> None:
        """The modules and widgets of the start stay: collections need not walk them at each turn.

        A full collection takes 20 ms with them, which is a key's time, and none without. A main()
        that switched the collector off for the start gets it back here.
        """
        if driver_of(self) is not None:
            gc.freeze()
        gc.enable()

    # An orderly end

    async def keep_everything(self, loss: Loss) -> None:
        """Write down what is not yet on the disk and let go of what others need; override it.

        Called once, when the connection is gone or a signal asks the program to end. Nothing can be
        shown any more.
        """

    def keep_the_least(self, loss: Loss) -> None:
        """The last moment, on another thread, if the orderly end took too long; override it."""

    def terminal_lost(self, loss: Loss) -> None:
        """Begin the orderly end; the driver calls it."""
        self.terminal_losing(loss)
        self._ending = asyncio.get_running_loop().create_task(self._end_orderly(loss))

    def terminal_losing(self, loss: Loss) -> None:
        """Start the clock of the end; from any thread, as the UI's may be what is stuck."""
        with self._clock:
            if not self._clock_runs:
                self._clock_runs = True
                threading.Thread(
                    target=self._end_anyway, args=(loss,), name="genko-last", daemon=True
                ).start()

    async def _end_orderly(self, loss: Loss) -> None:
        try:
            with self._context():
                await self.keep_everything(loss)
        finally:
            self.exit(return_code=loss.exit_status)

    def _end_anyway(self, loss: Loss) -> None:
        threading.Event().wait(self.SHUTDOWN_SECONDS)  # a normal end of the process ends this thread
        try:
            self.keep_the_least(loss)
        finally:
            os._exit(loss.exit_status)

    # The mouse, the screen, the cursor

    def get_line_filters(self) -> Sequence[LineFilter]:
        """Textual's own, and the one that takes out what steers the terminal."""
        return [*super().get_line_filters(), self._harmless]

    def action_toggle_mouse(self) -> None:
        """Mouse reports off, so that the terminal's own selection works, or on again."""
        driver = driver_of(self)
        if driver is None:
            return
        driver.set_mouse(not driver.mouse)
        self.notify("Mouse: Genko." if driver.mouse else "Mouse: the terminal's own selection.", timeout=3)

    def notify(
        self,
        message: str,
        *,
        title: str = "",
        severity: SeverityLevel = "information",
        timeout: float | None = None,
        markup: bool = True,
    ) -> None:
        """Tell something in the corner; a sentence that still stands there is not put there twice."""
        if all((one.message, one.title) != (message, title) for one in list(self._notifications)):
            super().notify(message, title=title, severity=severity, timeout=timeout, markup=markup)

    # Keys for what is not there yet

    def hold_keys(self) -> None:
        """Keys wait from now on: they are for a screen that is being made, not for the one that is shown."""
        if (driver := driver_of(self)) is not None:
            driver.pacer.hold()

    def release_keys(self) -> None:
        """The screen is there and takes the keys that waited, before any later one."""
        if (driver := driver_of(self)) is not None:
            driver.pacer.release()

    def drop_keys(self) -> None:
        """The screen does not come: the keys that waited were meant for nothing that is shown."""
        if (driver := driver_of(self)) is not None:
            driver.pacer.drop()

    def action_repaint(self) -> None:
        """Send the whole screen again, after another program wrote on it."""
        if (driver := driver_of(self)) is not None:
            driver.repaint()

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """No blinking: it costs bytes all day long, and the hardware cursor is shown."""
        if getattr(event.widget, "cursor_blink", False):
            event.widget.cursor_blink = False  # type: ignore[attr-defined]

    def terminal_sends_foreign_bytes(self) -> None:
        """Tell how bytes that are not UTF-8 are read; the driver calls it once."""
        self.notify(
            "This terminal sends letters that are not UTF-8. They are read as Western European; "
            "set the terminal to UTF-8.",
            severity="warning",
        )

    # Copying

    def copy_to_clipboard(self, text: str) -> None:
        """Copy the text within Genko at once, and to the system's clipboard as well as that can be done."""
        if driver_of(self) is None:
            super().copy_to_clipboard(text)
            return
        self._clipboard = text
        self._copy_out(text)

    def _copy_out(self, text: str) -> Worker[None]:
        return self.run_worker(
            lambda: self._copy_in_worker(text), group="copy", exclusive=True, thread=True, exit_on_error=True
        )

    def _copy_in_worker(self, text: str) -> None:
        if self._copy_plan is None:
            self._copy_plan = copy_report(os.environ)
        plan = self._copy_plan
        if plan.command and not run_copy(plan, text, os.environ):
            plan = CopyPlan(CopyWay.INSIDE, False, f"{plan.command[0]} did not take it.")
            self._copy_plan = None  # tmux may have been restarted: ask again next time
        self.call_from_thread(self._copied, plan, text)

    def _copied(self, plan: CopyPlan, text: str) -> None:
        driver = driver_of(self)
        if driver is not None and (sequence := copy_sequence(plan, text)):
            driver.write(sequence)
        self.report_copy(plan, text)

    def report_copy(self, plan: CopyPlan, text: str) -> None:
        """Say so where a copy does not, or may not, reach the system's clipboard; how to mend it, once."""
        known, self._copy_advised = plan.advice == self._copy_advised, plan.advice
        if plan.reaches is False:
            advice = "" if known else f" {plan.advice}"
            self.notify(f"Copied within Genko only.{advice}", severity="warning", timeout=2 if known else 12)
        elif plan.way is CopyWay.TERMINAL and is_too_long(text):
            self.notify("Copied. It is long; some terminals drop copies over 75 kB.", severity="warning")
        elif plan.reaches is None and plan.advice and not known:
            self.notify(f"Copied. {plan.advice}", timeout=8)
