"""Files that are no scripts, or scripts in odd bytes, through the commands a writer types."""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from core.errors import GenkoError
from core.workspace import Shelf, open_store
from tests.cli.conftest import Genko
from tests.faults.saying import one_sentence
from tui.launch import find

FRENCH = "PAGE 1 :\n\nPANEL 1 :\n(Une fenêtre éclairée, très haut ; l’été touche à sa fin.)\nINÈS : Où ?\n"


def huge(folder: Path) -> Path:
    path = folder / "huge.txt"
    with path.open("wb") as stream:
        stream.truncate(200_000_000)
    return path


def binary(folder: Path) -> Path:
    path = folder / "picture.txt"
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20)
    return path


def noise(folder: Path) -> Path:
    path = folder / "noise.txt"
    path.write_bytes(bytes(range(256)) * 200)
    return path


def fifo(folder: Path) -> Path:
    os.mkfifo(folder / "pipe")
    return folder / "pipe"


def looping(folder: Path) -> Path:
    (folder / "loop").symlink_to(folder / "loop")
    return folder / "loop"


BAD: list[tuple[Callable[[Path], Path], str]] = [
    (huge, "200 MB"),
    (binary, "PNG"),
    (noise, "not a text"),
    (lambda folder: folder, "is a folder|No script was found in"),
    (lambda folder: folder / "missing.txt", "no (such )?file"),
    (lambda folder: folder / ("x" * 300), "can't be read|no such file"),
    (fifo, "is a pipe"),
    (lambda _: Path("/dev/zero"), "is a device"),
    (looping, "can't be read"),
]


@pytest.mark.parametrize(("make", "said"), BAD)
def test_what_is_no_script_is_one_sentence_and_nothing_is_made(
    genko: Genko, shelf: Shelf, tmp_path: Path, make: Callable[[Path], Path], said: str
) -> None:
    path = make(tmp_path)
    for command in ("import", "stats"):
        assert re.search(said, one_sentence(genko(command, path)))
    with pytest.raises(GenkoError, match=said) as refusal:
        find(shelf, str(path))  # what `genko open` does before it takes the screen
    assert "\n" not in str(refusal.value)
    assert shelf.list() == []


def test_a_name_too_long_for_a_file_is_only_an_unknown_project(genko: Genko) -> None:
    for command in ("stats", "export", "open"):
        one_sentence(genko(command, "y" * 3000))


@pytest.mark.parametrize(
    "data",
    [
        b"PAGE 1 :\r\n\r\nPANEL 1 :\r\n(Rain.)\r\n",
        "\ufeffPAGE 1 :\n(Rain.)\n".encode(),
        "PAGE 1 :\n(a\fb\x0bc\x85d\u2028e\u2029f)\n\f".encode(),
        b"PAGE 1 :\r\n(mixed)\nends\r\n",
        b"PAGE 1 :\r(of old)\r",
        FRENCH.encode("utf-16"),
        FRENCH.replace("’", "'").encode("latin-1"),
        b"no line end",
        b"\n\n\n",
        b"",
    ],
    ids=["crlf", "bom", "form-feeds", "mixed", "cr", "utf-16", "latin-1", "no-end", "blank", "empty"],
)
def test_a_file_comes_back_byte_for_byte(genko: Genko, tmp_path: Path, data: bytes) -> None:
    source, target = tmp_path / "in.txt", tmp_path / "out.txt"
    source.write_bytes(data)
    assert genko("import", source, "--as", "Odd").status == 0
    assert genko("export", "Odd", "--to", target).status == 0
    assert target.read_bytes() == data


def test_another_encoding_is_stated_and_others_are_offered(
    genko: Genko, shelf: Shelf, tmp_path: Path
) -> None:
    source = tmp_path / "windows.txt"
    source.write_bytes(FRENCH.encode("cp1252"))
    guessed = genko("import", source, "--as", "Guessed")
    assert guessed.status == 0
    assert "read as cp1252" in guessed.err
    assert "would also read as" in guessed.err
    told = genko("import", source, "--as", "Told", "--encoding", "mac_roman", "--json")
    assert told.json()[0]["encoding"] == "mac-roman"
    assert open_store(shelf, shelf.find("Guessed")).text == FRENCH
    assert "fenÍtre" in open_store(shelf, shelf.find("Told")).text


def test_an_unknown_or_wrong_encoding_is_one_sentence(genko: Genko, tmp_path: Path, shelf: Shelf) -> None:
    source = tmp_path / "windows.txt"
    source.write_bytes(FRENCH.encode("cp1252"))
    assert "klingon" in one_sentence(genko("import", source, "--encoding", "klingon"))
    assert "utf-8" in one_sentence(genko("import", source, "--encoding", "utf-8"))
    assert shelf.list() == []


def test_characters_that_no_database_holds_are_replaced_visibly(genko: Genko, tmp_path: Path) -> None:
    source = tmp_path / "nul.txt"
    source.write_text("PAGE 1 :\n(a\0b.)\n" + "MIKA : Not a binary for one byte.\n" * 9)
    ended = genko("import", source, "--as", "Nul")
    assert ended.status == 0
    assert "NUL" in ended.err
    assert "a␀b" in genko("export", "Nul").out


@pytest.mark.parametrize(
    "title", ["AC/DC ../../etc/passwd", "🐙👩‍👩‍👧‍👦 猫", "x" * 300, "..", ".hack//SIGN", "-", "%s\\n{0}", "ﷺ"]
)
def test_any_title_is_only_a_title(genko: Genko, shelf: Shelf, tmp_path: Path, title: str) -> None:
    source = tmp_path / "in.txt"
    source.write_text("PAGE 1 :\n")
    assert genko("import", source, f"--as={title}").status == 0
    assert [entry.title for entry in shelf.list()] == [title]
    assert genko("stats", "--", title).status == 0
    assert title == ".." or find(shelf, title) == shelf.list()[0].project_id
    assert sorted(path.name for path in tmp_path.iterdir()) == ["home", "in.txt"]


def test_a_title_that_is_too_long_is_refused_before_anything_is_made(
    genko: Genko, shelf: Shelf, tmp_path: Path
) -> None:
    source = tmp_path / "in.txt"
    source.write_text("PAGE 1 :\n")
    assert "300 characters" in one_sentence(genko("import", source, "--as", "x" * 301), 2)
    assert shelf.list() == []


def test_opening_a_file_that_changed_or_was_guessed_says_so(shelf: Shelf, tmp_path: Path) -> None:
    path = tmp_path / "rain.txt"
    path.write_text("PAGE 1 :\n")
    find(shelf, str(path))
    assert shelf.take_notices() == []
    path.write_text("PAGE 1 :\n\nPANEL 1 :\n")
    find(shelf, str(path))
    assert shelf.take_notices() == [
        "rain.txt had changed since it was last read; its changes are in the project now."
    ]
    old = tmp_path / "old.txt"
    old.write_bytes("ÉLÉONORE : Où ça ?\n".encode("cp1252"))
    find(shelf, str(old))
    assert "cp1252" in shelf.take_notices()[0]
