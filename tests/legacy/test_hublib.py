"""Hub-Lib's exports: all shapes say the same, every row has its fate, nothing dangling or secret gets in."""

from __future__ import annotations

import copy
import gzip
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.backup.work import Step, StoppedError, Work
from core.content import Fate, Foreign
from core.errors import GenkoError
from core.legacy.hublib import HubLibReader
from core.legacy.hublib.forms import (
    AdminConfig,
    CollectionResource,
    Comment,
    Profile,
    Resource,
    Suggestion,
    Template,
)
from core.legacy.hublib.report import read_foreign, read_library
from core.legacy.hublib.secrets import without_secrets
from core.legacy.hublib.tables import TABLES
from core.legacy.sniffing import reader_of
from tests.legacy import hub_lib


def placed(folder: Path, value: Any, name: str = "export.json") -> Path:
    file = folder / name
    file.write_bytes(value if isinstance(value, bytes) else json.dumps(value).encode())
    return file


def read(folder: Path, value: Any) -> Foreign:
    return read_foreign(placed(folder, value), work=Work())


def fates(found: Foreign, table: str) -> list[Fate]:
    return [row.fate for row in found.rows if row.where.split(" ")[0].split("[")[0] == table]


def why(found: Foreign, where: str) -> str:
    return next(row.why for row in found.rows if row.where == where)


@pytest.mark.parametrize("letter", "ABCDE")
def test_each_shape_is_known_by_its_content_and_no_row_goes_without_a_fate(
    tmp_path: Path, letter: str
) -> None:
    value = hub_lib.shape(letter)
    for name, data in (
        ("a.txt", json.dumps(value).encode()),
        ("b", gzip.compress(json.dumps(value).encode())),
    ):
        file = placed(tmp_path, data, name)
        reader = reader_of(file)
        assert isinstance(reader, HubLibReader)
        found = reader.read(file, work=Work())
        expected = hub_lib.tables()
        missing = {
            "B": ("resource_versions",),
            "C": ("admin_config", "category_hierarchy", "category_filters"),
        }
        for table, rows in expected.items():
            count = 0 if table in missing.get(letter, ()) else len(rows)
            assert fates(found, table) == [Fate.KEPT] * count, table
        assert not found.projects


def test_all_nineteen_tables_have_a_type_and_a_row_here() -> None:
    assert len(TABLES) == 19
    assert TABLES.keys() == hub_lib.tables().keys()


def test_rows_are_brought_to_the_names_and_kinds_of_their_database(tmp_path: Path) -> None:
    _, library = read_library(placed(tmp_path, hub_lib.export()), work=Work())
    guide = library.rows(Resource)[0]
    assert guide.tags == ("ink", "bd")
    assert guide.readme == "# Title\n\n- *one*"
    assert guide.created_at is not None
    assert guide.created_at.isoformat() == "2025-03-01T10:00:00+00:00"
    assert library.rows(CollectionResource)[0].order_index == 3
    assert library.rows(AdminConfig)[0].value == 5
    assert library.rows(Template)[0].usage_count == 4
    suggestion = library.rows(Suggestion)[0]
    assert (suggestion.status, suggestion.action) == ("pending", "add")
    assert library.rows(Profile)[0].email == "lea@atelier.example"


CHANGES: dict[str, tuple[str, str, Any, str]] = {
    "rating as text": ("resource_ratings", "rating", "5", "“rating” is not of the kind"),
    "rating as truth": ("resource_ratings", "rating", True, "“rating” is not of the kind"),
    "six stars": ("resource_ratings", "rating", 6, "“rating” is out of range"),
    "no such role": ("user_roles", "role", "god", "“role” has a value that is not known"),
    "empty comment": ("resource_comments", "content", "", "“content” is out of range"),
    "no title": ("resources", "title", None, "“title” is"),
    "a word for tags": ("resources", "tags", "ink", "“tags” is not of the kind"),
    "number in tags": ("resources", "tags", ["a", 1], "“tags[1]” is not of the kind"),
    "negative views": ("resources", "views_count", -1, "“views_count” is out of range"),
    "who is not there": ("saved_resources", "user_id", "nobody", "“user_id” names a row of profiles"),
    "what is not there": (
        "collection_resources",
        "resource_id",
        "x",
        "“resource_id” names a row of resources",
    ),
    "shared with both": ("resource_shares", "shared_with_user_id", hub_lib.LEA, "neither or with both"),
    "own ancestor": ("category_hierarchy", "parent_id", hub_lib.CATEGORY, "its own ancestor"),
    "version zero": ("resource_versions", "version_number", 0, "“version_number” is out of range"),
}


@pytest.mark.parametrize("name", CHANGES)
def test_a_row_that_can_not_be_is_refused_with_the_reason(tmp_path: Path, name: str) -> None:
    table, column, value, reason = CHANGES[name]
    rows = hub_lib.tables()
    rows[table][0][column] = value
    found = read(tmp_path, hub_lib.export(rows))
    refused = [row for row in found.rows if row.fate is Fate.REFUSED and row.where.startswith(table)]
    assert len(refused) == 1
    assert reason in refused[0].why
    # the control: nothing else was wrong with it
    assert not any(row.fate is Fate.REFUSED for row in read(tmp_path, hub_lib.export()).rows)


REMARKS: dict[str, tuple[str, dict[str, Any], str]] = {
    "a program in words": ("resources", {"readme": "<script>alert(1)</script>"}, "hold a program"),
    "an address of another kind": (
        "resources",
        {"external_url": "javascript:alert(1)"},
        "no address of the web",
    ),
    "an unknown column": ("resources", {"../../x": 1}, "columns that its table has not: ../../x"),
    "another program's row in it": ("resources", {"profiles": {"id": 1}}, "has not: profiles"),
    "a date that is none": ("resources", {"created_at": "yesterday"}, "“created_at”: its date can't be read"),
    "a date of year 1": ("resources", {"created_at": "0001-01-01T00:00:00Z"}, "can't be true"),
    "a date without zone": ("resources", {"created_at": "2025-03-01T10:00:00"}, "UTC was taken"),
    "a file that is damaged": (
        "resources",
        {"file_url": "data:image/png;base64,@@"},
        "“file_url” is damaged",
    ),
    "a file of another size": ("resources", {"file_url": hub_lib.PICTURE, "file_size": "9"}, "has 8 bytes"),
    "a long title": ("resources", {"title": "x" * 501}, "longer than the 500"),
    "an answer to nothing": ("resource_comments", {"parent_id": "gone"}, "is left out"),
    "a suggestion by nobody": ("category_tag_suggestions", {"suggested_by": "gone"}, "is left out"),
}


@pytest.mark.parametrize("name", REMARKS)
def test_what_is_odd_is_kept_and_said(tmp_path: Path, name: str) -> None:
    table, columns, remark = REMARKS[name]
    rows = hub_lib.tables()
    rows[table][0] |= columns
    found = read(tmp_path, hub_lib.export(rows))
    assert remark in why(found, f"{table} {rows[table][0]['id']}")
    assert fates(found, table) == [Fate.KEPT] * len(rows[table])


def test_an_answer_to_a_comment_elsewhere_begins_its_own_thread(tmp_path: Path) -> None:
    rows = hub_lib.tables()
    rows["resource_comments"][1]["resource_id"] = hub_lib.BRUSHES
    file = placed(tmp_path, hub_lib.export(rows))
    _, library = read_library(file, work=Work())
    assert [comment.parent_id for comment in library.rows(Comment)] == [None, None]
    _, library = read_library(placed(tmp_path, hub_lib.export()), work=Work())
    assert [comment.parent_id for comment in library.rows(Comment)] == [None, hub_lib.REMARK]


def test_what_hangs_on_a_refused_row_is_refused_with_it(tmp_path: Path) -> None:
    rows = hub_lib.tables()
    rows["resources"][0]["user_id"] = "gone"
    found = read(tmp_path, hub_lib.export(rows))
    assert fates(found, "resource_comments") == [Fate.REFUSED, Fate.REFUSED]
    assert fates(found, "collections") == [Fate.KEPT]
    for start in ("first", "cat-b"):  # a ring of two, and one that hangs on it
        ring = {"first": "cat-b", "cat-b": "first", "child": start}
        rows = hub_lib.tables()
        rows["category_hierarchy"] = [hub_lib.row(k, name=k, parent_id=v) for k, v in ring.items()]
        found = read(tmp_path, hub_lib.export(rows))
        assert fates(found, "category_hierarchy") == [Fate.REFUSED, Fate.REFUSED, Fate.KEPT]


def test_what_stands_twice_is_told_apart_from_what_only_shares_an_id(tmp_path: Path) -> None:
    rows = hub_lib.tables()
    same, other = copy.deepcopy(rows["groups"][0]), copy.deepcopy(rows["collections"][0])
    other["name"] = "Another"
    rows["groups"].append(same)
    rows["collections"].append(other)
    rows["saved_resources"].append({**rows["saved_resources"][0], "id": "s2"})
    found = read(tmp_path, hub_lib.export(rows))
    assert fates(found, "groups") == [Fate.KEPT, Fate.DUPLICATE]
    assert fates(found, "collections") == [Fate.KEPT, Fate.KEPT]
    assert "same id" in [row.why for row in found.rows if row.where.startswith("collections")][1]
    assert (
        "the same user_id and resource_id as saved_resources s1" in why(found, "saved_resources s2").lower()
    )


def test_a_table_that_was_overwritten_is_noticed(tmp_path: Path) -> None:
    def overwritten(found: Foreign) -> bool:
        return any("last changed at one moment" in note for note in found.notes)

    rows = hub_lib.tables()
    assert not overwritten(read(tmp_path, hub_lib.export(rows)))  # both were made at one moment too
    rows["resources"][1]["created_at"] = hub_lib.LATER
    assert overwritten(read(tmp_path, hub_lib.export(rows)))


def test_passwords_and_keys_are_in_neither_the_report_nor_what_is_kept(tmp_path: Path) -> None:
    for letter in "BE":
        value = hub_lib.shape(letter)
        said = str(read(tmp_path, value))
        kept = without_secrets(value).decode()
        assert any(secret in json.dumps(value) for secret in hub_lib.SECRETS)
        assert not any(secret in said or secret in kept for secret in hub_lib.SECRETS)
        again = read(tmp_path, kept.encode())
        assert fates(again, "resources") == [Fate.KEPT, Fate.KEPT]
        assert fates(again, "profiles") == [Fate.KEPT, Fate.KEPT]


def test_what_is_unknown_is_kept_and_named(tmp_path: Path) -> None:
    value = hub_lib.export()
    value["tables"]["spells"] = [{"id": "x"}, 7]
    value["tables"]["groups"] = {"not": "a list"}
    value["more"] = 1
    found = read(tmp_path, value)
    assert fates(found, "spells") == [Fate.KEPT, Fate.KEPT]
    assert fates(found, "groups") == [Fate.REFUSED]
    assert fates(found, "more") == [Fate.KEPT]
    storage = hub_lib.shape("E")
    storage["hub-lib-db-resources"] = "[{]"
    storage["hub-lib-db-groups"] = 7
    found = read(tmp_path, storage)
    assert "not JSON (line 1, column 3)" in why(found, "hub-lib-db-resources")
    assert why(found, "hub-lib-db-groups") == "Its value is no text."
    assert [row.fate for row in found.rows if row.where == "theme"] == [Fate.NO_PLACE]


def test_a_list_of_resources_is_read_without_people(tmp_path: Path) -> None:
    plain = [hub_lib.resource("", f"Title {n}", "") for n in range(3)]
    for row in plain:
        for name in ("id", "user_id", "created_at", "updated_at"):
            del row[name]
    file = placed(tmp_path, plain)
    reader = reader_of(file)
    assert isinstance(reader, HubLibReader)
    found = reader.read(file, work=Work())
    assert [(row.where, row.fate) for row in found.rows] == [(f"resources[{n}]", Fate.KEPT) for n in range(3)]


def test_a_damaged_export_is_known_and_refused_with_the_place(tmp_path: Path) -> None:
    data = json.dumps(hub_lib.export(), indent=1).encode()
    file = placed(tmp_path, data[:-20])
    reader = reader_of(file)
    assert isinstance(reader, HubLibReader)
    with pytest.raises(GenkoError, match=r"line \d+"):
        reader.read(file, work=Work())


def test_what_is_not_hub_libs_is_left_to_others(tmp_path: Path) -> None:
    few = {"groups": [], "a": 1, "b": 2, "c": 3}
    others: list[Any] = [[], {}, [1], few, {"tables": {"x": []}}, {"characters": []}]
    for value in others:
        assert not isinstance(reader_of(placed(tmp_path, value)), HubLibReader)


def test_more_rows_than_a_browser_can_hold_are_refused(tmp_path: Path) -> None:
    for value in (
        b'{"user_roles": [' + b'"",' * 300_001 + b'""]}',
        b'{"tables": {"x": [' + b"1," * 300_001 + b"1]}}",
        b'[{"title": "x", "resource_type": "x"},' + b"1," * 300_001 + b"1]",
    ):
        with pytest.raises(GenkoError, match="300,00"):
            read_foreign(placed(tmp_path, value), work=Work())


def test_a_large_export_can_be_stopped(tmp_path: Path) -> None:
    work = Work()

    def stop(step: Step) -> None:
        if step.done:
            work.stop.set()

    work.tell = stop
    with pytest.raises(StoppedError):
        read_foreign(placed(tmp_path, hub_lib.export()), work=work)


_JSON: st.SearchStrategy[Any] = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**53), 2**53)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner, max_size=3),
    max_leaves=6,
)


@given(st.data())
def test_whatever_stands_in_a_row_it_has_a_fate(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    rows: dict[str, Any] = hub_lib.tables()
    table = data.draw(st.sampled_from(sorted(rows)))
    place = data.draw(st.sampled_from([*rows[table][0], "more", ""]))
    value: Any = data.draw(_JSON)
    if place:
        rows[table][0][place] = value
    else:
        rows[table][0] = value
    found = read(tmp_path_factory.getbasetemp(), hub_lib.export(rows))
    assert len(fates(found, table)) == len(rows[table])
    assert all(isinstance(row.why, str) for row in found.rows)
