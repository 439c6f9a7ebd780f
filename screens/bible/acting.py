"""What can be done with records in a bible tab: make, mark, order, throw away, take back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

from textual import events, on

from screens.bible.finding import Finding
from screens.commands import Command
from screens.commands.bible import IN_LIST, EditRecord, LeaveRecord, UndoInBible
from screens.commands.bible_views import ShowInScript
from screens.widgets.keys import KeysLine
from screens.wording import NOTHING_TO_REDO, NOTHING_TO_UNDO, counted

ABOUT = (
    "Who and what is in the story. Enter goes from the list into the fields of the chosen record, Escape "
    "leads back. There is nothing to save: each letter is in the project as it is typed, and undo takes it "
    "back. Where a field is a list, commas stand between the words. In the list, ● is marked, ▣ has a "
    "picture, ○ is not in the script; the bars show where in the script somebody is."
)
FIELD_KEYS = (
    ("Tab  Enter", "To the next field; Enter is a new line in prose."),
    ("Shift+Tab", "To the field before."),
    ("Up  Down", "Through the fields, and through the lines of a field."),
    ("Alt+Down  Alt+Up", "The next of the words that are offered for a field; any other word will do, too."),
    ("Left  Right", "On a title: fold the group or unfold it. Space and Enter do either."),
    ("Shift+Up  Shift+Down", "In the list: mark several."),
)
LIST_ACTIONS = frozenset(command.action for command in IN_LIST)


class Acting(Finding):
    """Each action is one undo step, for one record or for all marked ones."""

    def help_text(self) -> str:
        """For F1."""
        return ABOUT

    def help_keys(self) -> list[tuple[str, str]]:
        """The keys of fields and list."""
        return list(FIELD_KEYS)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """What is done with a record from the list isn't done while one of its fields has the cursor."""
        if action in LIST_ACTIONS:
            return not self.form.has_cursor and not (self.reads_dossier and self.has_class("-narrow"))
        if action == LeaveRecord.action:
            return self.form.has_cursor or self.reads_dossier
        return super().check_action(action, parameters)

    @on(events.DescendantFocus)
    def _show_keys(self) -> None:
        """The last line has the keys of where the cursor is."""
        own = [command for command in self.commands if command not in (LeaveRecord, UndoInBible)]
        if self.reads_dossier:
            narrow = self.has_class("-narrow")
            out: Sequence[type[Command]] = (*IN_LIST, ShowInScript) if narrow else (EditRecord, ShowInScript)
        else:
            out = own if self.form.has_cursor else (LeaveRecord,)
        self.query_one(KeysLine).leave_out(*out)

    def action_leave_record(self) -> None:
        """Esc in a field, or in what the script has of the record."""
        if self.reads_dossier:
            self.leave_dossier()
        else:
            self.leave_form()

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
            self.notify(NOTHING_TO_UNDO, timeout=3)

    def action_redo_in_bible(self) -> None:
        """Ctrl+Y."""
        if not self.store.redo():
            self.notify(NOTHING_TO_REDO, timeout=3)
