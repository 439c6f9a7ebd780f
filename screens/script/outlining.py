"""The outline beside the text: made when the keys rest, shown around the cursor, moved in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from textual import on

from core.script import LineKind, OutlineItem
from core.script.moving import Moved, Refused, move
from core.story import TextEdit
from core.workspace import ProjectSession
from screens.script.base import ScriptBase
from screens.widgets.outline import Outline


class Outlining(ScriptBase):
    """Chapters, pages and panels at the left, or over the text in a narrow window; Enter jumps."""

    def __init__(self, session: ProjectSession) -> None:
        super().__init__(session)
        self._outline_of = (-1, -1, -1)  # the structure, words and lines that the outline was made of
        self._next_outline: tuple[tuple[int, int, int], Sequence[OutlineItem]] | None = None
        self._moved_pages: list[tuple[int, int]] = []  # keys before a move, and the rows they went to
        self._renumbering_told = False

    def _outline_now(self) -> tuple[int, int, int]:
        """What an outline depends on: headings, their words, where they are."""
        script = self.session.script
        return script.structure, script.statistics().words, len(script.lines)

    def make_outline(self, budget_ms: float) -> bool:
        """Bring the outline up to date if it is shown; False: there was not enough time, call again."""
        now = self._outline_now()
        if not self.outline.display or self._outline_of == now:
            return True
        if self._next_outline is None or self._next_outline[0] != now:
            made = self.session.script.outline_slice(budget_ms)
            self._next_outline = None if made is None else (now, made)
            return False  # it is shown in a turn of its own
        items, self._next_outline, self._outline_of = self._next_outline[1], None, now
        keys = {item.row: item.key for item in items if item.key} if self._moved_pages else {}
        for key, row in self._moved_pages:
            if keys.get(row, key) != key:
                self.outline.folds.moved(key, keys[row])
        self._moved_pages = []
        self.outline.show(items, self.editor.cursor[0])
        return True

    def show_outline(self) -> None:
        """Show where the cursor is."""
        self.outline.show_cursor(self.editor.cursor[0])

    @on(Outline.Chosen)
    def _outline_chosen(self, event: Outline.Chosen) -> None:
        self.editor.go_to(event.row)
        self._back_to_text()

    @on(Outline.Left)
    def _back_to_text(self) -> None:
        self._renumbering_told = False
        self._lay_over(False)
        self.editor.focus()

    def mark_outline(self, hints: Mapping[int, int]) -> None:
        """The pages with hints are marked."""
        if self.outline.display:
            self.outline.show_marks(hints)

    # --- shown or not

    def action_toggle_outline(self) -> None:
        """The pages at the left; over the text where the window is narrow."""
        if not self._beside:
            if self.outline.has_class("-over"):
                self._back_to_text()
            else:
                self.action_go_to_outline()
            return
        off = not self.outline.has_class("-off")
        if off and self.outline.has_focus:
            self._back_to_text()
        self.outline.set_class(off, "-off")
        self.desk.set_preference("outline", not off)
        self.call_after_refresh(self.settle_soon)

    def action_go_to_outline(self) -> None:
        """The keys go to the outline, shown if it is not."""
        if self._beside:
            self.outline.remove_class("-off")
        else:
            self._lay_over(True)
        self.show_outline()
        self.outline.choose_current()
        self.outline.focus()
        self.call_after_refresh(self.settle_soon)

    @property
    def _beside(self) -> bool:
        return self.has_class("-wide") and not self.has_class("-focus")

    def _lay_over(self, over: bool) -> None:
        """Over the whole width, or beside the text as wide as the writer made it."""
        if over != self.outline.has_class("-over"):
            self.outline.set_class(over, "-over")
            self.outline.styles.width = "100%" if over else self.desk.preferences.outline_width

    def outline_resized(self) -> None:
        """The window has another size: where there is room beside the text, nothing lies over it."""
        if self._beside:
            self._lay_over(False)

    @on(Outline.Resized)
    def _remember_width(self, event: Outline.Resized) -> None:
        self.desk.set_preference("outline_width", event.width)

    # --- moving

    @on(Outline.Move)
    def _move_block(self, event: Outline.Move) -> None:
        """Move a block as one edit; the cursor goes with it, or to it."""
        script = self.session.script
        if self.is_being_changed():
            return
        if event.row >= len(script.lines):
            self.settle_soon()  # somebody else took it away: the outline has yet to follow
            return
        found = move(script, event.row, down=event.down)
        if isinstance(found, Refused):
            self.notify(found.why, timeout=3)
            return
        row, column = self.editor.cursor
        inside = found.row <= row < found.row + found.rows
        self._moved_pages = self._pages_on_the_way(found)
        self.editor.edit(*(TextEdit(*edit) for edit in found.edits))
        self.editor.go_to(
            found.new_row + row - found.row if inside else found.new_row, column if inside else 0
        )
        self.outline.expect(found.new_row)
        self._offer_renumbering(found.new_row)
        self.settle_soon()

    def _pages_on_the_way(self, found: Moved) -> list[tuple[int, int]]:
        """The keys of the pages that change places, and the rows where they will be."""
        low, high = min(found.row, found.passed.start), max(found.row + found.rows, found.passed.stop)
        waiting = {row: key for key, row in self._moved_pages}  # of moves the outline has yet to follow
        now = [
            (waiting.pop(row, key), row)
            for row, key, _ in self.session.script.pages.stamps()
            if low <= row < high
        ]
        places = [(key, found.follow(row)) for key, row in now]
        return [
            *((key, row) for row, key in waiting.items()),
            *((k, new) for k, new in places if new is not None),
        ]

    def _offer_renumbering(self, row: int) -> None:
        """Once while one is moving things: numbers that were written stay as they were."""
        line = self.session.script.line(row)
        if line.numbers and line.kind in (LineKind.PAGE, LineKind.PANEL) and not self._renumbering_told:
            self._renumbering_told = True
            self.notify(f"Its number stays as written. Renumber: {self.renumber_keys()}", timeout=6)

    def renumber_keys(self) -> str:
        """How renumbering is asked for, after the user's own keymap."""
        from screens.commands.base import key_name
        from screens.commands.everywhere import Places

        return " ".join((*(key_name(key) for key in self.desk.keys_of(Places)[-1:]), "#"))
