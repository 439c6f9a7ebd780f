"""What the script has of a character, a background or a scene, as lines."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar, NamedTuple

from textual.binding import Binding, BindingType

from screens.bible.views.lines import BLANK, Line, LineList, heading, quiet
from screens.bible.views.timeline import bar, ticks, wrapped
from screens.wording import counted

if TYPE_CHECKING:
    from core.bible import Appearances
    from core.bible import Line as Said
    from core.script.figures import Spot

LABEL = 9
"""Cells in front of a timeline and of a list of names."""
PLACE = 9
"""Cells of a place in the script."""
MOST = 3
"""Lines of names of those who share panels."""


class Jump(NamedTuple):
    """To a row of the script. Two with the same name are the same place, wherever it is by now."""

    name: tuple[object, ...]
    row: int

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Jump) and self.name == other.name

    def __ne__(self, other: object) -> bool:
        return not self == other

    def __hash__(self) -> int:
        return hash(self.name)


class BibleDossier(LineList):
    """Beside or below the form. Enter or a click on a line leads to its place, Escape back to the list."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,left", "screen.leave_dossier", show=False),
    ]

    def __init__(self) -> None:
        super().__init__(id="dossier-lines")


class Open(NamedTuple):
    """To a record of the bible."""

    section: str
    id: str


def place(label: str) -> str:
    """`p12.3` for `12.3`; nothing outside of pages."""
    return f"p{label}" if label else ""


def character_lines(found: Appearances, numbers: Sequence[int], width: int) -> list[Line]:
    """Everything about a character; `numbers` are those of the script's pages."""
    if found.first is None or found.last is None:
        return [
            heading("Not in the script"),
            quiet("Nobody speaks under this name or one of the aliases,"),
            quiet("and no description has it."),
        ]
    lines = [heading("In the script"), *_figures(found, width)]
    lines += pages_lines(found.timeline, numbers, width)
    names = [f"{one.name or '(no name)'} {one.panels}" for one in found.with_]
    for at, words in enumerate(wrapped(names, width - LABEL, MOST)):
        lines.append(Line(((" " * LABEL if at else f"{'With':<{LABEL}}", "quiet"), (words, ""))))
    lines += [jump("first", found.first), *([jump("last", found.last)] if found.last != found.first else [])]
    if found.said:
        lines += [BLANK, heading(counted(found.lines, "line"))]
    return lines + said_lines(found.said)


def _figures(found: Appearances, width: int) -> list[Line]:
    size = counted(found.words, "word") if found.words or not found.cjk else ""
    if found.cjk > found.words:
        size = f"{found.cjk:,} Japanese characters"
    parts = [counted(found.pages, "page"), counted(found.panels, "panel"), counted(found.lines, "line"), size]
    return [Line(((words, ""),)) for words in wrapped([part for part in parts if part], width, 2)]


def pages_lines(timeline: Sequence[int], numbers: Sequence[int], width: int) -> list[Line]:
    """How densely something stands on the pages, and the numbers of the pages under it."""
    room = width - LABEL
    if not timeline or len(timeline) != len(numbers):
        return []
    return [
        Line(((f"{'Pages':<{LABEL}}", "quiet"), (bar(timeline, room), "accent"))),
        Line(((" " * LABEL + ticks(numbers, room), "quiet"),)),
    ]


def jump(what: str, spot: Spot) -> Line:
    """A line that leads to a place."""
    words = place(spot.label) or f"line {spot.row + 1}"
    return Line(((f"{what.capitalize():<{LABEL}}", "quiet"), (words, "")), Jump((what,), spot.row))


def said_lines(said: Sequence[Said]) -> list[Line]:
    """Every line in order; one that is said twice is told apart by the how-manieth it is."""
    seen: Counter[str] = Counter()
    lines = []
    for one in said:
        seen[one.text] += 1
        where = place(one.label) or f"line {one.row + 1}"
        words = " ".join(one.text.split()) or "(nothing)"
        lines.append(
            Line(
                ((f"{where:<{PLACE}}", "quiet"), ("(off) " if one.unseen else "", "quiet"), (words, "")),
                Jump((one.text, seen[one.text]), one.row),
            )
        )
    return lines
