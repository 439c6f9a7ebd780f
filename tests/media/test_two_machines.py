"""Attacks on pictures that travel: another machine, a line that is cut, wrong bytes, a full disk."""

from __future__ import annotations

from pathlib import Path

from core.media import attach
from core.server import Server
from core.story import Section
from core.workspace import ProjectSession, Shelf, fetch_project, server_entries
from core.workspace.saving import Inbox
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


def all_sent(session: ProjectSession, inbox: Inbox) -> bool:
    """Save, and wait until words and pictures are on the server."""
    session.request_save()
    return inbox.run_until(
        lambda: not session.saves_waiting and not session.status.pictures_busy and not session.is_dirty,
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
    (there,) = server_entries(server)
    fetch_project(other_shelf, server, there)
    other, other_inbox = open_session(other_shelf, project, server)
    came: set[str] = set()
    other.on_pictures(came.update)
    assert other.media.path(small) is None
    assert other_inbox.run_until(lambda: came == {small, large}, SECONDS)
    assert other.media.verify(small)
    assert other.media.verify(large)
