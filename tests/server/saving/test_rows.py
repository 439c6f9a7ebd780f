"""Attacks the readable rows: whatever is typed, put together they are the script, and few are written."""

from __future__ import annotations

from decimal import Decimal
from itertools import pairwise

import hypothesis.strategies as st
from hypothesis import given, settings

from core.server.pages import PageChanges, PageMap, digest
from core.server.positions import LONGEST, arrange, between, too_long
from core.story import ProjectStore, TextEdit
from tests.server.saving.machines import Machine

PIECES = st.sampled_from(
    [
        "",
        "x",
        "\n",
        "PAGE 1 :\n",
        "PAGE 2\n",
        "\nPAGE 3 :\n\nPANEL 1 :\n",
        "PAGE",
        " ",
        "夢",
        "CHAPITRE 1 :\n",
        "[[",
    ]
)
EDITS = st.lists(st.lists(st.tuples(st.floats(0, 1), st.integers(0, 25), PIECES), min_size=1, max_size=4))
START = "front\nPAGE 1 :\nun\n\nPAGE 2 :\ndeux\n\nPAGE 3 :\ntrois\n"


class Table:
    """What the table `pages` would hold."""

    def __init__(self) -> None:
        self.rows: dict[str, tuple[Decimal, str]] = {}

    def apply(self, changes: PageChanges) -> None:
        """As the SQL does: remove, then put; positions must stay unique."""
        for key in changes.removed:
            del self.rows[key]
        for row in changes.rows:
            self.rows[row.key] = (row.position, row.text)
        positions = [position for position, _ in self.rows.values()]
        assert len(set(positions)) == len(positions)

    @property
    def text(self) -> str:
        """The rows put together."""
        return "".join(text for _, text in sorted(self.rows.values()))

    def read(self) -> list[tuple[str, Decimal, bytes]]:
        """For reconcile."""
        return [(key, position, digest(text)) for key, (position, text) in self.rows.items()]


@settings(deadline=None, max_examples=80)
@given(EDITS)
def test_rows_put_together_are_the_script_after_any_edits(rounds: list[list[tuple[float, int, str]]]) -> None:
    store = ProjectStore.create()
    store.splice(0, 0, START)
    pages = PageMap(store.text, store.character_id)
    table = Table()
    table.apply(pages.reconcile([]))
    for edits in rounds:
        for where, deleted, inserted in edits:
            position = round(where * store.text_length)
            edit = TextEdit(position, min(deleted, store.text_length - position), inserted)
            store.edit_text([edit])
            pages.edit([edit])
        table.apply(pages.changes())
        assert table.text == store.text
    # Another machine, which never saw the edits, finds nothing to change.
    assert len(PageMap(store.text, store.character_id).reconcile(table.read())) == 0


@settings(deadline=None)
@given(EDITS, EDITS)
def test_a_map_that_lost_its_place_is_set_right_by_comparing(
    mine: list[list[tuple[float, int, str]]], theirs: list[list[tuple[float, int, str]]]
) -> None:
    store = ProjectStore.create()
    store.splice(0, 0, START)
    table = Table()
    table.apply(PageMap(store.text, store.character_id).reconcile([]))
    for where, deleted, inserted in (edit for edits in (*mine, *theirs) for edit in edits):
        position = round(where * store.text_length)
        store.splice(position, min(deleted, store.text_length - position), inserted)
    pages = PageMap(store.text, store.character_id)
    pages.changes()  # a save that failed: what it wrote is not there
    table.apply(pages.reconcile(table.read()))
    assert table.text == store.text


@given(st.lists(st.none() | st.integers(-50, 50).map(Decimal), max_size=30))
def test_positions_rise_and_keep_as_many_as_can_be_kept(current: list[Decimal | None]) -> None:
    positions = arrange(current)
    assert all(a < b for a, b in pairwise(positions))
    kept = sum(1 for old, new in zip(current, positions, strict=True) if old == new)
    assert kept >= longest_rising([position for position in current if position is not None])


def longest_rising(numbers: list[Decimal]) -> int:
    """The plain way."""
    best: list[int] = []
    for index, number in enumerate(numbers):
        best.append(1 + max((best[i] for i in range(index) if numbers[i] < number), default=0))
    return max(best, default=0)


@given(st.decimals(-10, 10, places=3), st.decimals(-10, 10, places=3), st.integers(0, 40))
def test_there_is_always_room_between_two_rows(one: Decimal, two: Decimal, count: int) -> None:
    if one == two:
        return
    low, high = sorted((one, two))
    found = between(low, high, count)
    assert [low, *found, high] == sorted({low, *found, high})


def test_a_thousand_pages_put_into_the_same_place_keep_short_positions() -> None:
    store = ProjectStore.create()
    store.splice(0, 0, START)
    pages = PageMap(store.text, store.character_id)
    table = Table()
    table.apply(pages.reconcile([]))
    many = 0
    for number in range(300):
        edit = TextEdit(store.text.index("PAGE 2"), 0, f"PAGE {100 + number} :\n\n")
        store.edit_text([edit])
        pages.edit([edit])
        changes = pages.changes()
        many += len(changes) > 3
        table.apply(changes)
    assert table.text == store.text
    assert many <= 5, "numbering all pages anew must be rare"
    assert not any(too_long(position) for position, _ in table.rows.values()), LONGEST


def test_an_edit_writes_the_rows_it_touched_and_no_others(conninfo: str) -> None:
    text = "".join(f"PAGE {n} :\n\nPANEL 1 :\n(Rien ne bouge.)\n\n" for n in range(1, 101))
    stamps = "SELECT page_key, xmin::text FROM pages WHERE project_id = %s"
    with Machine.first(conninfo, text, saved=True) as akira:
        for edit, most in (
            ((text.index("PAGE 50") + 20, 0, "x"), 1),
            ((text.index("PAGE 60"), 0, "PAGE 59b :\n"), 2),
        ):
            before = dict(akira.rows(stamps))
            akira.store.splice(*edit)
            akira.save()
            after = dict(akira.rows(stamps))
            written = {key for key in after if before.get(key) != after[key]}
            assert 1 <= len(written) <= most
            newest = akira.server.versions(akira.store.project_id)[0]
            assert newest.pages_changed == len(written)
            assert newest.update_bytes < 300
