"""Lists tell what a file says where the disk has no room for the memory that readers of a log share."""

from __future__ import annotations

import resource
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from core.errors import JournalError
from core.journal import make_file, read_facts


@contextmanager
def no_room() -> Iterator[None]:
    """No file of this process may grow beyond a few bytes."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (3, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def test_what_is_there_is_told_where_there_is_no_room_for_shared_memory(tmp_path: Path) -> None:
    path = tmp_path / "one.genko"
    assert make_file(path, [b"words"], facts={"title": "Été"})
    path.with_name("one.genko-wal").touch()  # a writer's log, which a full disk leaves behind
    with no_room():
        assert read_facts(path)["title"] == "Été"
    path.write_bytes(path.read_bytes()[:100])
    with no_room(), pytest.raises(JournalError):
        read_facts(path)
