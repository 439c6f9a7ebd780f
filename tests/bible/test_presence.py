"""Who appears where is the same whether the script was edited into its state or read in it."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.bible import Cast, Presence
from core.bible.script_parts import Reader
from core.script import Script, parse
from core.script.manuscript import BALLOONS, manuscript
from core.script.wording import count_words
from tests.bible.people import cast, person
from tests.script.test_incremental import EDITS, TEXTS

CASTS = st.sampled_from(
    [
        cast(),
        cast("Mara"),
        cast("Mara", "Tom"),
        Cast([person("Tom", "Old Tom"), person("小林"), person("Nell")]),
    ]
)


def all_of(presence: Presence) -> object:
    people = [one.id for one in presence.cast.characters]
    names = presence.unknown()
    return (
        [presence.of(key) for key in people],
        [presence.totals(key) for key in people],
        [presence.of_name(name) for name, _ in names],
        names,
        [one.id for one in presence.silent()],
        [(one.id, totals) for one, totals in presence.on_pages(range(1, 3))],
    )


def follows(text: str, edits: list[tuple[int, int, str]], casts: list[Cast], slices: bool) -> None:
    script = Script(text)
    presence = Presence(script, casts[0])
    for number, (at, size, inserted) in enumerate(edits):
        offset = at % (len(text) + 1)
        deleted = min(size, len(text) - offset)
        text = text[:offset] + inserted + text[offset + deleted :]
        script.splice(offset, deleted, inserted)
        presence.set_cast(casts[number % len(casts)])
        if slices:
            script.advance(0.01)
            presence.advance(0.0)  # some steps, given up when the next edit comes
        else:
            presence.complete()
    presence.complete()
    assert all_of(presence) == all_of(Presence(parse(text), presence.cast).complete())


@settings(max_examples=60, deadline=None)
@given(text=TEXTS, edits=EDITS, casts=st.lists(CASTS, min_size=1, max_size=3), slices=st.booleans())
def test_after_any_edits_it_is_as_read_from_scratch(
    text: str, edits: list[tuple[int, int, str]], casts: list[Cast], slices: bool
) -> None:
    follows(text, edits, casts, slices)


@pytest.mark.soak
@settings(max_examples=3000, deadline=None)
@given(text=TEXTS, edits=EDITS, casts=st.lists(CASTS, min_size=1, max_size=3), slices=st.booleans())
def test_after_any_edits_for_long(
    text: str, edits: list[tuple[int, int, str]], casts: list[Cast], slices: bool
) -> None:
    follows(text, edits, casts, slices)


def test_control_a_page_that_is_not_read_again_is_noticed() -> None:
    text = "PAGE 1\nPANEL 1\nMARA: Hm.\n"
    script = Script(text).complete()
    presence = Presence(script, cast("Mara")).complete()
    script.splice(len(text), 0, "MARA: Again.\n")
    stale = {part.key: part for part in presence.reader.parts.values()}
    presence.complete()
    assert presence.of(presence.cast.characters[0].id).lines == 2
    reader = Reader(script)
    for row, key, version in script.pages.stamps():
        assert row == 0 or key
        stale[key].version = version  # as if the edit had not changed the page
    reader.parts = stale
    presence.reader = reader
    presence.set_cast(cast("Mara", "Tom"))
    presence.complete()
    with pytest.raises(AssertionError):
        assert all_of(presence) == all_of(Presence(script, presence.cast).complete())


@settings(max_examples=60, deadline=None)
@given(text=TEXTS)
def test_the_lines_are_those_of_the_manuscript(text: str) -> None:
    """The same figures by the shortest way: over all elements of the script."""
    script = parse(text)
    presence = Presence(script, cast("Mara", "Tom")).complete()
    said = [one for one in manuscript(script).everything() if one.kind in BALLOONS and one.speaker]
    for character in presence.cast.characters:
        mine = [
            one
            for one in said
            if any(speaker.record is character for speaker in presence.cast.speakers(one.speaker))
        ]
        found = presence.of(character.id)
        assert [(line.row, line.text) for line in found.said] == [(one.row, one.text) for one in mine]
        assert (found.lines, found.words) == (len(mine), sum(count_words(one.text) for one in mine))


SCRIPT = """PAGE 1

PANEL 1: A well.
(Nell looks down.)
MARA: Who is there?

PANEL 2
NELL (off): Nobody at all.
JOSS: Me.

PAGES 2-3

Rain.

PAGE 4

PANEL 1
MARA & JOSS: Oh.

CHAPTER 2

PAGE 5
"""


def test_what_is_told_of_a_character() -> None:
    presence = Presence(parse(SCRIPT), cast("Mara", "Nell", "Ada")).complete()
    mara, nell, ada = (one.id for one in presence.cast.characters)
    about = presence.of(mara)
    assert (about.pages, about.panels, about.lines, about.words) == (2, 2, 2, 4)
    assert about.timeline == (1, 0, 1, 0)
    assert about.first
    assert about.last
    assert (about.first.label, about.last.label) == ("1.1", "4.1")
    assert [(one.name, one.panels, bool(one.id)) for one in about.with_] == [
        ("JOSS", 1, False),
        ("Nell", 1, True),
    ]
    assert [(line.label, line.row, line.text) for line in about.said] == [
        ("1.1", 4, "Who is there?"),
        ("4.1", 17, "Oh."),
    ]
    assert (presence.of(nell).timeline, presence.of(nell).lines) == ((2, 0, 0, 0), 1)
    assert presence.of(nell).said[0].unseen
    assert presence.of(ada).timeline == (0, 0, 0, 0)
    assert presence.unknown() == [("JOSS", 2)]
    assert presence.of_name("joss").lines == 2
    assert [one.name for one in presence.silent()] == ["Ada"]
    assert [(one.name, totals.lines) for one, totals in presence.on_pages(range(1, 3))] == [("Mara", 1)]


def test_a_script_without_pages_has_lines_all_the_same() -> None:
    presence = Presence(parse("Panel 1\nMARA: Here.\n\nPanel 2\nMARA: There.\n"), cast("Mara")).complete()
    about = presence.of(presence.cast.characters[0].id)
    assert (about.pages, about.panels, about.lines, about.timeline) == (0, 2, 2, ())
    assert [line.label for line in about.said] == ["1", "2"]


def test_a_cast_before_the_first_page_is_no_appearance() -> None:
    text = "The well\n\nMara is a diver. Nell is dead.\n\nPAGE 1\nRain on Mara and Ada.\n"
    presence = Presence(parse(text), cast("Mara", "Nell", "Ada")).complete()
    about = presence.of(presence.cast.characters[0].id)
    assert (about.pages, about.panels, about.timeline) == (1, 0, (1,))
    assert about.first
    assert about.first.label == "1"
    assert [(one.name, one.panels) for one in about.with_] == [("Ada", 1)]
    assert [one.name for one in presence.silent()] == ["Nell"]


def test_only_the_edited_page_is_read_again() -> None:
    text = "\n\n".join(f"PAGE {n}\n\nPANEL 1\nMARA: Line {n}." for n in range(1, 30))
    script = Script(text).complete()
    presence = Presence(script, cast("Mara")).complete()
    before = dict(presence.reader.parts)
    script.splice(text.index("Line 7"), 4, "Word")
    presence.complete()
    changed = [key for key, part in presence.reader.parts.items() if before[key] is not part]
    assert changed == [script.pages[6].key]
    assert presence.of(presence.cast.characters[0].id).said[6].text == "Word 7."
