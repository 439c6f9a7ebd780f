"""A project's file that is damaged while it is open: memory has every word, so the new file gets them."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from core.journal import Journal
from core.workspace import ProjectSession, Shelf, open_store
from core.workspace.saving import Inbox

PAGE = 4096


def test_a_file_damaged_under_the_open_project_gets_every_word_again(shelf: Shelf) -> None:
    entry = shelf.create(title="Rain", text="PAGE 1 :\n" + "Rain on the roofs. " * 400)
    assert entry.path is not None
    inbox = Inbox()
    session = ProjectSession.open(shelf, entry.project_id, on_ui=inbox.put)
    try:
        for number in range(300):
            session.store.splice(0, 0, f"{number} ")
        assert session.journal.sync()
        overwrite(entry.path)
        other, found = Journal.open(entry.path)  # a second program finds it, and mends what it can
        assert found.damaged_copy is not None
        assert found.read < found.total or not found.blobs  # nothing at all could be read
        session.store.splice(0, 0, "after ")
        inbox.run_until(lambda: bool(shelf.take_notices()), 2)
        assert session.journal.flush()
        other.close()
        text = session.store.text
    finally:
        session.close()
    assert open_store(shelf, shelf.entry(entry.project_id)).text == text
    assert text.startswith("after 299 298 ")


def overwrite(path: Path) -> None:
    """Another process writes nonsense over most of the file and its log, in place.

    Not this one: closing a file would take SQLite's locks on it from the open journal.
    """
    for file in (path, path.with_name(f"{path.name}-wal")):
        count = (file.stat().st_size - PAGE) // 8
        code = f"import sys; f = open(sys.argv[1], 'r+b'); f.seek({PAGE}); f.write(b'nonsense' * {count})"
        subprocess.run([sys.executable, "-c", code, str(file)], check=True)
