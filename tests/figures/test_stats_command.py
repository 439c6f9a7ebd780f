"""`genko stats` tells people and programs what there is."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Genko, genko, home
from tests.figures.scripts import ENGLISH, JAPANESE

__all__ = ["genko", "home"]


@pytest.fixture
def script(tmp_path: Path) -> Path:
    """A script in a file."""
    file = tmp_path / "ferry.txt"
    file.write_text(ENGLISH, encoding="utf-8")
    return file


def test_people_see_speakers_places_and_the_longest_balloons(genko: Genko, script: Path) -> None:
    ended = genko("stats", script)
    assert ended.status == 0
    lines = ended.out.splitlines()
    assert ["pages", "4"] in [line.split() for line in lines]
    assert "panels  █▆▃  1–3 a page" in lines
    assert any(line.split() == ["MARA", "3", "15", "2", "1.1", "2–3.2"] for line in lines)
    assert any(line.split() == ["HARBOUR", "2", "3", "1"] for line in lines)
    assert any(
        line.startswith("MARA") and line.endswith("You never told me it would be cold.") for line in lines
    )


def test_programs_get_the_lists_of_a_project_as_of_its_file(genko: Genko, script: Path) -> None:
    genko("import", script, "--as", "Ferry")
    found = genko("stats", "Ferry", "--json").json()
    assert found == genko("stats", script, "--json").json()
    assert [one["name"] for one in found["speakers"]] == ["MARA", "JOSS"]
    assert {"speakers", "per_page", "places", "longest"} <= found.keys()


def test_japanese_is_told_in_characters(genko: Genko, tmp_path: Path) -> None:
    file = tmp_path / "umi.txt"
    file.write_text(JAPANESE, encoding="utf-8")
    out = genko("stats", file).out
    assert "characters" in next(line for line in out.splitlines() if line.startswith("speaker"))
