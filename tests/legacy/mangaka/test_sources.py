"""The same rows out of every kind of source say the same; what is cut off or strange is told."""

from __future__ import annotations

import csv
import gzip
import io
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any
from urllib.parse import quote

import psycopg
import pytest
from psycopg.conninfo import conninfo_to_dict

from core.backup.work import StoppedError, Work
from core.content import Fate, Foreign
from core.errors import GenkoError, ServerError
from core.legacy.addresses import is_address
from core.legacy.mangaka.reader import READER
from core.legacy.mangaka.reading import foreign_of, staged
from core.legacy.mangaka.sources import Tally, archives
from core.legacy.mangaka.sources.database import rows_of_database
from core.legacy.sniffing import reader_of
from tests.legacy.mangaka import samples
from tests.legacy.mangaka.database import fill, insert_rows, reader_login
from tests.legacy.mangaka.samples import OTHER, PROJECT, USER, row_id, script_row
from tests.server.conftest import database18, postgres18  # noqa: F401 fixtures
from tests.server.postgres import PostgresForTests

TRICKY = (
    'PAGE 1:\nPANEL 1:\nMARA: It\'s "quoted", C:\\temp\\new; a\ttab'
    "\nCOPY public.x FROM stdin;\n\\.\nelse $$ -- no"
)


def read(path: Path) -> Foreign:
    """What the reader makes of a file that it was found for."""
    reader = reader_of(path)
    assert reader is READER
    return reader.read(path, work=Work())


def read_source(source: str) -> Foreign:
    """What is in a database or file."""
    with staged(source, work=Work()) as found:
        return foreign_of(found, Work())


def essence(found: Foreign) -> list[tuple[Any, ...]]:
    """What a source says, however it was written down."""
    return [
        (
            project.key,
            project.title,
            project.script,
            {section: [dict(one.fields) for one in rows] for section, rows in project.records.items()},
            [old.text for old in project.older],
        )
        for project in found.projects
    ]


@pytest.fixture
def old_database(database18: str) -> str:  # noqa: F811
    """The conninfo of a database with the app's tables, a small project and hostile words in it."""
    tables = samples.tables()
    tables["manga_scripts"].append(
        script_row(
            {"content": TRICKY, "stats": {}, "fileTree": []}, 7, project=row_id(70), title="Tricky; 'x'"
        )
    )
    fill(database18, tables)
    return database18


def url_of(conninfo: str, password: str = "") -> str:
    """The same as a URL."""
    parts = conninfo_to_dict(conninfo)
    secret = f":{password}" if password else ""
    where = "&".join(
        f"{name}={quote(str(parts[name]))}" for name in ("host", "port", "options") if name in parts
    )
    return f"postgresql://{parts['user']}{secret}@/{parts['dbname']}?{where}"


def dump(conninfo: str, *options: str) -> bytes:
    """What pg_dump makes of it."""
    program = archives.pg_restore()
    assert program is not None
    tool = Path(program).with_name("pg_dump")
    command = [str(tool) if tool.exists() else "pg_dump", "--no-owner", *options, conninfo]
    return subprocess.run(command, check=True, capture_output=True).stdout


def test_every_source_says_the_same(old_database: str, tmp_path: Path) -> None:
    wanted = essence(read_source(url_of(old_database)))
    assert len(wanted) == 3
    assert any(one[2] == TRICKY for one in wanted)
    for name, options in {
        "copy.sql": [],
        "inserts.sql": ["--inserts"],
        "columns.sql": ["--column-inserts", "--data-only"],
        "many.sql": ["--rows-per-insert=3"],
        "custom.dump": ["-Fc"],
        "tar.dump": ["-Ft"],
    }.items():
        path = tmp_path / name
        path.write_bytes(dump(old_database, *options))
        assert essence(read(path)) == wanted, name
    folder = tmp_path / "folder"
    dump(old_database, "-Fd", f"--file={folder}")
    assert essence(read(folder)) == wanted
    packed = tmp_path / "packed.sql.gz"
    packed.write_bytes(gzip.compress((tmp_path / "copy.sql").read_bytes()))
    assert essence(read(packed)) == wanted


def test_a_table_as_csv_json_and_lines_says_the_same(old_database: str, tmp_path: Path) -> None:
    outs: dict[str, bytes] = {}
    with psycopg.connect(old_database) as connection, connection.cursor() as cursor:
        for name, query in {
            "psql.csv": "COPY manga_scripts TO STDOUT (FORMAT csv, HEADER)",
            "bare.csv": "COPY manga_scripts TO STDOUT (FORMAT csv)",
            "semicolons.csv": "COPY manga_scripts TO STDOUT (FORMAT csv, HEADER, DELIMITER ';')",
            "text.copy": "COPY manga_scripts TO STDOUT",
            "rows.jsonl": "COPY (SELECT row_to_json(t) FROM manga_scripts t) TO STDOUT "
            "(FORMAT csv, QUOTE E'\\x01', DELIMITER E'\\x02')",
        }.items():
            with cursor.copy(query) as copy:
                outs[name] = b"".join(bytes(piece) for piece in copy)
        rows = cursor.execute("SELECT row_to_json(t) FROM manga_scripts t").fetchall()
    outs["rows.json"] = json.dumps([row[0] for row in rows]).encode()
    outs["tables.json"] = json.dumps({"manga_scripts": [row[0] for row in rows]}, indent=1).encode()
    said = {}
    for name, data in outs.items():
        (tmp_path / name).write_bytes(data)
        said[name] = essence(read(tmp_path / name))
    assert all(one == said["rows.json"] for one in said.values())
    assert any(one[2] == TRICKY for one in said["psql.csv"])


def test_a_login_that_policies_hide_rows_from_is_told_so(
    postgres18: PostgresForTests,  # noqa: F811
    old_database: str,
) -> None:
    whole = read_source(url_of(old_database))
    assert whole.notes == ()
    url = url_of(reader_login(postgres18, old_database, "reader_of_some"))
    found = read_source(url)
    assert any("row-level security" in note for note in found.notes)
    assert not any(fate.where.startswith("manga_scripts ") for fate in found.rows)


def test_no_password_is_ever_shown(old_database: str) -> None:
    url = url_of(old_database, "s3cr3t-word")
    with staged(url, work=Work()) as found:
        assert "s3cr3t" not in found.where
    with pytest.raises(GenkoError) as caught, staged(url.replace("?host=/", "?host=/nowhere/"), work=Work()):
        pass
    assert "s3cr3t" not in str(caught.value) + repr(caught.value.__cause__)
    assert is_address(url)
    assert not is_address("C:/dump.sql")


def test_a_database_without_the_table_is_refused(database18: str) -> None:  # noqa: F811
    with pytest.raises(ServerError, match="no table manga_scripts"), staged(url_of(database18), work=Work()):
        pass


def test_nothing_is_written_to_the_database(old_database: str) -> None:
    def state() -> Any:
        with psycopg.connect(old_database) as connection:
            return connection.execute(
                "SELECT count(*), max(xmin::text::bigint) FROM manga_scripts"
            ).fetchone()

    before = state()
    read_source(url_of(old_database))
    assert state() == before


def test_an_archive_without_pg_restore_says_how_to_go_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "x.dump"
    path.write_bytes(b"PGDMP\x01\x0e\x00 nothing of the kind")
    with pytest.raises(GenkoError, match="damaged, or no archive"):
        read(path)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setenv("GENKO_PG_BIN", str(tmp_path))
    with pytest.raises(GenkoError, match="not on this machine"):
        read(path)


@pytest.mark.skipif(shutil.which("pg_restore") is None, reason="no pg_restore")
def test_a_dump_that_ends_in_the_middle_is_a_problem(old_database: str, tmp_path: Path) -> None:
    whole = dump(old_database)
    at = whole.index(b"COPY public.manga_scripts ")
    cut = tmp_path / "cut.sql"
    cut.write_bytes(whole[: whole.index(b"\n", at + 400) + 30])
    with staged(str(cut), work=Work()) as found:
        assert found.tally.problems
    custom = tmp_path / "cut.dump"
    custom.write_bytes(dump(old_database, "-Fc")[:-200])
    with pytest.raises(GenkoError), staged(str(custom), work=Work()):
        pass


def test_json_that_breaks_off_keeps_the_rows_before(tmp_path: Path) -> None:
    data = samples.as_json([script_row(samples.C, 1), script_row(samples.D, 2, project=OTHER)])
    path = tmp_path / "cut.json"
    path.write_bytes(data[:-40])
    found = read(path)
    assert [project.script for project in found.projects if project.script] == [samples.C["content"]]
    refused = [fate for fate in found.rows if fate.fate is Fate.REFUSED]
    assert len(refused) == 1
    assert "I am here" in refused[0].why  # even what can't be read stands in the report


def test_a_row_of_another_length_is_told_and_the_others_are_read(tmp_path: Path) -> None:
    out = io.StringIO()
    writer = csv.writer(out)
    row = script_row(samples.C, 1)
    writer.writerow(row)
    writer.writerow([*row.values(), "one too many"])
    writer.writerow([json.dumps(v) if isinstance(v, dict) else v for v in script_row(samples.D, 2).values()])
    path = tmp_path / "x.csv"
    path.write_text(out.getvalue())
    found = read(path)
    assert [fate.fate for fate in found.rows].count(Fate.REFUSED) == 1
    assert any(project.script == samples.D["script"]["content"] for project in found.projects)


@pytest.mark.parametrize("name", samples.SHAPES)
def test_exported_json_of_every_generation(tmp_path: Path, name: str) -> None:
    value = {"title": "Été", **samples.SHAPES[name], "exportDate": "2025-06-03T10:00:00Z"}
    path = tmp_path / "ete_script.json"
    path.write_bytes(samples.as_json(value))
    (project,) = read(path).projects
    assert (project.script or "").strip()


def test_text_exports(tmp_path: Path) -> None:
    path = tmp_path / "La_pluie_script.txt"
    path.write_text("PAGE 1 :\n\nPANEL 1 :\n[MARA] : Enfin.\n")
    (project,) = read(path).projects
    assert project.script == "PAGE 1 :\n\nPANEL 1 :\n[MARA] : Enfin.\n"
    assert project.title == "La pluie"
    laid_out = tmp_path / "paris.txt"
    laid_out.write_text(
        "PARIS\n=====\n\nDESCRIPTION:\nA short one\n\nSTATISTICS:\n- Chapters: 1\n- Estimated pages: 1\n\n"
        f"CHAPTER 1: DAWN\n{'-' * 40}\n\n  SCENE 1: The quay\n  Location: Lyon\n  Time: dawn\n\n"
        f"    PANEL 1 (Page 1)\n    {'-' * 30}\n    PLAN: wide | ANGLE: eye-level\n"
        "    DESCRIPTION:\n    Fog.\n"
        '    DIALOGUES:\n      1. Mara: "At last"\n         Style: normal | Type: speech\n'
        "    SOUND EFFECTS:\n      1. CLANG (impact, large)\n    NOTES:\n      keep it quiet\n"
    )
    (project,) = read(laid_out).projects
    assert "MARA: At last" in (project.script or "")
    assert "PAGE 1:" in (project.script or "")
    assert "SFX: CLANG" in (project.script or "")


def test_other_files_are_not_taken_for_ours(tmp_path: Path) -> None:
    for name, data in {
        "a.json": b'{"title": "x", "content": "y"}',
        "b.json": b'[{"id": 1, "name": "z"}]',
        "c.sql": b"-- PostgreSQL database dump\n\nCREATE TABLE public.things (id int);\n",
        "d.csv": b"id,name\n1,x\n",
        "e.txt": b"PAGE 1\nPANEL 1\nMARA: Here.\n",
        "f.txt": b"",
    }.items():
        (tmp_path / name).write_bytes(data)
        assert reader_of(tmp_path / name) is not READER, name


def test_reading_can_be_stopped(tmp_path: Path) -> None:
    path = tmp_path / "rows.json"
    path.write_bytes(samples.as_json([script_row(samples.C, at) for at in range(1, 50)]))
    work = Work()
    work.stop.set()
    with pytest.raises(StoppedError):
        READER.read(path, work=work)


def test_a_million_bytes_of_gzip_in_a_few_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "bomb.csv.gz"
    head = b"id,project_id,script_data\n"
    path.write_bytes(gzip.compress(head + b" " * 5_000_000))
    assert os.path.getsize(path) < 100_000
    with pytest.raises(GenkoError, match="far too much"):
        READER.read(path, work=Work())


MEASURED = """
import sys
from core.backup.work import Work
from core.legacy.mangaka.auditing import audit
from core.legacy.mangaka.reading import staged
from tests.backup.archive.big import most_memory
with staged(sys.argv[1], work=Work()) as found:
    told = audit(found, Work())
print(sum(told.tables.values()), told.projects, most_memory())
"""


def large_dump(path: Path, rows: int, form: str) -> None:
    """A dump with so many rows, five to a project."""
    data = json.dumps(samples.C, ensure_ascii=False)
    with path.open("w", encoding="utf-8") as stream:
        if form == "sql":
            columns = ", ".join(script_row(samples.C))
            stream.write(
                f"-- PostgreSQL database dump\n\nCOPY public.manga_scripts ({columns}) FROM stdin;\n"
            )
            line = data.replace("\\", "\\\\") + "\t1\t2025-05-01 10:00:00+00\t2025-05-02 10:00:00+00\n"
            for at in range(rows):
                stream.write(f"{row_id(at)}\t{row_id(at // 5)}\t{USER}\tRain {at}\t\t{line}")
            stream.write("\\.\n")
        else:
            stream.write("[")
            for at in range(rows):
                row = {
                    "id": row_id(at),
                    "project_id": row_id(at // 5),
                    "user_id": USER,
                    "script_data": samples.C,
                }
                stream.write(("," if at else "") + json.dumps(row, ensure_ascii=False))
            stream.write("]")


def measured(path: Path) -> tuple[int, int, int]:
    """(rows, projects, megabytes at the most) of an audit in a process of its own."""
    done = subprocess.run([sys.executable, "-c", MEASURED, str(path)], check=True, capture_output=True)
    rows, projects, peak = map(int, done.stdout.split())
    return rows, projects, peak


@pytest.mark.soak
@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="needs Linux's /proc")
@pytest.mark.parametrize("form", ["sql", "json"])
def test_many_rows_take_hardly_more_memory_than_a_few(tmp_path: Path, form: str) -> None:
    few, many = tmp_path / f"few.{form}", tmp_path / f"many.{form}"
    large_dump(few, 20_000, form)
    large_dump(many, 300_000, form)
    assert many.stat().st_size > 100_000_000
    assert measured(few)[:2] == (20_000, 4_000)
    rows, projects, peak = measured(many)
    assert (rows, projects) == (300_000, 60_000)
    assert peak < 200


def test_rows_are_those_of_one_moment(old_database: str) -> None:
    rows = rows_of_database(old_database, Tally())
    first = next(rows)
    with psycopg.connect(old_database, autocommit=True) as other:
        insert_rows(other, {"manga_scripts": [script_row(samples.D, 400)], "pages": [{"id": row_id(401)}]})
    ids = [first.id, *(row.id for row in rows)]
    assert row_id(1) in ids
    assert row_id(400) not in ids
    assert row_id(401) not in ids
    assert row_id(400) in [row.id for row in rows_of_database(old_database, Tally())]  # the control


def test_a_connection_that_is_cut_is_one_sentence(old_database: str) -> None:
    rows = rows_of_database(old_database, Tally())
    next(rows)
    with psycopg.connect(old_database, autocommit=True) as other:
        other.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
    with pytest.raises(GenkoError, match="connection to the database server broke"):
        list(rows)


SMALL_DISK = """
import resource, sys
from core.backup.work import Work
from core.errors import GenkoError
from core.legacy.mangaka.auditing import audit
from core.legacy.mangaka.reading import staged
resource.setrlimit(resource.RLIMIT_FSIZE, (2_000_000, 2_000_000))
try:
    with staged(sys.argv[1], work=Work()) as found:
        audit(found, Work())
except GenkoError as error:
    print(error)
"""


def test_no_room_for_the_rows_is_one_sentence(tmp_path: Path) -> None:
    path = tmp_path / "rows.json"
    text = "PAGE 1:\n" + "rain and more rain\n" * 50_000
    path.write_bytes(samples.as_json([script_row({"content": text, "fileTree": []}, at) for at in range(25)]))
    done = subprocess.run([sys.executable, "-c", SMALL_DISK, str(path)], check=True, capture_output=True)
    assert b"can't be put in order" in done.stdout


def test_all_that_a_browser_keeps_and_what_the_server_answered(tmp_path: Path) -> None:
    kept = {
        "mangaka-project-store": json.dumps(samples.STORE),
        "assembly_draft_xyz": json.dumps({"content": "words of a draft", "sessionId": "xyz"}),
        "mangaka-ai-currency-preference": "eur",
    }
    path = tmp_path / "storage.json"
    path.write_bytes(samples.as_json(kept))
    found = read(path)
    assert "Newer, from the browser." in (found.projects[0].script or "")
    assert "words of a draft" in "\n".join(fate.why for fate in found.rows)
    path.write_bytes(
        samples.as_json({"success": True, "data": samples.D, "updatedAt": "2025-06-01T10:00:00Z"})
    )
    assert read(path).projects[0].script == samples.D["script"]["content"]


def test_a_dump_in_another_encoding(tmp_path: Path) -> None:
    columns = ", ".join(script_row(samples.C))
    text = "PAGE 1:\\\\nMARA: Été, déjà\\\\n"
    row = f'{row_id(1)}\t{PROJECT}\t{USER}\tPluie\t\t{{"content": "{text}", "fileTree": []}}\t1\t\\N\t\\N\n'
    dump = f"SET client_encoding = 'LATIN1';\nCOPY public.manga_scripts ({columns}) FROM stdin;\n{row}\\.\n"
    path = tmp_path / "latin.sql"
    path.write_bytes(dump.encode("latin-1"))
    assert read(path).projects[0].script == "PAGE 1:\nMARA: Été, déjà\n"
