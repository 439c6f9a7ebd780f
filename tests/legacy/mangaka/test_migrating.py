"""The migration from end to end: again and again, edits on both sides, killed, checked, taken back."""

from __future__ import annotations

import gzip
import json
import os
import re
import signal
import stat
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from uuid import UUID

import psycopg
import pytest

from core.backup.importing import apply_import, plan_import, undo_import
from core.backup.migrating.checking import Check, check
from core.backup.migrating.known import came_in, read_migration
from core.backup.migrating.running import Done, roll_back, run
from core.backup.work import StoppedError, Work
from core.errors import GenkoError
from core.legacy.mangaka.auditing import Audit, audit
from core.legacy.mangaka.reading import staged
from core.paths import Paths
from core.server import Server, ServerSettings
from core.story import Section
from core.story.history import text_at
from core.workspace import Shelf
from core.workspace.files import open_store
from tests.legacy.mangaka import samples
from tests.legacy.mangaka.database import fill, reader_login
from tests.legacy.mangaka.samples import OTHER, PROJECT, USER, row_id, script_row
from tests.legacy.mangaka.test_sources import url_of
from tests.server.conftest import conninfo, database18, postgres18, template18  # noqa: F401 fixtures
from tests.server.postgres import PostgresForTests

KEY = f"{PROJECT}/{USER}"
TEXT = "PAGE 1:\n\nPANEL 1:\nMARA: One.\n\nPANEL 2:\nMARA: Two.\n\nPANEL 3:\nMARA: Three.\n"


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    """An empty shelf."""
    home = tmp_path / "home"
    return Shelf(Paths(home / "data", home / "config", home / "logs", home / "state"))


def no_backup(projects: Sequence[UUID]) -> Path:
    """A backup is IMPORT's business and tried there."""
    return Path("backup")


def bring(shelf: Shelf, source: str, **options: Any) -> Done:
    """One run."""
    return run(shelf, source, back_up=no_backup, **options)


def look(shelf: Shelf, source: str) -> Check:
    """One check."""
    with staged(source, work=Work()) as found:
        return check(shelf, found, work=Work())


def count(source: str) -> Audit:
    """One audit."""
    with staged(source, work=Work()) as found:
        return audit(found, Work())


def write(path: Path, value: Any) -> str:
    """A dump."""
    path.write_bytes(samples.as_json(value))
    return str(path)


def text_of(shelf: Shelf, key: str = KEY) -> str:
    """The script that came of a project."""
    return open_store(shelf, came_in(shelf)[key]).text


def flat(text: str) -> dict[str, Any]:
    """A text in the shape that the app saved last."""
    return {
        "script": {"content": text, "title": "Rain", "stats": {}, "fileTree": []},
        "metadata": {"version": 1},
    }


def test_everything_comes_in_and_is_found_again(shelf: Shelf, tmp_path: Path) -> None:
    dump = write(tmp_path / "dump.json", samples.tables())
    before = look(shelf, dump)
    assert not before.complete  # the control: nothing is here yet
    assert before.missed > 5
    done = bring(shelf, dump)
    assert done.actions == {"create": 2}
    assert sum(done.rows.values()) == 12
    after = look(shelf, dump)
    assert after.complete, after.misses
    assert after.found == after.rows == 12


def test_a_word_taken_from_the_project_is_still_in_its_history_and_one_never_brought_is_missed(
    shelf: Shelf, tmp_path: Path
) -> None:
    dump = write(tmp_path / "dump.json", [script_row(flat(TEXT))])
    bring(shelf, dump)
    entry = came_in(shelf)[KEY]
    with shelf.edited(entry.project_id) as store:
        store.replace_text("all of it thrown away")
    assert look(shelf, dump).complete
    changed = write(tmp_path / "dump2.json", [script_row(flat(f"{TEXT}\nMARA: Four.\n"))])
    missed = look(shelf, changed)
    assert missed.missed == 1
    assert "Four" in missed.misses[0].words[0]


def test_again_without_a_change_does_nothing(shelf: Shelf, tmp_path: Path) -> None:
    dump = write(tmp_path / "dump.json", samples.tables())
    bring(shelf, dump)
    before = {entry.project_id: open_store(shelf, entry).version for entry in shelf.list()}
    again = bring(shelf, dump)
    assert again.actions == {"same": 2}
    assert again.imports == []
    assert {entry.project_id: open_store(shelf, entry).version for entry in shelf.list()} == before


def test_what_both_sides_wrote_since_survives(shelf: Shelf, tmp_path: Path) -> None:
    dump = write(tmp_path / "dump.json", [script_row(flat(TEXT)), script_row(samples.C, 2, project=OTHER)])
    bring(shelf, dump)
    with shelf.edited(came_in(shelf)[KEY].project_id) as store:
        store.replace_text(store.text.replace("One.", "One, written in Genko."))
    newer = TEXT.replace("Three.", "Three, written in the old app.")
    dump = write(
        tmp_path / "dump.json", [script_row(flat(newer), day=9), script_row(samples.C, 2, project=OTHER)]
    )
    done = bring(shelf, dump)
    assert done.actions == {"merge": 1, "same": 1}
    assert done.conflicts == 0
    text = text_of(shelf)
    assert text.count("One, written in Genko.") == 1
    assert text.count("Three, written in the old app.") == 1
    assert text.count("Two.") == 1
    assert look(shelf, dump).complete
    # The control: without a common ancestor one of the two would have gone or stood there twice.
    assert text == TEXT.replace("One.", "One, written in Genko.").replace(
        "Three.", "Three, written in the old app."
    )
    # And a third time, from where the second left off.
    third = newer.replace("Two.", "Two, later still.")
    bring(shelf, write(tmp_path / "dump.json", [script_row(flat(third), day=10)]))
    assert "Two, later still." in text_of(shelf)
    assert "One, written in Genko." in text_of(shelf)


def test_the_same_words_changed_on_both_sides_are_both_kept(shelf: Shelf, tmp_path: Path) -> None:
    dump = write(tmp_path / "dump.json", [script_row(flat(TEXT))])
    bring(shelf, dump)
    with shelf.edited(came_in(shelf)[KEY].project_id) as store:
        store.replace_text(TEXT.replace("Two.", "Deux."))
    dump = write(tmp_path / "dump.json", [script_row(flat(TEXT.replace("Two.", "Zwei.")), day=9)])
    bring(shelf, dump)
    assert "Deux." in text_of(shelf)
    assert look(shelf, dump).complete


def test_records_of_a_later_run_come_in_beside_ours(shelf: Shelf, tmp_path: Path) -> None:
    tables = samples.tables()
    bring(shelf, write(tmp_path / "dump.json", tables))
    mine = came_in(shelf)[KEY].project_id
    with shelf.edited(mine) as store:
        store.add_record(Section.CHARACTERS, name="Only in Genko")
    tables["character_images"].append(
        {
            **tables["character_images"][0],
            "id": row_id(500),
            "metadata": {"name": "Late"},
            "original_prompt": "came late",
        }
    )
    dump = write(tmp_path / "dump.json", tables)
    bring(shelf, dump)
    names = [one.name for one in open_store(shelf, shelf.entry(mine)).characters()]
    assert set(names) == {"Mara", "Yann", "Only in Genko", "Late"}
    assert look(shelf, dump).complete


def test_what_the_writer_threw_away_stays_there(shelf: Shelf, tmp_path: Path) -> None:
    dump = write(tmp_path / "dump.json", samples.tables())
    bring(shelf, dump)
    shelf.trash(came_in(shelf)[KEY].project_id)
    done = bring(shelf, dump)
    assert done.actions == {"skip": 1, "same": 1}
    assert done.in_trash
    assert len(shelf.list()) == 1


def test_what_was_taken_back_stays_away_until_it_is_wanted_again(shelf: Shelf, tmp_path: Path) -> None:
    bring(shelf, write(tmp_path / "dump.json", [script_row(flat(TEXT))]))
    newer = TEXT.replace("Two.", "Two, later.")
    dump = write(tmp_path / "dump.json", [script_row(flat(newer), day=9)])
    done = bring(shelf, dump)
    undo_import(shelf, done.imports[0], back_up=no_backup)
    assert text_of(shelf) == TEXT
    told = bring(shelf, dump)
    assert (told.actions, len(told.taken_back), text_of(shelf)) == ({"same": 1}, 1, TEXT)
    told = bring(shelf, dump, again=True)
    assert (told.actions, told.taken_back, text_of(shelf)) == ({"merge": 1}, [], newer)
    assert bring(shelf, dump).taken_back == []


def test_a_project_that_was_taken_back_whole_comes_out_of_the_trash_again(
    shelf: Shelf, tmp_path: Path
) -> None:
    dump = write(tmp_path / "dump.json", [script_row(flat(TEXT))])
    undo_import(shelf, bring(shelf, dump).imports[0], back_up=no_backup)
    assert (bring(shelf, dump).actions, shelf.list()) == ({"skip": 1}, [])
    bring(shelf, dump, again=True)
    assert (len(shelf.list()), text_of(shelf)) == (1, TEXT)


def test_rolling_back_and_going_on(shelf: Shelf, tmp_path: Path) -> None:
    mine = shelf.create(title="My own", text="PAGE 1:\nuntouched\n")
    dump = write(tmp_path / "dump.json", samples.tables())
    bring(shelf, dump)
    with shelf.edited(came_in(shelf)[KEY].project_id) as store:
        store.replace_text(f"{store.text}\nwritten since\n")
    back = roll_back(shelf)
    assert len(back.projects) == 2
    assert [entry.project_id for entry in shelf.list()] == [mine.project_id]
    assert len(shelf.list(trashed=True)) == 2
    assert roll_back(shelf).projects == []
    done = bring(shelf, dump)
    assert done.actions == {"same": 2}
    assert len(shelf.list()) == 3
    assert "written since" in text_of(shelf)


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


# the database


def test_a_database_is_copied_aside_brought_in_and_never_changed(
    shelf: Shelf,
    postgres18: PostgresForTests,  # noqa: F811
    database18: str,  # noqa: F811
) -> None:
    fill(database18, samples.tables())
    url = url_of(database18)
    done = bring(shelf, url)
    assert done.copy is not None
    assert done.copy.in_database
    assert done.copy.rows == 6
    assert look(shelf, url).complete
    with psycopg.connect(database18) as connection:
        name = done.copy.where
        same = connection.execute(
            f"SELECT count(*) FROM (TABLE manga_scripts EXCEPT TABLE {name}) x"  # noqa: S608
        ).fetchone()
        assert same == (0,)
        closed = connection.execute(
            "SELECT relrowsecurity FROM pg_class WHERE oid = %s::regclass", (name,)
        ).fetchone()
        assert closed == (True,)
        # The old app is still in use.
        connection.execute(
            "UPDATE manga_scripts SET script_data = %s, updated_at = now(), version = version + 1"
            " WHERE id = %s AND set_config('request.jwt.claim.sub', %s, true) <> ''",
            (json.dumps(flat(TEXT)), row_id(5), USER),
        )
    again = bring(shelf, url)
    assert again.copy == done.copy  # copied once
    assert again.actions == {"merge": 1, "same": 1}
    # Pages that the old app has no more stay: an import deletes nothing.
    assert text_of(shelf, f"{OTHER}/{USER}").endswith(TEXT)
    final = look(shelf, url)
    assert final.complete, final.misses
    assert "password" not in (shelf.paths.data / "migrations" / "mangaka.json").read_text()
    _ = postgres18


def test_where_no_table_may_be_made_the_copy_is_a_private_file(
    shelf: Shelf,
    postgres18: PostgresForTests,  # noqa: F811
    database18: str,  # noqa: F811
) -> None:
    fill(database18, samples.tables())
    with psycopg.connect(database18, autocommit=True) as connection:
        connection.execute("ALTER TABLE manga_scripts DISABLE ROW LEVEL SECURITY")
    url = url_of(reader_login(postgres18, database18, "only_a_reader"))
    done = bring(shelf, url)
    assert done.copy is not None
    assert not done.copy.in_database
    copy = Path(done.copy.where)
    assert stat.S_IMODE(copy.stat().st_mode) == 0o600
    rows = [json.loads(line) for line in gzip.decompress(copy.read_bytes()).splitlines()]
    assert sum(row["table"] == "manga_scripts" for row in rows) == 6
    assert samples.D["script"]["content"] in json.dumps(rows).encode().decode("unicode_escape")
    assert look(shelf, url).complete


def test_hidden_rows_stop_a_run_unless_it_is_partial(
    shelf: Shelf,
    postgres18: PostgresForTests,  # noqa: F811
    database18: str,  # noqa: F811
) -> None:
    fill(database18, samples.tables())
    url = url_of(reader_login(postgres18, database18, "sees_little"))
    assert not count(url).sound
    with pytest.raises(GenkoError, match="row-level security"):
        bring(shelf, url)
    assert shelf.list() == []
    assert read_migration(shelf.paths).copies == ()
    assert bring(shelf, url, partial=True).problems


# stopped and killed


def test_a_run_that_is_stopped_leaves_whole_projects_and_goes_on(shelf: Shelf, tmp_path: Path) -> None:
    rows = [script_row(flat(f"{TEXT}\n{at}"), at, project=row_id(1000 + at)) for at in range(1, 12)]
    dump = write(tmp_path / "dump.json", rows)
    work = Work()

    def tell(step: Any) -> None:
        if step.what == "importing" and step.done == 5:
            work.stop.set()

    work.tell = tell
    with pytest.raises(StoppedError):
        bring(shelf, dump, work=work)
    assert 0 < len(shelf.list()) < 11
    done = bring(shelf, dump)
    assert done.actions["create"] + done.actions["same"] == 11
    assert len(shelf.list()) == 11
    assert look(shelf, dump).complete


CHILD = """
import sys
from pathlib import Path
from core.backup.migrating.running import run
from core.paths import Paths
from core.workspace import Shelf
home = Path(sys.argv[1])
shelf = Shelf(Paths(home / "data", home / "config", home / "logs", home / "state"))
print("go", flush=True)
run(shelf, sys.argv[2], back_up=lambda projects: Path("backup"))
print("done", flush=True)
"""


def killed_run(home: Path, dump: str, files: int) -> bool:
    """A run in a process of its own, killed once so many projects are there; whether that came in time."""
    child = subprocess.Popen([sys.executable, "-c", CHILD, str(home), dump], stdout=subprocess.PIPE)
    assert child.stdout is not None
    assert child.stdout.readline() == b"go\n"
    projects = home / "data" / "projects"
    while child.poll() is None:
        if files == 0 or (projects.is_dir() and len(list(projects.glob("*.genko"))) >= files):
            os.kill(child.pid, signal.SIGKILL)
            break
    child.wait()
    child.stdout.close()
    return child.returncode == -signal.SIGKILL


def test_killed_in_the_middle_and_run_again(tmp_path: Path) -> None:
    _kill_and_go_on(tmp_path, [3], 20)


@pytest.mark.soak
def test_killed_again_and_again(tmp_path: Path) -> None:
    _kill_and_go_on(tmp_path, [0, 1, 2, 5, 8, 13, 21, 34, 39], 45)


def _kill_and_go_on(tmp_path: Path, at: list[int], many: int) -> None:
    home = tmp_path / "home"
    rows = [script_row(flat(f"{TEXT}\nthe {n}. one\n"), n, project=row_id(1000 + n)) for n in range(many)]
    dump = write(tmp_path / "dump.json", rows)
    killed = sum(killed_run(home, dump, files) for files in at)
    assert killed == len(at)
    shelf = Shelf(Paths(home / "data", home / "config", home / "logs", home / "state"))
    bring(shelf, dump)
    keys = came_in(shelf)
    assert len(shelf.list()) == len(keys) == many  # none twice, none missing
    told = look(shelf, dump)
    assert told.complete, told.misses
    assert all(not entry.damaged for entry in shelf.list())


# with Genko's own server


def test_other_rows_are_versions_on_the_server_and_still_found_after_the_save(
    shelf: Shelf,
    tmp_path: Path,
    conninfo: str,  # noqa: F811
) -> None:
    server = Server(ServerSettings(url=conninfo))
    rows = [script_row(samples.C, 1), script_row(samples.D, 2), script_row(flat(TEXT), 3)]
    dump = write(tmp_path / "dump.json", rows)
    bring(shelf, dump, server=server)
    project = came_in(shelf)[KEY].project_id
    versions = server.versions(project)
    labels = "\n".join(version.message for version in versions)
    for row in (row_id(1), row_id(2)):
        assert re.search(rf"^“Rain”, .* \({row} of manga_scripts\)", labels, re.MULTILINE)
    blobs = [open_store(shelf, shelf.entry(project)).updates_since(None)]
    texts = [text_at(blobs, version.frontier) for version in versions]
    assert samples.C["content"] in texts
    assert samples.D["script"]["content"] in texts
    assert look(shelf, dump).complete
    # A row that came later, older than the head, is a version as well, and so is what the head said before.
    later = [*rows, script_row(samples.B, 4, day=1)]
    later[2] = script_row(flat(TEXT.replace("Two.", "Two and a half.")), 3, day=20)
    dump = write(tmp_path / "dump.json", later)
    bring(shelf, dump, server=server)
    versions = server.versions(project)
    blobs = [open_store(shelf, shelf.entry(project)).updates_since(None)]
    texts = [text_at(blobs, version.frontier) for version in versions]
    assert samples.B["content"] in texts
    assert text_of(shelf) == TEXT.replace("Two.", "Two and a half.")
    assert look(shelf, dump).complete


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


def test_rolling_back_leaves_what_was_imported_in_another_way(shelf: Shelf, tmp_path: Path) -> None:
    dump = write(tmp_path / "dump.json", samples.tables())
    plan = plan_import(shelf, Path(dump))
    apply_import(shelf, Path(dump), plan, back_up=no_backup)
    assert len(shelf.list()) == 2
    assert bring(shelf, dump).actions == {"same": 2}
    assert roll_back(shelf).projects == []
    assert len(shelf.list()) == 2


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
