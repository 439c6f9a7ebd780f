"""The one grammar of places in prompts: `{concept}`, and `{{` and `}}` for braces that are meant as such.

A place is one of `MEANINGS` in small letters between two braces, nothing else. What stands for it is put in
as it is and never read again, so that a name with braces in it can't ask for more.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from core.errors import GenkoError
from core.nearest import nearest

MEANINGS: Mapping[str, str] = {
    "concept": "what the asset is called in the pack's first language",
    "name": "what the pack is called",
    "theme": "what the theme is called in the pack's first language",
    "style": "how all is drawn: the pack's own words, else the theme's",
    "description": "what the pack is about: its own words, else the theme's",
    "kind": "character, background, prop, cover or thing",
    "language": "the pack's first language, by its English name",
    "count": "how many concepts are wanted",
}
"""Every place that there is, and what stands for it."""
KNOWN = frozenset(MEANINGS)
ALLOWED: Mapping[str, frozenset[str]] = {
    "image": KNOWN - {"count"},
    "clip": KNOWN - {"count"},
    "music": KNOWN - {"count", "concept", "kind"},
    "concepts": KNOWN - {"concept", "kind"},
}
"""Which of them a prompt for a medium may have: music and concepts are the pack's, not an asset's."""
MOST_PROBLEMS = 20
"""As many are told of one text."""
_PIECE = re.compile(r"\{\{|\}\}|\{(?P<name>[^{}\n]{0,80})\}|[{}]")
_WORD = re.compile(r"\w{1,40}\Z")
_LIKE_ONE = re.compile(r"\s*[^\W\d][\w ]{0,40}\Z")
_FORMER: Mapping[str, str] = {
    **dict.fromkeys(("word", "object", "item", "asset", "subject", "mot", "objet", "sujet"), "concept"),
    **dict.fromkeys(("concepto", "concetto", "konzept", "objeto", "oggetto", "objekt", "palabra"), "concept"),
    **dict.fromkeys(("tema", "thema", "thème", "theme_name"), "theme"),
    **dict.fromkeys(("theme_description", "beschreibung", "descripción", "descrizione"), "description"),
    **dict.fromkeys(("langue", "idioma", "lingua", "sprache", "lang"), "language"),
    **dict.fromkeys(("estilo", "stile", "stil"), "style"),
    **dict.fromkeys(("nom", "nombre", "nome", "title", "univers"), "name"),
    **dict.fromkeys(("type", "art", "tipo"), "kind"),
    **dict.fromkeys(("number", "n", "num_assets", "amount"), "count"),
}
"""What earlier programs wrote, and what translators make of it."""


@dataclass(frozen=True, slots=True)
class Problem:
    """Something in a prompt that can't be filled in."""

    line: int
    """From 1."""
    column: int
    """From 1, in characters."""
    start: int
    """Where it stands in the text."""
    end: int
    what: str
    """In a sentence."""
    suggestion: str = ""
    """The place that is probably meant, with its braces; empty where nothing is near."""

    @property
    def sentence(self) -> str:
        """Where and what, in one line."""
        return f"Line {self.line}, column {self.column}: {self.what}"


class PlaceholderError(GenkoError):
    """A prompt that is not in the grammar, or a translation that lost a place."""


class UnknownPlaceholder(PlaceholderError):
    """A place that nothing stands for. `problem` says where."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(
            f"The prompt can't be used. {problem.sentence}",
            safe="Nothing was sent, and nothing was spent.",
            todo=f"Write {problem.suggestion} there." if problem.suggestion else "Mend the prompt.",
        )
        self.problem = problem


def check(text: str, known: Iterable[str] = KNOWN) -> list[Problem]:
    """What in a prompt can't be filled in, in its order; at most `MOST_PROBLEMS`.

    `known`: the places that have a meaning here, one of `ALLOWED` or those with a value.
    """
    allowed = frozenset(known)
    found: list[Problem] = []
    for match in _PIECE.finditer(text):
        told = _trouble(match, allowed)
        if told is not None:
            found.append(_problem(text, match, *told))
            if len(found) == MOST_PROBLEMS:
                break
    return found


def placeholders(text: str) -> list[str]:
    """The names of the places in a text, each once, in their order; also of those that are not known."""
    names = (match["name"] for match in _PIECE.finditer(text))
    return list(dict.fromkeys(name for name in names if name is not None))


def looks_unfilled(text: str) -> bool:
    """Whether a prompt that was sent has something in it that was probably meant as a place."""
    return any(_LIKE_ONE.match(name) for name in placeholders(text))


def resolve(text: str, values: Mapping[str, str]) -> str:
    """The prompt with all places filled in, and `{{` made `{`. Costs as much as the text is long.

    Raises UnknownPlaceholder for a place without a value, a brace that stands alone, and a value that is
    a place itself: it was never filled in where it comes from.
    """
    known = frozenset(values)
    for name, value in values.items():
        if name in KNOWN and any(inner in KNOWN for inner in placeholders(value)):
            _refuse_value(text, name)

    def filled(match: re.Match[str]) -> str:
        if match[0] in ("{{", "}}"):
            return match[0][0]
        told = _trouble(match, known)
        if told is not None:
            raise UnknownPlaceholder(_problem(text, match, *told))
        return values[match["name"]]

    return _PIECE.sub(filled, text)


def escaped(text: str) -> str:
    """Any words as a prompt that says exactly them: braces doubled."""
    return text.replace("{", "{{").replace("}", "}}")


def _refuse_value(text: str, name: str) -> None:
    """Only if the text asks for this value."""
    for match in _PIECE.finditer(text):
        if match["name"] == name:
            what = f"What stands for {{{name}}} is itself a place to fill in."
            raise UnknownPlaceholder(_problem(text, match, what, ""))


def _trouble(match: re.Match[str], known: frozenset[str]) -> tuple[str, str] | None:
    """(What is wrong, what is meant) of one piece; None if it is right."""
    if match[0] in ("{{", "}}"):
        return None
    name = match["name"]
    if name is None:
        return f"A {match[0]} stands alone; a brace that is meant as one is written twice.", ""
    if name in known:
        return None
    near = _near(name, known)
    suggestion = f"{{{near}}}" if near else ""
    if name in KNOWN:
        return f"{{{name}}} has no meaning here.", suggestion
    shown = f"{{{name}}}" if _WORD.match(name.strip()) else "What stands between these braces"
    said = f" Is {suggestion} meant?" if near else f" Known are {_listed(known)}."
    return f"{shown} is no place that could be filled in.{said}", suggestion


def _near(name: str, known: frozenset[str]) -> str:
    """The known name that is probably meant; empty if none is near."""
    plain = unicodedata.normalize("NFKC", name).strip().casefold().replace(" ", "_")
    former = _FORMER.get(plain, plain)
    if former in known:
        return former
    return nearest(plain, sorted(known))


def _listed(names: Iterable[str]) -> str:
    return ", ".join(f"{{{name}}}" for name in sorted(names))


def _problem(text: str, match: re.Match[str], what: str, suggestion: str) -> Problem:
    start = match.start()
    line_start = text.rfind("\n", 0, start) + 1
    return Problem(
        text.count("\n", 0, start) + 1, start - line_start + 1, start, match.end(), what, suggestion
    )


@dataclass(frozen=True, slots=True)
class Masked:
    """A prompt that may be given to a translator."""

    text: str
    """With signs in place of places and doubled braces, which no language has a word for."""
    pieces: tuple[str, ...]
    """What each sign stands for, by its number."""
    serial: int
    """In all its signs; it stands nowhere in the prompt itself."""


_GAP = r"[\s\u200b-\u200f\u2060\ufeff]{0,4}"
_NUMBER = rf"(\d(?:{_GAP}\d){{0,8}})"
_LETTERS = {"Z": "[ZzＺｚ]", "X": "[XxＸｘ]", "Q": "[QqＱｑ]", "K": "[KkＫｋ]"}
_SIGN = re.compile(
    _GAP.join(
        [*(_LETTERS[letter] for letter in "ZXQ"), _NUMBER, _LETTERS["K"], _NUMBER]
        + [_LETTERS[letter] for letter in "QXZ"]
    )
)
"""A sign again, in whatever case and width, and with spaces in it. No word begins or ends as it does."""


def mask(text: str) -> Masked:
    """A prompt in which each place and each doubled brace is a sign that translators leave alone.

    `unmask` gives the places back, whatever was done to the case, the width and the spaces of the signs.
    """
    taken = {_digits(match[1]) for match in _SIGN.finditer(text)}
    serial = next(number for number in range(len(taken) + 1) if number not in taken)
    pieces: list[str] = []

    def signed(match: re.Match[str]) -> str:
        pieces.append(match[0])
        return f"ZXQ{serial}K{len(pieces) - 1}QXZ"

    return Masked(_PIECE.sub(signed, text), tuple(pieces), serial)


def unmask(translated: str, masked: Masked) -> str:
    """The translation with its places again. Raises PlaceholderError where one was lost."""
    seen: set[int] = set()

    def back(match: re.Match[str]) -> str:
        number = _digits(match[2])
        if _digits(match[1]) != masked.serial or number >= len(masked.pieces):
            return match[0]
        seen.add(number)
        return masked.pieces[number]

    text = _SIGN.sub(back, translated)
    lost = [piece for number, piece in enumerate(masked.pieces) if number not in seen]
    if lost:
        shown = ", ".join(dict.fromkeys(piece for piece in lost[:3] if _WORD.match(piece[1:-1])))
        raise PlaceholderError(
            f"The translation lost {shown or 'a brace'}.",
            safe="The prompt is as it was.",
            todo="Translate it again, or by hand.",
        )
    return text


def _digits(text: str) -> int:
    return int("".join(char for char in text if char.isdecimal()))
