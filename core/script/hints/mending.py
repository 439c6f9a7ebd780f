"""What the one key of a hint does to the text: edits that are one undo step."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from core.script.hints.hint import Action, Fix, Hint, Rule
from core.script.hints.page_rules import stated_place
from core.script.hints.signs import hush_note
from core.script.keywords import fold
from core.script.kinds import LineKind, Role
from core.script.numbering import written_on
from core.script.renumbering import Edit, Renumber, Scope, respelled
from core.script.script import Script
from core.script.spelled import spell_like


def edits_of(script: Script, hint: Hint, fix: Fix, pages: Sequence[int] = ()) -> Iterator[list[Edit] | None]:
    """Make the edits of a fix in steps: None at each pause, at last the edits, the last place first.

    `pages` are the indexes of the pages to look at for RENAME_ALL (-1: before the first). There is
    nothing to be done (an empty list) where the text is no longer as the hint saw it, and for KNOW.
    The script must not change meanwhile.
    """
    if fix.action is Action.RENUMBER:
        yield from _renumbered(script, hint, fix)
    elif fix.action is Action.RENAME_ALL:
        yield from _renamed(script, hint, fix, pages)
    else:
        yield _at_once(script, hint, fix)


def _at_once(script: Script, hint: Hint, fix: Fix) -> list[Edit]:
    if hint.row >= len(script.lines):
        return []
    match fix.action:
        case Action.STATE:
            return _stated(script, hint.row, int(fix.value))
        case Action.NUMBER:
            return _numbered(script, hint, int(fix.value))
        case Action.RENAME:
            return _name_on(script, hint.row, script.lines[hint.row][slice(*hint.columns)], fix.value)
        case Action.REMOVE:
            return _removed(script, hint)
        case Action.ESCAPE:
            raw = script.lines[hint.row]
            return [Edit(script.lines.offset(hint.row, len(raw) - len(raw.lstrip())), 0, "\\")]
    return []


def _stated(script: Script, row: int, count: int) -> list[Edit]:
    place = stated_place(script.lines[row])
    text = spell_like(script.lines[row][slice(*place)], count) if place else None
    return [Edit(script.lines.offset(row, place[0]), place[1] - place[0], text)] if place and text else []


def _numbered(script: Script, hint: Hint, number: int) -> list[Edit]:
    kind = LineKind.PAGE if hint.rule is Rule.PAGE_NUMBERS else LineKind.PANEL
    for here in written_on(script.line(hint.row), script.lines[hint.row], hint.row):
        if here.kind is kind and not here.repeats and (text := respelled(here, number)):
            return [Edit(script.lines.offset(here.row, here.start), here.end - here.start, text)]
    return []


def _renumbered(script: Script, hint: Hint, fix: Fix) -> Iterator[list[Edit] | None]:
    pages = hint.rule is Rule.PAGE_NUMBERS
    work = Renumber(
        script, Scope(hint.row, None, pages=pages, panels=not pages, start=int(fix.value), stretch=True)
    )
    while not work.advance(2.0):
        yield None
    assert work.result is not None  # that is what complete means
    yield list(work.result.edits)


def _renamed(script: Script, hint: Hint, fix: Fix, pages: Sequence[int]) -> Iterator[list[Edit] | None]:
    old = script.lines[hint.row][slice(*hint.columns)]
    edits: list[Edit] = []
    for index in sorted(pages):
        span = script.pages[index] if index >= 0 else script.pages.front
        for row in range(span.row, span.end_row):
            edits += _name_on(script, row, old, fix.value)
            if row % 64 == 0:
                yield None
    yield edits[::-1]


def _name_on(script: Script, row: int, old: str, new: str) -> list[Edit]:
    """The edit of a cue's name, if this row has it."""
    if script.kind(row) is not LineKind.DIALOGUE:
        return []
    line, raw = script.line(row), script.lines[row]
    if line.continued or line.speaker is None or fold(line.speaker) != fold(old):
        return []
    return [
        Edit(script.lines.offset(row, span.start), span.end - span.start, new)
        for span in line.spans
        if span.role is Role.SPEAKER and fold(raw[span.start : span.end]) == fold(old)
    ][:1]


def _removed(script: Script, hint: Hint) -> list[Edit]:
    """The rows of an empty panel, with the line break that would be left."""
    lines = script.lines
    if any(
        script.kind(row) is not LineKind.BLANK for row in range(hint.row + 1, min(hint.end_row, len(lines)))
    ):
        return []
    start = lines.offset(hint.row, 0)
    if hint.end_row < len(lines):
        return [Edit(start, lines.offset(hint.end_row, 0) - start, "")]
    start = max(0, start - 1)
    return [Edit(start, lines.length - start, "")]


def hush_edits(script: Script, hint: Hint) -> list[Edit]:
    """Put a note under the heading of the panel (or page) of a hint, so that its rule is silent there."""
    heading = hint.row
    while heading >= 0 and script.kind(heading) not in (LineKind.PAGE, LineKind.PANEL):
        heading -= 1
    if heading < 0:
        return [Edit(script.lines.offset(hint.row, 0), 0, f"{hush_note(hint.rule)}\n")]
    end = script.lines.offset(heading, len(script.lines[heading]))
    return [Edit(end, 0, f"\n{hush_note(hint.rule)}")]
