"""Earlier texts that a source has beside the newest: each becomes a point of the history, once."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256

from core.content import OldText
from core.story import Frontier, ProjectStore, clean_text
from core.story.aside import Written, beside

MARK_KIND = "came-text"
"""Of the marks that say which earlier texts are in the history already."""

Earlier = tuple[OldText, Frontier]
"""A text and the point of the history that reads so."""


def text_name(text: OldText) -> str:
    """What an earlier text is known by."""
    return sha256(clean_text(text.text).text.encode()).hexdigest()[:32]


def known_texts(store: ProjectStore) -> frozenset[str]:
    """The names of those that came before."""
    return frozenset(store.mark_names(MARK_KIND))


def mark_texts(store: ProjectStore, written: Sequence[Earlier]) -> None:
    """Remember that these are in the history."""
    names = {text_name(text): True for text, _ in written}
    if names:
        store.set_marks(MARK_KIND, names, undoable=False)


def write_earlier(store: ProjectStore, texts: Sequence[OldText]) -> list[Earlier]:
    """Put those that are not there yet beside the project's own history; nothing shows of them."""
    known = known_texts(store)
    fresh = [
        text for text in {text_name(text): text for text in texts}.values() if text_name(text) not in known
    ]
    if not fresh:
        return []
    blob, points = beside([Written(text.text) for text in fresh])
    store.receive([blob])
    written = list(zip(fresh, points, strict=True))
    mark_texts(store, written)
    return written
