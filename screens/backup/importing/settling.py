"""Settling differences: the keys that the list of an import and the two sides of a difference share."""

from __future__ import annotations

from core.backup.plan import Choice
from screens.base import GenkoScreen
from screens.wording import counted


class Settles(GenkoScreen):
    """Whoever extends it says what `settle` and `settle_all` do."""

    def settle(self, choice: Choice) -> None:
        """The difference that is chosen or shown."""
        raise NotImplementedError

    def settle_all(self, choice: Choice) -> None:
        """All that are left."""
        raise NotImplementedError

    def say_settled(self, count: int) -> None:
        """So many were left, and are settled now."""
        self.notify(f"{counted(count, 'difference')} settled." if count else "Nothing is left to settle.")

    def action_keep_ours(self) -> None:
        """o: this difference."""
        self.settle(Choice.OURS)

    def action_take_theirs(self) -> None:
        """t: this difference."""
        self.settle(Choice.THEIRS)

    def action_keep_both(self) -> None:
        """b: this difference."""
        self.settle(Choice.BOTH)

    def action_keep_all_ours(self) -> None:
        """O: all that are left."""
        self.settle_all(Choice.OURS)

    def action_take_all_theirs(self) -> None:
        """T: all that are left."""
        self.settle_all(Choice.THEIRS)

    def action_keep_all_both(self) -> None:
        """B: all that are left."""
        self.settle_all(Choice.BOTH)
