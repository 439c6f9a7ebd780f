"""Fetching from the server merges with what is here; nothing is said to be on a disk that refuses it."""

from __future__ import annotations

import errno
import os
from pathlib import Path
from uuid import UUID

import pytest

from core.errors import JournalError
from core.journal import Disk, Journal
from core.server import DamagedUpdates, Received, Server
from core.story import ProjectStore, Version
from core.workspace import ServerState, Shelf, fetch_project, open_store, server_entries
from core.workspace.saving import save_project
from core.workspace.shelf import must_be_on_disk
from tests.workspace.test_session import SCRIPT


def test_fetching_a_project_that_is_here_keeps_its_unsaved_words_and_says_so(
    shelf: Shelf, server: Server
) -> None:
    project_id = shelf.create(title="Here", text=SCRIPT).project_id
    assert save_project(shelf, project_id, server).server is ServerState.SAVED
    shelf.rename(project_id, "Renamed")
    shelf.trash(project_id)
    (there,) = server_entries(server)
    entry = fetch_project(shelf, server, there)
    assert entry.title == open_store(shelf, entry).meta.title == "Renamed"
    assert entry.where == "1 edit waits for the server"
    assert entry.trashed_at is None


def test_a_damaged_update_on_the_server_keeps_nobody_from_fetching_the_others(
    shelf: Shelf, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    project_id = shelf.create(title="Here", text=SCRIPT).project_id
    save_project(shelf, project_id, server)
    (there,) = server_entries(server)
    other = Shelf(type(shelf.paths)(*(path / "other" for path in vars(shelf.paths).values())))
    whole = server.load(project_id)

    def damaged(project_id: UUID, since: Version | None = None) -> Received:
        raise DamagedUpdates([7], whole, "", "")

    monkeypatch.setattr(server, "load", damaged)
    entry = fetch_project(other, server, there)
    assert open_store(other, entry).text == SCRIPT
    assert "#7" in other.take_notices()[0]


def test_on_disk_is_not_said_of_what_the_disk_refuses_to_sync(tmp_path: Path) -> None:
    def refuse(descriptor: int) -> None:
        raise OSError(errno.EDQUOT, os.strerror(errno.EDQUOT))

    disk = Disk(sync=refuse, reserve_bytes=0, retry_after=0.01)
    journal, _ = Journal.open(tmp_path / "one.genko", create=True, disk=disk)
    journal.append(ProjectStore.create().snapshot())
    with pytest.raises(JournalError, match="quota"):
        must_be_on_disk(journal)
    journal.close(0.1)
