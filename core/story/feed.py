"""Turns the document's events into the changes that subscribers see, and hands them out."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable

from core.story.document import SCRIPT
from core.story.events import Event
from core.story.shelves import is_order, touched
from core.story.types import Change, Origin, ProseChange, Section, TextEdit

Callback = Callable[[Change], None]
_FIELD = 3
"""Parts of a path that leads to a field: section, record, key."""


def to_changes(events: Iterable[Event], origin: Origin) -> tuple[Change, ...]:
    """One change for each section that the events touch, the script first."""
    edits: list[TextEdit] = []
    records: dict[Section, set[str]] = {}
    prose: dict[Section, list[ProseChange]] = {}
    ordered: set[Section] = set()
    for event in events:
        if event.path == (SCRIPT,):
            edits.extend(event.edits)
            continue
        found = touched(event)
        if found is not None:
            records.setdefault(found[0], set()).update(found[1])
            if is_order(event):
                ordered.add(found[0])
            if event.edits and len(event.path) == _FIELD:
                changed = ProseChange(event.path[1], event.path[2], event.edits)
                prose.setdefault(found[0], []).append(changed)
    script = [Change(Section.SCRIPT, origin, tuple(edits))] if edits else []
    return (
        *script,
        *(
            Change(s, origin, (), frozenset(ids), tuple(prose.get(s, ())), s in ordered)
            for s, ids in records.items()
        ),
    )


class Feed:
    """Calls subscribers back, in order, after the action; a callback may act again itself."""

    def __init__(self) -> None:
        self._callbacks: list[tuple[Section | None, Callback]] = []
        self._waiting: deque[Change] = deque()
        self._busy = False

    def subscribe(
        self, section: Section | None, callback: Callback, *, first: bool = False
    ) -> Callable[[], None]:
        """Call `callback` with the changes of a section (None: all); gives how to stop that.

        `first`: before all who are there, for what they will ask about the change.
        """
        entry = (section, callback)
        self._callbacks.insert(0 if first else len(self._callbacks), entry)

        def stop() -> None:
            if entry in self._callbacks:
                self._callbacks.remove(entry)

        return stop

    def emit(self, changes: Iterable[Change]) -> None:
        """Hand out changes. All subscribers hear of all of them, even if one of them fails."""
        self._waiting.extend(changes)
        if self._busy:
            return  # a callback acted: whoever called it goes on with these, in order
        self._busy = True
        errors: list[BaseException] = []
        try:
            while self._waiting:
                self._hand_out(self._waiting.popleft(), errors)
        finally:
            self._busy = False
        if errors:
            raise errors[0]

    def _hand_out(self, change: Change, errors: list[BaseException]) -> None:
        for section, callback in tuple(self._callbacks):
            if section is None or section is change.section:
                try:
                    callback(change)
                except BaseException as error:  # noqa: BLE001 - raised again when all have heard
                    errors.append(error)
