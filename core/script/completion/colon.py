"""A colon at the start of an empty line calls the speakers one after another, whose turn it is first."""

from __future__ import annotations

from dataclasses import dataclass, replace

from core.script.completion.speakers import alternating
from core.script.habits import cue_form, recent_speakers
from core.script.kinds import LineKind
from core.script.script import Script

_CLOSED = frozenset({LineKind.NOTE, LineKind.TITLE, LineKind.RULE})


@dataclass(frozen=True, slots=True)
class Speaking:
    """The cues that can be called, and the one that stands on the line now."""

    row: int
    cues: tuple[str, ...]
    index: int = 0

    @property
    def cue(self) -> str:
        """The cue to stand on the line."""
        return self.cues[self.index]

    def next(self) -> Speaking | None:
        """The one after it; None behind the last: the line is what was typed again."""
        return replace(self, index=self.index + 1) if self.index + 1 < len(self.cues) else None


def speaking(script: Script, row: int, language: str, *, last_first: bool = False) -> Speaking | None:
    """Those who spoke above an empty row; None where nobody has, and where nobody can speak."""
    if row and script.kind(row - 1) in _CLOSED and script.kind(row) in _CLOSED:
        return None
    names = recent_speakers(script, row)
    if not names:
        return None
    form = cue_form(script, row, LineKind.DIALOGUE, language)
    ordered = names if last_first else alternating(names)
    ending = "\n" if form.own_line else ""
    return Speaking(row, tuple(form.of(name) + ending for name in ordered))
