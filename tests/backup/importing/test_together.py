"""Imports beside others: two at once, a project that somebody types in, a disk without room, the trash."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from uuid import UUID

import pytest

from core.backup.importing import ImportBusyError, apply_plan, imports, make_plan
from core.backup.importing.reports.ledger import Ledger
from core.backup.plan import Action, Decisions
from core.backup.work import Step, StoppedError, Work
from core.errors import GenkoError
from core.story import ProjectStore, Section
from core.workspace.saving import Inbox
from core.workspace.session import ProjectSession
from screens.backup.importing.wording import report_heading, report_sentence
from tests.backup.importing.desk import SCRIPT, Desk, content_of, foreign, given

HOLD = """
import sys
from pathlib import Path
from core.backup.importing.reports.ledger import Ledger
from core.paths import Paths
with Ledger(Paths(*[Path(one) for one in sys.argv[1:5]])).lock():
    print("held", flush=True)
    sys.stdin.read()
"""


@pytest.fixture
def ours(desk: Desk) -> ProjectStore:
    """A project on the shelf."""
    entry = desk.shelf.create(title="A storm", text=SCRIPT)
    with desk.shelf.edited(entry.project_id) as store:
        store.add_record(Section.CHARACTERS, name="Akira", notes="He waits.")
    return desk.open(entry.project_id)


def theirs_of(ours: ProjectStore) -> ProjectStore:
    """What another machine made of it."""
    theirs = ProjectStore.load(ours.project_id, [ours.snapshot()])
    theirs.replace_text(SCRIPT.replace("The door.", "The red door.") + "\n\nPAGE 4\n\nThe end.")
    return theirs


def test_the_second_import_is_refused_and_named_until_the_first_has_ended(desk: Desk) -> None:
    paths = desk.shelf.paths
    places = [str(one) for one in (paths.data, paths.config, paths.logs, paths.state)]
    source = given(foreign())
    with subprocess.Popen(
        [sys.executable, "-c", HOLD, *places], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == b"held\n"
        with pytest.raises(ImportBusyError) as refused:
            desk.bring(source)
        assert str(holder.pid) in refused.value.what
        assert desk.shelf.list() == []
        holder.kill()
    desk.bring(source)
    assert len(desk.shelf.list()) == 1


def test_what_somebody_types_meanwhile_is_not_lost_and_stays_as_typed(desk: Desk, ours: ProjectStore) -> None:
    """The project is open in a session, which types between the steps of the import and sees it arrive."""
    inbox = Inbox()
    session = ProjectSession.open(desk.shelf, ours.project_id, on_ui=inbox.put)
    typed: list[str] = []

    def type_on(step: Step) -> None:
        if step.what != "comparing":
            word = f"[{len(typed)}]"
            session.store.splice(0, 0, word)
            session.journal.flush()
            typed.append(word)

    source = given(content_of(theirs_of(ours)))
    plan = make_plan(desk.shelf, source, Decisions(), work=Work())
    try:
        apply_plan(
            desk.shelf,
            source,
            plan,
            Decisions(),
            server=None,
            work=Work(type_on),
            back_up=lambda ids: desk.home / "backup",
        )
        assert inbox.run_until(lambda: _polled(session, "The red door."), 10)
        session.store.splice(0, 0, "after ")
    finally:
        session.close()
    assert len(typed) >= 2
    wanted = SCRIPT.replace("The door.", "The red door.") + "\n\nPAGE 4\n\nThe end."
    assert desk.open(ours.project_id).text == f"after {''.join(reversed(typed))}{wanted}"


def _polled(session: ProjectSession, words: str) -> bool:
    session.poll()
    return words in session.store.text


def test_aside_states_move_nothing_on_an_open_screen(desk: Desk, ours: ProjectStore) -> None:
    """Somebody else's version goes beside the history: an open session's text and strays stay as they are."""
    inbox = Inbox()
    session = ProjectSession.open(desk.shelf, ours.project_id, on_ui=inbox.put)
    try:
        content = foreign(SCRIPT.replace("It is open.", "It had been open."))
        desk.bring(given(replace(content, project_id=ours.project_id)))
        inbox.run_until(lambda: _polled(session, "PAGE") and not session.journal.waiting, 2)
        assert session.store.text == SCRIPT
        assert session.script.lines.length == len(SCRIPT)
        assert session.left_behind == ()
    finally:
        session.close()


def test_without_a_backup_nothing_is_begun(desk: Desk, ours: ProjectStore) -> None:
    def none(projects: Sequence[UUID]) -> Path:
        raise GenkoError("There is no room for the backup.")

    source = given(content_of(theirs_of(ours)))
    plan = desk.look(source)
    with pytest.raises(GenkoError, match="no room"):
        apply_plan(desk.shelf, source, plan, Decisions(), server=None, work=Work(), back_up=none)
    assert desk.open(ours.project_id).version == ours.version
    assert imports(desk.shelf) == []
    assert Ledger(desk.shelf.paths).begun() == []


def test_stopped_between_two_projects_the_report_says_which_is_done(desk: Desk) -> None:
    source = given(foreign(key="one", title="One"), foreign(key="two", title="Two"))
    work = Work()

    def stop(step: Step) -> None:
        if step.what == "importing" and step.done == 1:
            raise StoppedError("Stopped.", safe="")

    work.tell = stop
    with pytest.raises(StoppedError) as stopped:
        apply_plan(
            desk.shelf,
            source,
            desk.look(source),
            Decisions(),
            server=None,
            work=work,
            back_up=desk.back_up,
        )
    (report,) = imports(desk.shelf)
    assert [one.title for one in report.projects] == ["One"]
    assert "1 of 2" in report.notes[-1]
    assert report.interrupted == report.notes[-1] == stopped.value.safe
    assert report.import_id[:8] in stopped.value.todo
    assert "1 of 2" in str(stopped.value)
    assert report_heading(report) == "Import stopped in the middle"
    assert report_sentence(report) == report.interrupted
    assert "(interrupted)" in Path(report.path).with_suffix(".txt").read_text().splitlines()[0]
    back = desk.undo(report)
    assert (back.interrupted, report_heading(back)) == ("", "Import taken back")
    assert desk.shelf.list() == []


@pytest.mark.skipif(os.geteuid() != 0, reason="needs root for a small file system")
@pytest.mark.parametrize("size", ["300k"])
def test_a_full_disk_changes_nothing_or_all(tmp_path: Path, size: str) -> None:
    """A file system of a few hundred kilobytes: the project is whole, or not there."""
    place = tmp_path / "small"
    place.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(place)]
    if subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("this machine lets no file system be mounted")
    try:
        desk = Desk(place)
        noise = "".join(chr(0x4E00 + (at * 7919) % 20000) for at in range(200_000))
        with pytest.raises(GenkoError):
            desk.bring(given(foreign(f"PAGE 1\n\n{noise}")))
        assert desk.shelf.list() == []
        assert list(place.rglob("*.new*")) == []
    finally:
        subprocess.run(["umount", str(place)], check=True)


def test_an_import_into_the_trash_takes_the_project_out_and_undo_puts_it_back(
    desk: Desk, ours: ProjectStore
) -> None:
    desk.shelf.trash(ours.project_id)
    report = desk.bring(given(content_of(theirs_of(ours))))
    assert [entry.project_id for entry in desk.shelf.list()] == [ours.project_id]
    desk.undo(report)
    assert [entry.project_id for entry in desk.shelf.list(trashed=True)] == [ours.project_id]
    again = desk.bring(given(content_of(ours)))
    assert again.projects[0].action is Action.MERGE, "it comes out of the trash"
    assert desk.shelf.list()
