"""Scripts of our own in every dialect that comes in, with what is in each."""

from __future__ import annotations

from tests.formats.reading.comics import COMICS
from tests.formats.reading.other_languages import OTHERS
from tests.formats.reading.screenplays import SCREENPLAYS

FIXTURES = (*COMICS, *SCREENPLAYS, *OTHERS)
