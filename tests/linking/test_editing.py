"""A script lent to an editor comes home whole: nothing lost, nothing made up, failures said."""

from __future__ import annotations

import stat
from pathlib import Path
from uuid import uuid4

import pytest

from core.paths import Paths
from core.story import apply_edits
from core.workspace.editing import (
    EditingError,
    Lent,
    Ran,
    brought_home,
    editor_command,
    left_over,
    lend,
    put_away,
    run_editor,
    take_back,
)

SCRIPT = "PAGE 1 :\n\nMIKA : Run.\n\nPAGE 2 :\n\nMIKA : Wait.\n"
FINE = Ran(0)


@pytest.fixture
def paths(tmp_path: Path) -> Paths:
    return Paths(tmp_path / "data", tmp_path / "config", tmp_path / "logs", tmp_path / "state")


@pytest.fixture
def lent(paths: Paths) -> Lent:
    return lend(paths, uuid4(), SCRIPT, name="Rain / über")


def test_only_the_writer_can_read_what_is_lent(lent: Lent) -> None:
    assert stat.S_IMODE(lent.path.stat().st_mode) == 0o600
    assert stat.S_IMODE(lent.path.parent.stat().st_mode) == 0o700
    assert lent.path.name == "rain-über.txt"
    put_away(lent)
    assert not lent.path.parent.exists()


@pytest.mark.parametrize("back", [SCRIPT, SCRIPT + "\n", SCRIPT[:-1], SCRIPT.replace("\n", "\r\n")])
def test_the_line_breaks_of_an_editor_are_no_edit(lent: Lent, back: str) -> None:
    lent.path.write_bytes(back.encode())
    changed = back == SCRIPT + "\n"  # here the writer's own text ends in a line break: another is a line
    assert (take_back(lent, FINE) is not None) == changed


def test_a_text_without_a_last_line_break_gets_none(paths: Paths) -> None:
    lent = lend(paths, uuid4(), SCRIPT[:-1], name="a")
    lent.path.write_text(SCRIPT)
    assert take_back(lent, FINE) is None
    lent.path.write_text(SCRIPT + "AYA : Stop.\n")
    assert take_back(lent, FINE) == SCRIPT + "AYA : Stop."


def test_a_page_comes_home_into_its_place_whatever_came_meanwhile(paths: Paths) -> None:
    end = SCRIPT.index("PAGE 2")
    lent = lend(paths, uuid4(), SCRIPT, name="page 1", part=(0, end))
    assert lent.path.read_text() == SCRIPT[:end]
    lent.path.write_text(SCRIPT[: end - 1].replace("Run.", "Run now."))
    wanted = take_back(lent, FINE)
    assert wanted is not None
    ours = "TITLE : Rain\n" + SCRIPT.replace("Wait.", "Wait for me.")
    home = apply_edits(ours, brought_home(lent, wanted, ours))
    assert "Run now." in home
    assert "Wait for me." in home
    assert home.startswith("TITLE : Rain\n")


@pytest.mark.parametrize(
    ("ran", "said"),
    [(Ran(1), "status 1"), (Ran(-9), "signal 9"), (Ran(127), "no such command"), (Ran(None, "gone"), "gone")],
)
def test_what_a_failed_editor_wrote_is_kept_and_its_path_is_told(lent: Lent, ran: Ran, said: str) -> None:
    lent.path.write_text(SCRIPT + "AYA : Stop.\n")
    with pytest.raises(EditingError, match=said) as caught:
        take_back(lent, ran)
    assert str(lent.path) in str(caught.value)
    assert "AYA" in lent.path.read_text()


def test_a_failed_editor_that_wrote_nothing_leaves_nothing(lent: Lent) -> None:
    with pytest.raises(EditingError, match="Nothing was changed"):
        take_back(lent, Ran(1))
    assert not lent.path.exists()


def test_what_is_no_text_is_refused_and_kept(lent: Lent) -> None:
    lent.path.write_bytes(SCRIPT.encode() + b"\xe9t\xe9\n")
    with pytest.raises(EditingError, match="UTF-8") as caught:
        take_back(lent, FINE)
    assert str(lent.path) in str(caught.value)
    lent.path.unlink()
    with pytest.raises(EditingError, match="took the file away"):
        take_back(lent, FINE)


def test_words_lent_by_a_program_that_died_are_found_again(paths: Paths) -> None:
    project = uuid4()
    lost, same, running = (lend(paths, project, SCRIPT, name=name) for name in ("lost", "same", "running"))
    for lent in (lost, same):
        about = lent.path.parent / ".lent"
        about.write_bytes(about.read_bytes().replace(b'"pid":', b'"pid":99999999,"old":'))
    lost.path.write_text(SCRIPT + "AYA : Stop.\n")
    assert left_over(paths, project) == [lost.path]
    assert not same.path.exists()
    assert running.path.exists()


def test_the_editor_is_the_writers_own(tmp_path: Path) -> None:
    assert editor_command({"VISUAL": "kak", "EDITOR": "ed"}) == ["kak"]
    assert editor_command({"EDITOR": "ed"}) == ["ed"]
    (tmp_path / "vi").write_text("")
    (tmp_path / "vi").chmod(0o755)
    assert editor_command({"VISUAL": " ", "PATH": str(tmp_path)}) == ["vi"]
    with pytest.raises(EditingError, match="EDITOR"):
        editor_command({"PATH": "/nowhere"})


def test_an_editor_may_have_options_and_spaces_in_its_name(tmp_path: Path, lent: Lent) -> None:
    script = tmp_path / "my editor"
    script.write_text('#!/bin/sh\nprintf "%s" "$1" > "$2"\n')
    script.chmod(0o755)
    assert run_editor(editor_command({"EDITOR": f"'{script}' word"}), lent.path) == FINE
    assert lent.path.read_text() == "word"
    assert run_editor(["/nowhere/at/all"], lent.path).status is None
