"""Archives whose drafts are not what they say: refused, and nothing comes of them."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from core.backup.archive import open_archive
from core.backup.archive.errors import ArchiveDamaged
from core.backup.exporting import create
from core.backup.exporting.settings import is_own_file
from core.backup.importing import ImportRefusedError, plan_import
from core.backup.work import Work
from core.drafts import Drafts
from core.workspace import Shelf
from tests.backup.archive.forging import forged, members_of
from tests.backup.drafts.making import draft
from tests.backup.exporting.making import project, wishes
from tests.workspace.conftest import paths_in

Json = dict[str, Any]


@pytest.fixture(scope="module")
def members(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """Of a backup with a project and a draft; made once, changed by nobody."""
    folder = tmp_path_factory.mktemp("members")
    shelf = Shelf(paths_in(folder))
    project(shelf)
    draft(Drafts(shelf.paths))
    made = create(shelf, wishes(folder / "x.genko-backup"))
    assert made.path is not None
    return members_of(made.path.read_bytes())


def verified(path: Path, data: bytes) -> Path:
    """Write it and have it verified."""
    path.write_bytes(data)
    with open_archive(path, work=Work()) as archive:
        archive.verify()
    return path


def the_document(members: dict[str, bytes]) -> str:
    """The name of the draft's document."""
    return next(name for name in members if name.startswith("drafts/"))


def renamed(old: str, new: str) -> Callable[[Json], object]:
    """A change of a file's name in the manifest."""

    def change(manifest: Json) -> None:
        for part in manifest["files"]:
            part["name"] = new if part["name"] == old else part["name"]

    return change


def test_control_the_same_members_are_taken(members: dict[str, bytes], tmp_path: Path) -> None:
    path = verified(tmp_path / "x.genko-backup", forged(members))
    with zipfile.ZipFile(path) as packed:
        assert set(packed.namelist()) == set(members)


@pytest.mark.parametrize(
    "name",
    [
        "drafts/00000000-0000-4000-8000-000000000000.loro",
        "drafts/whale.loro",
        "drafts/00000000-0000-4000-8000-000000000000.loro.txt",
    ],
)
def test_a_document_of_no_draft(members: dict[str, bytes], tmp_path: Path, name: str) -> None:
    old = the_document(members)
    moved = {name if key == old else key: data for key, data in members.items()}
    manifest = json.loads(moved["MANIFEST.json"])
    renamed(old, name)(manifest)
    moved["MANIFEST.json"] = json.dumps(manifest).encode()
    with pytest.raises(ArchiveDamaged):
        verified(tmp_path / "x.genko-backup", forged(moved))


def _no_drafts(manifest: Json) -> None:
    del manifest["drafts"]


def _older(manifest: Json) -> None:
    manifest["format_version"] = [1, 0]


def _older_without_the_list(manifest: Json) -> None:
    manifest["format_version"] = [1, 0]
    del manifest["drafts"]


def _another_name(manifest: Json) -> None:
    manifest["drafts"][0]["title"] = "Another"


def _twice(manifest: Json) -> None:
    manifest["drafts"] *= 2


def _a_projects_id(manifest: Json) -> None:
    manifest["drafts"][0]["id"] = manifest["projects"][0]["id"]


@pytest.mark.parametrize(
    "change", [_no_drafts, _older, _older_without_the_list, _another_name, _twice, _a_projects_id]
)
def test_a_manifest_that_says_other_things(
    members: dict[str, bytes], tmp_path: Path, change: Callable[[Json], object]
) -> None:
    with pytest.raises(ArchiveDamaged):
        verified(tmp_path / "x.genko-backup", forged(members, change))


def test_lines_of_a_draft_among_those_of_projects(members: dict[str, bytes], tmp_path: Path) -> None:
    for there, here in (("draft_media", "pictures"), ("assets", "characters")):
        moved = {**members, f"data/{here}.jsonl": members[f"data/{there}.jsonl"]}
        with pytest.raises(ArchiveDamaged, match="not in the archive"):
            verified(tmp_path / "x.genko-backup", forged(moved))


def test_a_cut_document(members: dict[str, bytes], tmp_path: Path) -> None:
    name = the_document(members)
    with pytest.raises(ArchiveDamaged, match="cut off"):
        verified(tmp_path / "x.genko-backup", forged({**members, name: members[name][:-1]}))


def test_what_is_called_a_draft_and_is_a_project_by_its_document(
    members: dict[str, bytes], tmp_path: Path, other_shelf: Shelf, other_drafts: Drafts
) -> None:
    book = next(data for name, data in members.items() if name.startswith("documents/"))
    path = verified(tmp_path / "x.genko-backup", forged({**members, the_document(members): book}))
    with pytest.raises(ImportRefusedError, match="is none by its document"):
        plan_import(other_shelf, path)
    assert not other_drafts.list()


def test_only_themes_have_a_place_beside_the_settings() -> None:
    assert is_own_file("themes/mine.toml"), "control"
    for name in (
        *("themes/../settings.toml", "themes/a/b.toml", "/themes/a.toml", "themes/.toml", "themes/a.toml\n"),
        *("backup-keys.toml", "media-keys.toml", "themes/a.txt", "themes\\a.toml"),
    ):
        assert not is_own_file(name)
