"""`genko rename-character`: what it says and what it does are the same."""

from __future__ import annotations

from core.workspace import Shelf, open_store
from tests.cli.conftest import Genko

TEXT = "PAGE 1 :\n\nPANEL 1 :\n(Akira waits.)\nAKIRA : Hm.\nYUKI : Akira?\n"


def test_a_dry_run_changes_nothing_and_the_real_one_what_it_said(genko: Genko, shelf: Shelf) -> None:
    entry = shelf.create(title="Night", text=TEXT)
    said = genko("rename-character", "Night", "akira", "Ken", "--dry-run", "--json").json()
    assert said["cues"] == [{"line": 5, "column": 1, "old": "AKIRA", "new": "KEN"}]
    assert (len(said["mentions"]), said["changed"], said["merges_with_cues"]) == (2, False, 0)
    assert open_store(shelf, entry).text == TEXT
    assert "1 cue renamed." in genko("rename-character", "Night", "akira", "Ken").out
    assert open_store(shelf, entry).text == TEXT.replace("AKIRA", "KEN")
    assert (
        genko("rename-character", "Night", "ken", "Yuki", "--dry-run", "--json").json()["merges_with_cues"]
        == 1
    )


def test_nobody_and_no_name_are_errors(genko: Genko, shelf: Shelf) -> None:
    entry = shelf.create(title="Night", text=TEXT)
    assert genko("rename-character", "Night", "Bo", "Ken").status == 1
    assert genko("rename-character", "Night", "Akira", "PAGE 3").status == 2
    assert open_store(shelf, entry).text == TEXT
