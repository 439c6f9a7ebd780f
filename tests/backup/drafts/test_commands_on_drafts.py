"""Drafts in `genko backup`, as it is called from a shell."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from core.drafts import Drafts
from core.workspace import Shelf
from tests.backup.drafts.making import draft
from tests.backup.exporting.making import project
from tui.cli.parser import run_command

Capture = pytest.CaptureFixture[str]


def test_drafts_by_name_are_counted_apart_and_come_in(
    shelf: Shelf,
    other_shelf: Shelf,
    drafts: Drafts,
    other_drafts: Drafts,
    folder: Path,
    capsys: Capture,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("GENKO_HOME", str(shelf.paths.data.parent))
    project(shelf)
    one = draft(drafts)
    draft(drafts, "Other")
    make = ["backup", "create", "--no-server", "--to", str(folder)]
    assert run_command(["backup", "estimate"]) == 0
    assert "1 project, 2 drafts" in capsys.readouterr().out
    assert run_command([*make, "--library", "--draft", "ocean-red-bleu"]) == 2
    assert run_command([*make, "--draft", "nothing like it"]) != 0
    capsys.readouterr()
    assert run_command([*make, "--draft", "ocean-red-bleu", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["projects"] == []
    assert told["drafts"] == [{"id": str(one), "name": "Océan [red]bleu", "assets": 2}]
    monkeypatch.setenv("GENKO_HOME", str(other_shelf.paths.data.parent))
    assert run_command(["backup", "plan", told["path"]]) == 0
    said = capsys.readouterr().out
    assert "Brings 1 new draft" in said
    assert "Océan [red]bleu: new draft" in said
    assert run_command(["backup", "import", told["path"], "--yes", "--no-server"]) == 0
    assert "1 draft:" in capsys.readouterr().out
    assert [entry.draft_id for entry in other_drafts.list()] == [one]
