"""Files come in and go out byte for byte; opening one twice finds its project and merges what changed."""

from __future__ import annotations

from pathlib import Path

import pytest

from core.errors import UsageError
from core.workspace import ExportFormat, Shelf, export, import_file, open_file, open_store, write_file

SCRIPT = "PAGE 1 :\n\nPANEL 1 :\n(Rain.)\n"


@pytest.mark.parametrize(
    "data",
    [
        SCRIPT.encode(),
        SCRIPT.replace("\n", "\r\n").encode("utf-8-sig"),
        "PAGE 1\nA\x0cB\x85C\u2028D\n".encode(),
        SCRIPT.encode("utf-16"),
        b"",
        b"PAGE 1\r\r\nA\rB\nC\r\n\nD\n\r",
    ],
    ids=["plain", "crlf-bom", "form-feed", "utf-16", "empty", "mixed-ends"],
)
def test_an_untouched_file_goes_out_as_it_came(shelf: Shelf, tmp_path: Path, data: bytes) -> None:
    source = tmp_path / "script.txt"
    source.write_bytes(data)
    entry, _ = import_file(shelf, source)
    assert export(shelf, entry, ExportFormat.TXT) == data


def test_opening_a_file_twice_finds_the_same_project(shelf: Shelf, tmp_path: Path) -> None:
    source = tmp_path / "rain.txt"
    source.write_text(SCRIPT)
    first = open_file(shelf, source)
    second = open_file(shelf, tmp_path / "." / "rain.txt")
    assert first.created
    assert not second.created
    assert not second.merged
    assert first.entry.project_id == second.entry.project_id
    assert len(shelf.list()) == 1


def test_what_changed_in_the_file_is_merged_with_what_was_written_here(shelf: Shelf, tmp_path: Path) -> None:
    source = tmp_path / "rain.txt"
    source.write_text(SCRIPT)
    entry = open_file(shelf, source).entry
    store = open_store(shelf, entry)
    before = store.version
    store.splice(store.text_length, 0, "MIKA : Here.\n")
    from core.journal import Journal

    journal, _ = Journal.open(shelf.path_of(entry.project_id))
    journal.append(store.updates_since(before))
    journal.close()
    source.write_text("TITLE : Rain\n\n" + SCRIPT)
    assert open_file(shelf, source).merged
    assert open_store(shelf, entry).text == "TITLE : Rain\n\n" + SCRIPT + "MIKA : Here.\n"
    source.write_text("TITLE : Rain\n\n" + SCRIPT.replace("Rain.", "Snow."))
    assert open_file(shelf, source).merged
    assert (
        open_store(shelf, entry).text
        == "TITLE : Rain\n\n" + SCRIPT.replace("Rain.", "Snow.") + "MIKA : Here.\n"
    )
    assert not open_file(shelf, source).merged


def test_a_file_is_never_written_unasked(shelf: Shelf, tmp_path: Path) -> None:
    source = tmp_path / "rain.txt"
    source.write_text(SCRIPT)
    source.chmod(0o400)
    stamp = source.stat()
    entry = open_file(shelf, source).entry
    shelf.rename(entry.project_id, "Other")
    assert source.stat() == stamp
    with pytest.raises(UsageError, match="exists"):
        write_file(source, b"new")
    assert source.read_text() == SCRIPT


def test_a_written_file_is_whole(tmp_path: Path) -> None:
    target = tmp_path / "out.txt"
    write_file(target, b"one")
    write_file(target, b"two", replace=True)
    assert target.read_bytes() == b"two"
    assert [path.name for path in tmp_path.iterdir()] == ["out.txt"]
    with pytest.raises(UsageError, match="folder"):
        write_file(tmp_path, b"x")
