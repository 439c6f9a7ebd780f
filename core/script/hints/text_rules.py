"""How much text there is: words in a balloon, a panel, on a page; balloons in a panel; panels on a page."""

from __future__ import annotations

from core.script.hints.hint import Hint, Rule, Severity
from core.script.hints.thresholds import Limit, Thresholds
from core.script.hints.words import NOTHING, Weight, weigh
from core.script.kinds import LETTERING
from core.script.manuscript import BALLOONS, Element, Page, Panel
from core.script.numbers import spanned

Note = tuple[str, str]
"""Figures for the margin, and the role that they are painted in."""

_ROLES = {None: "margin", Severity.HINT: "margin-near", Severity.WARN: "margin-over"}
_MARKS = {None: "", Severity.HINT: "!", Severity.WARN: "!!"}
# Behind the figure, so that past a limit can be told without colours.


class Sized:
    """Hints and margin figures of a page, or of panels outside of pages, taken piece by piece."""

    def __init__(self, limits: Thresholds) -> None:
        self.hints: list[Hint] = []
        self.notes: dict[int, Note] = {}
        """Margin figures by row."""
        self.total = NOTHING
        self._limits = limits

    def take_loose(self, element: Element) -> None:
        """What stands on the page before its first panel."""
        self.total = self.total.plus(_balloon(element, "", self._limits, self))

    def take_panel(self, panel: Panel) -> None:
        """A panel with all that is in it."""
        self.total = self.total.plus(_panel(panel, self._limits, self))

    def finish(self, page: Page) -> None:
        """The page as a whole, after all of it was taken."""
        _page(page, self.total, self._limits, self)


def _balloon(element: Element, panel: str, limits: Thresholds, out: Sized) -> Weight:
    if element.kind not in LETTERING:
        return NOTHING
    weight = weigh(element.text)
    if element.kind not in BALLOONS:
        return weight
    figure = weight.figure(limits.characters_per_word)
    severity = limits.balloon_words.judge(figure)
    if limits.balloon_words.nears(figure):
        out.notes[element.row] = _note(weight, severity, limits)
    if severity and limits.asks(Rule.BALLOON_WORDS):
        more = _more(weight, limits.balloon_words, severity, limits)
        sentence = f"{_much(weight, limits)} in one balloon: {more} crowd the art."
        out.hints.append(
            Hint(Rule.BALLOON_WORDS, element.row, element.end_row, sentence, severity, panel=panel)
        )
    return weight


def _panel(panel: Panel, limits: Thresholds, out: Sized) -> Weight:
    name = panel_name(panel)
    total = NOTHING
    for element in panel.elements:
        total = total.plus(_balloon(element, name, limits, out))
    times = max(len(panel.numbers), 1)
    figure = total.figure(limits.characters_per_word)
    balloons = len(panel.balloons)
    words, many = limits.panel_words.judge(figure, times), limits.balloons.judge(balloons, times)
    near = limits.panel_words.nears(figure, times)
    if near or many:
        text = f"{balloons} balloons{_MARKS[many]} · " if many else ""
        worst = Severity.WARN if Severity.WARN in (words, many) else words or many
        out.notes[panel.row] = text + _note(total, words, limits, " w")[0], _ROLES[worst]
    if words and limits.asks(Rule.PANEL_WORDS):
        more = _more(total, limits.panel_words, words, limits)
        sentence = f"{_much(total, limits)} in one panel: {more} leave little room to draw."
        out.hints.append(Hint(Rule.PANEL_WORDS, panel.row, panel.row + 1, sentence, words, panel=name))
    if many and limits.asks(Rule.BALLOONS):
        more = f"more than {limits.balloons.hint * times}"
        sentence = f"{balloons} balloons in one panel: {more} are hard to place in reading order."
        out.hints.append(Hint(Rule.BALLOONS, panel.row, panel.row + 1, sentence, many, panel=name))
    return total


def _page(page: Page, total: Weight, limits: Thresholds, out: Sized) -> None:
    figure = total.figure(limits.characters_per_word)
    words, many = limits.page_words.judge(figure), limits.panels.judge(page.panel_count)
    told = []
    if page.panels:
        told.append(f"{page.panel_count} panel{'' if page.panel_count == 1 else 's'}{_MARKS[many]}")
    if total != NOTHING:  # a silent page has nothing to be told in words or in characters
        told.append(_note(total, words, limits, " w")[0])
    if told:
        worst = Severity.WARN if Severity.WARN in (words, many) else words or many
        out.notes[page.row] = " · ".join(told), _ROLES[worst]
    if words and limits.asks(Rule.PAGE_WORDS):
        more = _more(total, limits.page_words, words, limits)
        sentence = f"{_much(total, limits)} on one page: {more} read like prose."
        out.hints.append(Hint(Rule.PAGE_WORDS, page.row, page.row + 1, sentence, words))
    if many and limits.asks(Rule.PANELS):
        sentence = f"{page.panel_count} panels on one page: more than {limits.panels.hint} get small."
        out.hints.append(Hint(Rule.PANELS, page.row, page.row + 1, sentence, many))


def _note(weight: Weight, severity: Severity | None, limits: Thresholds, unit: str = "") -> Note:
    number, noun = weight.told(limits.characters_per_word)
    return f"{number:,}{(' c' if noun == 'character' else unit)}{_MARKS[severity]}", _ROLES[severity]


def _much(weight: Weight, limits: Thresholds) -> str:
    number, noun = weight.told(limits.characters_per_word)
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def _more(weight: Weight, limit: Limit, severity: Severity, limits: Thresholds) -> str:
    """`more than 25`, in the unit that the figure is told in."""
    _, noun = weight.told(limits.characters_per_word)
    words = limit.warn if severity is Severity.WARN else limit.hint
    most = words * limits.characters_per_word if noun == "character" else words
    return f"more than {most:,.0f}"


def panel_name(panel: Panel) -> str:
    """The panel's number, or the first and last of several."""
    return spanned(panel.numbers)
