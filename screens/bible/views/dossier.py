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
    from core.bible import Appearances, PlaceUse
    from core.bible import Line as Said
    from core.script.figures import Spot

LABEL = 9
"""Cells in front of a timeline and of a list of names."""
PLACE = 9
"""Cells of a place in the script."""
OFF = (("(off) ", "quiet"),)
GO = "Enter: to its place"
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


class PageLine(NamedTuple):
    """A page of a scene."""

    label: str
    row: int
    words: str
    """Its heading as written."""


class Somebody(NamedTuple):
    """Somebody, or a place, that a scene lists or its pages have."""

    name: str
    listed: bool = True
    trouble: str = ""
    """What is said when it is not in the bible any more."""
    row: int | None = None
    """Where it first comes up on the scene's pages; None: nowhere."""
    panels: int = 0
    lines: int = 0


class SceneFacts(NamedTuple):
    """What is known of a scene."""

    title: str
    ends: Sequence[PageLine] = ()
    """The first and the last of its pages; one if they are the same."""
    spanned: int = 0
    linked: bool = False
    lost: int = 0
    searching: bool = False
    people: Sequence[Somebody] = ()
    places: Sequence[Somebody] = ()


class PlaceFacts(NamedTuple):
    """What is known of a background."""

    name: str
    use: PlaceUse
    words: Sequence[str] = ()
    """The script's line at each of its spots."""
    scenes: Sequence[tuple[str, str, str]] = ()
    """(id, title, pages) of the scenes that play there."""


class Open(NamedTuple):
    """To a record of the bible."""

    section: str
    id: str


def column(where: str) -> str:
    """A place in front of words, which it never touches."""
    return where.ljust(PLACE - 1) + " "


def place(label: str) -> str:
    """`p12.3` for `12.3`; nothing outside of pages."""
    return f"p{label}" if label else ""


def character_lines(name: str, found: Appearances, numbers: Sequence[int], width: int) -> list[Line]:
    """Everything about a character; `numbers` are those of the script's pages."""
    if found.first is None or found.last is None:
        return [
            heading(f"{name or '(no name)'} is not in the script"),
            quiet("Nobody speaks under this name or one of the aliases,"),
            quiet("and no description has it."),
        ]
    lines = [heading(f"{name or '(no name)'} in the script", GO), *_figures(found, width)]
    lines += pages_lines(found.timeline, numbers, width)
    names = [f"{one.name or '(no name)'} ×{one.panels}" for one in found.with_]
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


def scene_lines(scene: SceneFacts) -> list[Line]:
    """Everything about a scene: its pages, who is there and who should be, where it plays."""
    title = heading(scene.title or "(no title)")
    return [title, *_scene_pages(scene), *_scene_people(scene), *_scene_places(scene)]


def _scene_pages(scene: SceneFacts) -> list[Line]:
    if scene.searching:
        return [quiet("Looking for its pages…")]
    if not scene.ends:
        if scene.linked:
            return [Line((("! Its pages are gone from the script; k links it anew.", "warning"),))]
        return [quiet("k links it with pages of the script.")]
    title = "Pages " + " to ".join(one.label for one in scene.ends)
    lines = [Line(((title, ""),), right=counted(scene.spanned, "page"))]
    if scene.lost:
        lines.append(Line((("! The page of one end is gone from the script; k links anew.", "warning"),)))
    lines += [
        Line(((column(place(one.label)), "quiet"), (one.words, "")), Jump(("page", one.label), one.row))
        for one in scene.ends
    ]
    return lines


def _scene_people(scene: SceneFacts) -> list[Line]:
    lines = [BLANK, heading("Who is there")]
    for one in scene.people:
        if one.trouble:
            lines.append(Line(((f"! {one.trouble}", "warning"),)))
        elif not scene.ends:
            lines.append(Line(((one.name, ""),)))
        elif one.row is None:
            lines.append(Line(((f"– {one.name}", ""),), right="listed, not on these pages"))
        else:
            mark, listed = ("✓", "") if one.listed else ("+", " · not listed")
            words = f"{counted(one.panels, 'panel')} · {counted(one.lines, 'line')}{listed}"
            lines.append(Line(((f"{mark} {one.name}", ""),), Jump(("who", one.name), one.row), words))
    if not scene.people:
        lines.append(quiet("Nobody (yet). c chooses them."))
    elif any(not one.listed for one in scene.people):
        lines.append(quiet("a lists those with +, c chooses others."))
    return lines


def _scene_places(scene: SceneFacts) -> list[Line]:
    lines = [BLANK, heading("Where")]
    for one in scene.places:
        if one.trouble:
            lines.append(Line(((f"! {one.trouble}", "warning"),)))
        elif not scene.ends:
            lines.append(Line(((one.name, ""),)))
        elif one.row is None:
            lines.append(Line(((f"– {one.name}", ""),), right="not named on these pages"))
        else:
            mark, said = ("✓", "named there") if one.listed else ("+", "named there · not the scene’s place")
            lines.append(Line(((f"{mark} {one.name}", ""),), Jump(("where", one.name), one.row), said))
    return lines if scene.places else [*lines, quiet("Nowhere (yet). b chooses a background.")]


def place_lines(facts: PlaceFacts, numbers: Sequence[int], width: int) -> list[Line]:
    """Everything about a background: the pages that play there, and the scenes that do."""
    use = facts.use
    name = facts.name or "(no name)"
    lines = [heading(f"{name} in the script" if use.spots else f"{name} is not in the script")]
    if use.spots:
        lines.append(Line(((f"{counted(use.pages, 'page')} · {counted(use.scenes, 'scene heading')}", ""),)))
        lines += pages_lines(use.timeline, numbers, width)
    else:
        lines += [quiet("No scene heading and no description"), quiet("of the script names it.")]
    lines += [BLANK, heading(f"Scenes of the bible ({len(facts.scenes):,})")]
    lines += [
        Line(((title or "(no title)", ""),), Open("scenes", one), where) for one, title, where in facts.scenes
    ]
    if use.spots:
        lines += [BLANK, heading("Where it comes up", GO)]
    for spot, words in zip(use.spots, facts.words, strict=True):
        where = place(spot.label) or f"line {spot.row + 1}"
        lines.append(Line(((column(where), "quiet"), (words, "")), Jump((where, words), spot.row)))
    return lines


def said_lines(said: Sequence[Said]) -> list[Line]:
    """Every line in order; one that is said twice is told apart by the how-manieth it is."""
    seen: Counter[str] = Counter()
    lines = []
    for one in said:
        seen[one.text] += 1
        where = place(one.label) or f"line {one.row + 1}"
        words = one.text.replace("\n", " ") or "(nothing)"
        off = OFF if one.unseen else ()
        pieces = ((column(where), "quiet"), *off, (words, ""))
        lines.append(Line(pieces, Jump((one.text, seen[one.text]), one.row)))
    return lines
