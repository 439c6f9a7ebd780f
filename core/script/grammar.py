"""How a line's neighbours settle what it is: one step of a small machine."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from core.script.cues import Cue
from core.script.facts import Facts, Shape
from core.script.heading import Heading, Lone
from core.script.kinds import LineKind

# A state is what the lines above mean for the next one, in one int, so that two are compared at once: where
# we are | what the balloon is << 4 | it opened a balloon << 7 | one is near << 8 | fence << 9 |
# last panel << 15 | page << 21.
START, FRONT, YAML, NOTE_OPEN, CLEAR, TEXT, CUE, SPEECH, CAST, LISTED = range(10)
"""Where we are: nothing yet; in front matter (plain or between dashes); in a note; after a blank line,
heading or balloon; after prose; after a speaker's name; in the text below one; in a list of persons; in a
list of pages."""
PLACE: Final = 0xF
OPENED: Final = 1 << 7
"""The line itself opened a balloon, caption, SFX or sign."""
NEAR: Final = 1 << 8
"""A blank line right after a balloon."""
FENCE_SHIFT: Final = 9
FENCE: Final = 0x3F
STORY_FENCE, PAGE_FENCE, DRAWING = 1, 2, 3
"""Fence field: between ``` outside of pages, whose story ends with it; on a page; in a drawing on a page,
counted up a line, so that one that is never closed hides no more than so many lines."""
LAST_SHIFT: Final = 15
LAST: Final = 0x3F << LAST_SHIFT
"""Field: the number of the page's last panel, 0 for none, 63 for that and all above."""
PAGE_SHIFT: Final = 21
OUTSIDE, BARE_PAGE, STORY = 0, 1, 2
"""Page field: no story yet; on a page without a number; in a story without pages. From 3 on: number + 3."""

_BALLOONS = (LineKind.DIALOGUE, LineKind.CAPTION, LineKind.SFX, LineKind.SIGN)
_BALLOON_INDEX = {kind: index for index, kind in enumerate(_BALLOONS)}
_COMIC = (LineKind.PAGE, LineKind.PANEL)
_HIDES = frozenset({Shape.BLANK, Shape.HEADING, Shape.RULE, Shape.NOTE})

Known = Callable[[Cue | Heading | Lone], bool]
"""Whether a cue's name is a speaker's: in the bible, or seen more than once; whether a page that is named
with a title is also headed without one; whether a numbered item may be a panel; whether a doubtful heading
has others beside it."""


def decide(facts: Facts, below: Facts | None, state: int, known: Known) -> tuple[LineKind, int]:
    """The kind of a line and the state after it, from itself, the line below and the state before it."""
    kind, after = _fenced(facts, below, state, known)
    last = state & LAST
    if kind is LineKind.PANEL or kind is LineKind.PAGE or kind is LineKind.CHAPTER:
        last = _last_panel(facts.heading, kind, last >> LAST_SHIFT) << LAST_SHIFT
    return kind, after & ~LAST | last


def _last_panel(heading: Heading | None, kind: LineKind, last: int) -> int:
    """The number of the last panel after a heading."""
    if heading is None or kind is LineKind.CHAPTER:
        return 0
    if heading.kind is LineKind.PAGE:
        last = 0 if kind is LineKind.PAGE else last
        if heading.panels is None:
            return 0
        numbers = heading.panels
    else:
        numbers = heading.numbers
    return min(numbers[-1] if numbers else last + 1, LAST >> LAST_SHIFT)


def _fenced(facts: Facts, below: Facts | None, state: int, known: Known) -> tuple[LineKind, int]:
    fence = state >> FENCE_SHIFT & FENCE
    if not (fence or facts.fence):
        return _decide(facts, below, state, known)
    if facts.fence:
        return LineKind.RULE, _fence(below, state >> PAGE_SHIFT, fence)
    bare = state & ~(FENCE << FENCE_SHIFT)
    if fence >= DRAWING:
        if fence < FENCE:
            kind = LineKind.BLANK if facts.shape is Shape.BLANK else LineKind.DESCRIPTION
            return kind, bare & ~(PLACE | OPENED | NEAR) | TEXT | fence + 1 << FENCE_SHIFT
        return _decide(facts, below, bare, known)
    kind, after = _decide(facts, below, bare, known)
    return kind, after | fence << FENCE_SHIFT


def _fence(below: Facts | None, page: int, fence: int) -> int:
    """The state after a line of ```: a guide has its script between two, a script its drawings."""
    if fence:
        return (OUTSIDE if fence == STORY_FENCE else page) << PAGE_SHIFT | CLEAR
    if page in (OUTSIDE, STORY):
        opened = STORY_FENCE
    else:
        heading = below.heading if below else None
        told = heading is not None and heading.parts[0][0] == 0
        opened = PAGE_FENCE if told or (below and below.cue and below.cue.text) else DRAWING
    return page << PAGE_SHIFT | opened << FENCE_SHIFT | CLEAR


def _decide(facts: Facts, below: Facts | None, state: int, known: Known) -> tuple[LineKind, int]:
    place, page = state & PLACE, state >> PAGE_SHIFT
    if place <= NOTE_OPEN:
        settled = _special(facts, below, place, page)
        if settled:
            return settled
        place = CLEAR
    shape = facts.shape
    if shape is Shape.BLANK:
        near = NEAR if state & OPENED or place == SPEECH else 0
        return LineKind.BLANK, page << PAGE_SHIFT | near | (CAST if place == CAST else CLEAR)
    if shape is Shape.HEADING:
        settled = _heading(facts, below, state & ~PLACE | place, known)
        if settled:
            return settled
    elif facts.heading and _is_next(facts.heading, place, state, known):
        return LineKind.PANEL, page << PAGE_SHIFT | CLEAR
    elif shape is Shape.NOTE:
        return LineKind.NOTE, page << PAGE_SHIFT | (NOTE_OPEN if facts.opens else CLEAR)
    elif shape is Shape.RULE:
        return LineKind.RULE, page << PAGE_SHIFT | CLEAR
    elif shape is Shape.PAREN and not (facts.cue and facts.cue.text):
        if place in (CUE, SPEECH):
            return LineKind.MODIFIER, state & ~OPENED
        return LineKind.DESCRIPTION, page << PAGE_SHIFT | CLEAR
    cue = facts.cue
    if cue and page in (OUTSIDE, STORY) and (cue.cast or (place == CAST and not cue.forced)):
        return LineKind.DESCRIPTION, page << PAGE_SHIFT | CAST
    if cue and _accepted(facts, cue, below, state, known):
        return _cue(cue, page)
    if shape is not Shape.ESCAPED and place in (CUE, SPEECH):
        return _BALLOONS[state >> 4 & 7], state & ~(PLACE | OPENED) | SPEECH
    if facts.caption and page:
        return LineKind.CAPTION, page << PAGE_SHIFT | OPENED | CLEAR
    if facts.quoted and page not in (OUTSIDE, STORY) and shape is Shape.PLAIN:
        return LineKind.DIALOGUE, page << PAGE_SHIFT | OPENED | CLEAR
    return LineKind.DESCRIPTION, page << PAGE_SHIFT | (CAST if place == CAST else TEXT)


def _special(facts: Facts, below: Facts | None, place: int, page: int) -> tuple[LineKind, int] | None:
    """The lines before the story, and those in a note of several lines. A heading ends them all."""
    if facts.heading and not (facts.heading.weak or facts.heading.alone):
        return None
    after = page << PAGE_SHIFT
    if place == NOTE_OPEN:
        return LineKind.NOTE, after | (CLEAR if facts.closes else NOTE_OPEN)
    if place == YAML:
        return LineKind.TITLE, after | (CLEAR if facts.dashes else YAML)
    if facts.shape is Shape.BLANK:
        return LineKind.BLANK, after | (START if place == START else CLEAR)
    if place == FRONT:
        return (LineKind.TITLE, after | FRONT) if facts.key or facts.loose else None
    if facts.dashes and below and (below.key or below.title or below.shape is Shape.RULE):
        return LineKind.TITLE, after | YAML
    if facts.key == 2 and not (facts.cue and facts.cue.capitals and facts.cue.kind is not LineKind.SIGN):
        return LineKind.TITLE, after | FRONT
    if facts.cue and facts.cue.cast:
        return None
    lone = below is None or below.shape in _HIDES
    if facts.title and lone and facts.shape is not Shape.PAREN and not _speaks(facts.cue):
        return LineKind.TITLE, after | CLEAR
    return None


def _speaks(cue: Cue | None) -> bool:
    return cue is not None and not cue.own_line


def _is_next(item: Heading, place: int, state: int, known: Known) -> bool:
    """Whether a numbered item is the page's next panel, in a script whose panels have no other heading."""
    if state >> PAGE_SHIFT in (OUTSIDE, STORY) or place in (CUE, SPEECH):
        return False
    return item.numbers[0] == ((state & LAST) >> LAST_SHIFT) + 1 and known(item)


def _heading(facts: Facts, below: Facts | None, state: int, known: Known) -> tuple[LineKind, int] | None:
    place, page = state & PLACE, state >> PAGE_SHIFT
    heading = facts.heading
    assert heading is not None  # the shape says so
    if page in (OUTSIDE, STORY):
        if heading.weak or (heading.shy and place in (CUE, SPEECH) and heading.kind in _COMIC):
            return None
        if heading.alone and page == STORY and below and below.shape in (Shape.PLAIN, Shape.PAREN):
            return None  # in a screenplay somebody is called Page
        if heading.kind in _COMIC and heading.doubtful and not known(Lone(heading)):
            return None
        if heading.listing and known(heading) and (place == LISTED or _is_listed(below)):
            return LineKind.DESCRIPTION, page << PAGE_SHIFT | LISTED
    if heading.alone and place in (TEXT, CUE, SPEECH) and not (place == TEXT and _opens_page(heading, below)):
        return None
    kind = heading.kind
    if heading.continued and (kind is not LineKind.PAGE or heading.numbers[:1] == (page - 3,)):
        return LineKind.DESCRIPTION, page << PAGE_SHIFT | CLEAR
    if heading.piece and heading.numbers[:1] == ((state & LAST) >> LAST_SHIFT,):
        return None if facts.cue else (LineKind.DESCRIPTION, page << PAGE_SHIFT | CLEAR)
    if kind is LineKind.PAGE:
        number = heading.numbers[0] + 3 if heading.numbers else BARE_PAGE
        if heading.panels is not None and number == page:
            kind = LineKind.PANEL
        page = number
    elif page == OUTSIDE or kind is LineKind.CHAPTER:
        page = STORY
    return kind, page << PAGE_SHIFT | CLEAR


def _opens_page(heading: Heading, below: Facts | None) -> bool:
    """Whether a lone PAGE right below prose is a page for sure: a panel stands below it."""
    under = below.heading if below else None
    return under is not None and heading.kind is LineKind.PAGE and under.kind is LineKind.PANEL


def _is_listed(below: Facts | None) -> bool:
    return below is not None and below.heading is not None and below.heading.listing


def _accepted(facts: Facts, cue: Cue, below: Facts | None, state: int, known: Known) -> bool:
    """Whether a candidate is a cue here."""
    place, page = state & PLACE, state >> PAGE_SHIFT
    if cue.own_line:
        return _own_line(cue, below, place, page, known)
    if cue.forced:
        return True
    quoting = page in (OUTSIDE, STORY) and not (cue.capitals or cue.proper or cue.marked)  # He said: "…"
    believed = (cue.strong and not quoting) or (page != OUTSIDE and cue.key != "" and known(cue))
    if place in (CUE, SPEECH) and cue.key and not (believed and (cue.capitals or known(cue))):
        return False
    if not cue.key:
        # A reserved word: in capitals everywhere, in small letters inside a story.
        believed = cue.capitals or bool(page)
    elif not believed:
        near = bool(state & NEAR) or (bool(state & OPENED) and place == CLEAR)
        believed = bool(page) and (cue.marked or (page != STORY and _is_among(cue, below, near)))
    if cue.text or not cue.key:
        return believed
    followed = below is not None and below.shape not in _HIDES
    if believed:
        return followed or (bool(page) and not cue.name.endswith(" TO"))
    plain = followed and below is not None and below.shape is Shape.PLAIN
    return bool(page) and plain and place != TEXT and (cue.likely or cue.marked)


def _is_among(cue: Cue, below: Facts | None, near: bool) -> bool:
    """Whether a name that is met once stands between balloons."""
    if not (cue.likely and cue.weak):
        return False
    other = below.cue if below else None
    return near or (
        other is not None and bool(other.text) and (other.strong if other.key else other.capitals)
    )


def _own_line(cue: Cue, below: Facts | None, place: int, page: int, known: Known) -> bool:
    """A name alone on its line speaks only if words stand below it and none right above."""
    if below is None or (below.shape in _HIDES and not (page == STORY and _is_spoken(below))):
        return False
    if place == CUE:
        return False
    if cue.forced:
        return True
    if place in (SPEECH, TEXT) and not (page not in (OUTSIDE, STORY) and _is_sure(cue, below, known)):
        return False
    if page == OUTSIDE and cue.key and not known(cue):
        return False  # the head of what is told before the story
    under = below.cue
    if under and under.own_line and under.capitals and cue.key and not known(cue):
        return False  # two lines of capitals: a title as soon as a shout
    if cue.capitals:
        return not (under and not under.own_line and under.strong)
    if page in (OUTSIDE, STORY) or (under and not under.own_line):
        return False
    return below.shape in (Shape.PLAIN, Shape.PAREN) and not cue.marked


def _is_sure(cue: Cue, below: Facts, known: Known) -> bool:
    """A name in capitals that needs no blank line above: it is known, or what is below is surely said."""
    if not cue.capitals or (below.cue and not below.cue.own_line):
        return False
    return below.quoted or (below.shape is Shape.PAREN and below.words < 4) or not cue.key or known(cue)


def _is_spoken(below: Facts) -> bool:
    """`Page three.` below a name in a screenplay."""
    return below.heading is not None and below.heading.shy and below.heading.kind in _COMIC


def _cue(cue: Cue, page: int) -> tuple[LineKind, int]:
    after = page << PAGE_SHIFT
    if cue.kind not in _BALLOON_INDEX:
        return cue.kind, after | CLEAR
    if cue.text:
        return cue.kind, after | OPENED | CLEAR
    return cue.kind, after | OPENED | _BALLOON_INDEX[cue.kind] << 4 | CUE
