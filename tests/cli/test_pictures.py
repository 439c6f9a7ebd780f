"""`genko pictures` tells the truth: what was added, what was refused, what is missing, what is unused."""

from __future__ import annotations

from pathlib import Path

from core.workspace import Shelf
from tests.cli.conftest import Genko
from tests.media.making import noise


def test_pictures_are_added_listed_and_what_is_wrong_is_said(
    genko: Genko, shelf: Shelf, tmp_path: Path
) -> None:
    project = shelf.create(title="Night").project_id
    assert genko("pictures", "Night").out == "No pictures.\n"
    folder = tmp_path / "pictures"
    folder.mkdir()
    noise(folder / "one.png")
    noise(folder / "two.jpg", seed=2)
    (folder / "three.png").write_text("<svg onload='x'/>")
    added = genko("pictures", "Night", "--add", folder, folder / "one.png")
    assert added.status == 1
    assert "three.png is SVG" in added.err
    assert "2 pictures added. 1 file had come before." in added.err
    listed = genko("pictures", "Night", "--json").json()
    assert {(one["name"], one["width"], one["damaged"], *one["used_by"]) for one in listed} == {
        ("one.png", 60, False),
        ("two.jpg", 60, False),
    }
    assert genko("pictures", "Night", "--missing").status == 0
    assert len(genko("pictures", "Night", "--unused", "--json").json()) == 2
    Path(listed[0]["path"]).unlink()
    Path(listed[1]["path"]).write_bytes(b"other bytes")
    missing = genko("pictures", "Night", "--missing")
    assert missing.status == 1
    assert "not on this machine" in missing.out
    assert "damaged" in missing.out
    assert sorted(path.name for path in shelf.media_of(project).iterdir()) == [Path(listed[1]["path"]).name]
