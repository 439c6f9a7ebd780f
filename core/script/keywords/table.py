"""The shape of a language's table of spellings; a new language is a new table."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from core.script.kinds import Audience

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
    """Labels whose text is for colleagues, whoever they are."""
    audience: Mapping[Audience, Words]
    """Labels whose text is for one colleague; also beside a word for a note: ARTIST'S NOTE."""
    describe: Words
    """Labels whose text is description: Action, Setting."""
    speech: Words
    """Labels that announce speech without being a speaker: Dialogue."""
    cast: Words
    """What a list of the persons is headed by. Nobody speaks in it."""
    staging: Words
    """Words that begin a description more often than a name: Behind, Left, Later."""
    front: Words
    """Keys of the front matter: Title, Author."""
    nothing: Words
    """What stands where a form is left empty."""
    numbers: dict[str, int]
    joins: Words
    """Between the two numbers of a range: and, to."""
    modifiers: dict[str, Words]
    """Meaning -> spellings: off, thought, whisper, burst, radio, continued …"""
    doubtful: Words = ()
    """Reserved words that are names elsewhere (SON, N): believed only beside this language's own signs."""
    suffixed: dict[str, Words] = field(default_factory=dict)
    """Counters that stand behind the number, by kind: 3ページ."""
