"""What stands in front of the words of a line that is being written, and what those are so far."""

from __future__ import annotations

import re
from typing import NamedTuple

# Markdown, bullets, quotes, and the signs that force a cue.
_LEAD = re.compile(r"[\s　]*(?:(?:#{1,6}|>|[-+*•·●■▪◆]|[0-9]{1,3}[.)])[ \t　]+)*[*_]*[@\[【≪《〈]?[*_]*")
_ENDED = re.compile('[:：「」『』()（）"“”«»!?！？。]')
MOST = 60
"""Characters of a line behind which no name or keyword is begun any more."""


class LineStart(NamedTuple):
    """The lead and the words of a line."""

    lead: str
    typed: str

    @property
    def is_word(self) -> bool:
        """Whether a name or a keyword may still be going on."""
        return 0 < len(self.typed) <= MOST and not _ENDED.search(self.typed)


def line_start(line: str) -> LineStart:
    """Part a line in two."""
    found = _LEAD.match(line)
    end = found.end() if found else 0
    return LineStart(line[:end], line[end:])


def is_worth(typed: str) -> bool:
    """Whether enough was typed: one letter that is a capital or has no case, two small ones."""
    return len(typed) > 1 or not typed.islower()
