"""Names that mean the same universe or concept, however they were spelt; and what was never filled in."""

from __future__ import annotations

import re
import unicodedata

_NO_WORD = re.compile(r"[^a-z0-9]+")
_NO_LETTER = re.compile(r"[\W_]+")
_TWO_LETTERS = str.maketrans({"œ": "oe", "æ": "ae"})
_BLANK = re.compile(r"\{[^{}\s]{1,40}\}")


def slug_of(name: str) -> str:
    """`Véhicules_de chantier` → `vehicules-de-chantier`: one for all spellings; "" without letters."""
    decomposed = unicodedata.normalize("NFKD", name.casefold().translate(_TWO_LETTERS))
    plain = "".join(char for char in decomposed if not unicodedata.combining(char))
    if any(char.isalpha() and not char.isascii() for char in plain):
        # Letters of another script, whose marks make other letters: ジ is not シ.
        return _NO_LETTER.sub("-", unicodedata.normalize("NFKC", name).casefold()).strip("-")
    return _NO_WORD.sub("-", plain).strip("-")


def mentions(text: str, name: str) -> bool:
    """Whether a prompt names a concept, as words of its own; a plural counts."""
    return slug_in(f"-{slug_of(text)}-", slug_of(name))


def slug_in(words: str, slug: str) -> bool:
    """The same for a prompt that is a slug already, with `-` before and after."""
    return bool(slug) and any(f"-{slug}{end}-" in words for end in ("", "s", "es"))


def blanks(text: str) -> list[str]:
    """Places like `{concept}` that a program should have filled in, also where it translated them."""
    return _BLANK.findall(text)
