"""From which figure on something is worth a hint, and from which a warning."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

from core.script.hints.hint import Rule, Severity


class Limit(NamedTuple):
    """More than `hint` is worth a hint, more than `warn` a warning; a `warn` of 0 never warns."""

    hint: int
    warn: int = 0

    def judge(self, figure: float, times: int = 1) -> Severity | None:
        """What a figure is worth; `times` for a heading that stands for several panels."""
        if self.warn and figure > self.warn * times:
            return Severity.WARN
        return Severity.HINT if figure > self.hint * times else None

    def nears(self, figure: float, times: int = 1) -> bool:
        """Whether a figure is within a fifth of the limit, or past it."""
        return figure * 5 >= self.hint * times * 4


@dataclass(frozen=True)
class Thresholds:
    """All that can be set about hints. Words are those of `core.script.hints.words.weigh`.

    The defaults are the trade's rules of thumb (25 words a balloon, 35 a panel, 210 a page); scripts
    that were measured stay below them in 98 of 100 balloons.
    """

    balloon_words: Limit = field(default=Limit(25, 40))
    panel_words: Limit = field(default=Limit(35, 50))
    page_words: Limit = field(default=Limit(210))
    balloons: Limit = field(default=Limit(3, 5))
    panels: Limit = field(default=Limit(7, 9))
    characters_per_word: float = 2.5
    """Chinese, Japanese and Korean characters that are counted as one word."""
    off: frozenset[Rule] = field(default_factory=frozenset)
    """Rules that say nothing."""

    def asks(self, rule: Rule) -> bool:
        """Whether a rule is on."""
        return rule not in self.off
