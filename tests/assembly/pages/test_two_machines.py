"""Two machines work on the book at the same time: whatever both keep of its panels is there afterwards."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.assembly.book.reconciling import keep_difference, match_script
from core.assembly.book.writing import change_page, change_panels, insert_page, move_page, set_panel
from core.assembly.plan import PanelStatus
from core.story import Section
from tests.assembly.pages.project import Project

FIELDS = st.sampled_from(["notes", "picture", "background"])
BOOK = st.sampled_from(["layout", "insert", "move", "match", "keep"])
ACTIONS = st.lists(
    st.one_of(
        st.tuples(st.just("fact"), st.integers(0, 6), FIELDS),
        st.tuples(
            st.sampled_from(["layout", "insert", "move", "match", "keep"]), st.integers(0, 4), st.none()
        ),
        st.tuples(st.sampled_from(["cut", "type"]), st.integers(0, 3), st.none()),
    ),
    max_size=6,
)


def act(project: Project, who: str, actions: list[tuple[str, int, str | None]]) -> dict[str, str]:
    """Do them; gives the facts that were kept, by what only this writer wrote."""
    kept: dict[str, str] = {}
    book = project.book
    for number, (what, where, field) in enumerate(actions):
        index = where % max(book.count, 1)
        if what == "fact":
            panels = [(at, one.id) for at in range(book.count) for one in book.page(at).panels]
            at, panel = panels[where % len(panels)]
            value = f"{who}{number}"
            change_panels(book, at, {panel: {str(field): value}})
            kept = {name: one for name, one in kept.items() if name != f"{panel}:{field}"}
            kept[f"{panel}:{field}"] = value
        elif what == "layout":
            change_page(book, index, layout="1 | 1 / 1")
        elif what == "insert":
            insert_page(book, index)
        elif what == "move":
            move_page(book, index, 0)
        elif what == "match":
            match_script(book)
        elif what == "keep":
            keep_difference(book, index)
        elif what == "cut" and project.store.text.find("PAGE 2") < project.store.text.find("PAGES 3-4"):
            project.paste(project.cut("PAGE 2", "PAGES 3-4"), "PAGE 5")
        else:
            project.store.splice(0, 0, f"{who} writes.\n")
    return kept


def everything(project: Project) -> str:
    """All that the records hold."""
    return repr(project.store.raw_records(Section.ASSEMBLY))


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(ACTIONS, ACTIONS)
def test_no_fact_of_either_is_lost(
    mine: list[tuple[str, int, str | None]], theirs: list[tuple[str, int, str | None]]
) -> None:
    one = Project.with_text()
    change_panels(one.book, 1, {one.panel(1, 0): {"status": "inks"}})
    two = one.other()
    kept = act(one, "one", mine)
    also = act(two, "two", theirs)
    one.exchange(two)
    assert one.store.raw_records(Section.ASSEMBLY) == two.store.raw_records(Section.ASSEMBLY)
    for facts, others in ((kept, also), (also, kept)):
        for place, value in facts.items():
            # two values for one field of one panel: one of them stands, as everywhere
            assert value in everything(one) or (place in others and not place.endswith("notes"))
    shown = [one.book.page(index) for index in range(one.book.count)]
    assert [page.key for page in shown] == [two.book.page(at).key for at in range(two.book.count)]
    assert any(panel.status is PanelStatus.INKS for page in shown for panel in page.panels)


def test_a_page_that_both_begin_is_one_page() -> None:
    one = Project.with_text()
    two = one.other()
    change_panels(one.book, 0, {one.panel(0, 0): {"notes": "mine"}})
    change_panels(two.book, 0, {two.panel(0, 1): {"notes": "theirs"}})
    change_panels(two.book, 0, {two.panel(0, 0): {"picture": "ab"}})
    change_page(one.book, 0, layout="1 / 1 / 1")
    one.exchange(two)
    assert len(one.store.pages()) == 1
    assert one.notes() == two.notes() == {"1.1": "mine", "1.2": "theirs"}
    assert one.book.page(0).panels[0].picture == "ab"
    one.store.undo()
    one.store.undo()
    assert one.notes() == {"1.2": "theirs"}


def test_two_who_write_the_notes_of_one_panel_keep_the_words_of_both() -> None:
    one = Project.with_text()
    change_panels(one.book, 0, {one.panel(0, 0): {"notes": "rain"}})
    two = one.other()
    change_panels(one.book, 0, {one.panel(0, 0): {"notes": "heavy rain"}})
    change_panels(two.book, 0, {two.panel(0, 0): {"notes": "rain on glass"}})
    one.exchange(two)
    assert one.notes() == {"1.1": "heavy rain on glass"}


def test_control_facts_in_one_field_overwrite_each_other() -> None:
    """Were the panels one value of the record, one of two writers would lose all of hers."""
    one = Project.with_text()
    two = one.other()
    for project, note in ((one, "mine"), (two, "theirs")):
        heading = project.book.page(0).heading
        set_panel(project.store, heading, "cell:1", all={"notes": note})
    one.exchange(two)
    found = everything(one)
    assert ("mine" in found) != ("theirs" in found)


def test_records_that_two_machines_made_of_one_page_are_read_as_one() -> None:
    project = Project.with_text()
    heading = project.book.page(0).heading
    first, second = project.panel(0, 0), project.panel(0, 1)
    made = {"r1": {"layout": "1 / 1 / 1", f"panel:{first}:notes": "a"}, "r2": {f"panel:{second}:notes": "b"}}
    for name, fields in made.items():
        project.store.change_records(Section.ASSEMBLY, {name: {"heading": heading, **fields}})
    assert project.notes() == {"1.1": "a", "1.2": "b"}
    assert project.book.page(0).layout == "1 / 1 / 1"
    change_panels(project.book, 0, {first: {"notes": "c"}, second: {"notes": None}})
    assert project.notes() == {"1.1": "c"}
