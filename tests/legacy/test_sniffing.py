"""Whose a file is, told by what is in it; and what is nobody's is nobody's, quickly."""

from __future__ import annotations

import gzip
import importlib
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from core.errors import IncomingError
from core.legacy.sniffing import MOST_LOOKED_THROUGH, READERS, Sample, reader_of
from tests.legacy import hub_lib

HEAVY = ("psycopg", "sqlalchemy", "alembic", "PIL", "pyrage", "obstore", "textual", "rich", "loro")


def test_every_reader_is_there_and_speaks_for_one_system() -> None:
    readers = [importlib.import_module(module).READER for module in READERS]
    systems = [reader.system for reader in readers]
    assert sorted(systems) == ["alami", "hublib", "json", "magikswipe", "mangaka"]


def test_telling_loads_nothing_heavy() -> None:
    imports = ", ".join(("core.legacy.sniffing", *READERS))
    program = f"import {imports}, sys; print(' '.join(sys.modules))"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    loaded = {module.split(".")[0] for module in done.stdout.split()}
    assert "core" in loaded
    assert not loaded & set(HEAVY)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\0" * 100,
        b"\x89PNG\r\n\x1a\n",
        b"PK\x03\x04",
        b"\x1f\x8b\x08",
        b"SQLite format 3\0" + b"\0" * 200,
        b"{",
        b"[[[[",
        b"null",
        b'{"tables": {"cats": []}}',
        gzip.compress(b"{}", mtime=0),
        gzip.compress(b"[1]", mtime=0)[:-9],
    ],
)
def test_what_is_nobodys_is_left_alone(tmp_path: Path, data: bytes) -> None:
    file = tmp_path / "hub-lib-export-2025-01-01.json"
    file.write_bytes(data)
    assert reader_of(file) is None


def test_what_is_neither_file_nor_folder_is_one_sentence(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "dead").symlink_to(tmp_path / "nothing")
    (tmp_path / "loop").symlink_to(tmp_path / "loop")
    for name in ("pipe", "dead", "loop", "none", "x" * 300, "a\0b"):
        with pytest.raises(IncomingError):
            reader_of(tmp_path / name)


def test_a_huge_file_is_not_looked_through(tmp_path: Path) -> None:
    file = tmp_path / "huge.json"
    with file.open("wb") as stream:
        stream.write(b'{"a": 1,')
        stream.truncate(MOST_LOOKED_THROUGH + 1)
    sample = Sample(file)
    assert sample.is_json
    assert sample.keys == {}


def test_keys_are_seen_however_late_they_stand(tmp_path: Path) -> None:
    file = tmp_path / "late.json"
    file.write_bytes(gzip.compress(json.dumps({"a": ["x" * 300_000], **hub_lib.shape("E")}).encode()))
    sample = Sample(file)
    assert "hub-lib-db-resources" in sample.keys
    assert sample.under("a") == {}
    reader = reader_of(file)
    assert reader is not None
    assert reader.system == "hublib"
