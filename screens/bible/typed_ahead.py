"""What is typed between asking for a field and its having the cursor is the field's."""

from __future__ import annotations

from textual import events, on

from screens.messages import FieldReady
from screens.tab import TabScreen

LONGEST = 5.0
"""Seconds that keys wait for a field that does not come; then they are let go of."""


class TypedAhead(TabScreen):
    """Keeps keys that come too early: on a slow line they would be commands of the list.

    The app asks for each key before it goes anywhere (`takes_early`): only there are all of them in their
    order. Of keys that are on their way to two widgets, the later one may well arrive first.
    """

    _typed_ahead: list[events.Key | events.Paste] | None = None
    """What was typed since a field was asked for that hasn't the cursor yet."""

    @property
    def is_in_field(self) -> bool:
        """Whether keys go to the record."""
        return False

    @property
    def is_entering(self) -> bool:
        """Whether keys wait for a field to have the cursor."""
        return self._typed_ahead is not None

    def leads_to_field(self, key: str) -> bool:
        """Whether this key, pressed now, is going to put the cursor into a field."""
        return False

    def await_field(self) -> None:
        """A field is going to have the cursor."""
        if not self.is_in_field and self._typed_ahead is None:
            waiting: list[events.Key | events.Paste] = []
            self._typed_ahead = waiting
            self.set_timer(LONGEST, lambda: self.await_nothing() if self._typed_ahead is waiting else None)

    def await_nothing(self) -> None:
        """It isn't, after all."""
        self._typed_ahead = None

    def takes_early(self, event: events.Key | events.Paste) -> bool:
        """A key that comes before its field waits. The next one may be here before what this one does."""
        if self._typed_ahead is not None:
            self._typed_ahead.append(event)
            return True
        if isinstance(event, events.Key) and self.leads_to_field(event.key):
            self.await_field()
        return False

    def early_keys(self) -> list[events.Key | events.Paste]:
        """What has waited, for the app to send it on; from now on nothing waits."""
        waiting, self._typed_ahead = self._typed_ahead or [], None
        return waiting

    @on(events.DescendantFocus)
    def _hand_over(self) -> None:
        """The field has the cursor: what was typed for it can go there."""
        if self._typed_ahead is not None and self.is_in_field:
            self.post_message(FieldReady())
