"""What happens between a preview and its import, and what an import must not forget."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from uuid import UUID

import pytest

from core.backup.importing import PlanChangedError, apply_plan, imports, make_plan
from core.backup.importing.errors import ImportRefusedError
from core.backup.plan import Choice, Decisions, Outcome
from core.backup.work import Work
from core.journal import read_facts
from core.story import ProjectStore, text_at
from core.workspace.brought import waiting_in
from tests.backup.importing.desk import SCRIPT, Desk, content_of, given, outcomes

OURS = SCRIPT.replace("It is open.", "It was closed.")
THEIRS = SCRIPT.replace("It is open.", "It had been open.")


@pytest.fixture
def ours(desk: Desk) -> ProjectStore:
    """A project on the shelf."""
    return desk.open(desk.shelf.create(title="A storm", text=SCRIPT).project_id)


@pytest.fixture
def theirs(ours: ProjectStore) -> ProjectStore:
    """What another machine made of it: one line is another one."""
    made = ProjectStore.load(ours.project_id, [ours.snapshot()])
    made.replace_text(THEIRS)
    return made


def edited(desk: Desk, project: ProjectStore, text: str) -> None:
    """Somebody goes on writing here."""
    with desk.shelf.edited(project.project_id) as store:
        store.replace_text(text)


@pytest.mark.parametrize(("now", "goes"), [(OURS, False), (SCRIPT.replace("Rain", "Snow"), True)])
def test_a_line_that_becomes_a_conflict_during_the_backup_stops_the_import(
    desk: Desk, ours: ProjectStore, theirs: ProjectStore, now: str, goes: bool
) -> None:
    """The plan was looked at again before the backup; the writer typed while that was made.

    The control types elsewhere, where the preview stays true.
    """
    source = given(content_of(theirs))
    plan = make_plan(desk.shelf, source, Decisions(all_conflicts=Choice.THEIRS), work=Work())
    assert outcomes(plan)["PAGE 2"] is Outcome.UPDATE

    def back_up(projects: Sequence[UUID]) -> Path:
        edited(desk, ours, now)
        return desk.home / "backup"

    def do() -> None:
        decisions = Decisions(all_conflicts=Choice.THEIRS)
        apply_plan(desk.shelf, source, plan, decisions, server=None, work=Work(), back_up=back_up)

    if goes:
        do()
        assert desk.open(ours.project_id).text == THEIRS.replace("Rain", "Snow")
        return
    with pytest.raises(PlanChangedError):
        do()
    assert desk.open(ours.project_id).text == now
    assert imports(desk.shelf) == []


@pytest.mark.parametrize("conflict", [True, False])
def test_the_other_side_of_a_conflict_goes_to_the_server_as_a_version(
    desk: Desk, ours: ProjectStore, theirs: ProjectStore, conflict: bool
) -> None:
    """Ours stays, theirs can be read and restored like any save. The control has no conflict."""
    if conflict:
        edited(desk, ours, OURS)
    report = desk.bring(given(content_of(theirs)))
    expected = Outcome.CONFLICT if conflict else Outcome.UPDATE
    assert outcomes(report)["PAGE 2"] is expected
    brought = waiting_in(read_facts(desk.shelf.path_of(ours.project_id)))
    assert [str(one.import_id) for one in brought] == [report.import_id]
    now = desk.open(ours.project_id)
    assert now.text == (OURS if conflict else THEIRS)
    texts = [text_at([now.snapshot()], version.frontier) for version in brought[0].versions]
    assert texts == ([THEIRS] if conflict else [])


def test_a_plan_with_problems_is_never_done(desk: Desk, theirs: ProjectStore) -> None:
    import msgspec

    source = given(content_of(theirs))
    plan = msgspec.structs.replace(desk.look(source), problems=("A scene names itself.",))
    with pytest.raises(ImportRefusedError, match="A scene names itself"):
        desk.do(source, plan)
    assert desk.open(theirs.project_id).text == SCRIPT
    assert desk.backed_up == []
