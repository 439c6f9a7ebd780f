"""What is typed between asking for a field and its having the cursor is the field's."""

from __future__ import annotations

from textual import events, on

from screens.tab import TabScreen

LONGEST = 5.0
"""Seconds that keys wait for a field that does not come; then they are let go of."""


class TypedAhead(TabScreen):
    """Keeps keys that come too early: on a slow line they would be commands of the list."""

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

    def on_key(self, event: events.Key) -> None:
        """A key that comes before its field. The next one may be here before what this one does."""
        if self._typed_ahead is not None:
            self._keep_for_field(event)
        elif self.leads_to_field(event.key):
            self.await_field()

    def on_paste(self, event: events.Paste) -> None:
        """As with keys."""
        self._keep_for_field(event)

    def _keep_for_field(self, event: events.Key | events.Paste) -> None:
        if self._typed_ahead is not None:
            event.stop()
            event.prevent_default()
            self._typed_ahead.append(event)

    @on(events.DescendantFocus)
    def _hand_over(self) -> None:
        """The field has the cursor: it gets what was typed for it."""
        if self._typed_ahead is not None and self.is_in_field and self.focused is not None:
            waiting, self._typed_ahead = self._typed_ahead, None
            for event in waiting:
                again = events.Key(event.key, event.character) if isinstance(event, events.Key) else event
                self.focused.post_message(again)
