"""A document of JSON is read back before it counts, and says which page is which and what was thrown away."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from core.backup.exporting import create_json
from core.backup.exporting.as_json import _Compared
from core.backup.exporting.wishes import CreateWishes
from core.backup.hierarchy.reading import read_hierarchy
from core.backup.hierarchy.writing import write_hierarchy
from core.backup.importing.reading.states import state_of
from core.backup.work import Step, Work
from core.content import Content
from core.errors import GenkoError
from core.workspace import Shelf
from core.workspace.files import open_store
from tests.backup.exporting.making import project


@pytest.mark.parametrize("name", ["all.json", "all.json.gz"])
def test_pages_keep_their_keys_and_the_trash_is_known(shelf: Shelf, folder: Path, name: str) -> None:
    one = project(shelf)
    shelf.trash(one)
    told: list[Step] = []
    create_json(shelf, CreateWishes(folder / name), work=Work(told.append))
    (found,) = read_hierarchy(folder / name, work=Work()).projects
    assert found.trashed_at == shelf.entry(one).trashed_at
    assert found.page_keys == tuple(page.key for page in state_of(open_store(shelf, shelf.entry(one))).pages)
    assert len(found.page_keys) == 3
    assert "reading back" in [step.what for step in told]


def test_what_is_not_what_was_written_does_not_count(tmp_path: Path) -> None:
    at = datetime(2026, 11, 21, 9, tzinfo=UTC)
    said = Content("a", "A", script="PAGE 1\nRain.", page_keys=("k",), edited_at=at)
    for wrong in (None, Content("a", "A", script="PAGE 1\nRain.", page_keys=("other",), edited_at=at)):
        with (tmp_path / "x").open("w+b") as stream:
            projects = _Compared(iter([said]))
            written = list(projects)
            write_hierarchy(
                stream, [wrong] if wrong else written, work=Work(), at=at, app_version="1", packed=False
            )
            if wrong is None:
                projects.read_back(stream, Work())
                continue
            with pytest.raises(GenkoError, match="does not say"):
                projects.read_back(stream, Work())
            stream.truncate(100)
            with pytest.raises(GenkoError):
                projects.read_back(stream, Work())
