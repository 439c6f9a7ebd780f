"""What a writer can put into a script for hints, as data: reveals, and notes that hush hints."""

from __future__ import annotations

import re
from collections.abc import Iterator

from core.script.hints.hint import Rule
from core.script.keywords import bare, fold
from core.script.kinds import LineKind
from core.script.manuscript import Element, Page, Panel

REVEALS: dict[str, tuple[str, ...]] = {
    "en": ("REVEAL", "PAGE-TURN REVEAL", "PAGE TURN REVEAL", "BIG REVEAL"),
    "fr": ("RÉVÉLATION", "GRANDE RÉVÉLATION", "COUP DE THÉÂTRE"),
    "ja": ("めくり", "めくり大ゴマ", "どんでん返し"),
}
"""How a writer marks what is to surprise: a note `[[reveal]]`, or the word in capitals in a heading."""

HUSHES: dict[str, tuple[str, ...]] = {
    "en": ("hint off", "hints off", "no hint", "no hints"),
    "fr": ("sans conseil", "sans conseils"),
    "ja": ("ヒントなし", "ヒント無し"),
}
"""How a note begins that hushes hints where it stands; names of rules may follow."""

CROWDS: dict[str, tuple[str, ...]] = {
    "en": ("ALL", "EVERYONE", "EVERYBODY", "BOTH", "CROWD", "VOICE", "VOICES", "OTHERS", "UNKNOWN"),
    "fr": ("TOUS", "TOUTES", "FOULE", "LA FOULE", "VOIX", "LES DEUX", "ENSEMBLE", "INCONNU", "INCONNUE"),
    "ja": ("全員", "みんな", "一同", "二人", "声", "群衆", "？"),
}
"""Who speaks without being anybody."""

_REVEALS = tuple(word for words in REVEALS.values() for word in words)
_BARE_REVEALS = frozenset(map(bare, _REVEALS))
_BARE_HUSHES = tuple(
    sorted((bare(word) for words in HUSHES.values() for word in words), key=len, reverse=True)
)
CROWD_NAMES = frozenset(fold(word) for words in CROWDS.values() for word in words)
_IN_TITLE = re.compile("|".join(rf"(?<!\w){re.escape(word)}(?!\w)" for word in _REVEALS))
_ENDS = re.compile(r"[\s:：、。.,!！—–-]")
_NAMES = re.compile(r"[a-z]+(?:-[a-z]+)*")


def is_reveal(element: Element) -> bool:
    """Whether a note (or a cue of that name) marks a reveal."""
    if element.kind is LineKind.NOTE:
        return any(_begins_with(part, _BARE_REVEALS) for part in (element.label, element.text))
    return element.kind is LineKind.DIALOGUE and bare(element.speaker) in _BARE_REVEALS


def names_reveal(title: str) -> bool:
    """Whether a heading's title marks a reveal."""
    return _IN_TITLE.search(title) is not None or bare(title) in _BARE_REVEALS


def _begins_with(text: str, words: frozenset[str]) -> bool:
    text = bare(text)
    return any(
        text.startswith(word) and (len(text) == len(word) or _ENDS.match(text, len(word))) for word in words
    )


def reveals(page: Page) -> Iterator[tuple[int, str]]:
    """(row, number of the panel or nothing) of each reveal on a page."""
    if names_reveal(page.title):
        yield page.row, ""
    holders: list[Page | Panel] = [page, *page.panels]
    for holder in holders:
        panel = "" if isinstance(holder, Page) else str(holder.numbers[0])
        if panel and holder.row != page.row and names_reveal(holder.title):
            yield holder.row, panel
        yield from ((element.row, panel) for element in holder.elements if is_reveal(element))


def hushed_by(text: str) -> frozenset[Rule] | None:
    """The rules that a note hushes, all of them if it names none; None if it is another note."""
    plain = bare(text)
    for opening in _BARE_HUSHES:
        if plain.startswith(opening):
            names = set(_NAMES.findall(plain[len(opening) :]))
            chosen = frozenset(rule for rule in Rule if names & {rule.value, *rule.value.split("-")})
            return chosen or frozenset(Rule)
    return None


def hush_note(rule: Rule) -> str:
    """The note that hushes a rule in the panel or on the page where it stands."""
    return f"[[hint off: {rule.value}]]"
