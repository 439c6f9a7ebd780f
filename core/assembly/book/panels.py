"""Panels in their cells: what script and assembly know of each, and where its words go."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from core.assembly.book.facts import CELL, EMPTY_CELL, BalloonPlace, PanelFacts
from core.assembly.book.script_pages import ScriptPanel, Words
from core.assembly.layouts import Cell
from core.assembly.plan import BalloonKind, BalloonPlan, Direction, PanelPlan, Rect
from core.script.keywords import bare

if TYPE_CHECKING:
    from core.assembly.lettering import Placed

LETTERED = 400
"""Balloons on a page that are given good places; where there are more, they share their panel evenly."""
REMEMBERED = 1024
"""Panels whose words' places are remembered."""

FactsOf = Callable[[str], PanelFacts]
"""What is known of a panel or cell."""


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What a panel's picture depends on besides the panel and what is known of it."""

    direction: Direction
    row: int
    """Where the heading of its page is."""
    present: Callable[[ScriptPanel], tuple[str, ...]]
    background: Callable[[ScriptPanel], str]
    voices: Callable[[str], tuple[str, ...]]
    """The names of those who are meant by a speaker as written."""
    avoid: tuple[Rect, ...] = ()
    """Where no words should stand: the binding of a spread."""
    lettered: bool = True
    """Whether the words are wanted."""


@dataclass(frozen=True, slots=True)
class Content:
    """What is in a cell: a panel of the script, or something that the assembly alone knows of."""

    id: str
    panel: ScriptPanel | None = None


def arranged(panels: Iterable[Content], order: Sequence[str], cells: int) -> list[Content]:
    """What is in which cell: as the writer ordered it, the others in the script's order.

    Panels for which there is no cell come after the last one.
    """
    left = {panel.id: panel for panel in panels}
    found: list[Content | None] = []
    for name in order:
        if name == EMPTY_CELL:
            found.append(None)
        elif name in left:
            found.append(left.pop(name))
    while len(found) + len(left) > cells and None in found:
        found.reverse()
        found.remove(None)  # a panel needs the cell that was left empty
        found.reverse()
    found += left.values()
    found += [None] * (cells - len(found))
    return [one or Content(f"{CELL}{at}") for at, one in enumerate(found, 1)]


def make_panels(
    cells: Sequence[Cell], content: Sequence[Content], facts: FactsOf, around: Surroundings
) -> tuple[PanelPlan, ...]:
    """The panels of a page in reading order, their balloons numbered through."""
    made: list[PanelPlan] = []
    order = 0
    insets = [cell.box for cell in cells if cell.inset]
    many = max(len(cells), sum(len(one.panel.words) for one in content if one.panel)) > LETTERED
    for cell, inside in zip(cells, content, strict=False):
        known, panel = facts(inside.id), inside.panel
        words = panel.words if panel else tuple(_own_words(known))
        words = words if around.lettered else ()
        lying = () if cell.inset else [box for box in insets if box.overlaps(cell.box)]
        avoid = None if many else [*lying, *around.avoid]
        balloons = tuple(_balloons(words, known, cell, around, order, avoid, in_script=panel is not None))
        order += len(balloons)
        made.append(_plan(inside.id, cell, panel, known, balloons, around))
    return tuple(made)


def _plan(
    name: str,
    cell: Cell,
    panel: ScriptPanel | None,
    known: PanelFacts,
    balloons: tuple[BalloonPlan, ...],
    around: Surroundings,
) -> PanelPlan:
    characters = known.characters
    if characters is None:
        characters = around.present(panel) if panel else ()
    return PanelPlan(
        name,
        panel.label if panel else "",
        cell.box,
        cell.inset,
        cell.bleeds,
        cell.borderless,
        panel.description if panel else known.description,
        balloons,
        characters,
        known.background or (around.background(panel) if panel else ""),
        known.picture,
        known.notes,
        panel.remarks if panel else "",
        known.status,
        around.row + panel.row if panel else -1,
    )


def mark_of(words: Words) -> str:
    """What is typical of a balloon's words; short, since each balloon with a place of its own keeps one."""
    from hashlib import blake2b  # not loaded before the first paint

    said = f"{bare(words.speaker)}\n{words.text.strip()}"
    return blake2b(said.encode("utf-8", "surrogatepass"), digest_size=4).hexdigest()


def places(words: Sequence[Words], kept: Mapping[int, BalloonPlace]) -> dict[int, BalloonPlace]:
    """The writer's places by the balloon's number now: each goes with its words, else with its number."""
    if not kept:
        return {}
    marks = [mark_of(one) for one in words]
    found: dict[int, BalloonPlace] = {}
    homeless: list[tuple[int, BalloonPlace]] = []
    for number, place in sorted(kept.items()):
        same = number <= len(marks) and marks[number - 1] == place.mark
        at = number if same else _where(marks, place.mark, found)
        if at:
            found[at] = place
        else:
            homeless.append((number, place))
    for number, place in homeless:
        # Words that were edited in place; a balloon that was taken out leaves its place to nobody.
        if number <= len(marks) and number not in found and (not place.mark or len(marks) >= max(kept)):
            found[number] = place
    return found


def _where(marks: Sequence[str], mark: str, taken: Mapping[int, BalloonPlace]) -> int:
    return next((at for at, one in enumerate(marks, 1) if mark and one == mark and at not in taken), 0)


def _balloons(
    words: Sequence[Words],
    known: PanelFacts,
    cell: Cell,
    around: Surroundings,
    before: int,
    avoid: Sequence[Rect] | None,
    *,
    in_script: bool,
) -> Iterator[BalloonPlan]:
    from core.assembly.lettering import Placed

    given = places(words, known.balloons)
    turns = sorted(range(len(words)), key=lambda at: (_turn(given.get(at + 1), at), at))
    set_in = [(words[at].kind, words[at].speaker, words[at].text) for at in turns]
    fixed = [_own_box(given.get(at + 1), cell) for at in turns]
    if avoid is None:
        shares = zip(fixed, _shares(cell.safe, len(fixed)), strict=True)
        found = [Placed(own or share, None, False) for own, share in shares]
    else:
        found = _placed(cell.safe, tuple(set_in), around.direction, tuple(fixed), tuple(avoid))
    for order, (at, placed, own) in enumerate(zip(turns, found, fixed, strict=True), before + 1):
        one = words[at]
        yield BalloonPlan(
            one.kind,
            one.speaker,
            one.text,
            order,
            placed.box,
            None if one.unseen else placed.tail,
            placed.overfull,
            around.row + one.row if in_script else -1,
            at + 1,
            own is not None,
            one.marked,
            around.voices(one.speaker) if one.speaker else (),
        )


@lru_cache(maxsize=REMEMBERED)
def _placed(
    room: Rect,
    words: tuple[tuple[BalloonKind, str, str], ...],
    direction: Direction,
    fixed: tuple[Rect | None, ...],
    avoid: tuple[Rect, ...],
) -> list[Placed]:
    """Finding places is most of making a page, and an edit of a page changes one panel of it."""
    from core.assembly.lettering import place_balloons

    return place_balloons(room, words, direction, fixed=fixed, avoid=avoid)


def _shares(box: Rect, count: int) -> list[Rect]:
    """A panel cut into equal parts, one below the other."""
    high = box.height / max(count, 1)
    return [Rect(box.x, box.y + at * high, box.width, high) for at in range(count)]


def _turn(place: BalloonPlace | None, at: int) -> float:
    """Where a balloon comes in its panel; one that was given a turn displaces the one that has it."""
    if place is None or not place.order or place.order == at + 1:
        return at
    return place.order - (1.5 if place.order <= at else 0.5)


def _own_box(place: BalloonPlace | None, cell: Cell) -> Rect | None:
    """The writer's own place in millimetres; where the panel bleeds, moved to where nobody cuts it off."""
    if place is None or place.x is None or place.y is None or not place.width or not place.height:
        return None
    panel, safe = cell.box, cell.safe
    width, height = abs(place.width) * panel.width, abs(place.height) * panel.height
    x, y = panel.x + place.x * panel.width, panel.y + place.y * panel.height
    if cell.bleeds:
        x = max(min(x, safe.right - width), safe.x)
        y = max(min(y, safe.bottom - height), safe.y)
    return Rect(x, y, width, height)


_OWN_KINDS = {kind.value: kind for kind in BalloonKind}


def _own_words(known: PanelFacts) -> Iterator[Words]:
    """Lettering of a cell that is in no script."""
    for word in known.words:
        text, speaker = word.get("text"), word.get("speaker")
        if isinstance(text, str) and text.strip():
            kind = _OWN_KINDS.get(str(word.get("kind")), BalloonKind.SPEECH)
            yield Words(kind, speaker if isinstance(speaker, str) else "", text, -1)
