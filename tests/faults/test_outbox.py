"""A save is a row of the outbox, in the file, before anything of it is sent."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

import pytest

from core.server import Brought, SavePackage, Saver, SaveResult, Server
from core.workspace import ProjectSession, ServerState, Shelf, saveloop
from core.workspace.saving import Inbox
from tests.patience import PATIENCE
from tests.workspace.conftest import conninfo, postgres18, server, template18

__all__ = ["conninfo", "postgres18", "server", "template18"]


def test_the_row_is_in_the_file_when_the_first_byte_is_sent(
    shelf: Shelf, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    entry = shelf.create(title="Rain", text="PAGE 1 :\n")
    assert entry.path is not None
    found: list[int] = []
    save = Saver.save

    def looked_at(self: Saver, package: SavePackage, brought: Sequence[Brought] = ()) -> SaveResult:
        found.append(outbox_rows(entry.path))
        return save(self, package, brought)

    monkeypatch.setattr(Saver, "save", looked_at)
    monkeypatch.setattr(saveloop, "OUTBOX_SECONDS", PATIENCE)  # a busy disk takes longer than a save waits
    inbox = Inbox()
    session = ProjectSession.open(shelf, entry.project_id, on_ui=inbox.put, server=server)
    try:
        for number in range(5):
            session.store.splice(0, 0, f"{number} ")
            session.request_save()
            assert inbox.run_until(lambda: session.status.server is ServerState.SAVED, PATIENCE)
        assert found == [1] * 5
    finally:
        session.close()
    assert outbox_rows(entry.path) == 0


def outbox_rows(path: Path | None) -> int:
    with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as file:
        return int(file.execute("SELECT count(*) FROM outbox").fetchone()[0])
