"""The record at the right of a bible tab, painted line by line, with one live editor where somebody types."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import ClassVar

from rich.text import Text
from textual.binding import Binding, BindingType
from textual.events import Click
from textual.geometry import Region, Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip

from core.story import AnyRecord
from screens.bible.fields import Field, FieldKind, Group
from screens.bible.form_lines import FormLine, FormLines, Stop, Wanted, form_lines
from screens.bible.painting import strip_of
from screens.bible.values import swatch_of
from screens.widgets.editor.cells import drawn
from screens.widgets.ground import Ground
from screens.widgets.project_rows import fit

LABELS = 17
NARROW_LABELS = 13
LEAST = 8
SWATCH = "■"
"""In front of an offered colour; painted in it."""


def no_facts(record: AnyRecord, field: Field) -> str:
    """Nothing is known of a field that isn't typed."""
    return ""


class RecordForm(Ground, ScrollView, can_focus=True):
    """Paints a record. `current` is the stop with the cursor; on a title the form itself has the focus."""

    ALLOW_SELECT = False
    DEFAULT_CSS = """
    RecordForm { height: 1fr; width: 1fr; scrollbar-size-vertical: 1; overflow-x: hidden; overflow-y: auto; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "go(-1)", show=False),
        Binding("down", "go(1)", show=False),
        Binding("tab", "go(1)", show=False, priority=True),
        Binding("shift+tab", "go(-1)", show=False, priority=True),
        Binding("enter,space", "fold", show=False),
        Binding("left", "fold(True)", show=False),
        Binding("right", "fold(False)", show=False),
        Binding("escape", "leave", show=False),
    ]

    @dataclass
    class Went(Message):
        """The cursor shall go to another stop."""

        stop_at: Stop

    class Left(Message):
        """Escape: back to the list."""

    def __init__(self, groups: tuple[Group, ...], facts: Callable[[AnyRecord, Field], str]) -> None:
        super().__init__()
        self._groups = groups
        self._facts = facts
        self.record: AnyRecord | None = None
        self.lines = FormLines()
        self.current: Stop | None = None
        self.typing = False
        """Whether the live editor stands at `current`."""
        self.typed_rows = 1
        self.hints: tuple[str, ...] = ()
        self.empty = ""
        self.folded = {group.title for group in groups if group.folded}
        self._shown: list[FormLine] = []
        self._known: dict[str, tuple[object, str]] = {}
        """What fields that aren't typed say, with the values that it was made of; kept while one types."""

    # --- what it is told

    def show(self, record: AnyRecord | None) -> None:
        """Another record, or the same one as it is now; only rows that differ are painted."""
        fresh = record is None or self.record is None or record.id != self.record.id
        self.record = record
        self._known.clear()
        if fresh:
            self.scroll_to(0, 0, animate=False, force=True)
        self.lay_out()

    def forget(self) -> None:
        """Other records may be called otherwise: what is said of them is asked for again."""
        self._known.clear()

    def _fact(self, record: AnyRecord, field: Field) -> str:
        value = getattr(record, field.name, None)
        known = self._known.get(field.name)
        if known is None or known[0] != value:
            known = self._known[field.name] = value, self._facts(record, field)
        return known[1]

    def lay_out(self) -> None:
        """Make the rows anew."""
        before, self._shown = self._shown, []
        if self.record is not None:
            wanted = Wanted(
                self.words_width,
                frozenset(self.folded),
                self.current if self.typing or self.hints else None,
                self.typed_rows,
                self.hints,
            )
            self.lines = form_lines(self.record, self._groups, wanted, self._fact)
            self._shown = self.lines.rows
        else:
            self.lines = FormLines()
        size = Size(self.size.width, len(self._shown))
        if size != self.virtual_size or not before:
            self.virtual_size = size
            self.refresh()
            return
        top = self.scroll_offset.y
        for at, (old, new) in enumerate(zip(before, self._shown, strict=False)):
            if old != new:
                self.refresh(Region(0, at - top, self.size.width, 1))

    @property
    def label_width(self) -> int:
        """Cells for labels."""
        return LABELS if self.size.width >= 56 else NARROW_LABELS

    @property
    def words_width(self) -> int:
        """Cells for what a field says; the editor needs one more for its cursor."""
        return max(LEAST, self.scrollable_content_region.width - self.label_width - 2)

    def field_at(self, stop: Stop | None) -> Field | None:
        """The field of a stop; None for a title."""
        return self.lines.fields.get(stop) if stop is not None else None

    def next_stop(self, by: int, *, fields: bool = False) -> Stop | None:
        """The stop so far from the current one; None past the ends. `fields`: no titles of open groups."""
        stops = [s for s in self.lines.stops if not (fields and not s.field and s.group not in self.folded)]
        if self.current not in stops:
            every = self.lines.stops
            at = every.index(self.current) if self.current in every else -1
            beyond = every[at + 1 :] if by > 0 else list(reversed(every[: max(0, at)]))
            return next((stop for stop in beyond if stop in stops), None)
        at = stops.index(self.current) + by
        return stops[at] if 0 <= at < len(stops) else None

    def reveal(self) -> None:
        """Scroll so that the current stop is seen, with what belongs to it."""
        if self.current not in self.lines.tops or not self.size.height:
            return
        first = self.lines.tops[self.current]
        size = sum(line.stop == self.current and line.role != "blank" for line in self._shown[first:])
        last, top, height = first + size - 1, self.scroll_offset.y, self.size.height
        first = 0 if first == 1 else first
        if last >= top + height:
            top = last - height + 1
        top = min(top, first)
        if top != self.scroll_offset.y:
            self.scroll_to(0, top, animate=False, force=True)

    def toggle_fold(self, group: str, shut: bool | None = None) -> None:
        """Fold a group or unfold it."""
        shut = group not in self.folded if shut is None else shut
        (self.folded.add if shut else self.folded.discard)(group)
        self.lay_out()

    def fold_all(self) -> None:
        """All groups but none, or none, as most of them are not."""
        titles = {group.title for group in self._groups}
        self.folded = set() if self.folded == titles else titles
        self.lay_out()

    # --- keys and mouse, while no field is typed in

    def action_go(self, by: int) -> None:
        """To the next stop."""
        stop = self.next_stop(by)
        if stop is not None:
            self.post_message(self.Went(stop))

    def action_fold(self, shut: bool | None = None) -> None:
        """Fold or unfold the group whose title has the cursor."""
        if self.current is not None and not self.current.field:
            self.toggle_fold(self.current.group, shut)

    def action_leave(self) -> None:
        """Escape."""
        self.post_message(self.Left())

    def on_click(self, event: Click) -> None:
        """On a title folds, on a field goes there."""
        at = event.y + self.scroll_offset.y
        if at < len(self._shown):
            line = self._shown[at]
            if line.role == "group":
                self.toggle_fold(line.stop.group)
            self.post_message(self.Went(line.stop))

    def on_resize(self) -> None:
        """Another width wraps otherwise."""
        self.lay_out()

    def on_focus(self) -> None:
        """The cursor is seen."""
        self.refresh()

    def on_blur(self) -> None:
        """The cursor is not seen."""
        self.refresh()

    # --- painting

    def render_line(self, y: int) -> Strip:
        """A title, or a label and a row of what the field says."""
        width = self.scrollable_content_region.width
        at = y + self.scroll_offset.y
        if self.record is None and y == 0 and self.empty:
            return self._strip(Text(" " + self.empty, self.app.theme_variables["quiet"], end=""), width)
        if at >= len(self._shown):
            return Strip.blank(width, self.ground)
        line = self._shown[at]
        text = self._title(line, width) if line.role == "group" else self._words(line)
        text.truncate(width, pad=True)
        if line.stop == self.current and self.has_focus and (line.role in ("group", "facts") or line.label):
            text.stylize(f"on {self.app.theme_variables['block-cursor-background']}")
        return self._strip(text, width)

    def _title(self, line: FormLine, width: int) -> Text:
        colours = self.app.theme_variables
        text = Text(line.label, f"bold {colours['accent']}", end="", no_wrap=True)
        if line.text:
            text.append(f"   {line.text}", colours["quiet"])
        return text

    def _words(self, line: FormLine) -> Text:
        colours = self.app.theme_variables
        here = line.stop == self.current and line.label and (self.typing or self.has_focus)
        label = fit(("▸ " if here else "  ") + line.label, self.label_width)
        text = Text(end="", no_wrap=True)
        text.append(label, f"bold {colours['foreground']}" if here else colours["quiet"])
        if line.field is not None and line.field.kind is FieldKind.COLOUR and line.label:
            colour = swatch_of(self.lines.texts.get(line.stop, ""))
            if colour:
                text.right_crop(3)
                text.append("██ ", colour)
        quiet = line.role in ("hint", "facts") or line.text.startswith("… ")
        shown = drawn(line.text.expandtabs(4))
        text.append(
            shown, f"italic {colours['quiet']}" if line.role == "hint" else colours["quiet"] if quiet else ""
        )
        if line.role == "hint" and line.field is not None and line.field.kind is FieldKind.COLOUR:
            for at in (at for at, letter in enumerate(text.plain) if letter == SWATCH):
                text.stylize(swatch_of(text.plain[at + 1 : at + 8]), at, at + 1)
        return text

    def _strip(self, text: Text, width: int) -> Strip:
        return strip_of(text, width, self.ground, self.app.console)
