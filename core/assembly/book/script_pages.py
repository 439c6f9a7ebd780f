"""What the assembly takes from a page of the script: panels with identities and words, places."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from core.assembly.plan import BalloonKind
from core.script import LETTERING, LineKind, Script, meaning_of
from core.script.as_written import words_of
from core.script.formats.writing.emphasis import runs
from core.script.manuscript import Element, Page, Panel, page_at
from core.script.places import place_name
from core.story import fingerprint

Identity = Callable[[int], str]
"""The identity of the first character of a row, the same on every replica."""

_KINDS = {
    LineKind.DIALOGUE: BalloonKind.SPEECH,
    LineKind.CAPTION: BalloonKind.CAPTION,
    LineKind.SIGN: BalloonKind.SIGN,
    LineKind.SFX: BalloonKind.SFX,
}
_MEANT = {
    "thought": BalloonKind.THOUGHT,
    "whisper": BalloonKind.WHISPER,
    "weak": BalloonKind.WHISPER,
    "burst": BalloonKind.SHOUT,
}


@dataclass(frozen=True, slots=True)
class Words:
    """What is lettered, as the script has it."""

    kind: BalloonKind
    speaker: str
    text: str
    row: int
    """From the heading of its page."""
    unseen: bool = False
    """Whoever speaks is not in the picture: the balloon's tail points out of it."""
    marked: str = ""
    """The text with its signs of emphasis, if there are any."""


@dataclass(frozen=True)
class ScriptPanel:
    """A panel of the script. Rows count from the heading of its page."""

    id: str
    """Identity of its heading; of the second and further panels of `PANELS 2-4` with `.2`, `.3` behind it."""
    label: str
    row: int
    description: str
    words: tuple[Words, ...]
    remarks: str
    """Notes to colleagues."""
    place: str
    """Where it plays, as a scene heading on its page has it; empty where none comes before it there."""
    source: Panel
    """For those who look at who is present."""
    text: str
    """All its lines."""

    @cached_property
    def mark(self) -> str:
        """What is typical of its words, to find it again after it was cut and pasted."""
        return fingerprint(self.text)


@dataclass(frozen=True)
class ScriptPage:
    """A page of the script."""

    heading: str
    """Identity of its heading's first character."""
    row: int
    """Where its heading was when it was read."""
    numbers: tuple[int, ...]
    title: str
    panels: tuple[ScriptPanel, ...]
    stated: int | None
    splash: bool
    spread: bool
    opening: str
    """The place that a scene heading on it names before anything is shown."""
    closing: str | None
    """Where the story is after it; "" after a new chapter; None if it says nothing about it."""
    text: str
    """All its lines."""
    apart: bool = True
    """Its panels have headings; otherwise all that it holds stands in one panel."""

    @cached_property
    def mark(self) -> str:
        """What is typical of its words."""
        return fingerprint(self.text)

    def at(self, row: int) -> ScriptPage:
        """The same page, with its heading in another row."""
        if row == self.row:
            return self
        moved = replace(self, row=row)
        if "mark" in self.__dict__:
            moved.__dict__["mark"] = self.mark  # it took a while
        return moved


def read_page(script: Script, index: int, identity: Identity) -> ScriptPage:
    """Read one page of `script.pages`. Costs O(page)."""
    page = page_at(script, index)
    end_row = script.pages[index].end_row
    lines = script.lines.rows(page.row, end_row)
    heading = identity(page.row)
    panels, closing = _panels(page, lines, heading, identity)
    for row in range(page.end_row, end_row):  # a chapter or a scene that begins behind the page
        line = script.line(row)
        if line.kind is LineKind.CHAPTER:
            closing = ""
        elif line.kind is LineKind.SCENE:
            closing = place_name(words_of(script.lines[row], line))
    scenes = [element for element in page.elements if element.kind is LineKind.SCENE]
    return ScriptPage(
        heading,
        page.row,
        page.numbers,
        page.title,
        tuple(panels),
        page.stated_panels,
        page.splash,
        page.spread or len(page.numbers) > 1,
        place_name(scenes[-1].text) if scenes else "",
        closing,
        "\n".join(lines),
        bool(page.panels),
    )


def read_front(script: Script) -> str:
    """The place that the text before the first page leads to; "" if it names none."""
    place = ""
    for row in range(script.pages.front.end_row):
        line = script.line(row)
        if line.kind is LineKind.SCENE:
            place = place_name(words_of(script.lines[row], line))
    return place


def _panels(
    page: Page, lines: Sequence[str], heading: str, identity: Identity
) -> tuple[list[ScriptPanel], str | None]:
    """The page's panels, what stands before the first one put into it; and the last place it names."""
    found: list[ScriptPanel] = []
    place = ""
    before = list(page.elements)
    panels = page.panels
    if not panels and (before or page.splash or page.spread or page.title):
        panels = [Panel((1,), False, page.row, page.end_row, page.title)]
    for panel in panels:
        mine = [*before, *panel.elements]
        before = []
        shown = len(mine)
        while shown and mine[shown - 1].kind is LineKind.SCENE:
            shown -= 1  # a place named behind all that is in the panel is that of the next one
        for element in mine[: shown or len(mine)]:
            if element.kind is LineKind.SCENE:
                place = place_name(element.text)
        name = heading if panel.row == page.row else identity(panel.row)
        text = "\n".join(lines[panel.row - page.row : panel.end_row - page.row])
        for nth, number in enumerate(panel.numbers, 1):
            found.append(
                ScriptPanel(
                    name if nth == 1 else f"{name}.{nth}",
                    str(number),
                    panel.row - page.row,
                    _description(panel, mine),
                    tuple(_words(mine, page.row)) if nth == 1 else (),
                    _joined(element.text for element in mine if element.kind is LineKind.NOTE),
                    place,
                    replace(panel, elements=mine),
                    text,
                )
            )
        for element in mine[shown:] if shown else ():
            place = place_name(element.text)
    return found, place or None


def _description(panel: Panel, elements: Sequence[Element]) -> str:
    told = [element.text for element in elements if element.kind is LineKind.DESCRIPTION]
    return _joined(plain(_bare(text)) for text in (panel.title, *told))


def _joined(texts: Iterable[str]) -> str:
    return "\n".join(text for text in texts if text)


def _bare(text: str) -> str:
    """Without the parentheses around all of it."""
    inner = text[1:-1]
    if text[:1] == "(" and text[-1:] == ")" and "(" not in inner and ")" not in inner:
        return inner.strip()
    return text


def plain(text: str) -> str:
    """Without the signs of emphasis."""
    return "".join(run.text for run in runs(text))


def _words(elements: Sequence[Element], first_row: int) -> Iterable[Words]:
    for element in elements:
        if element.kind not in LETTERING:
            continue
        meanings = [meaning_of(modifier) for modifier in element.modifiers]
        kind = _KINDS[element.kind]
        if element.kind is LineKind.DIALOGUE:
            kind = next((_MEANT[meaning] for meaning in meanings if meaning in _MEANT), kind)
        text = plain(element.text)
        marked = element.text if text != element.text else ""
        yield Words(kind, element.speaker, text, element.row - first_row, element.is_unseen, marked)
