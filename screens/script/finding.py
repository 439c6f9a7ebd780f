"""Finding, replacing and renaming."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable

from textual import events, on, work
from textual.containers import Horizontal

from core.script.areas import areas_at, speaker_at
from core.script.search import Area
from screens.commands.script.writing import WRITING
from screens.script.ordering import Ordering
from screens.widgets.editor import FindBar, ScriptEditor
from screens.widgets.editor.find_look import FIND_KEYS
from screens.wording import counted


class Finding(Ordering):
    """The find line, and what it did."""

    def action_find(self) -> None:
        """Ctrl+F: the find line, made when it is wanted first."""
        self._open_bar(replacing=False)

    def action_replace(self) -> None:
        """Alt+R: the find line with the line for what to put in."""
        self._open_bar(replacing=True)

    def action_find_next(self) -> None:
        """Alt+G in the text: on with what was looked for last."""
        self._find_again(FindBar.action_next)

    def action_find_previous(self) -> None:
        """Alt+Shift+G in the text."""
        self._find_again(FindBar.action_previous)

    def _find_again(self, go: Callable[[FindBar], None]) -> None:
        bar = next(iter(self.query(FindBar)), None)
        if bar is None:
            self.action_find()
        elif bar.is_open:
            go(bar)
        else:
            bar.look_again(go)

    @on(events.Key)
    def _close_find_bar(self, event: events.Key) -> None:
        """Escape in the text closes the find line too."""
        bar = next(iter(self.query(FindBar)), None)
        if event.key == "escape" and bar is not None and bar.is_open and self.editor.has_focus:
            bar.action_close()

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

    def find_bar_has(self, action: str) -> bool:
        """Whether keys go to the find line, and a command of the text would take one that it has or needs."""
        focused = self.focused
        if focused is None or not isinstance(focused.parent, Horizontal):
            return False
        if not any(isinstance(above, FindBar) for above in focused.ancestors):
            return False
        command = next((command for command in self.commands if command.action == action), None)
        if command is None or action in ("find", "replace"):
            return False
        return command in WRITING or bool(FIND_KEYS & set(self.desk.keys_of(command)))

    # --- renaming

    @work
    async def action_rename_character(self) -> None:
        """Another name in every cue, after a preview."""
        from screens.renamed import ask_and_rename

        old = speaker_at(self.session.script, self.editor.cursor[0])
        await ask_and_rename(
            self,
            self.session,
            old,
            self._apply_many,
            may_begin=lambda: not self.is_being_changed(),
        )
