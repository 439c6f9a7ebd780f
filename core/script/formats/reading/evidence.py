"""What speaks for each dialect: the lines of a text counted by their looks, in one pass over a sample."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field

from core.script.headings import match_heading
from core.script.keywords import RESERVED, SPEECH, bare
from core.script.kinds import LineKind
from core.script.normal import normalise

SAMPLE = 400_000
"""Characters of a text that are looked at."""
LONGEST = 400
"""Characters of a line that are looked at."""

_LOOKS = {
    "serifu panel": r"-\s*\d{1,4}\.\d{1,3}\s*$",
    "serifu style": r"[^\s:/][^:/]{0,40}/[^\s:/][^:/]{0,40}:\s|[^\s:/][^:/]{0,40}/[^\s:/][^:/]{0,40}:$",
    "serifu sound": r"\*\s+[^*]+$",
    "pan panel": r"\[\d{0,3}\]\s*$",
    "pan page": r"-{3,}\s*$",
    "pan spread": r"-{3,}\|-{3,}\s*$",
    "pan section": r"={3,}\s*$",
    "code panel": r"\[\d{1,4}-\d{1,4}(?:-\d{1,4})?[a-z]?\]",
    "code speaker": r"-[^\W\d_][^-:]{0,30}-\s*$",
    "top item": r"\d{1,3}[.)]\s+\S",
    "nested item": r"(?:\s{2,}|\t\s*)\d{1,3}[.)]\s+\S",
    "nested bullet": r"(?:\s{2,}|\t\s*)[-*+]\s+\S",
    "nested quote": r"\s+>\s*\S",
    "slug": r"(?i:(?:int|ext|est|int\.?/ext|i/e)[. ]\s*\S|(?:int|ext)。|(?:инт|экст|нат)\.)",
    "forced slug": r"\.[^\W\d_.]",
    "transition": r"(?:>\s*)?[^\Wa-z][^a-z]{1,40} TO:\s*$|FADE (?:IN|OUT)[:.]?\s*$|>[^<>]{1,60}[:.]\s*$",
    "centred": r">[^<>]+<\s*$",
    "forced cue": r"@\S",
    "synopsis": r"=\s+\S|=[^=\s]",
    "boneyard": r"/\*",
    "note": r"\[\[",
    "lyrics": r"~\s*\S",
    "title page": r"(?i:title|credit|authors?|source|draft date|contact|copyright)\s*[:：]",
    "macro": r"[^{]{0,80}\{\{\s*(?i:serial|number|panel|page|string|var)\b[^{}.|]{0,60}\}\}",
    "section": r"#{1,6}[^#\s{]",
    "markdown": r"#{1,6}\s+\S|\s*[-*+]\s+\S|.{0,200}\*\*[^*]+\*\*|>\s|```|\|.*\|\s*$",
}
_PATTERNS = {name: re.compile(pattern) for name, pattern in _LOOKS.items()}
_LEVEL = re.compile(r"(#{1,6})\s+(.*)")
_CANONICAL = re.compile(r"(?:[^\W\d_]+ [0-9]+(?:[-–][0-9]+)? ?[:：]|第[0-9]+(?:話|章|回))")


@dataclass(slots=True)
class Evidence:
    """How often each look was found; headings of our own grammar are counted apart."""

    looks: Counter[str] = field(default_factory=Counter)
    lines: int = 0
    """That are not blank."""
    pages: int = 0
    panels: int = 0
    """Lines that our grammar takes for headings, those inside `#` headings too."""
    canonical: int = 0
    """Headings as the studio writes them: `PAGE 3 :`."""
    cues: int = 0
    """Names in capitals with a blank line above and words below."""
    levels: Counter[tuple[int, str]] = field(default_factory=Counter)
    """`#` headings by level and what they are to our grammar: page, panel, label, other, empty."""

    def __getitem__(self, look: str) -> int:
        return self.looks[look]

    @property
    def plain_headings(self) -> int:
        """Pages and panels of our grammar on lines without `#`."""
        marked = sum(count for (_, kind), count in self.levels.items() if kind in ("page", "panel"))
        return self.pages + self.panels - marked

    def share(self, *looks: str) -> float:
        """The part of all lines that has one of these looks."""
        return sum(self.looks[look] for look in looks) / max(self.lines, 1)


def gather(text: str) -> Evidence:
    """Count the looks of the lines of a text; bounded by SAMPLE and LONGEST."""
    found = Evidence()
    lines = [line[:LONGEST].rstrip() for line in text[:SAMPLE].split("\n")]
    for row, line in enumerate(lines):
        if not line:
            continue
        found.lines += 1
        for name, pattern in _PATTERNS.items():
            if pattern.match(line):
                found.looks[name] += 1
        _weigh_heading(found, line)
        below = lines[row + 1] if row + 1 < len(lines) else ""
        if below and (row == 0 or not lines[row - 1]) and _shouts(line):
            found.cues += 1
    return found


def _weigh_heading(found: Evidence, line: str) -> None:
    level = _LEVEL.match(line)
    heading = match_heading(normalise(line).body) if len(line) < 200 else None
    kind = heading.kind if heading and not heading.weak else None
    if kind is LineKind.PAGE:
        found.pages += 1
    elif kind is LineKind.PANEL:
        found.panels += 1
    if kind and _CANONICAL.match(line):
        found.canonical += 1
    if level:
        name = kind.value if kind in (LineKind.PAGE, LineKind.PANEL) else _sort_of(level[2])
        found.levels[len(level[1]), name] += 1


def _sort_of(words: str) -> str:
    """What a Markdown heading is that is neither page nor panel."""
    word = RESERVED.get(bare(words.strip(" *:：")))
    if word in (LineKind.DESCRIPTION, LineKind.NOTE, SPEECH):
        return "label"
    return "other" if words else "empty"


def _shouts(line: str) -> bool:
    """Whether a line may be the name over a speech of a screenplay."""
    name = line.strip().removesuffix("^").split("(")[0].strip()
    return 1 < len(name) <= 40 and name.upper() == name and name.lower() != name and name[-1] not in ".:!?"
