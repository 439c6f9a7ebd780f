"""The next page, panel or chapter: its heading and number, spelled and spaced as in the script."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from typing import NamedTuple

from core.script.habits import LOOK_DOWN, LOOK_UP, blanks_above, colon, table_of
from core.script.keywords import bare, words_of
from core.script.kinds import LineKind, ParsedLine, Role, Span
from core.script.numbers import JOIN
from core.script.script import Script
from core.script.spelled import NumberText

_BLANKS = {LineKind.CHAPTER: 2}
_EMPTY_BRACKETS = re.compile(r"\s*(?:\(\s*\)|（\s*）|\[\s*\]|\"\"|“”|「」)")
_EMPHASIS = re.compile(r"\s*(\*+|_+)$")
_DRESS = re.compile(
    r"(?P<level>#*) ?(?P<bold>\**|_*)(?P<word>[^\W\d_]+)\.? ?[^\s:.]+(?P<sign> ?[:.]?)(?P=bold)$"
)
_RANGE = re.compile(JOIN, re.IGNORECASE)
_PAGES_BACK = 8
_LARGE = frozenset(bare(word) for word in (*words_of("splash"), *words_of("spread")))


class Following(NamedTuple):
    """A heading that can be inserted."""

    text: str
    inline: bool
    """Words follow on the heading's own line, where the script has its descriptions or titles."""
    blanks: int
    """Blank lines above it."""


def following(script: Script, row: int, kind: LineKind, language: str) -> Following:
    """The heading of the next page, panel or chapter after `row`, which is the last row before it."""
    example = _example(script, row, kind)
    blanks = _blanks(script, row, kind, example)
    number, page = _number(script, row, kind)
    if example is None:
        return Following(*_borrowed(script, row, kind, number, language), blanks)
    return Following(*_written(script, example, kind, (number, page), language), blanks)


# --- examples


def _example(script: Script, row: int, kind: LineKind) -> int | None:
    """The row of the heading that the new one is spelled like."""
    if kind is LineKind.CHAPTER:
        chapters = script.pages.chapter_rows()
        at = max(bisect_right(chapters, row) - 1, 0)
        return chapters[at] if chapters else None
    if kind is LineKind.PAGE:
        return _page_example(script, row)
    return next(_panels_near(script, row), None)


def _page_example(script: Script, row: int) -> int | None:
    """The nearest page above that is a single ordinary one, else the nearest above, else the first."""
    pages = script.pages
    if not len(pages):
        return None
    last = max(pages.at(row).index, 0) if row >= 0 else 0
    for index in range(last, max(last - _PAGES_BACK, -1), -1):
        page = pages[index]
        if not (page.splash or page.spread):
            return page.row
    return pages[last].row


def _panels_near(script: Script, row: int) -> Iterator[int]:
    """Rows that open a panel, the nearest above first, then those below."""
    first = max(row - LOOK_UP, 0)
    above = script.kinds(first, row + 1)
    below = script.kinds(row + 1, row + LOOK_DOWN)
    for at in (*range(row, first - 1, -1), *range(row + 1, row + 1 + len(below))):
        kind = above[at - first] if at <= row else below[at - row - 1]
        if kind is LineKind.PANEL or (kind is LineKind.PAGE and script.line(at).opens_panel):
            yield at


def _blanks(script: Script, row: int, kind: LineKind, example: int | None) -> int:
    """Blank lines above such a heading; a page's first panel may stand closer to it than the others."""
    if row < 0:
        return 0
    usual = _BLANKS.get(kind, 1)
    if example is None:
        return usual
    if kind is not LineKind.PANEL:
        return usual if (found := blanks_above(script, example)) is None else found
    first = script.kind(row) is LineKind.PAGE
    for at, _ in zip(_panels_near(script, row), range(12), strict=False):
        found = blanks_above(script, at)
        if found is not None and at > found:
            above = script.kind(at - found - 1)
            if (above is LineKind.PAGE) is first:
                return found
    return usual


# --- numbers


def _number(script: Script, row: int, kind: LineKind) -> tuple[int, int]:
    """The number of the new heading, and of the page that it is on (or is)."""
    if row < 0:
        return 1, 1
    place = script.place(row)
    if kind is LineKind.CHAPTER:
        chapters = [at for at in script.pages.chapter_rows() if at <= row]
        numbers = script.line(chapters[-1]).numbers if chapters else ()
        return (numbers[-1] if numbers else len(chapters)) + 1, 1
    if kind is LineKind.PAGE:
        number = _next_page(script, row)
        return number, number
    page = place.numbers[-1] if place.numbers else 0
    if place.panel is not None:
        return place.panel + 1, page
    return _first_panel(script, row), page


def _next_page(script: Script, row: int) -> int:
    """One more than the page above; where each chapter counts anew, 1 behind a chapter."""
    pages = script.pages
    index = pages.at(row).index if len(pages) else -1
    if index < 0:
        return 1
    if script.place(row).page is None and _chapters_count_anew(script, row):
        return 1
    return pages.numbers(index)[-1] + 1


def _chapters_count_anew(script: Script, row: int) -> bool:
    """Whether the last chapter but the first that has pages begins with page 1."""
    chapters = [at for at in script.pages.chapter_rows() if at <= row]
    for chapter in reversed(chapters[1:-1]):
        index = script.pages.at(chapter).index + 1
        if 0 < index < len(script.pages):
            return script.pages.numbers(index)[0] == 1
    return False


def _first_panel(script: Script, row: int) -> int:
    """1, unless panels are numbered through the whole script."""
    last = next((at for at in _panels_near(script, row) if at <= row), None)
    index = script.pages.at(row).index
    if last is None or index < 2:
        return 1
    page = script.pages[index - 1]
    kinds = script.kinds(page.row, page.end_row)
    if LineKind.PANEL not in kinds:
        return 1
    numbers = script.line(page.row + kinds.index(LineKind.PANEL)).numbers
    running = bool(numbers) and numbers[0] > 1
    return (script.place(last).panel or 0) + 1 if running else 1


# --- spelling


def _plain(kind: LineKind, number: int, language: str) -> tuple[str, bool]:
    """The studio's own form."""
    table = table_of(language)
    if kind is LineKind.CHAPTER:
        text = f"第{number}話　" if language == "ja" else f"{table.chapter[0]} {number}{colon(language)}"
        return text, True
    word = table.page[0] if kind is LineKind.PAGE else table.panel[0]
    if language == "ja":
        return f"{word}{number}", False
    return f"{word} {number}{colon(language).rstrip()}", False


def _borrowed(script: Script, row: int, kind: LineKind, number: int, language: str) -> tuple[str, bool]:
    """Without an example of its own kind a panel is dressed as pages are, and a page as panels are."""
    other = {LineKind.PANEL: LineKind.PAGE, LineKind.PAGE: LineKind.PANEL}.get(kind)
    example = _example(script, max(row, 0), other) if other else None
    if example is None:
        return _plain(kind, number, language)
    text = _written(script, example, kind, (number, 1), language)[0]
    found = _DRESS.match(text)
    if not found or language == "ja":
        return _plain(kind, number, language)
    level = len(found["level"]) + (1 if kind is LineKind.PANEL else -1) if found["level"] else 0
    table = table_of(language)
    word = table.page[0] if kind is LineKind.PAGE else table.panel[0]
    word = word if found["word"].isupper() else word.capitalize()
    hashes = f"{'#' * max(level, 1)} " if found["level"] else ""
    return f"{hashes}{found['bold']}{word} {number}{found['sign']}{found['bold']}", False


def _written(
    script: Script, row: int, kind: LineKind, number: tuple[int, int], language: str
) -> tuple[str, bool]:
    """The example's line with other numbers and without its title; and whether a title belongs there."""
    raw, line = script.lines[row], script.line(row)
    changes = [*_numbered(raw, line, kind, number, language), *_keyword(raw, line, language)]
    title = next((span for span in line.spans if span.role is Role.TEXT), None)
    bracketed = False
    if title:
        words = raw[title.start : title.end]
        bracketed = words[0] in "(（" or raw[title.start - 1 : title.start] in ("(", "（", "[")
        keeps = bracketed and words[-1] in ":："
        start = len(raw[: title.start].rstrip()) if keeps else title.start
        changes.append((start, title.end, words[-1] if keeps else ""))
    text = raw
    for start, end, new in sorted(changes, reverse=True):
        text = text[:start] + new + text[end:]
    text = _EMPTY_BRACKETS.sub("", text)
    if title:
        text = _EMPHASIS.sub(r"\1", text)
        if not (bracketed or kind is LineKind.PAGE or text.endswith(("*", "_"))):
            return text if text[-1:].isspace() else f"{text} ", True
        text = text.rstrip().rstrip(" -–—|")
    return text.rstrip(), False


def _numbered(
    raw: str, line: ParsedLine, kind: LineKind, number: tuple[int, int], language: str
) -> Iterator[tuple[int, int, str]]:
    """Changes of the numbers on the example's line: one, or those of a page and a panel."""
    spans = [span for span in line.spans if span.role is Role.NUMBER]
    if not spans:
        return
    wanted, page = number
    both = len(spans) > 1 and (line.opens_panel or line.kind is LineKind.PANEL)
    if both:
        yield _counted(raw, spans[0], page, language)
        wanted = wanted if kind is LineKind.PANEL else 1
    elif dotted := re.match(r"[0-9]+\.(?=[0-9])", raw[spans[0].start : spans[0].end]):
        before = f"{page}." if page else dotted[0]
        yield spans[0].start, spans[0].end, f"{before}{wanted}"
        return
    yield _counted(raw, spans[-1], wanted, language)


def _counted(raw: str, span: Span, value: int, language: str) -> tuple[int, int, str]:
    written = raw[span.start : span.end]
    first = _RANGE.split(written)[0] or written
    number = NumberText(first)
    if not number.places:
        return span.start, span.end, first  # the sign for the next one
    return span.start, span.end, number.spelled(value, 1, language) or str(value)


def _keyword(raw: str, line: ParsedLine, language: str) -> Iterator[tuple[int, int, str]]:
    """PAGES 4-5 is followed by a PAGE, and so is a splash page."""
    word = next((span for span in line.spans if span.role is Role.KEYWORD), None)
    if word is None:
        return
    written = raw[word.start : word.end]
    if bare(written) in _LARGE:
        new = table_of(language).page[0]
        yield word.start, word.end, new if written.isupper() else new.capitalize()
    elif len(line.numbers) > 1 and (bare(written).endswith("s") or bare(written).endswith("s.")):
        yield word.start, word.end, re.sub(r"[sS](\.?)$", r"\1", written)
