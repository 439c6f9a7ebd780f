"""Projects as one document of JSON, there and back; whatever is changed in it is noticed."""

from __future__ import annotations

import gzip
import io
import json
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.backup.hierarchy.reading import read_hierarchy
from core.backup.hierarchy.tree import script_of, tree_of
from core.backup.hierarchy.writing import write_hierarchy
from core.backup.work import Step, StoppedError, Work
from core.content import Content, Fate, OldText, Picture, RawRecord
from core.errors import DocumentError, GenkoError
from core.legacy.sniffing import Sample, reader_of
from core.server import SavedVersion
from core.story import Frontier, Section

AT = datetime(2026, 11, 21, 9, 12, 3, tzinfo=UTC)
SCRIPT = (
    "Chapter 1: Rain\n\nPage 1\n\nPanel 1\nA street, at night.  \n\nAKIRA\nIs it…\u2028you?\n\n"
    "Panel 2\nSFX: DOOM\n\nPage 2\n\nPanel 1\n\u00e9 is not e\u0301. \U0001f469\u200d\U0001f3a8\n"
)
PROJECT = Content(
    key="3f2a",
    title="Rain [red]",
    project_id=UUID("0b9f6a9e-5d4f-4f0e-9a44-0f4cc1f4a001"),
    meta={"language": "en", "direction": "rtl", "word:Akira": {"by": "léa", "n": 2**60}},
    script=SCRIPT,
    records={
        Section.CHARACTERS: [RawRecord("a1", {"name": "Akira", "aliases": ["Aki"], "x": [1.5, None]})],
        Section.SCENES: [],
    },
    older=(OldText("Page 1\n", AT, "léa", "before"), OldText("")),
    pictures=(Picture("ab" * 32, 12, "image/png", "street.png"),),
    edited_at=AT,
    trashed_at=AT,
    page_keys=("front", "1:1", "1:9"),
)
EMPTY = Content(key="none")
VERSION = SavedVersion(1, UUID(int=1), "léa", AT, "", Frontier(b"x"), 2, 9, 100, 1, 0)


def written(*projects: Content, packed: bool = False) -> bytes:
    stream = io.BytesIO()
    write_hierarchy(stream, projects, work=Work(), at=AT, app_version="1.0", packed=packed)
    return stream.getvalue()


def placed(folder: Path, data: bytes, name: str = "plan.json") -> Path:
    file = folder / name
    file.write_bytes(data)
    return file


@pytest.mark.parametrize("packed", [True, False])
def test_a_project_comes_back_as_it_was(tmp_path: Path, packed: bool) -> None:
    file = placed(tmp_path, written(PROJECT, EMPTY, packed=packed), "anything.bin")
    reader = reader_of(file)
    assert reader is not None
    found = reader.read(file, work=Work())
    assert found.projects == (PROJECT, EMPTY)
    assert found.system == "json"
    assert [row.fate for row in found.rows] == [Fate.TAKEN, Fate.TAKEN]
    assert "fits" in found.notes[0]


def test_the_tree_can_be_read_without_knowing_genko() -> None:
    project = json.loads(written(PROJECT))["data"]["projects"][0]
    chapter = project["tree"]["chapters"][0]
    page = chapter["pages"][0]
    assert chapter["title"] == "Rain"
    assert [panel["numbers"] for panel in page["panels"]] == [[1], [2]]
    assert page["panels"][0]["elements"][-1]["speaker"] == "AKIRA"
    assert project["pages"] == 2


def test_saves_are_listed_and_the_report_says_that_their_texts_are_not(tmp_path: Path) -> None:
    file = placed(tmp_path, written(replace(PROJECT, versions=(VERSION,))))
    found = read_hierarchy(file, work=Work())
    assert found.projects == (PROJECT,)
    assert [(row.where, row.fate) for row in found.rows][1:] == [("projects[0].versions", Fate.NO_PLACE)]


def test_a_document_that_was_indented_or_escaped_since_still_fits(tmp_path: Path) -> None:
    value = json.loads(written(PROJECT))
    for text in (json.dumps(value, indent=2), json.dumps(value, ensure_ascii=False, indent="\t")):
        assert read_hierarchy(placed(tmp_path, text.encode()), work=Work()).projects == (PROJECT,)


def changed(edit: str) -> bytes:
    """The document with one change, its checksum as it was."""
    data = written(PROJECT, EMPTY).decode()
    before, after = {
        "a word": ("A street", "A strebt"),
        "a space in a text": ("night.  ", "night. "),
        "a number": ('"size":12', '"size":13'),
        "a project": (',{"key":"none"}', ""),
    }[edit]
    assert data.count(before) >= 1
    return data.replace(before, after).encode()


@pytest.mark.parametrize("edit", ["a word", "a space in a text", "a number", "a project"])
def test_any_change_is_noticed(tmp_path: Path, edit: str) -> None:
    with pytest.raises(GenkoError, match="checksum"):
        read_hierarchy(placed(tmp_path, changed(edit)), work=Work())


@pytest.mark.parametrize("edit", ["a word", "a space in a text", "a number"])
def test_without_a_checksum_it_is_read_and_said(tmp_path: Path, edit: str) -> None:
    value = json.loads(changed(edit))
    del value["metadata"]["checksum"]
    found = read_hierarchy(placed(tmp_path, json.dumps(value).encode()), work=Work())
    assert "no checksum" in found.notes[0]


def test_where_tree_and_script_differ_the_script_is_taken_and_it_is_said(tmp_path: Path) -> None:
    value = unsigned(PROJECT)
    value["data"]["projects"][0]["tree"]["chapters"][0]["title"] = "Snow"
    found = read_hierarchy(placed(tmp_path, json.dumps(value).encode()), work=Work())
    assert found.projects[0].script == SCRIPT
    assert found.rows[1].where == "projects[0].tree"
    assert "something else" in found.rows[1].why


def test_a_tree_alone_becomes_a_script_that_says_the_same(tmp_path: Path) -> None:
    value = unsigned(PROJECT)
    del value["data"]["projects"][0]["script"]
    found = read_hierarchy(placed(tmp_path, json.dumps(value).encode()), work=Work())
    script = found.projects[0].script
    assert script is not None
    assert words(script) == words(SCRIPT)
    assert tree_of(script_of(tree_of(script))) == tree_of(script)


def words(script: str) -> list[str]:
    return [word.strip("():").casefold() for word in script.split()]


def unsigned(*projects: Content) -> dict[str, Any]:
    value: dict[str, Any] = json.loads(written(*projects))
    del value["metadata"]["checksum"]
    return value


BROKEN = {
    "newer": lambda v: v["metadata"].update(version="2.0"),
    "count": lambda v: v["metadata"].update(total_projects=7),
    "count as text": lambda v: v["metadata"].update(total_projects="1"),
    "count as bool": lambda v: v["metadata"].update(total_projects=True),
    "no data": lambda v: v.pop("data"),
    "more data": lambda v: v["data"].update(others=[]),
    "a list for a project": lambda v: v["data"]["projects"].__setitem__(0, []),
    "a number for a script": lambda v: v["data"]["projects"][0].update(script=1),
    "a record without id": lambda v: v["data"]["projects"][0]["records"]["characters"][0].pop("id"),
    "a record twice": lambda v: v["data"]["projects"][0]["records"]["characters"].append(
        v["data"]["projects"][0]["records"]["characters"][0]
    ),
    "a project twice": lambda v: v["data"]["projects"].append(v["data"]["projects"][0]),
    "an id that is none": lambda v: v["data"]["projects"][0].update(id="../../x"),
    "a picture that is a path": lambda v: v["data"]["projects"][0]["pictures"][0].update(sha256="../x"),
    "an infinite size": lambda v: v["data"]["projects"][0]["pictures"][0].update(size=float("inf")),
}


@pytest.mark.parametrize("name", BROKEN)
def test_what_is_not_of_the_form_is_refused(tmp_path: Path, name: str) -> None:
    value = unsigned(PROJECT)
    BROKEN[name](value)
    with pytest.raises(GenkoError) as caught:
        read_hierarchy(placed(tmp_path, json.dumps(value).encode()), work=Work())
    assert "street" not in str(caught.value)


def test_a_key_that_stands_twice_is_refused_wherever_it_is(tmp_path: Path) -> None:
    text = json.dumps(unsigned(PROJECT), separators=(",", ":"))
    for before in ('"key":"3f2a"', '"format":"genko-plan"', '"app_version":"1.0"', '"data":'):
        other = "{}" if before.endswith(":") else '""'
        twice = text.replace(before, f"{before.split(':')[0]}:{other},{before}", 1)
        assert twice != text
        with pytest.raises(GenkoError):
            read_hierarchy(placed(tmp_path, twice.encode()), work=Work())


@pytest.mark.parametrize("step", [5, pytest.param(1, marks=pytest.mark.soak)])
def test_a_cut_document_is_refused_at_every_byte(tmp_path: Path, step: int) -> None:
    small = written(Content(key="k", script="Page 1\n"))
    for whole in (small, gzip.compress(small)):
        for end in range(0, len(whole), step):
            with pytest.raises(GenkoError):
                read_hierarchy(placed(tmp_path, whole[:end]), work=Work())
        assert read_hierarchy(placed(tmp_path, whole), work=Work()).projects


def test_a_stopped_writer_stops(tmp_path: Path) -> None:
    work = Work()

    def stop(step: Step) -> None:
        work.stop.set()

    work.tell = stop
    with pytest.raises(StoppedError):
        write_hierarchy(io.BytesIO(), [PROJECT, EMPTY], work=work, at=AT)


def test_a_value_that_json_has_no_word_for_is_refused() -> None:
    with pytest.raises(DocumentError):
        written(Content(key="k", meta={"x": float("nan")}))


def test_other_documents_are_not_taken_for_one(tmp_path: Path) -> None:
    for text in ('{"a": "\\"format\\":\\"genko-plan\\""}', "[]", "", '{"format": "genko-script"}'):
        assert reader_of(placed(tmp_path, text.encode())) is None
    late = {"metadata": {}, "data": {}, "format": "genko-plan"}
    assert Sample(placed(tmp_path, json.dumps(late).encode())).keys.keys() == late.keys()
    assert reader_of(placed(tmp_path, json.dumps(late).encode())) is not None


_LINES = st.lists(
    st.sampled_from(
        ["Page 1", "PAGE 2 (3 panels)", "Panel 1", "AKIRA", "Is it?", "", "SFX: DOOM", "Chapter 1"]
    )
    | st.text(st.characters(codec="utf-8", exclude_characters="\0\r"), max_size=20)
)


@given(_LINES)
def test_any_script_comes_back_byte_for_byte(
    tmp_path_factory: pytest.TempPathFactory, lines: list[str]
) -> None:
    project = Content(key="k", script="\n".join(lines))
    file = placed(tmp_path_factory.getbasetemp(), written(project, packed=True))
    found = read_hierarchy(file, work=Work())
    assert found.projects == (project,)
    assert len(found.rows) == 1
