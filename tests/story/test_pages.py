"""A page keeps its identity through merges and moves; words left behind by a move are reported."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.story import PageMark, ProjectStore, Replica, TextEdit, fingerprint, left_behind, relink
from core.story.pages import likeness

PAGES = (
    "PAGE 1 :\nPANEL 1 :\nAKIRA : The first page speaks of rain and roofs.\n",
    "PAGE 2 :\nPANEL 1 :\nBO : Second page, about the sea and a long quiet boat.\n",
    "PAGE 3 :\nPANEL 1 :\n(Nothing but snow in the third one, and a dog that barks.)\n",
)


def marks(store: ProjectStore | Replica) -> list[PageMark]:
    """What a caller makes of its parsed pages."""
    found, text = [], store.text
    starts = [place for place in range(len(text)) if text.startswith("PAGE ", place)]
    for start, end in zip(starts, [*starts[1:], len(text)], strict=True):
        found.append(PageMark(store.character_id(start), fingerprint(text[start:end])))
    return found


def pair() -> tuple[ProjectStore, ProjectStore]:
    mine = ProjectStore.create()
    mine.splice(0, 0, "".join(PAGES))
    return mine, ProjectStore.load(mine.project_id, [mine.snapshot()])


def move(store: ProjectStore, page: str, before: str) -> None:
    """Cut and paste, as an editor does it."""
    store.splice(store.text.index(page), len(page), "")
    store.splice(store.text.index(before) if before else store.text_length, 0, page)


def test_a_heading_is_the_same_character_on_every_replica() -> None:
    mine, theirs = pair()
    before = [mark.key for mark in marks(mine)]
    theirs.splice(0, 0, "TITLE: X\n")
    mine.splice(mine.text_length, 0, "more\n")
    mine.receive([theirs.updates_since(mine.version)])
    theirs.receive([mine.updates_since(theirs.version)])
    assert [m.key for m in marks(mine)] == [m.key for m in marks(theirs)] == before
    assert [m.key for m in marks(Replica([mine.snapshot()]))] == before
    assert mine.character_id(mine.text_length) == ""
    links = relink(marks(mine), marks(theirs))
    assert (links.moved, links.gone, links.born) == (frozenset(), (), ())


def test_a_page_moved_by_cut_and_paste_is_found_again() -> None:
    mine, _ = pair()
    old = marks(mine)
    move(mine, PAGES[2], "PAGE 1 :")
    new = marks(mine)
    found = relink(old, new)
    assert found.links == {old[0].key: new[1].key, old[1].key: new[2].key, old[2].key: new[0].key}
    assert (found.moved, found.gone, found.born) == (frozenset({old[2].key}), (), ())


def test_a_page_renumbered_and_edited_while_it_moved_is_found_again() -> None:
    mine, _ = pair()
    old = marks(mine)
    mine.splice(mine.text.index("PAGE 2"), len(PAGES[1]), "")
    mine.splice(
        mine.text_length, 0, PAGES[1].replace("PAGE 2", "PAGE 9").replace("quiet boat", "quiet red boat")
    )
    found = relink(old, marks(mine))
    assert found.moved == {old[1].key}


def test_a_deletion_undone_gives_the_page_back_to_what_hangs_on_it() -> None:
    mine, _ = pair()
    old = marks(mine)
    mine.splice(0, len(PAGES[0]), "")
    assert relink(old, marks(mine)).gone == (old[0].key,)
    mine.undo()
    assert relink(old, marks(mine)).moved == {old[0].key}


def test_other_pages_are_not_taken_for_a_lost_one() -> None:
    old = [PageMark("1:0", fingerprint(PAGES[0])), PageMark("1:50", fingerprint("PAGE 4 :\n"))]
    new = [PageMark("2:0", fingerprint(PAGES[1])), PageMark("2:50", fingerprint("PAGE 5 :\n"))]
    found = relink(old, new)
    assert (found.links, found.gone, found.born) == ({}, ("1:0", "1:50"), ("2:0", "2:50"))


def test_equal_pages_keep_their_order() -> None:
    page = fingerprint(PAGES[0])
    old = [PageMark(f"1:{n}", page) for n in range(3)]
    new = [PageMark(f"2:{n}", page) for n in range(3)]
    assert relink(old, new).links == {f"1:{n}": f"2:{n}" for n in range(3)}


def test_likeness_tells_an_edited_page_from_another_in_japanese_too() -> None:
    page = "ページ1\nアキラは自分の部屋で目を覚ます。窓の外では雨が静かに降っている。\n"
    edited = page.replace("静かに", "激しく")
    other = "ページ2\n海の上に小さな船が浮かんでいる。空には鳥が一羽だけ飛んでいる。\n"
    assert likeness(fingerprint(page), fingerprint(page)) == 1
    assert likeness(fingerprint(page), fingerprint(edited)) > 0.5
    assert likeness(fingerprint(page), fingerprint(other)) < 0.3


@settings(max_examples=100, deadline=None)
@given(st.lists(st.integers(0, 5), max_size=6), st.lists(st.integers(0, 5), max_size=6))
def test_relinking_never_gives_one_page_twice(old: list[int], new: list[int]) -> None:
    prints = [fingerprint(page) for page in (*PAGES, "PAGE 7 :\n", "PAGE\na b", "PAGE\na b c")]
    before = [PageMark(f"1:{index}", prints[which]) for index, which in enumerate(old)]
    after = [PageMark(f"{1 + which % 2}:{index}", prints[which]) for index, which in enumerate(new)]
    found = relink(before, after)
    assert len(set(found.links.values())) == len(found.links)
    assert sorted([*found.links, *found.gone]) == sorted(mark.key for mark in before)
    assert sorted([*found.links.values(), *found.born]) == sorted(mark.key for mark in after)


@pytest.mark.parametrize("mover_merges", [True, False])
@pytest.mark.parametrize("to", ["PAGE 1 :", ""])
def test_words_typed_in_a_page_while_it_moves_stay_behind_are_reported_and_brought_home(
    mover_merges: bool, to: str
) -> None:
    mover, typist = pair()
    move(mover, PAGES[1], to)
    place = typist.text.index("long quiet") + len("long ")
    typist.splice(place, 0, "and very ")
    me, other = (mover, typist) if mover_merges else (typist, mover)
    before, update = me.version, other.updates_since(me.version)
    me.receive([update])

    # Nothing is lost, but the words stand alone where the page was.
    assert me.text.count("and very ") == 1
    assert "long and very quiet" not in me.text
    (left,) = left_behind([me.snapshot()], before, [update])
    assert (left.words, left.mine) == (2, not mover_merges)

    me.splice(0, 0, "typing goes on\n")
    text = me.text
    assert me.bring_home(left)
    assert "long and very quiet boat" in me.text
    assert me.text.replace("and very ", "") == text.replace("and very ", "")
    me.undo()
    assert me.text == text
    other.receive([me.updates_since(other.version)])
    assert other.text == me.text


def test_a_page_that_is_only_deleted_or_only_edited_gives_no_hint() -> None:
    mine, theirs = pair()
    mine.splice(mine.text.index("PAGE 2"), len(PAGES[1]), "")
    theirs.splice(theirs.text.index("long quiet"), 0, "very ")
    before, update = mine.version, theirs.updates_since(mine.version)
    mine.receive([update])
    assert left_behind([mine.snapshot()], before, [update]) == []

    before = mine.version
    theirs.splice(0, 0, "x")
    update = theirs.updates_since(before)
    mine.receive([update])
    assert left_behind([mine.snapshot()], before, [update]) == []


def test_a_page_renumbered_while_it_moves_is_still_the_home_of_the_words() -> None:
    mover, typist = pair()
    mover.edit_text([TextEdit(mover.text.index("PAGE 3"), len(PAGES[2]), "")])
    mover.splice(0, 0, PAGES[2].replace("PAGE 3", "PAGE 1"))
    typist.splice(typist.text.index("dog"), 0, "small ")
    before, update = mover.version, typist.updates_since(mover.version)
    mover.receive([update])
    (left,) = left_behind([mover.snapshot()], before, [update])
    mover.bring_home(left)
    assert "a small dog that barks" in mover.text
