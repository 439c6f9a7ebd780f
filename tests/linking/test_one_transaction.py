"""An update and the facts that tell of it are in the file together or not at all."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from core.journal import Journal

PROGRAM = """
import os, sys
from pathlib import Path
from core.journal import notebook, Journal
journal, _ = Journal.open(Path(sys.argv[1]), create=True)
journal.append(b"one", facts={"at": "1"}).wait(60)
whole = notebook.write_fact
def deadly(connection, key, value, at=None):
    whole(connection, key, value, at)
    os._exit(9)
notebook.write_fact = deadly
if sys.argv[2] == "together":
    journal.append(b"two", facts={"at": "2"}).wait(60)
else:
    journal.append(b"two").wait(60)
    journal.put("at", "2").wait(60)
"""


@pytest.mark.parametrize("way", ["together", "apart"])
def test_a_kill_in_the_middle_leaves_both_or_neither(tmp_path: Path, way: str) -> None:
    path = tmp_path / "a.genko"
    done = subprocess.run([sys.executable, "-c", PROGRAM, str(path), way], check=False)
    assert done.returncode == 9
    journal, recovered = Journal.open(path)
    try:
        agree = (len(recovered.blobs), journal.get("at")) == (1, "1")
        assert agree is (way == "together")  # the control: apart, the update is there without its fact
    finally:
        journal.close()


def test_what_came_together_is_read_together(tmp_path: Path) -> None:
    path = tmp_path / "a.genko"
    first, _ = Journal.open(path, create=True)
    second, _ = Journal.open(path)
    assert first.append(b"one", facts={"a": "1", "b": "2"}).wait(60)
    assert first.put_all({"a": "3", "b": None}).wait(60)
    assert second.poll() == [b"one"]
    assert (second.get("a"), second.get("b")) == ("3", None)
    first.close()
    second.close()
    with sqlite3.connect(path) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
