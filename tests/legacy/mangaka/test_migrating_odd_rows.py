"""Rows that hardly can be read: what they say is in a project or in the report."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from core.backup.migrating.known import came_in
from core.workspace import Shelf
from core.workspace.files import open_store
from tests.legacy.mangaka import samples
from tests.legacy.mangaka.migrations import KEY, TEXT, bring, count, flat, look, text_of, write
from tests.legacy.mangaka.samples import OTHER, script_row
from tests.server.conftest import conninfo, database18, postgres18, template18  # noqa: F401 fixtures


def test_an_audit_counts_what_the_old_plan_would_have_lost(tmp_path: Path) -> None:
    told = count(write(tmp_path / "dump.json", samples.tables()))
    assert told.sound
    assert told.tables["manga_scripts"] == 6
    assert (told.projects, told.users, told.several, told.identical) == (3, 2, 1, 1)
    assert told.newest_is_empty == 1
    assert told.shapes["D: unified"] == 1
    bad = [script_row(samples.C), {**script_row(None, 2), "script_data": '{"content": "cut off'}]
    told = count(write(tmp_path / "bad.json", bad))
    assert not told.sound
    assert told.unreadable == 1


def test_a_row_that_cant_be_read_is_in_the_report_with_all_it_said(shelf: Shelf, tmp_path: Path) -> None:
    bad = [script_row(samples.C), {**script_row(None, 2), "script_data": '{"content": "cut off'}]
    dump = write(tmp_path / "bad.json", bad)
    done = bring(shelf, dump)
    assert done.rows["refused"] == 1
    assert look(shelf, dump).complete
    assert "cut off" in Path(done.reports[0]).read_text()


def test_a_text_whose_words_only_stand_in_others_is_missed(shelf: Shelf, tmp_path: Path) -> None:
    one, two = "PAGE 1:\nrain falls\nsun shines\n", "PAGE 1:\nsun falls\n"
    dump = write(tmp_path / "dump.json", [script_row(flat(one))])
    bring(shelf, dump)
    more = write(tmp_path / "more.json", [script_row(flat(one)), script_row(flat(two), 2, day=1)])
    missed = look(shelf, more)
    assert missed.missed == 1
    assert missed.misses[0].words[0].startswith("script: PAGE 1:")
    bring(shelf, more)
    assert look(shelf, more).complete


@pytest.mark.parametrize(
    "moment",
    [
        "infinity",
        "0001-01-01T00:00:00+14:00",
        "9999-12-31T23:59:60Z",
        "2025-13-45T99:00:00Z",
        "gestern",
        5,
        None,
    ],
)
def test_dates_that_are_none_keep_no_row_out(shelf: Shelf, tmp_path: Path, moment: Any) -> None:
    rows = [
        script_row(samples.C, 1),
        {**script_row(flat(TEXT), 2), "updated_at": moment, "created_at": moment},
    ]
    dump = write(tmp_path / "dump.json", rows)
    bring(shelf, dump)
    told = look(shelf, dump)
    assert told.complete, told.misses


@pytest.mark.parametrize(
    "words",
    [
        "👩‍👩‍👧 family, 🇯🇵 flag",
        "\u202ertl override\u202c and \u0627\u0644\u0639\u0631\u0628\u064a\u0629",
        "漢字《かんじ》 ruby, e\u0301 and \u00e9",
        "line\u2028separator\u0085next \x1b[31mred\x1b[0m",
        "windows\r\nline\rends  \n trailing  ",
        "[red]markup[/red] \\n not a break, C:\\temp",
        "ZERO\u200bWIDTH \ufeffBOM",
    ],
)
def test_odd_words_come_in_letter_by_letter(shelf: Shelf, tmp_path: Path, words: str) -> None:
    row = script_row(flat(f"PAGE 1:\nMARA: {words}\n"), title=f"{words} {'long ' * 80}")
    row["script_data"]["characters"] = {"characters": [{"id": "c1", "name": words, "description": words}]}
    dump = write(tmp_path / "dump.json", [row])
    bring(shelf, dump)
    wanted = words.replace("\r\n", "\n").replace("\r", "\n")
    assert text_of(shelf) == f"PAGE 1:\nMARA: {wanted}\n"
    assert open_store(shelf, came_in(shelf)[KEY]).characters()[0].description == wanted
    told = look(shelf, dump)
    assert told.complete, told.misses


def test_the_same_text_in_two_users_rows_and_unknown_users(shelf: Shelf, tmp_path: Path) -> None:
    rows = [
        script_row(samples.C, 1),
        script_row(samples.C, 2, user=samples.SECOND),
        script_row(samples.C, 3, user=None, project=OTHER),
        script_row(flat(TEXT), 4, user=None, project=None),
        script_row(samples.D, 5, user="not a uuid", project="neither/this"),
    ]
    dump = write(tmp_path / "dump.json", rows)
    assert bring(shelf, dump).actions == {"create": 5}
    assert look(shelf, dump).complete
    assert bring(shelf, dump).actions == {"same": 5}
