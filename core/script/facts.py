"""What a line is by itself, before its neighbours have a say; a pure function of the line."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from enum import IntEnum
from functools import lru_cache

from core.script.cues import Cue, match_cue
from core.script.headings import Heading, match_heading, match_item
from core.script.keywords import FRONT_KEYS, bare
from core.script.kinds import LETTERING, LineKind
from core.script.normal import normalise
from core.script.pieces import piece_cue
from core.script.wording import count_words, signs_apart

AT_THE_EDGE = 44
"""Columns of white space in front of the page numbers that a word processor prints at the right edge."""
LONGEST = 2000
"""Characters of a line that are looked at; what is longer is prose, whatever comes later in it."""

SHORT = 24
"""Lines up to this length come again and again: `PANEL 1 :`, names, `SFX : DOOM`."""


class Shape(IntEnum):
    """The first impression of a line."""

    BLANK = 0
    PLAIN = 1
    HEADING = 2
    CUE = 3
    PAREN = 4
    NOTE = 5
    RULE = 6
    ESCAPED = 7


@dataclass(slots=True, eq=False)
class Facts:
    """One line by itself. Never changed once made."""

    shape: Shape = Shape.PLAIN
    words: int = 0
    """Words of the whole line, split at white space."""
    said: int = 0
    """Words of its text: of the balloon, the caption; signs that stand apart are none."""
    signs: int = 0
    """Of the words of the whole line, those that are signs which stand apart."""
    cjk: int = 0
    """Chinese, Japanese and Korean characters."""
    heading: Heading | None = None
    cue: Cue | None = None
    key: int = 0
    """2 for a known key of front matter in front of a colon, 1 for any short word, 0 for neither."""
    opens: bool = False
    """A note that does not end on its line."""
    closes: bool = False
    """Holds the end of a note."""
    title: bool = False
    """May be the title, if it is the first line."""
    caption: bool = False
    """Bold and quoted as a whole: what nobody says."""
    quoted: bool = False
    """In quotation marks as a whole: somebody says it."""
    fence: bool = False
    """Three backticks: what is between two such lines is set apart."""
    dashes: bool = False
    """Three dashes: the border of front matter."""
    deep: bool = False
    """Three or more `#` in front of what is no heading of ours: the script has another order of its own."""
    loose: bool = False
    """Indented: may go on with the front matter's line above."""


BLANK = Facts(Shape.BLANK)
_RULE = re.compile(r"\s*+(?:([-=_*~])(?:\s*+\1){2,}|```.*|~~~.*)\s*+$")
_KEY = re.compile(r"\s*+([^\W\d_][^:.!?]{0,30}?)\s*+:(?!//)")
_CJK = re.compile("[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff66-\uff9d\uac00-\ud7af]")
_GAP = re.compile(r"(?<=\S)(\t| {3})(?=\s*\S)")
_ITEM_STARTS = frozenset("0123456789*_-+")
_ONE_QUOTE = re.compile(r"""(?:"[^"]+"|“[^”]+”|«[^»]+»|「[^」]+」)$""")
_WHOLE_QUOTE = re.compile(r"""["“«].*["”»]$""")


def cjk_count(text: str) -> int:
    """How many Chinese, Japanese and Korean characters there are."""
    return len(_CJK.findall(text))


def analyse(raw: str) -> Facts:
    """The facts of a line."""
    if not raw or raw.isspace():
        return BLANK
    return _short(raw) if len(raw) <= SHORT else _analyse(raw)


@lru_cache(maxsize=4096)
def _short(raw: str) -> Facts:
    return _analyse(raw)


def _analyse(raw: str) -> Facts:
    facts = Facts(words=len(raw.split()), signs=signs_apart(raw))
    if not raw.isascii():
        facts.cjk = cjk_count(raw)
    facts.closes = "]]" in raw or "*/" in raw
    raw, rest = raw[:LONGEST], raw[LONGEST:]
    start = raw.lstrip()
    if not start:
        return facts  # nothing is this far to the right
    facts.loose = start is not raw and len(start) < len(raw)
    if start.startswith(("[[", "/*")):
        facts.shape = Shape.NOTE
        facts.opens = not facts.closes
    elif start[0] == "\\":
        facts.shape = Shape.ESCAPED
    elif start[0] in "-=_*~`" and _RULE.match(start):
        facts.shape, facts.dashes = Shape.RULE, start.rstrip() == "---"
        facts.fence = start.startswith("```")
    else:
        _recognise(facts, raw)
    if rest and facts.said:
        cut = not rest[0].isspace() and not raw[-1].isspace()
        facts.said += len(rest.split()) - cut
    return facts


def _recognise(facts: Facts, raw: str) -> None:
    normal = normalise(raw)
    body = normal.body
    if not body:
        facts.shape = Shape.RULE
        return
    if ":" in body and (found := _KEY.match(body)):
        facts.key = 2 if bare(found[1]) in FRONT_KEYS else 1 if len(found[1].split()) <= 3 else 0
    heading = match_heading(body)
    if heading and not (heading.shy and heading.kind is LineKind.PAGE and normal.indent >= AT_THE_EDGE):
        if normal.bullet and not (normal.bold or normal.level) and heading.kind is LineKind.PAGE:
            heading = replace(heading, listing=bool(heading.numbers))
        facts.heading, facts.shape = heading, Shape.HEADING
        if heading.alone and body.isupper() and len(body) > 2:
            facts.cue = match_cue(normal)
        elif heading.piece:
            facts.cue = piece_cue(heading)
        return
    if body[0] == "!" and body[1:2].isalpha():
        facts.shape = Shape.NOTE
        return
    if body[0] == "(" and body[-1] == ")":
        facts.shape = Shape.PAREN
    facts.deep = normal.level > 2
    facts.title = normal.level == 1 or (body.isupper() and len(body) < 80)
    facts.caption = normal.bold and _WHOLE_QUOTE.match(body) is not None
    facts.quoted = body[0] in '"“«「' and _ONE_QUOTE.match(body) is not None
    if len(body) < 200 or ":" in body[:120]:
        facts.cue = match_cue(normal)
        if (facts.cue is None or facts.cue.own_line) and ("\t" in raw or "   " in raw):
            facts.cue = _column(raw) or facts.cue
        if facts.cue:
            facts.shape = Shape.CUE
            facts.said = count_words(facts.cue.text)
    item = match_item(raw) if raw.lstrip()[:1] in _ITEM_STARTS else None
    if item and not (facts.cue and (facts.cue.strong or (facts.cue.kind in LETTERING and not facts.cue.key))):
        facts.heading = item


def _column(raw: str) -> Cue | None:
    """`NAME ⇥ text`: a name in capitals and its words in two columns."""
    gap = _GAP.search(raw)
    if gap is None:
        return None
    # A colon in the place of the gap's first character: all columns stay where they are.
    at = gap.start(1)
    cue = match_cue(normalise(f"{raw[:at]}:{raw[at + 1 :]}"))
    if cue is None or cue.own_line or not cue.capitals or cue.kind is LineKind.NOTE:
        return None
    return replace(cue, strong=False, marked=True)
