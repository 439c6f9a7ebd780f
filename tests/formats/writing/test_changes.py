"""The letterer is told what changed, and of nothing that did not."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.errors import UsageError
from core.script import parse
from core.script.formats.writing import About, ScriptFormat
from core.script.formats.writing.changed import write_changes
from core.script.formats.writing.changes import Kind, changes
from core.script.formats.writing.flow import flow
from core.script.manuscript import manuscript

PAGE = (
    "PAGE {n}\nPANEL 1\nMARA: the lamp of {k} is out\nTOM: nobody lit the {k} one\n"
    "PANEL 2\nMARA: yes\nSFX: KRAK\n"
)
NAMES = ["tower", "harbour", "chapel", "mill", "bridge", "school"]
BOOK = "".join(PAGE.format(n=number, k=name) for number, name in enumerate(NAMES, 1))


def told(old: str, new: str) -> list[tuple[str, str, str]]:
    """Kind, old place and new place of each change."""
    first, second = (flow(manuscript(parse(text)), About()) for text in (old, new))
    return [
        (change.kind.value, change.old.place if change.old else "", change.new.place if change.new else "")
        for change in changes(first, second)
    ]


def renumbered(first: int, by: int) -> list[tuple[str, str, str]]:
    return [("renumbered", f"{n}.0", f"{n + by}.0") for n in range(first, len(NAMES) + 1)]


def test_nothing_changed_is_nothing_told() -> None:
    assert told(BOOK, BOOK) == []
    assert told(BOOK, BOOK.replace("PANEL 1\n", "PANEL 1: wide\n(A new description.)\n")) == []


def test_a_page_put_in_front_changes_no_balloon() -> None:
    new = "PAGE 1\nMARA: a fresh start\n" + "".join(
        PAGE.format(n=number, k=name) for number, name in enumerate(NAMES, 2)
    )
    found = told(BOOK, new)
    assert ("added", "", "1.0") in found
    assert sorted(found) == sorted([("added", "", "1.0"), *renumbered(1, 1)])


def test_a_page_taken_out_is_removed_and_the_rest_renumbered() -> None:
    new = "".join(PAGE.format(n=number, k=name) for number, name in enumerate(NAMES[1:], 1))
    found = told(BOOK, new)
    assert [change for change in found if change[0] == "removed"] == [
        ("removed", "1.1", ""), ("removed", "1.1", ""), ("removed", "1.2", ""), ("removed", "1.2", ""),
    ]  # fmt: skip
    assert [change for change in found if change[0] != "removed"] == renumbered(2, -1)


@pytest.mark.parametrize(
    ("was", "now", "kind", "places"),
    [
        ("the lamp of mill is out", "the lamp of the mill is lit", "changed", ("4.1", "4.1")),
        ("TOM: nobody lit the mill one", "TOM (off): nobody lit the mill one", "changed", ("4.1", "4.1")),
        ("TOM: nobody lit the mill one", "INES: nobody lit the mill one", "changed", ("4.1", "4.1")),
        ("TOM: nobody lit the mill one\n", "", "removed", ("4.1", "")),
        (
            "TOM: nobody lit the mill one\nPANEL 2\n",
            "PANEL 2\nTOM: nobody lit the mill one\n",
            "moved",
            ("4.1", "4.2"),
        ),
    ],
)
def test_one_change_is_told_as_what_it_is(was: str, now: str, kind: str, places: tuple[str, str]) -> None:
    assert BOOK.count(was) == 1
    assert told(BOOK, BOOK.replace(was, now)) == [(kind, *places)]


def test_a_balloon_on_another_page_has_moved() -> None:
    line = "TOM: nobody lit the mill one\n"
    new = BOOK.replace(line, "").replace(
        "TOM: nobody lit the tower one\n", f"TOM: nobody lit the tower one\n{line}"
    )
    assert told(BOOK, new) == [("moved", "4.1", "1.1")]


def test_two_balloons_in_another_order_are_one_move() -> None:
    first, second = "MARA: the lamp of mill is out\n", "TOM: nobody lit the mill one\n"
    found = told(BOOK, BOOK.replace(first + second, second + first))
    assert [kind for kind, *_ in found] == ["moved"]


def test_the_table_gives_old_and_new_words_and_places() -> None:
    new = "PAGE 1\nMARA: a fresh start\n" + "".join(
        PAGE.format(n=number, k=name) for number, name in enumerate(NAMES, 2)
    ).replace("nobody lit the mill one", "somebody lit the mill one")
    old, fresh = (manuscript(parse(text)) for text in (BOOK, new))
    data = write_changes(old, fresh, ScriptFormat.LETTERING_TSV, About()).decode()
    rows = list(csv.DictReader(io.StringIO(data), delimiter="\t", quoting=csv.QUOTE_NONE))
    changed = [row for row in rows if row["change"] == Kind.CHANGED]
    assert changed == [
        {
            "change": "changed", "old place": "4.1", "old n": "2", "new place": "5.1", "new n": "2",
            "speaker": "TOM", "old text": "nobody lit the mill one", "new text": "somebody lit the mill one",
        }
    ]  # fmt: skip
    shown = write_changes(old, fresh, ScriptFormat.LETTERING_TXT, About()).decode()
    assert "CHANGED  4.1 2 → 5.1 2  TOM\n- nobody lit the mill one\n+ somebody lit the mill one\n" in shown
    with pytest.raises(UsageError):
        write_changes(old, fresh, ScriptFormat.PDF, About())


WORDS = st.lists(
    st.sampled_from(["PAGE #", "PANEL #", "MARA: a", "MARA: b", "TOM: a", "SFX: x", "MARA: longer words"])
)


@settings(max_examples=60, deadline=None, derandomize=True)
@given(old=WORDS, new=WORDS)
def test_old_and_changes_together_are_the_new(old: list[str], new: list[str]) -> None:
    first, second = (flow(manuscript(parse("\n".join(lines))), About()) for lines in (old, new))
    found = changes(first, second)
    balloons = [sum(1 for line in one.lines if line.number and line.lines) for one in (first, second)]
    gone = sum(change.kind is Kind.REMOVED for change in found)
    come = sum(change.kind is Kind.ADDED for change in found)
    assert balloons[0] - gone == balloons[1] - come
    assert not changes(first, first)
