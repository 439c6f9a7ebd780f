"""A name or label in front of words, as it is recognised by itself."""

from __future__ import annotations

from dataclasses import dataclass

from core.script.heading import Part
from core.script.kinds import Audience, LineKind


@dataclass(slots=True)
class Cue:
    """Who speaks, or which label it is; places are those of the normalised body. Never changed once made."""

    name: str
    kind: LineKind
    """DIALOGUE, CAPTION, SFX or SIGN; NOTE and DESCRIPTION for a label."""
    parts: tuple[Part, ...]
    modifiers: tuple[str, ...]
    text: str
    forced: bool = False
    """`@NAME` or `[NAME]`: taken at its word everywhere."""
    strong: bool = False
    """Capitals, or a text that opens with a quotation mark."""
    marked: bool = False
    """Bold, bulleted or indented: believed inside a story."""
    weak: bool = False
    """Few enough words to be believed when the script has the name more than once."""
    likely: bool = False
    """Begins like a name and its text like speech: believed between other balloons."""
    proper: bool = False
    """No word of the name begins with a small letter."""
    capitals: bool = False
    own_line: bool = False
    """No colon: only a speaker when words follow on the next line."""
    key: str = ""
    """The folded name, to count candidates by."""
    together: tuple[str, ...] = ()
    """The folded names of several who speak at once: believed if each is known."""
    audience: Audience | None = None
    """Whom a note is for."""
    cast: bool = False
    """Heads a list of the persons."""
