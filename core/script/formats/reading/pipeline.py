"""From a text to the text that becomes the script: find its dialect, read it, write it in our markup."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from core.script.formats import Dialect
from core.script.formats.canonical import canonical as written
from core.script.formats.reading.ames import read_ames
from core.script.formats.reading.builder import Builder
from core.script.formats.reading.codes import read_codes
from core.script.formats.reading.comic_xml import read_comic_xml
from core.script.formats.reading.detect import SURE, Candidates, detect
from core.script.formats.reading.docx import read_docx
from core.script.formats.reading.fdx import read_fdx
from core.script.formats.reading.fountain import read_fountain, without_settings
from core.script.formats.reading.language import language_of
from core.script.formats.reading.lists import read_lists
from core.script.formats.reading.panels import read_panels
from core.script.formats.reading.serifu import read_serifu
from core.script.formats.reading.sniff import sniff
from core.script.formats.reading.structured import read_structure
from core.script.formats.reading.unfold import unfold
from core.script.formats.reading.webpage import is_webpage, webpage_text
from core.script.formats.reading.words import holdable, lost_words
from core.script.keywords import LANGUAGES
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


MOST = 3_000_000
"""Characters of a text that is converted; a longer one is kept as it is. No comic is near it."""
_SETTINGS = "The settings that an application keeps at the end of the file were left out."


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
    word, the text is kept as it is too, and a note says so. Costs some parses of what is converted.
    """
    if dialect in (None, Dialect.HTML, Dialect.STRUCTURE) and (other := _wrapped(text, language, canonical)):
        return other
    candidates = detect(text, ending)
    found = dialect if dialect in READERS or (dialect and dialect.kept) else _best(candidates)
    language = language or language_of(text)
    unfolded, count = unfold(text) if _may_unfold(text, dialect, found) else (text, 0)
    if count:
        ranked = ((Dialect.FOLDED, 0.9), *candidates)
        result, note = _converted(unfolded, Dialect.GENKO, language) if canonical else (unfolded, "")
        notes = (_unfolded(count), *((note,) if note else ()))
        return Reading(result, Dialect.FOLDED, language, ranked, False, notes)
    if found.kept and not canonical:
        return Reading(text, found, language, candidates, True)
    source = without_settings(text) if found is Dialect.FOUNTAIN else text
    result, note = _converted(source, found, language)
    if note:
        return Reading(text, found, language, candidates, True, (note,))
    return Reading(
        result, found, language, candidates, False, (_SETTINGS,) if len(source) < len(text) else ()
    )


def _wrapped(text: str, language: str | None, canonical: bool) -> Reading | None:
    """A text that is not one by itself: a web page, or our JSON; None for any other.

    Raises IncomingError for other JSON.
    """
    if is_webpage(text):
        inner = read_script(webpage_text(text), language=language, canonical=canonical)
        return replace(
            inner, dialect=Dialect.HTML, candidates=((Dialect.HTML, 1.0), *inner.candidates), exact=False
        )
    structure = read_structure(text)
    if structure is None:
        return None
    builder, its = structure
    code = language or (its if its in LANGUAGES else language_of(text))
    result = holdable(written(builder.out, code))
    return Reading(result, Dialect.STRUCTURE, code, ((Dialect.STRUCTURE, 1.0),), False)


def _may_unfold(text: str, chosen: Dialect | None, found: Dialect) -> bool:
    return chosen is Dialect.FOLDED or (chosen is None and found.kept and len(text) <= MOST)


def _unfolded(count: int) -> str:
    lines = "1 line held" if count == 1 else f"{count:,} lines held"
    return f"{lines} several things, as speech inside a description; each stands on a line of its own now."


def read_document(
    data: bytes, name: str, *, dialect: Dialect | None = None, language: str | None = None
) -> Reading | None:
    """Read a Word, Final Draft or comic XML document; None for bytes that are none of them.

    `name` says which file it is in sentences; `dialect` how a Word document's text is to be read. Raises
    IncomingError for a document that is damaged, locked, hostile or of another program.
    """
    kind = sniff(data, name)
    if kind is None:
        return None
    if kind is Dialect.DOCX:
        return _word(data, name, dialect, language)
    builder, language = (read_fdx if kind is Dialect.FDX else read_comic_xml)(data, name, language)
    return Reading(holdable(written(builder.out, language)), kind, language, ((kind, 1.0),), False)


def _word(data: bytes, name: str, dialect: Dialect | None, language: str | None) -> Reading:
    """The text of a document as our markup; as it is if a kind of plain text was chosen for it."""
    document = read_docx(data, name)
    text = holdable(document.text)
    language = language or language_of(text)
    candidates = detect(text)
    ranked = ((Dialect.DOCX, 1.0), *candidates)
    if dialect is not None and dialect.kept:
        return Reading(text, dialect, language, ranked, False, document.notes)
    result, note = _converted(text, dialect if dialect in READERS else _best(candidates), language)
    notes = (*document.notes, note) if note else document.notes
    return Reading(result, Dialect.DOCX, language, ranked, False, notes)


def _converted(text: str, dialect: Dialect, language: str) -> tuple[str, str]:
    """The text in our markup, or as it is with the reason."""
    if len(text) > MOST:
        return text, f"It has more than {MOST / 1e6:,.0f} million characters, so the text was kept as it is."
    reader = READERS.get(dialect)
    result = written(reader(text, language).out if reader else manuscript(parse(text)), language)
    if lost := lost_words(text, result):
        return text, f"{lost:,} words did not fit into our markup, so the text was kept as it is."
    return result, ""


def _best(candidates: Candidates) -> Dialect:
    return next((one for one, score in candidates if score >= SURE), Dialect.PLAIN)
