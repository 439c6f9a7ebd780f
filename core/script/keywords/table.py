"""The shape of a language's table of spellings; a new language is a new table."""

from __future__ import annotations

from dataclasses import dataclass, field

Words = tuple[str, ...]


@dataclass(frozen=True)
class Language:
    """Spellings of one language, in capitals where there are any; accents may be left out by writers.

    The first spelling of each is the one that the studio writes.
    """

    code: str
    name: str
    chapter: Words
    scene: Words
    place: Words
    """What opens a scene by naming its place, with the place right behind it: INT."""
    page: Words
    splash: Words
    """Pages of one large panel. Alone on a line each opens a page."""
    spread: Words
    """Two facing pages drawn as one. Alone on a line each opens a page."""
    panel: Words
    caption: Words
    sfx: Words
    sign: Words
    note: Words
    """Labels whose text is for a colleague: the artist, the letterer."""
    describe: Words
    """Labels whose text is description: Action, Setting."""
    speech: Words
    """Labels that announce speech without being a speaker: Dialogue."""
    front: Words
    """Keys of the front matter: Title, Author."""
    numbers: dict[str, int]
    joins: Words
    """Between the two numbers of a range: and, to."""
    modifiers: dict[str, Words]
    """Meaning -> spellings: off, thought, whisper, burst, radio, continued …"""
    doubtful: Words = ()
    """Reserved words that are names elsewhere (SON, N): believed only beside this language's own signs."""
    suffixed: dict[str, Words] = field(default_factory=dict)
    """Counters that stand behind the number, by kind: 3ページ."""
