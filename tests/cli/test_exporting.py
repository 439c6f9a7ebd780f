"""`genko export`, `handoff` and `handoffs` on the command line."""

from __future__ import annotations

from pathlib import Path

import pytest

from core.workspace import ExportFormat
from tests.cli.conftest import Genko

SCRIPT = "PAGE 1\nPANEL 1\nMara est là.\nMARA (off): Qui est là ?\nSFX: BOUM\n"


@pytest.fixture
def script(tmp_path: Path, genko: Genko) -> Path:
    """A script that is a project, too."""
    path = tmp_path / "lampe.txt"
    path.write_text(SCRIPT, encoding="utf-8")
    assert genko("import", path, "--as", "Lampe", "--language", "fr").status == 0
    return path


@pytest.mark.parametrize("form", list(ExportFormat))
def test_each_format_can_be_written_to_a_file(
    genko: Genko, script: Path, tmp_path: Path, form: ExportFormat
) -> None:
    target = tmp_path / "out"
    ended = genko("export", "Lampe", "--format", form, "--to", target)
    assert (ended.status, ended.out) == (0, "")
    assert target.stat().st_size > 10
    refused = genko("export", "Lampe", "--format", form, "--to", target)
    assert (refused.status, target.stat().st_size) == (2, target.stat().st_size)


def test_the_ending_of_the_file_says_the_format(genko: Genko, script: Path, tmp_path: Path) -> None:
    starts = {
        "a.pdf": b"%PDF",
        "a.docx": b"PK",
        "a.fdx": b"<?xml",
        "a.md": b"# Lampe",
        "a.html": b"<!DOCTYPE",
        "a.xyz": b"PAGE",
    }
    for name, start in starts.items():
        assert genko("export", "Lampe", "--to", tmp_path / name).status == 0
        assert (tmp_path / name).read_bytes().startswith(start)


def test_a_file_goes_out_without_being_a_project(genko: Genko, script: Path) -> None:
    assert genko("export", script, "--format", "genko", "--language", "fr").out.startswith(
        "PAGE 1 :\n\nPANEL 1 :\n("
    )
    assert genko("export", script).out == SCRIPT
    assert genko("export", script, "--format", "json").status == 2
    assert genko("export", script, "--since", "last").status == 2


def test_a_hand_off_is_remembered_and_changes_are_told(genko: Genko, script: Path) -> None:
    assert "Nothing" in genko("handoffs", "Lampe").out
    assert genko("export", "Lampe", "--since", "last").status == 1
    made = genko("handoff", "Lampe", "--to", "letterer", "--note", "premier jet", "--json").json()
    assert made["to"] == "letterer"
    assert genko("handoffs", "Lampe", "--json").json() == [made]
    assert "premier jet" in genko("handoffs", "Lampe").out
    told = genko("export", "Lampe", "--since", "letterer")
    assert (told.status, told.out.count("\n")) == (0, 1)
    assert genko("export", "Lampe", "--since", made["id"][:8], "--format", "pdf").status == 2


def test_what_a_format_cannot_hold_is_told_on_stderr(genko: Genko, tmp_path: Path) -> None:
    path = tmp_path / "smile.txt"
    path.write_text("PAGE 1\nMARA: \U0001f600 yes\n", encoding="utf-8")
    ended = genko("export", path, "--to", tmp_path / "smile.pdf")
    assert ended.status == 0
    assert "U+1F600" in ended.err
