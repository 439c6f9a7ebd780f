"""A file that a writer names never takes the place of one that came meanwhile."""

from __future__ import annotations

from pathlib import Path

import pytest

from core import atomic
from core.errors import UsageError
from core.outgoing import named_file


@pytest.mark.parametrize("replace", [False, True])
def test_what_comes_while_the_disk_takes_it_is_replaced_only_if_that_was_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, replace: bool
) -> None:
    target = tmp_path / "book.txt"
    sync_file = atomic.sync_file

    def slowly(descriptor: int) -> None:
        sync_file(descriptor)
        target.write_text("theirs")

    monkeypatch.setattr(atomic, "sync_file", slowly)

    def write() -> None:
        with named_file(target, replace=replace) as stream:
            stream.write(b"ours")

    if replace:
        write()
    else:
        with pytest.raises(UsageError, match="exists"):
            write()
    assert target.read_text() == ("ours" if replace else "theirs")
    assert [path.name for path in tmp_path.iterdir()] == ["book.txt"]
