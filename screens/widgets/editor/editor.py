"""ScriptEditor: the writer's text, kept in step with the store that owns it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import ClassVar

from textual.binding import BindingType
from textual.message import Message
from textual.signal import Signal

from core.script import LineSplice
from core.story import Change, Origin, Section, TextEdit
from screens.widgets.editor.bindings import editor_bindings
from screens.widgets.editor.document import Location, WrappedText
from screens.widgets.editor.mapping import Stick, map_offset
from screens.widgets.editor.ports import WatchedStore
from screens.widgets.editor.putting import EditorReplacing
from screens.widgets.editor.typing import EditorTyping


class ScriptEditor(EditorTyping, EditorReplacing):
    """A text editor over a store. It owns no words: edits go to the store and come back as changes."""

    BINDINGS: ClassVar[list[BindingType]] = editor_bindings()

    class Edited(Message):
        """The text has changed, whoever did it; `splices` say which rows, one after another."""

        def __init__(self, editor: ScriptEditor, change: Change, splices: list[LineSplice]) -> None:
            super().__init__()
            self.editor, self.change, self.splices = editor, change, splices

        @property
        def control(self) -> ScriptEditor:
            return self.editor

    def __init__(
        self,
        store: WatchedStore | None = None,
        *,
        id: str | None = None,
        classes: str | None = None,
    ) -> None:
        super().__init__(id=id, classes=classes)
        self._stop_watching: Callable[[], None] | None = None
        self._in_front = True
        self._pushed: Location | None = None  # where another's letters have carried the cursor to
        self.edited: Signal[Change] = Signal(self, "edited")
        if store is not None:
            self.attach(store)

    def attach(self, store: WatchedStore) -> None:
        """Show this store's text from now on, from the top; a former store is let go."""
        self.detach()
        self.store = store
        self._stop_watching = store.subscribe(Section.SCRIPT, self._on_change)
        self.wrapped = WrappedText(store.text, width=self.wrapped.width, wrap=self.soft_wrap)
        self._anchor = self._cursor = (0, 0)
        self._goal = None
        if self.is_mounted:
            self.scroll_to(0, 0, animate=False, force=True)
            self.sync()
            self._tell_cursor()

    def detach(self) -> None:
        """Let go of the store; the text stays on the screen and can't be changed."""
        if self._stop_watching is not None:
            self._stop_watching()
        self._stop_watching = self.store = None

    def on_unmount(self) -> None:
        self.detach()

    @property
    def text(self) -> str:
        """The text as it is shown: always the store's. O(text)."""
        return self.wrapped.buffer.text()

    def _on_change(self, change: Change) -> None:
        """Follow a change of the store, all its edits at once."""
        own, self._own = self._own if change.origin is Origin.LOCAL else None, None
        here = own is not None or change.origin is Origin.UNDO
        held = self._hold() if self.is_mounted else (0, 0)
        before = self.selection
        self._in_front = self._cursor[1] == 0 or self._cursor == self._pushed
        anchor, cursor = self._mapped_selection(change.edits)
        held_offset = map_offset(held[0], change.edits, Stick.AFTER if held[0] else Stick.BEFORE)
        splices = self.wrapped.apply(change.edits)
        self.text_changed(change.edits)
        self._ghost = ""
        if own is not None and own.select is not None:
            anchor, cursor = own.select
        elif here and change.edits:
            anchor = cursor = change.edits[-1].position + len(change.edits[-1].inserted)
        self._anchor, self._cursor = (self.wrapped.clip(self.wrapped.place(at)) for at in (anchor, cursor))
        self._pushed = self._cursor if self._in_front and not here else None
        self._goal = None
        if self._typing and here and self.helper is not None:
            self._ghost = self.helper.offer()
        self._show_change(here, held_offset, held[1])
        self.edited.publish(change)
        self.post_message(self.Edited(self, change, splices))
        if before != self.selection:
            self._tell_cursor()

    def _show_change(self, here: bool, held: int, distance: int) -> None:
        if not self.is_mounted:
            return
        if here:
            self.reveal()
        else:
            self._scroll_so(self.wrapped.place(held), distance)
        self.sync()

    def _mapped_selection(self, edits: Sequence[TextEdit]) -> tuple[int, int]:
        """Where somebody else's edits carry the ends of the selection (or the cursor)."""
        low, high = (self.wrapped.offset(place) for place in self.ordered_selection)
        if low == high:
            # At the start of a line one stands before what follows, elsewhere behind what one wrote;
            # and whom another's first letters have pushed along stays in front of the next ones.
            low = high = map_offset(low, edits, Stick.AFTER if self._in_front else Stick.BEFORE)
        else:
            low, high = map_offset(low, edits, Stick.AFTER), map_offset(high, edits, Stick.BEFORE)
            high = max(low, high)
        return (low, high) if self._anchor <= self._cursor else (high, low)
