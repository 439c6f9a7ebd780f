"""Every shape of a script is told by what only it has, and no word of it is lost on the way."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.backup.work import Work
from core.content import Fate, Foreign
from core.legacy.mangaka.gathering import Group, gather
from core.legacy.mangaka.reader import READER
from core.legacy.mangaka.rows import Row, decoded_row
from core.legacy.mangaka.saying import said_by, texts_in, words_in
from core.legacy.mangaka.shapes import Shape, clean_name, read_script
from core.legacy.mangaka.vocabulary import NAMES as NAMED
from core.legacy.mangaka.vocabulary import TECHNICAL
from core.legacy.mangaka.words import count_of, left_over
from core.script.manuscript import manuscript
from core.script.script import parse
from core.story import Section
from tests.legacy.mangaka import samples
from tests.legacy.mangaka.samples import OTHER, PROJECT, SECOND, USER, row_id, script_row


def read(tmp_path: Path, value: Any) -> Foreign:
    """What the reader makes of a file of JSON."""
    path = tmp_path / "dump.json"
    path.write_bytes(samples.as_json(value))
    return READER.read(path, work=Work())


@pytest.mark.parametrize(
    ("name", "shape"),
    [
        ("A", Shape.CHAPTERS),
        ("A old", Shape.CHAPTERS),
        ("B", Shape.LINES),
        ("B lines", Shape.LINES),
        ("C", Shape.FLAT),
        ("D", Shape.UNIFIED),
        ("E full", Shape.EMPTIED),
        ("F", Shape.NESTED),
    ],
)
def test_a_shape_is_told_and_read(name: str, shape: Shape) -> None:
    found = read_script(samples.SHAPES[name])
    assert found.shape is shape
    assert not found.is_empty


def test_a_structure_becomes_a_script_that_reads_as_it_was_meant() -> None:
    found = manuscript(parse(read_script(samples.A).text))
    pages = found.pages
    assert [page.numbers for page in pages] == [(1,), (2,)]
    speakers = [element.speaker for element in pages[0].panels[0].elements if element.speaker]
    assert speakers == ["AKIRA"]


def test_an_erased_script_is_no_text_and_a_nested_one_is_whole() -> None:
    assert read_script(samples.E).is_empty
    assert read_script(samples.F).text == samples.C["content"]


@pytest.mark.parametrize("name", samples.SHAPES)
def test_no_word_of_a_shape_is_lost(name: str) -> None:
    row = decoded_row("manga_scripts", 1, script_row(samples.SHAPES[name]))
    content, fates = gather(Group(PROJECT, USER, [row]))
    assert fates[0].fate is Fate.TAKEN
    found = words_in(content) + count_of((fates[0].why, fates[0].title))
    assert left_over(said_by(row), found) == []
    # The control: without the script's last word something is missing.
    script_words = list(count_of((content.script or "",)))
    poorer = found - Counter({script_words[-1]: 10_000})
    assert left_over(said_by(row), poorer)


def test_the_newest_text_is_the_head_the_others_versions_and_none_is_deleted(tmp_path: Path) -> None:
    rows = [
        script_row(samples.C, 1),
        script_row(samples.D, 2),
        script_row(samples.C, 3),
        script_row(samples.E, 4),
    ]
    found = read(tmp_path, rows)
    (project,) = found.projects
    assert project.script == samples.C["content"]  # row 3: newest with words; row 4 is newer and empty
    assert [old.text for old in project.older] == [samples.D["script"]["content"]]
    assert [fate.fate for fate in found.rows] == [Fate.DUPLICATE, Fate.VERSION, Fate.TAKEN, Fate.EMPTY]
    assert str(project.project_id) == PROJECT
    assert project.meta["language"] == "fr"


def test_what_the_plan_erased_comes_back_from_its_versions(tmp_path: Path) -> None:
    version = samples.tables()["manga_script_versions"][0]
    found = read(tmp_path, {"manga_scripts": [script_row(samples.E, 1)], "manga_script_versions": [version]})
    (project,) = found.projects
    assert project.script == samples.B["content"]


def test_two_users_of_one_project_are_two_projects(tmp_path: Path) -> None:
    found = read(tmp_path, [script_row(samples.C, 1), script_row(samples.D, 2, user=SECOND)])
    assert [project.key for project in found.projects] == [f"{PROJECT}/{USER}", f"{PROJECT}/{SECOND}"]
    assert len({project.project_id for project in found.projects}) == 2
    assert str(found.projects[0].project_id) == PROJECT


def test_all_tables_of_a_project_come_together(tmp_path: Path) -> None:
    found = read(tmp_path, samples.tables())
    project = next(one for one in found.projects if one.key == f"{PROJECT}/{USER}")
    assert project.title == "Rain over Lyon" or project.title == "Rain"
    names = [record.fields["name"] for record in project.records[Section.CHARACTERS]]
    assert names == ["Mara", "Yann"]
    assert project.records[Section.CHARACTERS][0].fields["favourite drink"] == "green tea"
    scene = next(r for r in project.records[Section.SCENES] if r.fields.get("camera_plan"))
    assert scene.fields["camera_plan"] == "wide"
    arrival = next(r for r in project.records[Section.SCENES] if r.fields.get("title") == "Arrival")
    assert arrival.fields["characters"] == [project.records[Section.CHARACTERS][0].key]  # named by name there
    assert len(project.records[Section.ASSEMBLY]) == 1
    texts = "\n".join(texts_in(project))
    assert "Hello from the balloon" in texts
    assert "an odd thing says this" in texts
    assert len(found.rows) == sum(len(rows) for rows in samples.tables().values())
    credit = next(row for row in found.rows if row.where.startswith("user_credits"))
    assert credit.fate is Fate.NO_PLACE
    assert "5" not in credit.why
    assert OTHER in [project.key.partition("/")[0] for project in found.projects]


def test_a_store_of_the_browser_is_read_with_its_pages(tmp_path: Path) -> None:
    found = read(tmp_path, samples.STORE)
    (project,) = found.projects
    assert "Newer, from the browser." in (project.script or "")
    assert project.records[Section.BACKGROUNDS][0].fields["filedAs"] == "decors"
    assert "Words on the page" in "\n".join(texts_in(project))
    everything = {key: value for key, value in samples.STORE["state"].items() if key != "userId"}
    assert len(read(tmp_path, {**everything, "exportDate": "2025-06-03T10:00:00Z"}).projects) == 1


def test_titles_that_say_that_there_is_none() -> None:
    assert clean_name("Untitled Script") == clean_name("Mon Manga") == ""
    assert clean_name('Script for project "Été"') == "Été"
    assert clean_name("Rain - Script") == "Rain"
    assert clean_name("New Scripture") == "New Scripture"


def test_what_no_text_can_hold_is_replaced_and_the_rest_stays(tmp_path: Path) -> None:
    path = tmp_path / "dump.json"
    row = json.dumps([script_row({"content": "PAGE 1:\nbefore \\u0000 after \\ud83d end", "fileTree": []})])
    path.write_text(row.replace("\\\\u", "\\u"))
    (project,) = READER.read(path, work=Work()).projects
    assert project.script == "PAGE 1:\nbefore \ufffd after \ufffd end"


@pytest.mark.parametrize(
    "raw",
    [
        None,
        [],
        {},
        "",
        "just words",
        5,
        True,
        {"chapters": "no list"},
        {
            "chapters": [
                None,
                3,
                "a lone line",
                {"scenes": ["x", {"panels": [None, "y", {"dialogues": ["Zoe: hm", 4]}]}]},
            ]
        },
        {"script": "bare text"},
        {"script": {"content": 12}},
        {"content": None, "lines": ["plain", {"content": None}, 7]},
        {"characters": {"characters": ["Ann", None, {"name": ["x"]}, {"id": {"a": 1}, "traits": "a, b"}]}},
        {"script": {"content": "x"}, "metadata": {"metadata": "metadata"}, "assembly": {"pages": "none"}},
        {"content": "numbers", "stats": {"pages": 10**400}},
    ],
)
def test_hostile_values_lose_no_word(raw: Any) -> None:
    row = decoded_row("manga_scripts", 1, script_row(raw))
    content, fates = gather(Group(PROJECT, USER, [row]))
    found = words_in(content) + count_of((fates[0].why, fates[0].title))
    assert left_over(said_by(row), found) == []


COMMON = [
    *("content", "lines", "script", "chapters", "scenes", "panels", "dialogues", "text", "characters"),
    *("pages", "assembly", "fileTree", "state", "scriptData", "charactersData", "name", "traits", "stage"),
]
words = st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=30)
json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | words,
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from([*COMMON * 4, *sorted(NAMED - TECHNICAL)]) | words,
            inner,
            max_size=5,
        )
    ),
    max_leaves=12,
)


@given(st.lists(json_values, min_size=1, max_size=3), st.booleans())
def test_whatever_is_in_rows_every_word_is_found_again(values: list[Any], same: bool) -> None:
    rows: list[Row] = []
    for at, value in enumerate(values, 1):
        rows.append(decoded_row("manga_scripts", at, script_row(value, at, day=1 if same else at)))
    content, fates = gather(Group(PROJECT, USER, rows))
    assert len(fates) == len(rows)
    found = words_in(content)
    for row, fate in zip(rows, fates, strict=True):
        assert left_over(said_by(row), found + count_of((fate.why, fate.title))) == []


def marked(value: Any, marks: list[str]) -> Any:
    """The value with a word of its own at the end of every string."""
    if isinstance(value, str):
        marks.append(f"mark{len(marks)}end")
        return f"{value} {marks[-1]}"
    if isinstance(value, dict):
        return {key: marked(held, marks) for key, held in value.items()}
    return [marked(held, marks) for held in value] if isinstance(value, list) else value


@given(st.lists(json_values, min_size=1, max_size=3))
def test_every_marked_string_is_somewhere(values: list[Any]) -> None:
    marks: list[str] = []
    rows = [
        decoded_row("manga_scripts", at, script_row(marked(value, marks), at))
        for at, value in enumerate(values, 1)
    ]
    content, fates = gather(Group(PROJECT, USER, rows))
    told = "\n".join([*texts_in(content), *(fate.why for fate in fates)]).casefold()
    assert [mark for mark in marks if mark not in told] == []


def test_pages_that_share_an_id_or_cant_be_read_keep_nothing_out(tmp_path: Path) -> None:
    page = samples.tables()["pages"][0]
    deep: Any = "far down"
    for _ in range(60):
        deep = {"content": deep}
    pages = [page, page, {**page, "id": None}, {**page, "id": row_id(9), "content": deep, "page_number": "7"}]
    found = read(tmp_path, {"manga_scripts": [script_row(samples.C)], "pages": pages})
    (project,) = found.projects
    keys = [record.key for record in project.records[Section.ASSEMBLY]]
    assert len(set(keys)) == len(keys) >= 3
    assert [record.fields["after"] for record in project.records[Section.ASSEMBLY]] == ["", *keys[:-1]]
    assert all(UUID(key) for key in keys)
    again = read(tmp_path, {"manga_scripts": [script_row(samples.C)], "pages": pages}).projects[0]
    assert [record.key for record in again.records[Section.ASSEMBLY]] == keys
    told = "\n".join([*texts_in(project), *(fate.why for fate in found.rows)])
    assert "far down" in told
    assert len([fate for fate in found.rows if fate.where.startswith("pages ")]) == 4


def test_drafts_old_images_and_versions_without_a_script_are_told(tmp_path: Path) -> None:
    tables: dict[str, list[dict[str, Any]]] = {
        "generated_images": [
            {
                "id": row_id(40),
                "user_id": USER,
                "project_id": PROJECT,
                "image_type": kind,
                "original_prompt": f"a {kind} in the rain",
                "image_url": "https://pictures.example/x.png",
                "metadata": {"name": f"The {kind}"},
            }
            for kind in ("character", "background", "scene", "poster")
        ],
        "manga_script_versions": [
            {"id": row_id(41), "script_id": row_id(42), "version_number": 1, "script_data": samples.B}
        ],
        "page_drafts": [
            {
                "id": row_id(43),
                "page_id": row_id(44),
                "user_id": USER,
                "content": {"text": "a draft of words"},
            }
        ],
        "manga_scripts_backup_20250121": [script_row(samples.D, 45)],
        "my_own_notes": [{"note": "nobody knows this table"}],
    }
    found = read(tmp_path, tables)
    texts = "\n".join(text for project in found.projects for text in texts_in(project))
    for words_ in ("The character", "The background", "The scene", "AKIRA: Bonjour", "I am here."):
        assert words_ in texts
    told = "\n".join(fate.why for fate in found.rows)
    for words_ in ("a poster in the rain", "a draft of words", "nobody knows this table"):
        assert words_ in told
    assert len(found.rows) == sum(map(len, tables.values()))


def test_a_picture_whose_settings_say_null_for_its_words_is_read(tmp_path: Path) -> None:
    row = {
        "id": row_id(50),
        "user_id": USER,
        "project_id": PROJECT,
        "original_prompt": "under the bridge",
        "scene_settings": {"description": None},
    }
    found = read(tmp_path, {"manga_scripts": [script_row(samples.C, 1)], "scene_images": [row]})
    assert [fate.fate for fate in found.rows] == [Fate.TAKEN, Fate.TAKEN]


def test_a_copy_that_a_migration_has_made_is_read_as_the_table_itself(tmp_path: Path) -> None:
    mine, copied = script_row(samples.C, 1), script_row(samples.B, 2)
    aside = "manga_scripts_before_genko_20261121_222420"
    found = read(tmp_path, {"manga_scripts": [mine], aside: [mine, copied]})
    assert [fate.fate for fate in found.rows] == [Fate.TAKEN, Fate.DUPLICATE, Fate.VERSION]
    assert any("AKIRA: Bonjour" in text for text in texts_in(found.projects[0]))


@given(st.lists(json_values, min_size=1, max_size=3), st.sampled_from(["pages", "scene_images", "projects"]))
def test_every_marked_string_of_other_tables_is_somewhere(values: list[Any], table: str) -> None:
    marks: list[str] = []
    rows = [decoded_row("manga_scripts", 1, script_row(samples.C))]
    for at, value in enumerate(values, 2):
        said = marked(value, marks)
        row = {"id": row_id(at), "project_id": PROJECT, "user_id": USER, "content": said, "metadata": said}
        rows.append(decoded_row(table, at, {**row, "scene_settings": said, "page_number": at}))
    content, fates = gather(Group(PROJECT, USER, rows))
    assert len(fates) == len(rows)
    told = "\n".join([*texts_in(content), *(fate.why for fate in fates)]).casefold()
    assert [mark for mark in marks if mark not in told] == []
