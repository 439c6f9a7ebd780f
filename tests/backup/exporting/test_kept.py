"""Other programs' data that waits for its place goes with the whole library, and comes back once."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest

from core.backup.archive import ArchiveDamaged, open_archive
from core.backup.exporting import Made, content_id_of, create, estimate
from core.backup.exporting.wishes import CreateWishes
from core.backup.importing import Given, apply_import, make_plan, plan_import, undo_import
from core.backup.importing.reading.kept import STAYS, Package
from core.backup.plan import Decisions, Outcome, SourceInfo
from core.backup.work import Work
from core.legacy import kept
from core.legacy.kept import Item, Kept
from core.legacy.kept_list import KeptFile, Listing, kept_name
from core.legacy.values import ForeignError
from core.workspace import Shelf
from tests.backup.archive.forging import forged, members_of
from tests.backup.exporting.making import files_below, project, wishes

EXPORT = b'{"tables": ["' + b"rain " * 40_000 + b'"]}'
ITEMS = [Item("a/export.json", EXPORT), Item("a/same.json", EXPORT), Item("a/ü\n.png", b"\x89PNG\r\n")]


def packed(shelf: Shelf, *items: Item) -> Kept:
    root = shelf.paths.data / "kept"
    return kept.keep(items or ITEMS, "hublib", "export.json", root, work=Work(), at=datetime.now(UTC))


def all_of(shelf: Shelf) -> list[Kept]:
    return kept.kept_packages(shelf.paths.data / "kept")


def bring(shelf: Shelf, made: Made, **decisions: Any) -> Any:
    assert made.path is not None
    wanted = Decisions(**decisions)
    plan = plan_import(shelf, made.path, wanted)
    return apply_import(shelf, made.path, plan, wanted, back_up=lambda projects: Path())


def test_it_travels_and_comes_back_once(shelf: Shelf, other_shelf: Shelf, folder: Path) -> None:
    here = packed(shelf)
    empty = content_id_of(other_shelf)
    made = create(shelf, wishes(folder))
    assert not made.left_out
    assert made.manifest.content_id == content_id_of(shelf) != empty
    report = bring(other_shelf, made)
    (item,) = report.projects[0].items
    assert (item.outcome, item.title, item.section) == (Outcome.CREATE, "hublib: export.json", "kept")
    (there,) = all_of(other_shelf)
    assert (there.listing, there.digest) == (here.listing, here.digest)
    kept.verify(there, work=Work())
    assert content_id_of(other_shelf) == made.manifest.content_id
    again = plan_import(other_shelf, Path(str(made.path)))
    assert (again.changes, again.projects[0].items[0].outcome) == (0, Outcome.SAME)


def test_it_stays_when_the_import_is_taken_back(shelf: Shelf, other_shelf: Shelf, folder: Path) -> None:
    packed(shelf)
    report = bring(other_shelf, create(shelf, wishes(folder)))
    undone = undo_import(other_shelf, report.import_id, back_up=lambda projects: Path())
    assert [item.detail for item in undone.projects[0].items] == [STAYS]
    assert len(all_of(other_shelf)) == 1


def test_it_can_be_left_where_it_is(shelf: Shelf, other_shelf: Shelf, folder: Path) -> None:
    packed(shelf)
    made = create(shelf, wishes(folder))
    assert bring(other_shelf, made, sections=("script",)).projects == ()
    assert not all_of(other_shelf)
    less = create(shelf, CreateWishes(folder, sections=("script",)))
    one = create(shelf, wishes(folder, project(shelf)))
    for without in (less, one):
        assert not [file for file in without.manifest.files if file.name.startswith("kept/")]
        assert not [left for left in without.left_out if "waits" in left.what]


def test_its_size_is_told_before(shelf: Shelf) -> None:
    assert estimate(shelf).sections["kept"] == 0
    assert estimate(shelf).sections["kept"] + packed(shelf).size == estimate(shelf).sections["kept"]


@pytest.mark.parametrize("what", ["a file", "the list"])
def test_what_is_damaged_is_said_and_the_rest_goes(shelf: Shelf, folder: Path, what: str) -> None:
    bad, good = packed(shelf), packed(shelf, Item("b.json", b"{}"))
    path = bad.path_of(bad.listing.files[0]) if what == "a file" else bad.folder / "kept.json"
    path.write_bytes(path.read_bytes().replace(b"rain", b"RAIN").replace(b"hublib", b"hublob"))
    made = create(shelf, wishes(folder))
    assert bad.folder.name in made.left_out[0].what
    assert made.path is not None
    with open_archive(made.path, work=Work()) as archive:
        assert list(archive.kept()) == [good.folder.name]


def listing(**changes: Any) -> Listing:
    file = KeptFile(changes.pop("name", "a.json"), 2, changes.pop("sha", "ab" * 32))
    return Listing(**{"system": "hublib", "source": "x", "kept_at": "", "files": (file,)} | changes)


@pytest.mark.parametrize(
    "changes",
    [
        {"name": name}
        for name in ("../a", "/etc/passwd", "a/../../b", "C:\\a", "a\\..\\b", "", "a\0b", "x" * 5_000)
    ]
    + [{"sha": "../" + "a" * 61}, {"system": "../up"}, {"version": 2}],
)
def test_a_list_that_leads_elsewhere_is_refused(shelf: Shelf, changes: Any) -> None:
    info = SourceInfo("x", "genko", "by hand", "a" * 64, 1, "a")
    for said, outcome in ((listing(**changes), Outcome.REFUSED), (listing(), Outcome.CREATE)):
        given = Given(info, packages=(Package(said, lambda file: pytest.fail("it was opened")),))
        plan = make_plan(shelf, given, Decisions(), work=Work())
        assert [item.outcome for item in plan.projects[0].items] == [outcome]


def test_an_archive_whose_package_is_other_than_its_list_is_refused(shelf: Shelf, folder: Path) -> None:
    package = packed(shelf)
    made = create(shelf, wishes(folder))
    assert made.path is not None
    members, list_name = members_of(made.path.read_bytes()), f"kept/{package.folder.name}/kept.json"
    said = json.loads(members[list_name])
    content = made.manifest.content_id

    def refused(changed: dict[str, bytes]) -> str:
        path = folder / "forged"
        path.write_bytes(forged(changed, lambda manifest: manifest.update(content_id=content)))
        with pytest.raises(ArchiveDamaged) as error, open_archive(path, work=Work()) as archive:
            archive.verify()
        return error.value.what

    said["files"][0]["name"] = "../../a"
    assert "no list of Genko" in refused(
        {**members, list_name: json.dumps(said, separators=(",", ":"), ensure_ascii=False).encode()}
    )
    assert "form" in refused({**members, list_name: members[list_name] + b" "})
    other = {name.replace("kept/hub", "kept/HUB"): data for name, data in members.items()}
    other["MANIFEST.json"] = other["MANIFEST.json"].replace(b"kept/hub", b"kept/HUB")
    assert "none of ours" in refused(other)
    assert files_below(folder) == {made.path, folder / "forged"}


def test_bytes_that_are_others_than_the_list_says_leave_nothing(shelf: Shelf) -> None:
    root = shelf.paths.data / "kept"
    with pytest.raises(ForeignError, match="other than"):
        kept.bring_back(listing(), lambda file: BytesIO(b"{}"), root, work=Work())
    assert not list(root.iterdir())
    assert kept_name(listing()).startswith("hublib-")
