"""Which dialect a text is written in: each scored from 0 to 1 by what speaks for it."""

from __future__ import annotations

from collections.abc import Callable

from core.script.formats import Dialect
from core.script.formats.reading.evidence import Evidence, gather

Candidates = tuple[tuple[Dialect, float], ...]

SURE = 0.5
"""A score below this is not believed unless a person chooses it."""
_PLAIN = 0.45
_ENDINGS = {
    ".fountain": Dialect.FOUNTAIN,
    ".spmd": Dialect.FOUNTAIN,
    ".pan": Dialect.PANELS,
    ".serifu": Dialect.SERIFU,
    ".genko": Dialect.GENKO,
    ".md": Dialect.MARKDOWN,
    ".markdown": Dialect.MARKDOWN,
}
_WORTH_OF_ENDING = {Dialect.GENKO: 0.3, Dialect.MARKDOWN: 0.2}


def detect(text: str, ending: str = "") -> Candidates:
    """The dialects that a text may be in, best first; always some. `ending` is the file's, as `.md`."""
    found = gather(text)
    named = _ENDINGS.get(ending.casefold())
    scores = {dialect: score(found) for dialect, score in _SCORES.items()}
    if named is not None:
        scores[named] += _WORTH_OF_ENDING.get(named, 0.6)
    ranked = sorted(scores, key=lambda dialect: -scores[dialect])
    return tuple(
        (dialect, round(min(scores[dialect], 1.0), 2))
        for dialect in ranked
        if scores[dialect] >= 0.1 or dialect is Dialect.PLAIN
    )


def levels_of(found: Evidence) -> tuple[int, int, int] | None:
    """The heading levels of pages, panels and speakers, where speakers have a level that names no kind."""
    pages = [(count, level) for (level, kind), count in found.levels.items() if kind == "page"]
    if not pages:
        return None
    page = max(pages)[1]
    below = sorted({level for level, kind in found.levels if level > page and kind in ("other", "panel")})
    return (page, below[0], below[1]) if len(below) >= 2 else None


def _genko(found: Evidence) -> float:
    headings = found.pages + found.panels
    return 0.9 * found.canonical / headings if headings else 0.0


def _markdown(found: Evidence) -> float:
    share = found.share("markdown")
    return _PLAIN + 0.1 * min(share * 2, 1.0) if share > 0.1 else share


def _fountain(found: Evidence) -> float:
    comic = found["macro"] + (found["section"] and found["forced slug"])
    if comic and not found.plain_headings:
        return min(0.6 + 0.1 * comic, 0.95)
    if found.pages or found.panels:
        return 0.0  # a comic script with names over their words, unless the file's name says otherwise
    score = min(found["slug"], 4) * 0.2 + min(found["forced cue"], 5) * 0.08
    score += 0.15 * (found["transition"] > 0) + 0.1 * (found["centred"] > 0)
    score += (0.3 if found["slug"] else 0.1) * (found["title page"] > 1)
    speech = min(found.cues + found["forced cue"], 10) / 10
    return min(score, 0.7) + 0.3 * speech if score else 0.0


def _serifu(found: Evidence) -> float:
    if not found["serifu panel"]:
        return 0.0
    if found.plain_headings and not found["serifu style"]:
        return 0.2  # `- 1.1` is a panel of our own grammar too
    return 0.5 + 0.3 * (found["serifu style"] > 0) + 0.2 * (found.pages > 0)


def _panels(found: Evidence) -> float:
    if not found["pan panel"] or found.panels:
        return 0.0
    breaks = found["pan page"] + found["pan spread"]
    score = 0.05 + 0.1 * min(found["pan panel"], 3)
    return score + 0.3 * (breaks > 0) + 0.2 * (found["pan spread"] > 0) + 0.1 * (found["pan section"] > 0)


def _ames(found: Evidence) -> float:
    levels = levels_of(found)
    if levels is None:
        return 0.0
    _, panel, speaker = levels
    panels = found.levels[panel, "other"] + found.levels[panel, "panel"]
    speakers, told = found.levels[speaker, "other"], found.levels[speaker, "panel"]
    if found.plain_headings:
        return 0.0  # panels that are no headings of Markdown: the levels mean something else
    if speakers < 2 or speakers * 3 < panels or told or found.levels[panel, "page"]:
        return 0.0
    return 0.85


def _lists(found: Evidence) -> float:
    if found["nested item"] < 2 or not found["top item"] or found.pages or found.panels:
        return 0.0
    share = found.share("top item", "nested item", "nested bullet", "nested quote")
    return 0.9 if share > 0.6 else 0.3 * share


def _codes(found: Evidence) -> float:
    if found["code panel"] < 2:
        return 0.3 * found["code panel"]
    return 0.6 + 0.3 * (found["code speaker"] > 0)


def _xml(_: Evidence) -> float:
    return 0.0  # told by its first character, before any line is looked at


_SCORES: dict[Dialect, Callable[[Evidence], float]] = {
    Dialect.GENKO: _genko,
    Dialect.MARKDOWN: _markdown,
    Dialect.PLAIN: lambda _: _PLAIN,
    Dialect.FOUNTAIN: _fountain,
    Dialect.SERIFU: _serifu,
    Dialect.PANELS: _panels,
    Dialect.AMES: _ames,
    Dialect.LISTS: _lists,
    Dialect.CODES: _codes,
    Dialect.CSXML: _xml,
}
