"""From a text to the text that becomes the script: find its dialect, read it, write it in our markup."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from core.script.formats import Dialect
from core.script.formats.canonical import canonical as written
from core.script.formats.reading.ames import read_ames
from core.script.formats.reading.builder import Builder
from core.script.formats.reading.codes import read_codes
from core.script.formats.reading.detect import SURE, Candidates, detect
from core.script.formats.reading.fountain import app_settings, read_fountain
from core.script.formats.reading.language import language_of
from core.script.formats.reading.lists import read_lists
from core.script.formats.reading.panels import read_panels
from core.script.formats.reading.serifu import read_serifu
from core.script.formats.reading.words import lost_words
from core.script.manuscript import manuscript
from core.script.script import parse

READERS: dict[Dialect, Callable[[str, str], Builder]] = {
    Dialect.FOUNTAIN: read_fountain,
    Dialect.SERIFU: read_serifu,
    Dialect.PANELS: read_panels,
    Dialect.AMES: read_ames,
    Dialect.LISTS: read_lists,
    Dialect.CODES: read_codes,
}
"""Readers of text, by dialect: of the text and its language."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A text from outside as a script."""

    text: str
    dialect: Dialect
    language: str
    candidates: Candidates
    """Dialects that it may be in, best first."""
    exact: bool
    """Whether the text is the one that came in, character for character."""
    notes: tuple[str, ...] = ()
    """Sentences for the writer."""


def read_script(
    text: str,
    *,
    ending: str = "",
    dialect: Dialect | None = None,
    language: str | None = None,
    canonical: bool = False,
) -> Reading:
    """Read a text in the dialect that it is in, or in a chosen one.

    Our markup, plain text and Markdown are kept as they are unless `canonical`. Should a reader lose a
    word, the text is kept as it is too, and a note says so.
    """
    candidates = detect(text, ending)
    found = dialect or next((one for one, score in candidates if score >= SURE), Dialect.PLAIN)
    language = language or language_of(text)
    if found.kept and not canonical:
        return Reading(text, found, language, candidates, True)
    reader = READERS.get(found)
    made = reader(text, language).out if reader else manuscript(parse(text))
    result = written(made, language)
    if lost := lost_words(text, result):
        note = f"{lost:,} words did not fit into our markup, so the text was kept as it is."
        return Reading(text, found, language, candidates, True, (note,))
    notes = ("The settings that an application keeps at the end of the file were left out.",)
    told = notes if found is Dialect.FOUNTAIN and app_settings(text) else ()
    return Reading(result, found, language, candidates, False, told)
