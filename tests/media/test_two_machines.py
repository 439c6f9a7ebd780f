"""Attacks on pictures that travel: another machine, a line that is cut, wrong bytes, a full disk."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path
from uuid import UUID

import psycopg
import pytest

from core.errors import ServerUnreachable
from core.media import add_all, attach
from core.server import Server, ServerSettings, schema
from core.server.media import PART
from core.story import Section
from core.workspace import ProjectSession, ServerState, SessionStatus, Shelf, fetch_project, server_entries
from core.workspace.saving import Inbox
from core.workspace.transfer import PictureNews, Transfer
from tests.media.making import noise
from tests.server.saving.machines import rows
from tests.workspace.conftest import OpenSession

SECONDS = 40.0


def with_picture(session: ProjectSession, path: Path) -> str:
    """A new character with a picture; its SHA-256."""
    picture = session.media.add(path)
    record = session.store.add_record(Section.CHARACTERS, name="Akira")
    attach(session.store, Section.CHARACTERS, record, [picture])
    return picture.sha


def at_rest(session: ProjectSession) -> bool:
    """Nothing is being done with pictures."""
    return not session.status.pictures_busy


def all_sent(session: ProjectSession, inbox: Inbox) -> bool:
    """Save, and wait until words and pictures are on the server."""
    session.request_save()
    return inbox.run_until(
        lambda: not session.saves_waiting and at_rest(session) and not session.is_dirty,
        SECONDS,
    )


def test_a_second_machine_has_the_picture(
    shelf: Shelf, other_shelf: Shelf, server: Server, open_session: OpenSession, tmp_path: Path, conninfo: str
) -> None:
    project = shelf.create(title="Night").project_id
    session, inbox = open_session(shelf, project, server)
    small = with_picture(session, noise(tmp_path / "small.png"))
    large = with_picture(session, noise(tmp_path / "large.bmp", 1500, 1100))
    assert all_sent(session, inbox)
    assert session.status.picture_sentence == ""
    parts = rows(conninfo, "SELECT count(*) FROM media GROUP BY sha256 ORDER BY 1")
    assert parts == [(1,), (2,)]
    other, other_inbox = other_machine(open_session, other_shelf, server, project)
    came: set[str] = set()
    other.on_pictures(came.update)
    assert other.media.path(small) is None
    assert other_inbox.run_until(lambda: came == {small, large}, SECONDS)
    assert other.media.verify(small)
    assert other.media.verify(large)


def other_machine(
    open_session: OpenSession, other_shelf: Shelf, server: Server, project: UUID
) -> tuple[ProjectSession, Inbox]:
    """The project on another machine, right after its words came."""
    (there,) = server_entries(server)
    fetch_project(other_shelf, server, there)
    return open_session(other_shelf, project, server)


def test_a_line_cut_in_the_middle_of_a_picture_goes_on_where_it_was(
    shelf: Shelf, server: Server, open_session: OpenSession, tmp_path: Path, conninfo: str
) -> None:
    project = shelf.create(title="Night").project_id
    session, inbox = open_session(shelf, project, server)
    assert all_sent(session, inbox)
    sha = with_picture(session, noise(tmp_path / "large.bmp", 1800, 1600))
    transfer = Transfer(server, project, session.media)
    steps = transfer.steps(session.pictures.known, send=True)
    count = "SELECT count(*) FROM media"
    while rows(conninfo, count) == [(0,)]:
        next(steps)
    others = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database()"
    rows(conninfo, f"{others} AND pid <> pg_backend_pid()")
    with pytest.raises(ServerUnreachable):
        list(steps)
    (before,) = rows(conninfo, "SELECT part, xmin::text FROM media")
    assert before[0] == 0
    news = list(transfer.steps(session.pictures.known, send=True))
    assert news[-1] == PictureNews(0, 0, over=True)
    assert rows(conninfo, "SELECT part, xmin::text FROM media ORDER BY part LIMIT 1") == [before]
    whole = "SELECT sha256(string_agg(content, ''::bytea ORDER BY part)) FROM media"
    assert rows(conninfo, whole) == [(bytes.fromhex(sha),)]
    assert rows(conninfo, count) == [(3,)]


def test_wrong_bytes_on_the_server_get_no_name_and_are_sent_again_by_who_has_them(
    shelf: Shelf,
    other_shelf: Shelf,
    server: Server,
    open_session: OpenSession,
    tmp_path: Path,
    conninfo: str,
) -> None:
    project = shelf.create(title="Night").project_id
    session, inbox = open_session(shelf, project, server)
    sha = with_picture(session, noise(tmp_path / "one.png"))
    assert all_sent(session, inbox)
    spoil = "UPDATE media SET content = 'xx' || substr(content, 3)"
    with pytest.raises(psycopg.errors.CheckViolation):
        rows(conninfo, spoil)
    rows(conninfo, "ALTER TABLE media DROP CONSTRAINT media_part_fits")  # as a bad disk would
    rows(conninfo, spoil)
    other, other_inbox = other_machine(open_session, other_shelf, server, project)
    assert other_inbox.run_until(lambda: bool(other.status.picture_errors), SECONDS)
    assert "these are not its bytes" in other.status.picture_errors[0].what
    assert other.status.picture_sentence == "1 picture still to come"
    assert other.media.held() == {}
    session.close()
    again, again_inbox = open_session(shelf, project, server)
    assert all_sent(again, again_inbox)
    assert rows(conninfo, "SELECT sha256(content) FROM media") == [(bytes.fromhex(sha),)]
    assert all_sent(other, other_inbox)
    assert other.media.verify(sha)
    assert other.status.picture_sentence == ""


def test_pictures_that_fail_never_fail_the_words(
    shelf: Shelf, server: Server, open_session: OpenSession, tmp_path: Path, conninfo: str
) -> None:
    project = shelf.create(title="Night").project_id
    session, inbox = open_session(shelf, project, server)
    assert all_sent(session, inbox)
    good = with_picture(session, noise(tmp_path / "good.png"))
    bad = with_picture(session, noise(tmp_path / "bad.png", seed=1))
    path = session.media.path(bad)
    assert path is not None
    path.write_bytes(path.read_bytes()[:-1] + b"x")
    session.store.splice(0, 0, "PAGE 1\n")
    assert all_sent(session, inbox)
    assert session.status.server is ServerState.SAVED
    assert session.status.picture_sentence == "1 picture still to send"
    assert "damaged" in session.status.picture_errors[0].what
    assert rows(conninfo, "SELECT sha256 FROM media") == [(bytes.fromhex(good),)]
    rows(conninfo, "ALTER TABLE media RENAME TO gone")
    session.store.splice(0, 0, "FRONT\n")
    with_picture(session, noise(tmp_path / "third.png", seed=2))
    assert all_sent(session, inbox)
    assert session.status.server is ServerState.SAVED
    assert len(session.status.picture_errors) == 1
    assert rows(conninfo, "SELECT text FROM pages WHERE page_key = 'front'") == [("FRONT\n",)]


@pytest.mark.soak
def test_a_full_disk_while_pictures_come_is_said_and_costs_no_word(
    shelf: Shelf, other_shelf: Shelf, server: Server, open_session: OpenSession, tmp_path: Path
) -> None:
    project = shelf.create(title="Night", text="PAGE 1\n").project_id
    session, inbox = open_session(shelf, project, server)
    sha = with_picture(session, noise(tmp_path / "one.bmp", 600, 400))
    assert all_sent(session, inbox)
    folder = other_shelf.media_of(project)
    folder.mkdir(parents=True)
    mount = ["mount", "-t", "tmpfs", "-o", "size=100k", "genko-test", str(folder)]
    if not shutil.which("mount") or subprocess.run(mount, check=False, capture_output=True).returncode:
        pytest.skip("mounting a small file system needs root")
    try:
        other, other_inbox = other_machine(open_session, other_shelf, server, project)
        assert other_inbox.run_until(lambda: bool(other.status.picture_errors), SECONDS)
        assert "no room left" in other.status.picture_errors[0].what
        assert other.media.held() == {}
        assert os.listdir(folder) == []
        assert other.store.text == "PAGE 1\n"
        subprocess.run(["mount", "-o", "remount,size=8m", str(folder)], check=True)
        assert all_sent(other, other_inbox)
        assert other.media.verify(sha)
        other.close()
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=True)


def test_words_that_are_saved_meanwhile_go_before_the_pictures_that_wait(
    shelf: Shelf, server: Server, open_session: OpenSession, tmp_path: Path, conninfo: str
) -> None:
    project = shelf.create(title="Night").project_id
    session, inbox = open_session(shelf, project, server)
    folder = tmp_path / "many"
    folder.mkdir()
    for number in range(60):
        noise(folder / f"{number}.png", 20, 20, seed=number)
    record = session.store.add_record(Section.CHARACTERS, name="Akira")
    attach(session.store, Section.CHARACTERS, record, add_all(session.media, [folder]).pictures)
    left: list[int] = []

    def save_in_the_middle(status: SessionStatus) -> None:
        if not left and 0 < status.pictures_to_send < 60:
            left.append(status.pictures_to_send)
            session.store.splice(0, 0, "PAGE 1\n")
            session.request_save()
        elif len(left) == 1 and not session.saves_waiting and not session.is_dirty:
            left.append(rows(conninfo, "SELECT count(*) FROM media")[0][0])

    session.on_status(save_in_the_middle)
    session.request_save()
    assert inbox.run_until(lambda: len(left) == 2 and at_rest(session), SECONDS)
    assert 0 < left[1] < 60
    assert rows(conninfo, "SELECT count(*) FROM media") == [(60,)]
    assert session.status.picture_sentence == ""


def test_a_picture_that_nobody_has_sent_yet_is_still_to_come(
    shelf: Shelf, other_shelf: Shelf, server: Server, open_session: OpenSession, tmp_path: Path
) -> None:
    project = shelf.create(title="Night").project_id
    session, inbox = open_session(shelf, project, server)
    sha = with_picture(session, noise(tmp_path / "one.png"))
    kept = session.media.path(sha)
    assert kept is not None
    kept.rename(tmp_path / "away")  # the words go out, the picture can't
    assert all_sent(session, inbox)
    assert session.status.picture_sentence == "1 picture still to come"
    other, other_inbox = other_machine(open_session, other_shelf, server, project)
    assert other_inbox.run_until(lambda: other.status.pictures_to_come == 1 and at_rest(other), SECONDS)
    assert other.status.picture_errors == ()
    (tmp_path / "away").rename(kept)
    assert all_sent(session, inbox)
    assert all_sent(other, other_inbox)
    assert other.media.verify(sha)


def test_the_table_takes_no_part_that_could_not_be_one(
    shelf: Shelf, server: Server, open_session: OpenSession, tmp_path: Path, conninfo: str
) -> None:
    project = shelf.create(title="Night").project_id
    session, inbox = open_session(shelf, project, server)
    with_picture(session, noise(tmp_path / "one.png"))
    assert all_sent(session, inbox)
    put = (
        "INSERT INTO media (project_id, sha256, part, parts, mime, size, part_sha256, content)"
        " SELECT project_id, {}, {}, {}, mime, size, sha256(content || {}), content || {} FROM media"
    )
    good = put.format("'another'", 0, 2, "'x'", "'x'")
    rows(conninfo, good)
    for bad in (
        put.format("'a third'", 0, 1, "'x'", "'x'"),
        put.format("'a third'", 2, 2, "'x'", "'x'"),
        put.format("'a third'", 0, 2, "'x'", "'y'"),
        put.format("'a third'", 0, 65, "'x'", "'x'"),
        put.format("'a third'", 0, 2, *[f"convert_to(repeat('x', {PART + 1}), 'UTF8')"] * 2),
    ):
        with pytest.raises(psycopg.errors.CheckViolation):
            rows(conninfo, bad)
    session.close()
    rows(conninfo, "DELETE FROM projects")
    assert rows(conninfo, "SELECT count(*) FROM media") == [(0,)]


@pytest.mark.soak
def test_a_database_from_before_there_were_pictures_is_brought_up_to_date_and_keeps_its_words(
    shelf: Shelf, open_session: OpenSession, tmp_path: Path, database18: str
) -> None:
    schema.migrate(database18, "0001")
    rows(database18, "INSERT INTO projects (project_id, title) VALUES (gen_random_uuid(), 'Old')")
    server = Server(ServerSettings(url=database18, home=tmp_path / "server"))
    session, inbox = open_session(shelf, shelf.create(title="New").project_id, server)
    with_picture(session, noise(tmp_path / "one.png"))
    assert all_sent(session, inbox)
    assert rows(database18, "SELECT title FROM projects ORDER BY 1") == [("New",), ("Old",)]
    assert rows(database18, "SELECT count(*) FROM media") == [(1,)]
    session.close()
    server.close()
