"""Numbers that skip, come twice or go backwards, told where the count breaks."""

from __future__ import annotations

from collections.abc import Sequence

from core.script.hints.hint import Action, Fix, Hint, Rule, Severity
from core.script.kinds import LineKind
from core.script.numbering import Count, Slip, Written

_RULES = {LineKind.PAGE: Rule.PAGE_NUMBERS, LineKind.PANEL: Rule.PANEL_NUMBERS}
_NOUNS = {LineKind.PAGE: "page", LineKind.PANEL: "panel"}


def number_hint(here: Written, below: Written | None, count: Count) -> Hint | None:
    """What is to be said of one heading's number; the count goes on."""
    before = count.expected
    slip = count.take(here, below)
    if slip is None or before is None:
        return None
    return slip_hint(here, slip)


def panel_hints(headings: Sequence[Written], count: Count, *, anew: bool) -> tuple[list[Hint], Count]:
    """The first slip in the numbers of the panels below a page's heading, and the count after them.

    One is enough: counting on from it mends what follows on the page. With `anew`, panels begin at 1
    behind a chapter.
    """
    found: list[Hint] = []
    for at, here in enumerate(headings):
        if here.kind is not LineKind.PANEL:
            count = count.anew() if anew else count
            continue
        below = headings[at + 1] if at + 1 < len(headings) else None
        follows = below if below is not None and below.kind is LineKind.PANEL else None
        if (hint := number_hint(here, follows, count)) is not None:
            found.append(hint)
    return found[:1], count


def slip_hint(here: Written, slip: Slip) -> Hint:
    """The hint for a number that does not belong."""
    noun, number = _NOUNS[here.kind], here.numbers[0]
    severity = Severity.HINT if slip.kind == "gap" else Severity.WARN
    one = Fix(Action.NUMBER, f"Number it {slip.wanted}", str(slip.wanted))
    on = Fix(Action.RENUMBER, f"Count on from {slip.wanted}", str(slip.wanted))
    fixes = (one, on) if slip.alone else (on, one)
    return Hint(
        _RULES[here.kind],
        here.row,
        here.row + 1,
        _sentence(noun, number, slip),
        severity,
        (*fixes, Fix(Action.ESCAPE, "No heading")),
        (here.start, here.end),
        panel=str(number) if here.kind is LineKind.PANEL else "",
    )


def _sentence(noun: str, number: int, slip: Slip) -> str:
    wanted = slip.wanted
    if slip.kind == "gap":
        if wanted == 1:
            missing = f"{noun} 1 is" if number == 2 else f"{noun}s 1 to {number - 1} are"
            return f"The first {noun} here is number {number}: {missing} missing."
        missing = f"{noun} {wanted} is" if number == wanted + 1 else f"{noun}s {wanted} to {number - 1} are"
        return f"{noun.capitalize()} {number} comes after {wanted - 1}: {missing} missing."
    if slip.kind == "again":
        return f"There is a {noun} {number} already: counted on, this is {noun} {wanted}."
    return f"{noun.capitalize()} {number} comes after {wanted - 1}: the numbers go backwards."
