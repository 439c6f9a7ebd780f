"""Looking after the backups: once a day, only when something changed, retried, and told without a dialog."""

from __future__ import annotations

import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from core.backup.exporting import content_id_of
from core.backup.keeping.clock import Reading
from core.backup.keeping.daily import pause
from core.backup.keeping.elsewhere import glance
from core.backup.keeping.today import LOCK, look_after, read_past
from core.backup.keeping.told import Today
from core.backup.work import Work
from core.legacy.kept import Item, keep
from core.paths import private_folder
from core.server.embedded.locks import FileLock
from tests.backup.keeping.making import Studio, days
from tests.backup.keeping.test_catalogue import ROOT

HOUR = timedelta(hours=1)


class Watch:
    """Clocks that a test moves; both go together unless it says otherwise. It begins at noon of this day."""

    def __init__(self) -> None:
        now = Reading.now()
        here = now.wall + timedelta(seconds=now.offset)
        gone = here.hour * 3600 + here.minute * 60 + here.second
        self.now = Reading(now.wall, now.offset + 12 * 3600 - gone, now.steady, now.boot)

    def on(self, gone: timedelta, jump: timedelta = timedelta()) -> Reading:
        """So much later, with the calendar set by `jump` more."""
        self.now = Reading(
            self.now.wall + gone + jump,
            self.now.offset,
            self.now.steady + gone.total_seconds(),
            self.now.boot,
        )
        return self.now


def after(studio: Studio, clock: Reading, **table: Any) -> Today:
    """One start of the app."""
    return look_after(studio.shelf, studio.wishes(**table), clock=clock)


def next_days(studio: Studio) -> None:
    """The real backups were made just now: as if it had been days before."""
    with studio.catalogue() as catalogue:
        for one in catalogue.entries():
            catalogue.put(_earlier(one))
        past = read_past(catalogue)
        assert past.done is None or past.failures == 0


def _earlier(one: Any) -> Any:
    from msgspec.structs import replace

    return replace(one, made_at=one.made_at - days(2))


def test_once_a_day_and_only_when_something_has_changed(studio: Studio) -> None:
    watch = Watch()
    first = after(studio, watch.now)
    assert (first.verdict, first.trouble) == ("made", "")
    studio.write("More.")
    assert after(studio, watch.on(HOUR / 60)).verdict == "done"
    assert len(studio.files()) == 1
    next_days(studio)
    assert after(studio, watch.on(days(2))).verdict == "made"
    next_days(studio)
    assert after(studio, watch.on(days(2))).verdict == "unchanged"
    assert len(studio.files()) == 2


def test_settings_alone_are_reason_enough(studio: Studio) -> None:
    watch = Watch()
    words = studio.shelf.paths.config / "words.txt"
    for text, verdict in (("umi\n", "made"), ("umi\n", "unchanged"), ("umi\nkaze\n", "made")):
        private_folder(words.parent)
        words.write_text(text)
        before = content_id_of(studio.shelf)
        assert after(studio, watch.on(days(2))).verdict == verdict
        assert content_id_of(studio.shelf) == before, "a project's content has not changed"
        next_days(studio)


def test_the_content_that_is_asked_for_is_the_content_of_a_backup(studio: Studio) -> None:
    made = studio.back_up().entry
    assert content_id_of(studio.shelf) == made.content_id
    studio.write("More.")
    assert content_id_of(studio.shelf) != made.content_id


def test_a_damaged_backup_is_none_so_another_is_made_the_same_day(studio: Studio) -> None:
    watch = Watch()
    path = Path(after(studio, watch.now).path)
    whole = path.read_bytes()
    path.write_bytes(whole[:300] + bytes([whole[300] ^ 1]) + whole[301:])
    with studio.catalogue() as catalogue:
        from core.backup.keeping import verify_again

        (entry,) = catalogue.entries()
        assert verify_again(catalogue, entry.id).verify_failed
    again = after(studio, watch.on(21 * HOUR))
    assert again.verdict == "made", "what is there does not count, changed or not"
    assert "damaged" in again.trouble
    assert path.exists()


def test_a_failure_is_told_and_tried_again_with_pauses(studio: Studio, tmp_path: Path) -> None:
    watch, table = Watch(), {"folder": str(tmp_path / "stick" / "backups")}
    failed = after(studio, watch.now, **table)
    assert failed.verdict == "failed"
    assert "No backup today" in failed.trouble
    assert failed.wait == pause(1).total_seconds()
    soon = after(studio, watch.on(HOUR / 60), **table)
    assert (soon.verdict, soon.trouble) == ("waiting", failed.trouble), "the badge stays"
    assert 0 < soon.wait < failed.wait
    second = after(studio, watch.on(pause(1)), **table)
    assert second.verdict == "failed"
    assert second.wait > failed.wait
    (tmp_path / "stick").mkdir()
    made = after(studio, watch.on(pause(2)), **table)
    assert (made.verdict, made.trouble, made.wait) == ("made", "", 0.0)
    with studio.catalogue() as catalogue:
        assert read_past(catalogue).failures == 0


def test_off_makes_none_and_still_looks_after_the_others(studio: Studio) -> None:
    made = studio.back_up().entry
    path = Path(made.path)
    path.write_bytes(path.read_bytes()[:-1])
    next_days(studio)
    with studio.catalogue() as catalogue:
        catalogue.mark(made.id, verified_at=made.made_at - days(3))
    today = after(studio, Watch().now, daily=False)
    assert today.verdict == "off"
    assert "damaged" in today.trouble
    assert len(studio.files()) == 1


def test_a_jump_of_the_clock_makes_no_second_one(studio: Studio) -> None:
    watch = Watch()
    assert after(studio, watch.now).verdict == "made"
    studio.write("More.")
    assert after(studio, watch.on(HOUR, days(3650))).verdict == "too soon"
    assert after(studio, watch.on(HOUR, days(-3650))).verdict in ("done", "too soon")
    assert len(studio.files()) == 1


@pytest.mark.soak
def test_two_programs_at_the_same_moment_make_one(studio: Studio) -> None:
    code = """
import sys
from pathlib import Path
from core.backup.keeping import wishes_of
from core.backup.keeping.today import look_after
from core.paths import Paths
from core.workspace import Shelf
home = Path(sys.argv[1])
paths = Paths(home / "data", home / "config", home / "logs", home / "state")
print("ready", flush=True)
sys.stdin.read(1)
print(look_after(Shelf(paths), wishes_of({}, paths)).verdict)
"""
    home = str(studio.paths.data.parent)
    many = [
        subprocess.Popen(
            [sys.executable, "-c", code, home],
            cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        )
        for _ in range(2)
    ]  # fmt: skip
    for one in many:
        assert one.stdout is not None
        assert one.stdout.readline() == "ready\n"
    for one in many:
        assert one.stdin is not None
        one.stdin.write("x")
        one.stdin.flush()
    said = [one.communicate()[0].strip() for one in many]
    assert said.count("made") == 1
    assert set(said) <= {"made", "busy", "done"}
    assert len(studio.files()) == 1


def test_one_that_is_cut_short_again_and_again_is_told_at_the_next_start(studio: Studio) -> None:
    code = """
import os, signal, sys
from pathlib import Path
from core.backup.keeping import wishes_of
from core.backup.keeping.today import look_after
from core.backup.work import Work
from core.paths import Paths
from core.workspace import Shelf
home = Path(sys.argv[1])
paths = Paths(home / "data", home / "config", home / "logs", home / "state")
look_after(Shelf(paths), wishes_of({}, paths), work=Work(lambda step: os.kill(os.getpid(), signal.SIGKILL)))
"""
    assert glance(studio.paths).trouble == ""
    for _ in range(2):
        command = [sys.executable, "-c", code, str(studio.paths.data.parent)]
        assert subprocess.run(command, cwd=ROOT, check=False).returncode == -9
    assert "cut short by the end of Genko 2 times" in glance(studio.paths).trouble
    assert after(studio, Watch().now).verdict == "made"
    assert glance(studio.paths).trouble == ""


def test_who_comes_second_goes_away_again(studio: Studio) -> None:
    lock = FileLock(studio.paths.data / LOCK)
    assert lock.take()
    assert after(studio, Watch().now).verdict == "busy"
    lock.free()
    assert after(studio, Watch().now).verdict == "made"


def test_nothing_written_yet_is_nothing_to_be_backed_up(tmp_path: Path) -> None:
    from core.paths import Paths
    from core.workspace import Shelf

    studio = Studio(Paths(tmp_path / "d", tmp_path / "c", tmp_path / "l", tmp_path / "s"), None, None)  # type: ignore[arg-type]
    today = look_after(Shelf(studio.paths), studio.wishes())
    assert today.verdict == "empty"
    assert not studio.paths.data.exists()
    item = Item("export.json", b"{}")
    keep([item], "hublib", "export.json", studio.paths.kept, work=Work(), at=datetime.now(UTC))
    made = look_after(Shelf(studio.paths), studio.wishes())
    assert (made.verdict, made.trouble) == ("made", ""), "other programs' data may be here alone"


@pytest.mark.parametrize("gone", ["second place", "keys"])
def test_a_copy_that_can_not_be_made_is_a_badge_and_is_caught_up(
    studio: Studio, tmp_path: Path, gone: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("GENKO_S3_KEY", "AWS_ACCESS_KEY_ID"):
        monkeypatch.delenv(name, raising=False)
    second = tmp_path / "stick"
    table = {"second": str(second) if gone == "second place" else "s3://bucket/x"}
    watch = Watch()
    today = after(studio, watch.now, **table)
    assert today.verdict == "made"
    assert ("not there" if gone == "second place" else "no keys") in today.trouble
    assert after(studio, watch.on(HOUR / 60), **table).trouble == today.trouble
    if gone == "second place":
        second.mkdir()
        assert after(studio, watch.on(HOUR / 60), **table).trouble == ""
        assert [path.name for path in second.iterdir()] == studio.files()
