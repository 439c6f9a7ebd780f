"""One page or one record comes back from a backup; and what has changed since is told by page and panel."""

from __future__ import annotations

from pathlib import Path

import pytest

from core.backup.importing import Since, compare_states, restore_from
from core.backup.importing.reading.states import state_of, state_of_content
from core.backup.plan import ImportReport, Outcome
from core.backup.work import Work
from core.content import Content
from core.errors import NotFound
from core.story import ProjectStore, Section
from tests.backup.importing.desk import SCRIPT, Desk, content_of, given


@pytest.fixture
def ours(desk: Desk) -> ProjectStore:
    """A project on the shelf."""
    entry = desk.shelf.create(title="A storm", text=SCRIPT)
    with desk.shelf.edited(entry.project_id) as store:
        store.add_record(Section.CHARACTERS, name="Akira", notes="He waits.")
        store.add_record(Section.CHARACTERS, name="Mika")
    return desk.open(entry.project_id)


def restore(desk: Desk, content: Content, part: str) -> ImportReport:
    """Bring a part back."""
    assert content.project_id is not None
    source = given(content)
    return restore_from(
        desk.shelf, source, content.project_id, part, work=Work(), back_up=lambda ids: Path("backup")
    )


def page_of(store: ProjectStore, number: int) -> str:
    """The key of a page; 0 is the front."""
    return state_of(store).pages[number].key


def test_a_page_comes_back_and_all_else_stays(desk: Desk, ours: ProjectStore) -> None:
    backup = content_of(ours)
    with desk.shelf.edited(ours.project_id) as store:
        store.replace_text(SCRIPT.replace("The door.", "The end.").replace("Rain on", "Snow on"))
    report = restore(desk, backup, f"page:{page_of(ours, 2)}")
    assert desk.open(ours.project_id).text == SCRIPT.replace("Rain on", "Snow on")
    assert report.projects[0].items[0].outcome is Outcome.UPDATE
    desk.undo(report)
    assert "The end." in desk.open(ours.project_id).text


def test_a_page_that_is_gone_comes_back_to_its_place(desk: Desk, ours: ProjectStore) -> None:
    backup = content_of(ours)
    with desk.shelf.edited(ours.project_id) as store:
        store.replace_text(SCRIPT[: SCRIPT.index("PAGE 2")] + SCRIPT[SCRIPT.index("PAGE 3") :])
    before = len(desk.open(ours.project_id).text.split())
    report = restore(desk, backup, f"page:{page_of(ours, 2)}")
    assert desk.open(ours.project_id).text == SCRIPT
    assert (report.words_before, report.words_after) == (before, len(SCRIPT.split())), "the shelf's are older"


def test_a_character_comes_back_whether_changed_or_deleted(desk: Desk, ours: ProjectStore) -> None:
    backup = content_of(ours)
    akira, mika = ours.characters()
    with desk.shelf.edited(ours.project_id) as store:
        store.delete_record(Section.CHARACTERS, akira.id)
        store.update_record(Section.CHARACTERS, mika.id, role="villain", name="Mikasa")
    restore(desk, backup, f"characters:{akira.id}")
    restore(desk, backup, f"characters:{mika.id}")
    assert desk.open(ours.project_id).characters() == [akira, mika]


@pytest.mark.parametrize("part", ["page:9:9", "characters:nobody", "nonsense", "scenes:", "meta:title"])
def test_what_the_backup_has_not_is_refused_and_nothing_changed(
    desk: Desk, ours: ProjectStore, part: str
) -> None:
    with pytest.raises(NotFound):
        restore(desk, content_of(ours), part)
    assert desk.open(ours.project_id).version == ours.version


def test_what_has_changed_is_told_by_page_and_panel(desk: Desk, ours: ProjectStore) -> None:
    old = state_of_content(content_of(ours))
    ours.replace_text(SCRIPT.replace("It is open.", "It was closed.") + "\n\nPAGE 4\n\nThe end.")
    ours.update_record(Section.CHARACTERS, ours.characters()[0].id, age="40")
    since: Since = compare_states(old, state_of(ours))
    told = [(page.title, page.kind, [panel.number for panel in page.panels]) for page in since.pages]
    assert ("PAGE 2", "changed", [1]) in told
    assert ("PAGE 4", "added", []) in told
    assert "PAGE 1" not in [title for title, _, _ in told]
    assert [(one.name, one.fields) for one in since.whole.records] == [("Akira", ("age",))]
    assert compare_states(old, old).whole.is_empty
