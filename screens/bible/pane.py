"""Form and live editor together: where the cursor is, what is said below it, whose words are whose."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from textual import on
from textual.app import ComposeResult
from textual.containers import Container
from textual.getters import query_one
from textual.message import Message

from core.story import AnyRecord, ProjectStore, Section
from core.story.field_text import FieldText
from screens.bible.field_editor import FieldEditor
from screens.bible.fields import GROUPS, Field, FieldKind
from screens.bible.form import SWATCH, RecordForm
from screens.bible.form_lines import Stop
from screens.bible.values import older_text, swatch_of
from screens.widgets.editor import ScriptEditor


class RecordPane(Container):
    """Shows one record and types into it. The editor is made when it is first needed."""

    DEFAULT_CSS = """
    RecordPane { layers: paint type; width: 1fr; height: 1fr; }
    RecordPane RecordForm { layer: paint; }
    RecordPane FieldEditor { layer: type; display: none; }
    """

    class Left(Message):
        """Escape: back to the list."""

    @dataclass
    class Renamed(Message):
        """What hints depend on has been typed: the name, or other names."""

        record_id: str

    form = query_one(RecordForm)

    def __init__(
        self,
        store: ProjectStore,
        section: Section,
        facts: Callable[[AnyRecord, Field], str],
        hints: Callable[[AnyRecord, Field], list[str]],
    ) -> None:
        """`facts` says fields that aren't typed, `hints` what is to be told of a field being typed in."""
        super().__init__()
        self._store, self._section = store, section
        self._facts, self._hints = facts, hints
        self._field_text: FieldText | None = None
        self._last: Stop | None = None

    def compose(self) -> ComposeResult:
        """Only what is painted; the editor comes after the first paint."""
        yield RecordForm(GROUPS[self._section], self._facts)

    def ready(self) -> None:
        """Make the editor, so that going into a field needn't."""
        if not self.query(FieldEditor):
            self.mount(FieldEditor())

    @property
    def editor(self) -> FieldEditor:
        """The live editor."""
        self.ready()
        return self.query_one(FieldEditor)

    @property
    def is_typing(self) -> bool:
        """Whether a field has the cursor."""
        return self._field_text is not None

    @property
    def typed_id(self) -> str:
        """The record that somebody types in; "" while nobody does."""
        return self._field_text.record_id if self._field_text is not None else ""

    @property
    def has_cursor(self) -> bool:
        """Whether keys go to the form or to its editor."""
        focused = self.screen.focused
        return focused is not None and (focused is self.form or isinstance(focused, FieldEditor))

    # --- records

    def show(self, record: AnyRecord | None) -> None:
        """Another record, or the same one as it is now."""
        form = self.form
        if self._field_text is not None and (record is None or record.id != self._field_text.record_id):
            stop, had_cursor = form.current, self.has_cursor
            self._let_go()
            form.show(record)
            if had_cursor and record is not None and stop is not None:
                self.go(stop)
            return
        if record is None or not self.is_typing:
            form.show(record)
        elif self._field_text is not None and self._field_text.is_writing:
            form.record = record  # the editor tells what was typed
        else:
            form.record = record
            form.forget()
            self._place()

    # --- going about

    def enter(self, stop: Stop | None = None) -> None:
        """Into the form: to a stop, to where the cursor was last, or to the first field."""
        stops = self.form.lines.stops
        wanted = stop or self._last
        if wanted not in stops:
            wanted = next((one for one in stops if one.field), stops[0] if stops else None)
        if wanted is not None:
            self.go(wanted)

    def forget_place(self) -> None:
        """The next `enter` goes to the first field."""
        self._last = None

    def go(self, stop: Stop, *, at_end: bool = True) -> None:
        """Put the cursor at a stop: into its field, or on a title."""
        self._let_go()
        form = self.form
        if stop.group in form.folded and stop.field:
            form.toggle_fold(stop.group, shut=False)
        form.current = self._last = stop
        field = form.field_at(stop)
        if field is None or field.kind is FieldKind.FACTS or form.record is None:
            form.hints = (field.help,) if field is not None and field.help else ()
            form.lay_out()
            form.refresh()
            form.reveal()
            form.focus()
            return
        self._type_in(form.record, field, at_end=at_end)

    def _type_in(self, record: AnyRecord, field: Field, *, at_end: bool) -> None:
        editor = self.editor
        text = FieldText(self._store, self._section, record.id, field.name, older=older_text(record, field))
        self._field_text = text
        editor.field = field
        editor.wrapped.set_layout(self.form.words_width, wrap=True)
        editor.attach(text)
        self.form.typing = True
        editor.display = True
        if at_end:
            editor.select(editor.wrapped.end, editor.wrapped.end)
        self._place()
        self.form.refresh()
        editor.focus()

    def _let_go(self) -> None:
        """The field is left: what was typed stands."""
        text, self._field_text = self._field_text, None
        self.form.hints = ()
        if text is None:
            return
        self.editor.detach()
        self.editor.display = False
        self.form.typing = False
        text.leave()
        self.form.lay_out()
        self.form.refresh()

    def leave(self) -> None:
        """Back to the list; the cursor's place is remembered."""
        self._let_go()
        self.form.current = None
        self.form.lay_out()
        self.form.refresh()

    # --- the editor's place

    def _place(self) -> None:
        """Give the editor the rows it needs, and put it where its field is painted."""
        form, editor = self.form, self.editor
        room = max(1, form.size.height - 2)
        editor.wrapped.set_layout(form.words_width, wrap=True)
        form.typed_rows = min(editor.rows, room)
        form.hints = self._said()
        form.lay_out()
        form.reveal()
        self._move_editor()

    def _move_editor(self) -> None:
        form, editor = self.form, self.editor
        top = form.lines.tops.get(form.current, 0) if form.current is not None else 0
        wanted = (form.label_width, top - form.scroll_offset.y)
        size = (form.words_width + 1, form.typed_rows)
        styles = editor.styles
        if (editor.place, editor.extent) != (wanted, size):
            editor.place, editor.extent = wanted, size
            styles.offset = wanted
            styles.width, styles.height = size

    def _said(self) -> tuple[str, ...]:
        record, field, text = self.form.record, self.editor.field, self._field_text
        if record is None or field is None or text is None:
            return ()
        found = [field.help] if field.help else []
        if field.offers:
            shown = (f"{SWATCH}{one}" if field.kind is FieldKind.COLOUR else one for one in field.offers)
            found.append(f"Alt+↓: {' · '.join(shown)}")
        if field.kind is FieldKind.COLOUR and self.editor.text.strip() and not swatch_of(self.editor.text):
            found.insert(0, "▲ No colour yet: # and six of 0–9 and a–f.")
        if text.theirs is not None:
            found.insert(0, f"▲ Meanwhile it became “{_short(text.theirs)}” elsewhere; yours stays.")
        return (*self._hints(record, field), *found)

    # --- news

    @on(ScriptEditor.Edited)
    def _edited(self, event: ScriptEditor.Edited) -> None:
        event.stop()
        if self.is_typing:
            self._place()

    @on(ScriptEditor.CursorMoved)
    def _moved(self, event: ScriptEditor.CursorMoved) -> None:
        event.stop()

    @on(ScriptEditor.Replaced)
    def _replaced(self, event: ScriptEditor.Replaced) -> None:
        event.stop()
        self.notify(
            "Characters that can't be kept in any file or database stand as \ufffd.", severity="warning"
        )

    @on(FieldEditor.Leave)
    def _leave(self, event: FieldEditor.Leave) -> None:
        event.stop()
        if event.way == 0:
            self.post_message(self.Left())
            return
        stop = self.form.next_stop(event.way)
        if stop is not None:
            self.go(stop)

    @on(RecordForm.Went)
    def _went(self, event: RecordForm.Went) -> None:
        event.stop()
        if event.stop_at in self.form.lines.tops:
            self.go(event.stop_at)

    @on(RecordForm.Left)
    def _left(self, event: RecordForm.Left) -> None:
        event.stop()
        self.post_message(self.Left())

    def on_resize(self) -> None:
        """Another width wraps otherwise."""
        if self.is_typing:
            self.call_after_refresh(self._place)


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= 40 else line[:39] + "…"
