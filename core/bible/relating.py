"""Saying what two characters are to each other, on both of their records at once."""

from __future__ import annotations

from core.bible.cast import Cast
from core.errors import UsageError
from core.story import Character, ProjectStore, Section


def relate(store: ProjectStore, first_id: str, second_id: str, forth: str, back: str) -> None:
    """Say what the second is to the first (`forth`) and the first to the second: one undo step.

    An empty word takes that side away. Raises UsageError if one of them isn't there, or both are one.
    """
    cast = Cast(store.characters())
    first, second = cast.with_id(first_id), cast.with_id(second_id)
    if first is None or second is None or first_id == second_id:
        raise UsageError("Two characters are needed to relate them.", safe="Nothing was changed.")
    store.write_together(
        [
            (Section.CHARACTERS, one.id, {"relationships": told})
            for one, other, word in ((first, second, forth), (second, first, back))
            if (told := _told(cast, one, other, word)) != one.relationships
        ]
    )
    store.checkpoint()


def unrelate(store: ProjectStore, character_id: str, reference: str) -> None:
    """Take away what a record says of somebody, who may be deleted, and what that one says in return."""
    cast = Cast(store.characters())
    one, other = cast.with_id(character_id), cast.meant(reference)
    if one is None:
        return
    if other is not None and other.id != one.id:
        relate(store, one.id, other.id, "", "")
        return
    left = {key: word for key, word in one.relationships.items() if key != reference}
    store.update_record(Section.CHARACTERS, one.id, relationships=left)
    store.checkpoint()


def _told(cast: Cast, one: Character, other: Character, word: str) -> dict[str, str]:
    """A record's relationships with one of them said anew, under the id."""
    left = {}
    for reference, said in one.relationships.items():
        meant = cast.meant(reference)
        if meant is None or meant.id != other.id:
            left[reference] = said
    return {**left, other.id: word.strip()} if word.strip() else left
