"""A project's file that is none any more: what can be read is, the rest is set aside, and it is said."""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from core.workspace import Shelf
from tests.cli.conftest import Genko
from tests.faults.desk import Desk, is_said_unsafe
from tests.faults.saying import one_sentence


def text_file(path: Path) -> None:
    path.write_text("Dear diary, today I drew a cat.\n" * 200)


def empty(path: Path) -> None:
    path.write_bytes(b"")


def folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


def dangling(path: Path) -> None:
    path.unlink()
    path.symlink_to("nowhere")


RUIN = [text_file, empty, folder, dangling]


@pytest.mark.parametrize("ruin", RUIN)
def test_the_commands_say_one_sentence_and_keep_the_file_and_the_others(
    genko: Genko, shelf: Shelf, tmp_path: Path, ruin: Callable[[Path], None]
) -> None:
    bad = shelf.create(title="Bad", text="PAGE 1 :\n(Lost?)\n")
    shelf.create(title="Good", text="PAGE 1 :\n(Kept.)\n")
    assert bad.path is not None
    ruin(bad.path)
    before = bad.path.read_bytes() if bad.path.is_file() else b""
    listed = genko("projects")
    assert listed.status == 0
    assert "Good" in listed.out
    assert genko("export", "Good").out == "PAGE 1 :\n(Kept.)\n"
    for command in ("export", "stats", "rename"):
        one_sentence(genko(command, str(bad.project_id), *(["New"] if command == "rename" else [])))
    kept = [path.read_bytes() for path in bad.path.parent.iterdir() if path.is_file()]
    assert before in kept or not before
    for command in ("projects", "where", "doctor"):
        assert "Traceback" not in genko(command).err


def test_a_command_that_reads_around_damage_says_so_once(genko: Genko, home: Path) -> None:
    desk = Desk(home.parent)
    desk.write(" ".join(f"word{number}" for number in range(400)))
    desk.damage(random.Random(1), flips=3)
    first = genko("export", "Rain")
    assert first.status == 0
    assert re.search(r"^genko: .*damaged: \d+ of \d+ updates were recovered; .* kept as ", first.err)
    assert genko("export", "Rain").out == first.out


def test_control_an_undamaged_project_is_exported_without_a_word(genko: Genko, home: Path) -> None:
    desk = Desk(home.parent)
    desk.write(" ".join(f"word{number}" for number in range(400)))
    assert genko("export", "Rain").err == ""


@pytest.mark.parametrize("ruin", [text_file, pytest.param(empty, marks=pytest.mark.soak)])
def test_a_ruined_project_starts_empty_and_the_file_is_kept(
    tmp_path: Path, ruin: Callable[[Path], None]
) -> None:
    desk = Desk(tmp_path)
    path = desk.shelf.path_of(desk.project_id)
    ruin(path)
    before = path.read_bytes()
    with desk.start(str(desk.project_id)) as terminal:
        terminal.wait_for("held nothing")
        terminal.send("\r")
        terminal.wait_for(lambda screen: "held nothing" not in screen.text)
        terminal.send("<new")
        terminal.wait_for(lambda screen: "<new" in screen.text and not is_said_unsafe(terminal))
        terminal.kill()
    assert desk.typed() == "new"
    assert not before or before in [other.read_bytes() for other in path.parent.glob(f"{path.name}*")]
    assert desk.errors() == ""


def test_what_can_be_read_is_opened_with_how_many_of_how_many(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    desk.write(" ".join(f"word{number}" for number in range(400)))
    desk.damage(random.Random(1), flips=3)
    with desk.start(str(desk.project_id)) as terminal:
        terminal.wait_for("Recovered")
        terminal.wait_for(" of ")
        terminal.send("\r")
        terminal.wait_for(lambda screen: "Recovered" not in screen.text)
        terminal.send("<after ")
        terminal.wait_for("<after")
        terminal.send("\x11")
        terminal.wait_for("Quit")
        terminal.send("\t\r")
        terminal.wait_exit()
    assert desk.typed() == "after"
    assert desk.errors() == ""
