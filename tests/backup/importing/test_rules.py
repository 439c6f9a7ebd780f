"""The rules of merging, page by page and field by field, without any file."""

from __future__ import annotations

from uuid import UUID, uuid4

import pytest
from hypothesis import given as hypothesis_given
from hypothesis import settings
from hypothesis import strategies as st

from core.backup.cutting import Cutter
from core.backup.importing.choices import Chooser
from core.backup.importing.reading.states import FRONT, State, joined
from core.backup.importing.weaving.fields import merge_fields
from core.backup.importing.weaving.rows import work_out_section
from core.backup.importing.weaving.scripts import interleaved, work_out_script
from core.backup.plan import Choice, Decisions, Outcome
from core.script import parse
from core.story import Section
from core.story.clean import Json

PEOPLE = Section.CHARACTERS
PAGES = st.lists(st.sampled_from(["rain", "door", "light", "rain door", ""]), max_size=5)


def of(*texts: str, keys: str = "") -> State:
    """A script of these pages, whose keys begin so if they have any."""
    text = "\n".join(f"PAGE {number}\n{text}" for number, text in enumerate(texts, 1))
    return State(text, page_keys=tuple(f"{keys}{at}" for at in range(len(texts))) if keys else ())


@pytest.mark.parametrize(
    "text", ["", "a", "\n", "PAGE 1", "\nPAGE 1\n", "a\n\nPAGE 1\nx\n\n\nPAGE 2\n", "PAGE 1\nPAGE 2"]
)
def test_pages_put_together_are_the_script_exactly(text: str) -> None:
    assert joined(State(text).pages) == text


@settings(max_examples=60)
@hypothesis_given(PAGES, PAGES)
def test_without_a_common_past_no_line_of_ours_goes_and_theirs_is_there_or_told(
    ours: list[str], theirs: list[str]
) -> None:
    mine, others = of(*ours, keys="o"), of(*theirs)
    work = work_out_script(None, mine, others, Chooser())
    assert lines_of(mine.text) <= lines_of(work.text)
    counted = sum(item.words_added - item.words_removed for item in work.items)
    assert mine.words + counted == State(work.text).words
    told = {item.id for item in work.items}
    assert len(told) == len(work.items)
    conflicts = "\n".join(item.theirs for item in work.items if item.outcome is Outcome.CONFLICT)
    for page in others.pages:
        for line in page.text.split("\n")[1:]:
            assert line in work.text or line in conflicts
    again = work_out_script(None, State(work.text), State(work.text), Chooser())
    assert {item.outcome for item in again.items} <= {Outcome.SAME}


@settings(max_examples=60)
@hypothesis_given(PAGES, PAGES)
def test_both_keeps_every_line_of_both(ours: list[str], theirs: list[str]) -> None:
    mine, others = of(*ours, keys="o"), of(*theirs)
    text = work_out_script(None, mine, others, Chooser(Decisions(all_conflicts=Choice.BOTH))).text
    kept = {line for page in others.pages for line in lines_of(page.text.partition("\n")[2])}
    assert lines_of(mine.text) | kept <= lines_of(text)


def lines_of(text: str) -> set[str]:
    """The lines that say something."""
    return {line for line in text.split("\n") if line.strip()}


@pytest.mark.parametrize(
    ("first", "second", "wanted"),
    [
        (["a", "b"], ["a", "x", "b"], ["a", "x", "b"]),
        (["a", "b"], ["x", "a"], ["x", "a", "b"]),
        (["a"], ["b", "a", "c"], ["b", "a", "c"]),
        ([], ["x", "y"], ["x", "y"]),
        (["a"], [FRONT, "x", "a"], [FRONT, "x", "a"]),
        ([FRONT, "a"], ["x", "a"], [FRONT, "x", "a"]),
    ],
)
def test_new_pages_stand_behind_what_they_stand_behind_there(
    first: list[str], second: list[str], wanted: list[str]
) -> None:
    assert interleaved(first, second) == wanted


BASE: dict[str, Json] = {
    "name": "Akira",
    "role": "hero",
    "notes": "One.\nTwo.",
    "tags": ["a"],
    "relationships": {"m": "sister"},
}


@pytest.mark.parametrize(
    ("ours", "theirs", "wanted", "clashing"),
    [
        ({"role": "villain"}, {"age": "4"}, {"role": "villain", "age": "4"}, []),
        ({"role": "villain"}, {"role": "ghost"}, {"role": "villain"}, ["role"]),
        (
            {"notes": "Zero.\nOne.\nTwo."},
            {"notes": "One.\nTwo.\nThree."},
            {"notes": "Zero.\nOne.\nTwo.\nThree."},
            [],
        ),
        ({"notes": "One.\nDeux."}, {"notes": "One.\nZwei."}, {"notes": "One.\nDeux."}, ["notes"]),
        ({"tags": ["a", "b"]}, {"tags": ["c"]}, {"tags": ["a", "b", "c"]}, []),
        (
            {"relationships": {"m": "sister", "k": "foe"}},
            {"relationships": {"m": "twin"}},
            {"relationships": {"m": "twin", "k": "foe"}},
            [],
        ),
        (
            {"relationships": {"m": "foe"}},
            {"relationships": {"m": "twin"}},
            {"relationships": {"m": "foe"}},
            ["relationships"],
        ),
        ({}, {"role": ""}, {}, []),
        ({"lastModified": "1"}, {"lastModified": "2"}, {"lastModified": "1"}, []),
    ],
)
def test_each_field_goes_by_how_it_is_kept(
    ours: dict[str, Json], theirs: dict[str, Json], wanted: dict[str, Json], clashing: list[str]
) -> None:
    merged = merge_fields(PEOPLE, BASE, {**BASE, **ours}, {**BASE, **theirs}, None)
    assert merged.fields == {**BASE, **wanted}
    assert merged.clashing == clashing


def test_both_of_a_single_value_is_a_record_beside_ours_and_only_once() -> None:
    project = uuid4()
    ours, theirs = (
        State(records={PEOPLE: {"k": {"name": name, "notes": "Same."}}}) for name in ("Akira", "Ken")
    )
    both = Chooser(Decisions(all_conflicts=Choice.BOTH))
    first, again = (work_out_section(PEOPLE, None, ours, theirs, both, project) for _ in range(2))
    (new,) = first.writes
    assert first.writes == again.writes == {new: {"name": "Ken", "notes": "Same."}}
    assert str(UUID(new)) == new
    assert first.items[0].new_id == new


@pytest.mark.parametrize(("said", "outcome"), [("One.", Outcome.SAME), ("One. More.", Outcome.CREATE)])
def test_what_we_took_out_stays_out_unless_they_have_written_in_it(said: str, outcome: Outcome) -> None:
    base = State(records={PEOPLE: {"k": {"name": "Akira", "notes": "One."}}})
    theirs = State(records={PEOPLE: {"k": {"name": "Akira", "notes": said}}})
    work = work_out_section(PEOPLE, base, State(), theirs, Chooser(), uuid4())
    assert work.items[0].outcome is outcome
    assert bool(work.writes) == (outcome is Outcome.CREATE)


@settings(max_examples=40)
@hypothesis_given(st.lists(PAGES, min_size=1, max_size=4))
def test_texts_read_one_from_the_other_are_cut_as_if_read_anew(texts: list[list[str]]) -> None:
    cutter = Cutter()
    for text in (of(*pages).text for pages in texts):
        assert cutter.cut(text) == Cutter().cut(text)
        assert cutter.cut(text).starts == tuple(page.offset for page in parse(text).pages)
