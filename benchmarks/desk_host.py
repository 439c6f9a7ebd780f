"""The real app with keys for measuring: F8 takes in what another program wrote, F9 reports standstills.

Arguments: TITLE REPORT. The journal is not asked for news except by F8, so that a merge can be timed from
outside, from the key to the screen.
"""

from __future__ import annotations

import asyncio
import gc
import sys
import time
from pathlib import Path

from textual.binding import Binding

import tui.app
from core.paths import Paths
from core.workspace import Shelf
from tui.settings import load_settings
from tui.terminal import check_terminal

WATCH_SECONDS = 0.001


class MeasuredApp(tui.app.GenkoApp):
    """Genko, watched by a task that wants to run every millisecond."""

    BINDINGS = [
        Binding("f8", "take_in", priority=True, show=False),
        Binding("f9", "report", priority=True, show=False),
    ]
    CSS_PATH = [Path(tui.app.__file__).parent / path for path in tui.app.GenkoApp.CSS_PATH]
    report_to = Path()
    longest = 0.0

    def on_ready(self) -> None:
        """Start to watch."""
        self.run_worker(self._watch())

    async def _watch(self) -> None:
        last = time.perf_counter()
        while True:
            await asyncio.sleep(WATCH_SECONDS)
            now = time.perf_counter()
            self.longest = max(self.longest, now - last - WATCH_SECONDS)
            last = now

    def action_take_in(self) -> None:
        """Merge what is new in the journal."""
        self.longest = 0.0
        if self.session is not None:
            self.session.poll()

    def action_report(self) -> None:
        """Write down the longest standstill since F8 (or since F9), in milliseconds."""
        self.report_to.write_text(f"{self.longest * 1000:.1f}", encoding="ascii")
        self.longest = 0.0


def main() -> None:
    """Start like `genko open`."""
    gc.disable()
    title, report = sys.argv[1:]
    tui.app.POLL_SECONDS = 86_400
    paths = Paths.from_environment()
    settings = load_settings(paths.settings_file)
    abilities = check_terminal()
    app = MeasuredApp(paths, settings, opening=Shelf(paths).find(title).project_id, terminal=abilities)
    app.report_to = Path(report)
    try:
        app.run()
    finally:
        app.close()


if __name__ == "__main__":
    main()
