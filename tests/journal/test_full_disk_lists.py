"""Lists tell what a file says where the disk has no room for the memory that readers of a log share."""

from __future__ import annotations

from pathlib import Path

import pytest

from core.errors import JournalError
from core.journal import make_file, read_facts


def test_what_is_there_is_told_where_there_is_no_room_for_shared_memory(tmp_path: Path) -> None:
    path = tmp_path / "one.genko"
    assert make_file(path, [b"words"], facts={"title": "Été"})
    path.with_name("one.genko-wal").touch()  # the writer's log, which a full disk leaves behind
    path.with_name("one.genko-shm").mkdir()  # nothing can be put there, as on a full disk
    assert read_facts(path)["title"] == "Été"
    path.write_bytes(b"no file of ours" * 1000)
    with pytest.raises(JournalError):
        read_facts(path)
