"""What a theme says, in the form that its file of TOML has."""

from __future__ import annotations

from typing import Annotated

import msgspec

MASTER = "en"
"""The language in which every theme has its names; others fall back on it."""
MOST_CONCEPTS = 500
LONGEST_PROMPT = 4_000
"""Characters of one prompt in a theme."""

Language = Annotated[str, msgspec.Meta(pattern=r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})?$")]
Line = Annotated[str, msgspec.Meta(pattern=r"^[^\x00-\x1f\x7f]*\S[^\x00-\x1f\x7f]*$", max_length=200)]
Names = Annotated[dict[Language, Line], msgspec.Meta(min_length=1, max_length=50)]
Prompt = Annotated[str, msgspec.Meta(max_length=LONGEST_PROMPT)]
Side = Annotated[int, msgspec.Meta(ge=64, le=4096)]


class Concept(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Something that a pack of this theme may have in it."""

    names: Names
    """By language code."""
    kind: str = ""
    """One of `KINDS`; empty: the first of the theme's."""


class Prompts(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The theme's prompts, in the grammar of `core.placeholders`, written in English."""

    image: Prompt
    """Of each asset's picture."""
    concepts: Prompt = ""
    """Asks for a list of concepts."""
    clip: Prompt = ""
    """How an asset's picture moves."""
    music: Prompt = ""
    """Of the pack's music."""


class Theme(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A theme. `key` is the name of its file and stands not in it."""

    names: Names
    descriptions: Names
    """What a pack of it is about, in a phrase that goes on after “about”."""
    style: Line
    """How it is drawn; a pack's own words go before it."""
    palette: Annotated[
        tuple[Annotated[str, msgspec.Meta(pattern=r"^#[0-9a-fA-F]{6}$")], ...],
        msgspec.Meta(min_length=2, max_length=12),
    ]
    """`#rrggbb`: paper first, then ink, then what else there is."""
    kinds: Annotated[tuple[str, ...], msgspec.Meta(min_length=1, max_length=5)]
    """Which kinds of assets it is for, the usual one first."""
    prompts: Prompts
    concepts: Annotated[tuple[Concept, ...], msgspec.Meta(max_length=MOST_CONCEPTS)] = ()
    size: tuple[Side, Side] = (1024, 1024)
    """Width and height of its pictures, in pixels."""
    key: str = ""

    def name(self, language: str = MASTER) -> str:
        """What it is called in a language, else in English."""
        return _in(self.names, language)

    def description(self, language: str = MASTER) -> str:
        """What it is about in a language, else in English."""
        return _in(self.descriptions, language)

    def prompt(self, medium: str) -> str:
        """Its prompt for `image`, `clip`, `music` or `concepts`; empty if it has none."""
        found = getattr(self.prompts, medium, "")
        return found if isinstance(found, str) else ""

    def kind_of(self, concept: Concept) -> str:
        """The kind of asset that a concept becomes."""
        return concept.kind or self.kinds[0]

    def concept_name(self, concept: Concept, language: str = MASTER) -> str:
        """What a concept is called in a language, else in English."""
        return _in(concept.names, language)


def _in(names: dict[str, str], language: str) -> str:
    """In this language, in it without its region, else in English."""
    return names.get(language) or names.get(language.partition("-")[0]) or names[MASTER]
