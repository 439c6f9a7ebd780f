"""`genko characters`, `backgrounds`, `scenes` and `map` tell people and programs the same."""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree

import pytest

from core.bible import link_scene, relate
from core.script import Script
from core.story import ProjectStore, Section
from core.workspace import Shelf
from core.workspace.shelf import load_store, must_be_on_disk
from tests.cli.conftest import Genko

TEXT = """INT. KITCHEN - NIGHT

PAGE 1

PANEL 1
Nell at the window.
MARA: Who is there?

PANEL 2
JOSS: Me.

PAGE 2

PANEL 1
MARA: Oh no.
"""


@pytest.fixture
def project(shelf: Shelf) -> str:
    """A project with a small bible."""
    entry = shelf.create(title="Well", text=TEXT)
    journal, recovered = shelf.open_journal(entry.project_id)
    store = load_store(entry.project_id, recovered.blobs)
    before = store.version
    fill(store)
    journal.append(store.updates_since(before))
    must_be_on_disk(journal)
    journal.close()
    return "Well"


def fill(store: ProjectStore) -> None:
    mara, nell, gone = (
        store.add_record(Section.CHARACTERS, name=name, role=role)
        for name, role in (("Mara", "hero"), ("Nell", ""), ("小林", "boss"))
    )
    store.add_record(Section.CHARACTERS, name="NELL", description="Another one.")
    relate(store, mara, nell, "aunt", "niece")
    relate(store, mara, gone, "enemy", "enemy")
    kitchen = store.add_record(Section.BACKGROUNDS, name="Kitchen", kind="interior")
    store.add_record(Section.BACKGROUNDS, name="Moon")
    scene = store.add_record(Section.SCENES, title="Night", characters=[mara, gone], background=kitchen)
    store.add_record(Section.SCENES, title="Loose", first_page="1:1 x", last_page="1:1 x")
    link_scene(store, Script(store.text).complete(), scene, 0, 1)
    store.delete_record(Section.CHARACTERS, gone)


def test_characters(genko: Genko, project: str) -> None:
    lines = genko("characters", project).out.splitlines()
    assert [line.split()[:8] for line in lines[:2]] == [
        ["name", "role", "lines", "words", "pages", "panels", "first", "last"],
        ["Mara", "hero", "2", "5", "2", "2", "1.1", "2.1"],
    ]
    missing = genko("characters", project, "--missing").out
    assert "JOSS (1 line)" in missing
    assert "Mara" not in missing
    assert "Nell and NELL differ only in capitals" in missing
    found = genko("characters", project, "--json").json()
    assert [one["name"] for one in found["characters"]] == ["Mara", "Nell", "NELL"]
    assert found["characters"][0]["said"][1] == {"at": "2.1", "line": 15, "text": "Oh no."}
    assert found["not_in_the_bible"] == [{"name": "JOSS", "lines": 1}]
    assert [one["name"] for one in found["not_in_the_script"]] == ["NELL"]
    assert genko("characters", project, "--missing", "--json").json().keys() == found.keys() - {"characters"}
    assert [
        one["name"]
        for one in genko("characters", project, "--json", "--search", "another").json()["characters"]
    ] == ["NELL"]


def test_backgrounds(genko: Genko, project: str) -> None:
    out = genko("backgrounds", project).out
    assert ["Kitchen", "interior", "1", "2"] in [line.split()[:4] for line in out.splitlines()]
    assert "Moon" in genko("backgrounds", project, "--missing").out
    found = genko("backgrounds", project, "--json").json()
    assert [(one["name"], one["pages"]) for one in found["backgrounds"]] == [("Kitchen", 2), ("Moon", 0)]
    assert found["not_in_the_bible"] == []


def test_scenes(genko: Genko, project: str) -> None:
    out = genko("scenes", project).out
    assert ["Night", "1–2", "Kitchen", "Mara,", "(小林)"] in [line.split() for line in out.splitlines()]
    assert "Night: 小林 was deleted." in out
    assert "Loose: Its pages are not in the script any more." in out
    found = genko("scenes", project, "--json").json()["scenes"]
    assert [(one["title"], one["pages"], one["lost_ends"]) for one in found] == [
        ("Night", "1–2", 0),
        ("Loose", None, 2),
    ]
    assert [one["problem"] for one in found[0]["characters"]] == [None, "小林 was deleted."]


def test_map(genko: Genko, project: str, tmp_path: Path) -> None:
    out = genko("map", project, "--columns", "60").out
    assert all(name in out for name in ("Mara", "Nell", "(小林)", "aunt"))
    assert max(map(len, out.splitlines())) <= 60
    target = tmp_path / "map.svg"
    assert genko("map", project, "--svg", target).status == 0
    picture = target.read_text(encoding="utf-8")
    assert ElementTree.fromstring(picture).tag.endswith("svg")
    assert genko("map", project, "--svg", target).status == 2
    assert genko("map", project, "--svg", target, "--force").status == 0
    assert genko("map", project, "--svg=-").out == picture
    found = genko("map", project, "--json").json()
    assert next((one["name"], one["in_the_bible"]) for one in found["people"]) == ("Mara", True)
    assert {(one["second_is"], one["first_is"]) for one in found["relations"]} == {
        ("aunt", "niece"),
        ("enemy", None),
    }


def test_an_empty_project_and_one_that_is_not_there(genko: Genko, shelf: Shelf) -> None:
    shelf.create(title="Blank", text="")
    for command in ("characters", "backgrounds", "scenes", "map"):
        ended = genko(command, "Blank")
        assert (ended.status, len(ended.out.splitlines())) == (0, 1)
        assert genko(command, "Nobody").status == 1
        assert genko(command).status == 2
        assert genko(command, "Blank", "--odd").status == 2
        assert genko(command, "Blank", "--json").status == 0
