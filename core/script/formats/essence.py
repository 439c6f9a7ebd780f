"""What makes two manuscripts the same, whatever rows they stand on and however their headings are spelled."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from core.script.formats.spelling import SPLASHES, SPREADS, is_promise, own_title, says
from core.script.formats.wording import own_word
from core.script.keywords import TITLE_KEYS, bare, fold
from core.script.kinds import LineKind
from core.script.manuscript import Element, Heading, Manuscript, Page, Panel

_BETWEEN = re.compile(r"[\s:：]+")


class Essential(NamedTuple):
    """One heading or element without its place in the file."""

    kind: LineKind
    text: str
    speaker: str = ""
    modifiers: tuple[str, ...] = ()
    label: str = ""
    numbers: tuple[int, ...] = ()
    flags: tuple[object, ...] = ()


def essence(manuscript: Manuscript) -> list[Essential]:
    """All of a manuscript in order, to be compared with another's."""
    return [essential for _, essential in _all(manuscript)]


def by_row(manuscript: Manuscript) -> dict[int, list[Essential]]:
    """The same, by the row that each begins on."""
    found: dict[int, list[Essential]] = {}
    for row, essential in _all(manuscript):
        found.setdefault(row, []).append(essential)
    return found


def _all(manuscript: Manuscript) -> Iterator[tuple[int, Essential]]:
    yield from _elements(manuscript.front)
    yield from _panels(manuscript.loose_panels)
    for part in manuscript.parts:
        yield part.row, heading_essential(part)
        yield from _elements(part.elements)
        yield from _panels(part.panels)


def heading_essential(part: Heading | Page) -> Essential:
    """A page, a chapter or a scene without its row."""
    return _page(part) if isinstance(part, Page) else _heading(part)


def _page(page: Page) -> Essential:
    splash = page.splash or says(page.title, SPLASHES)
    flags = (page.written, page.stated_panels, splash, page.spread or says(page.title, SPREADS), page.forced)
    numbers = page.numbers if page.written else ()
    title = _flat(own_title(page))
    if page.stated_panels is not None and is_promise(title):
        title = ""  # the promise itself is among the flags
    return Essential(LineKind.PAGE, title, numbers=numbers, flags=flags)


def _heading(heading: Heading) -> Essential:
    title = _flat(heading.title) if heading.numbers else _opened(heading.label, heading.title)
    return Essential(heading.kind, title, numbers=heading.numbers)


def panel_essential(panel: Panel) -> Essential:
    """A panel without its row."""
    return Essential(LineKind.PANEL, _flat(panel.title), numbers=panel.numbers if panel.written else ())


def _panels(panels: list[Panel]) -> Iterator[tuple[int, Essential]]:
    for panel in panels:
        yield panel.row, panel_essential(panel)
        yield from _elements(panel.elements)


def _elements(elements: list[Element]) -> Iterator[tuple[int, Essential]]:
    for element in elements:
        for essential in essentials(element):
            yield element.row, essential


def essentials(element: Element) -> list[Essential]:
    """An element without its rows: nothing if it says nothing, one for each line of a description."""
    label = fold(element.label)
    lines = [line.strip() for line in element.text.replace("\r\n", "\n").replace("\r", "\n").split("\n")]
    filled = [line for line in lines if line]
    match element.kind:
        case LineKind.DESCRIPTION if not label:
            found = [unwrapped(line) for line in filled]
            return [Essential(LineKind.DESCRIPTION, line) for line in found if line]
        case LineKind.NOTE:
            text = "\n".join(lines).strip() if not label else " ".join(filled)
        case LineKind.DESCRIPTION | LineKind.TITLE | LineKind.SCENE:
            text = " ".join(filled)
        case _:
            modifiers = tuple(
                " ".join(modifier.split()) for modifier in element.modifiers if modifier.strip()
            )
            word = fold(own_word(element.kind, element.keyword))
            return [Essential(element.kind, "\n".join(filled), fold(element.speaker), modifiers, word)]
    if element.kind is LineKind.TITLE and bare(label) in TITLE_KEYS:
        label = ""
    elif element.kind is LineKind.SCENE:
        text, label = _opened(element.label, text), ""
    return [Essential(element.kind, text, label=label)] if text or label else []


def unwrapped(text: str) -> str:
    """A description without the parentheses around all of it."""
    text = text.strip()
    while text[:1] in ("(", "（") and text[-1:] in (")", "）") and _closed_last(text):
        text = text[1:-1].strip()
    return text


def _closed_last(text: str) -> bool:
    """Whether the parenthesis that opens a text is closed by its last character."""
    depth = 0
    for at, char in enumerate(text):
        if char in "(（":
            depth += 1
        elif char in ")）":
            depth -= 1
            if depth <= 0:
                return at == len(text) - 1
    return False


def _opened(label: str, title: str) -> str:
    """A scene with what opens it; a keyword that only asks for the next number says nothing."""
    return _BETWEEN.sub("", ("" if "#" in label else label) + title)


def _flat(title: str) -> str:
    return " ".join(title.split())
