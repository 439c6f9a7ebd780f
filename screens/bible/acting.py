"""What can be done with records in a bible tab: make, mark, order, throw away, take back."""

from __future__ import annotations

from datetime import UTC, datetime

from screens.bible.finding import Finding
from screens.wording import counted


class Acting(Finding):
    """Each action is one undo step, for one record or for all marked ones."""

    def action_new_record(self) -> None:
        """n: an empty record behind the chosen one, and into its name."""
        if self.shows_trash:
            self.action_show_record_trash()
        self.search, self.filters = "", {}
        self.store.checkpoint()
        at = next((i for i, one in enumerate(self.roster.all) if one == self.chosen_id), None)
        new = self.store.add_record(self.section, index=None if at is None else at + 1)
        self.fill(new)
        self.form.forget_place()
        self.action_edit_record()

    def action_select_record(self) -> None:
        """Space."""
        self.list_pane.toggle()

    def action_select_all_records(self) -> None:
        """Ctrl+A."""
        self.list_pane.toggle_all()

    def action_trash_record(self) -> None:
        """Del."""
        if self.shows_trash:
            self.notify("It is in the trash already; u takes it out.")
            return
        self._set_trashed(datetime.now(UTC).isoformat(timespec="seconds"), "in the trash; ^Z takes it back")

    def action_restore_record(self) -> None:
        """u."""
        if self.shows_trash:
            self._set_trashed("", "out of the trash")

    def _set_trashed(self, moment: str, said: str) -> None:
        ids = self.list_pane.acted_on
        if not ids:
            return
        self.store.checkpoint()
        count = self.store.update_records(self.section, ids, trashed_at=moment)
        self.list_pane.marked.clear()
        self.notify(f"{counted(count, self.noun)} {said}.", timeout=4)

    def action_move_record_up(self) -> None:
        """Alt+up."""
        self._move(-1)

    def action_move_record_down(self) -> None:
        """Alt+down."""
        self._move(1)

    def _move(self, by: int) -> None:
        ids = self.list_pane.acted_on
        order = self.list_pane.ids
        if not ids or self.shows_trash:
            return
        if self.is_arranged:
            self.notify("Records are moved in their own order: s sorts so, Esc shows all.", timeout=5)
            return
        first, last = order.index(ids[0]), order.index(ids[-1])
        neighbour = first - 1 if by < 0 else last + 1
        if not 0 <= neighbour < len(order):
            return
        rest = [one for one in self.roster.all if one not in set(ids)]
        at = rest.index(order[neighbour]) + (0 if by < 0 else 1)
        chosen = self.chosen_id
        self.store.checkpoint()
        self.store.move_records(self.section, ids, at)
        self.list_pane.choose(chosen)

    def action_fold_all_groups(self) -> None:
        """z."""
        self.form.form.fold_all()

    def action_undo_in_bible(self) -> None:
        """Ctrl+Z."""
        if not self.store.undo():
            self.notify("There is nothing left to take back.", timeout=3)

    def action_redo_in_bible(self) -> None:
        """Ctrl+Y."""
        if not self.store.redo():
            self.notify("There is nothing to do again.", timeout=3)
