"""Finding, replacing and renaming."""

from __future__ import annotations

from bisect import bisect_right

from textual import on

from core.script.areas import areas_at
from core.script.search import Area
from screens.script.base import ScriptBase
from screens.widgets.editor import FindBar, ScriptEditor
from screens.wording import counted


class Finding(ScriptBase):
    """The find line, and what it did."""

    def action_find(self) -> None:
        """Ctrl+F: the find line, made when it is wanted first."""
        self._open_bar(replacing=False)

    def action_replace(self) -> None:
        """Alt+R: the find line with the line for what to put in."""
        self._open_bar(replacing=True)

    def _open_bar(self, *, replacing: bool) -> None:
        bars = self.query(FindBar)
        if not bars:
            self.editor.count_pages = self._count_pages
            bar = FindBar(self.editor, self._areas)
            self.mount(bar, before=self.status_line)
            bar.call_after_refresh(bar.open, replacing=replacing)
        elif replacing and bars.first().is_open and bars.first().has_focus_within:
            bars.first().action_replace()
        else:
            bars.first().open(replacing=replacing)

    def _count_pages(self, rows: set[int]) -> int:
        starts = [row for row, _, _ in self.session.script.pages.stamps()]
        return len({bisect_right(starts, row) for row in rows} - {0})

    def _areas(self) -> list[Area]:
        return [*areas_at(self.session.script, self.editor.cursor[0])]

    @on(ScriptEditor.ReplacedAll)
    def _replaced_all(self, event: ScriptEditor.ReplacedAll) -> None:
        words = f"{counted(event.count, 'place')} replaced"
        if event.pages:
            words += f" in {counted(event.pages, 'page')}"
        self.query_one(FindBar).say(words)
        self.notify(f"{words}. One undo takes it back.", timeout=5)
