"""What was written into a record's field after an import outlives taking it back."""

from __future__ import annotations

import pytest

from core.backup.plan import Outcome
from core.story import ProjectStore, Section
from tests.backup.importing.desk import SCRIPT, Desk, content_of, given

BEFORE = "He waits.\n\nHe sleeps.\n\nHe goes."
BROUGHT = "He waits a year.\n\nHe sleeps.\n\nHe goes."


@pytest.mark.parametrize(
    ("now", "wanted", "named"),
    [
        (BROUGHT, BEFORE, False),
        (BROUGHT.replace("goes", "runs"), BEFORE.replace("goes", "runs"), False),
        (f"{BROUGHT}\n\nMine.", f"{BEFORE}\n\nMine.", False),
        (BROUGHT.replace("a year", "two years"), BROUGHT.replace("a year", "two years"), True),
        ("All mine.", "All mine.", True),
        ("", "", False),
    ],
    ids=["the control", "another line", "a line more", "the same line", "all of it", "emptied"],
)
def test_prose_that_was_written_since_stays(desk: Desk, now: str, wanted: str, named: bool) -> None:
    entry = desk.shelf.create(title="A storm", text=SCRIPT)
    with desk.shelf.edited(entry.project_id) as store:
        akira = store.add_record(Section.CHARACTERS, name="Akira", notes=BEFORE)
    ours = desk.open(entry.project_id)
    theirs = ProjectStore.load(ours.project_id, [ours.snapshot()])
    theirs.update_record(Section.CHARACTERS, akira, notes=BROUGHT)
    report = desk.bring(given(content_of(theirs)))
    assert desk.open(entry.project_id).characters()[0].notes == BROUGHT
    with desk.shelf.edited(entry.project_id) as store:
        store.update_record(Section.CHARACTERS, akira, notes=now)
    undone = desk.undo(report)
    assert desk.open(entry.project_id).characters()[0].notes == wanted
    stays = [item for item in undone.projects[0].items if item.outcome is Outcome.SAME]
    assert bool(stays) is named
