"""Prompts drawn up from the story bible: a character's sheet, an empty background, a scene as one panel.

The same record gives the same words, in the project's language. The writer's words stand in them as they are,
braces doubled; only `{style}` is a place to fill in, where the record has no style of its own.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from core.drafts.kinds import SHOWN
from core.drafts.prompting.bible_words import BibleWords, bible_words
from core.errors import UsageError
from core.placeholders import escaped
from core.story import Background, Character, Scene, Section
from core.story.records import AnyRecord

if TYPE_CHECKING:
    from core.story import ProjectStore

LONGEST_FIELD = 2_000
"""Characters of one field that go into a prompt."""
KIND_OF = {Section.CHARACTERS: "character", Section.BACKGROUNDS: "background", Section.SCENES: "other"}
"""The kind of asset that shows a record."""
_STOPS = ".!?…。！？"


def prompt_from_bible(
    record: AnyRecord, language: str = "en", *, people: Iterable[str] = (), places: Iterable[str] = ()
) -> str:
    """A prompt for a character, background or scene, in the grammar of prompts.

    `people` and `places`: the names of those that a scene has in it. Raises UsageError for other records.
    """
    words = bible_words(language)
    if isinstance(record, Character):
        return _together(record, words, words.character, record.name, _of_character(record))
    if isinstance(record, Background):
        return _together(record, words, words.background, record.name, _of_background(record))
    if isinstance(record, Scene):
        name = record.title or record.name
        return _together(record, words, words.scene, name, _of_scene(record, words, people, places))
    raise UsageError("A prompt can be drawn up from a character, a background or a scene.")


def prompt_of(store: ProjectStore, section: Section, record_id: str) -> str:
    """The same of a record of a project, in its language, with the people and places that a scene names."""
    record = store.record(section, record_id)
    if record is None or section not in SHOWN:
        raise UsageError("A prompt can be drawn up from a character, a background or a scene.")
    people: list[str] = []
    places: list[str] = []
    if isinstance(record, Scene):
        from core.bible.scene_people import SceneNames

        names = SceneNames(store)
        people = [one.name for one in names.people(record)]
        places = [one.name for one in names.places(record)]
    return prompt_from_bible(record, store.meta.language, people=people, places=places)


def _of_character(record: Character) -> list[tuple[str, str]]:
    return [
        ("role", record.role),
        ("age", record.age),
        ("looks", record.appearance),
        ("about", record.description),
        ("traits", ", ".join(record.traits)),
        ("archetype", record.archetype),
        ("pose", record.pose),
    ]


def _of_background(record: Background) -> list[tuple[str, str]]:
    return [
        ("kind", record.kind or record.category),
        ("about", record.description),
        ("around", record.environment),
        ("time", record.time_of_day),
        ("light", record.lighting),
        ("mood", record.mood),
        ("air", record.atmosphere),
        ("view", record.view),
        ("traits", ", ".join(record.traits)),
    ]


def _of_scene(
    record: Scene, words: BibleWords, people: Iterable[str], places: Iterable[str]
) -> list[tuple[str, str]]:
    return [
        ("happens", record.summary or record.description),
        ("who", words.comma.join(people)),
        ("where", words.comma.join(places)),
        ("camera", record.camera),
        ("light", record.lighting),
        ("mood", record.mood),
        ("details", record.details),
    ]


def _together(record: AnyRecord, words: BibleWords, lead: str, name: str, said: list[tuple[str, str]]) -> str:
    sentences = [lead.replace("%", _words(name) or "?"), _words(record.prompt)]
    sentences += [f"{words.labels[key]}{words.colon}{_words(value)}" for key, value in said if value.strip()]
    own = _words(getattr(record, "style", ""))
    sentences += [f"{words.labels['style']}{words.colon}{own or '{style}'}", words.end]
    return words.gap.join(_closed(one, words.stop) for one in sentences if one)


def _words(text: str) -> str:
    """A field on one line, not too long, saying exactly itself."""
    line = " ".join(text.split())
    if len(line) > LONGEST_FIELD:
        line = line[: LONGEST_FIELD - 1] + "…"
    return escaped(line)


def _closed(sentence: str, stop: str) -> str:
    return sentence if sentence[-1] in _STOPS else sentence + stop
