"""`genko backup …` for what there is: honest exit codes, answers for programs, nothing that cron lacks."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from pathlib import Path

import pytest

from core.paths import Paths
from core.workspace import Shelf
from tests.backup.keeping.making import SCRIPT
from tests.backup.keeping.test_catalogue import ROOT
from tests.cli.conftest import Ended, Genko, genko, home, shelf

__all__ = ["genko", "home", "shelf"]


@pytest.fixture
def library(shelf: Shelf) -> Shelf:
    """One project."""
    shelf.create(title="Night", text=SCRIPT)
    return shelf


def make(genko: Genko) -> dict[str, str]:
    """A backup of everything."""
    made = genko("backup", "create", "--no-server", "--json")
    assert made.status == 0, made.err
    found: dict[str, str] = made.json()
    return found


def hurt(path: str) -> None:
    """One bit of it."""
    whole = Path(path).read_bytes()
    Path(path).write_bytes(whole[:400] + bytes([whole[400] ^ 1]) + whole[401:])


def test_with_no_backup_the_answers_are_empty_and_verify_fails(genko: Genko, library: Shelf) -> None:
    assert genko("backup", "list", "--json").json() == []
    assert "no backups yet" in genko("backup", "list").out
    assert genko("backup", "verify").status == 1
    assert genko("backup", "show", "whatever").status == 1
    assert genko("backup", "verify", "--all", "name").status == 2
    assert genko("backup", "where", "--json").json()["elsewhere_at"] is None


def test_verify_says_damage_with_its_exit_code_and_only_then(genko: Genko, library: Shelf) -> None:
    first, second = make(genko), make(genko)
    fine = genko("backup", "verify", "--all", "--json")
    assert (fine.status, [one["ok"] for one in fine.json()]) == (0, [True, True])
    hurt(first["path"])
    assert genko("backup", "verify").status == 0, "the newest is sound"
    by_name = genko("backup", "verify", first["archive_id"])
    assert by_name.status == 1
    assert by_name.out.startswith("DAMAGED")
    bad = genko("backup", "verify", "--all", "--json")
    assert bad.status == 1
    assert [one["ok"] for one in bad.json()] == [True, False]
    listed = {one["id"]: one for one in genko("backup", "list", "--json").json()}
    assert listed[first["archive_id"]]["damage"]
    assert not listed[second["archive_id"]]["damage"]
    assert Path(first["path"]).exists(), "nothing is thrown away for it"


def test_a_file_that_is_in_no_list_can_be_verified(genko: Genko, library: Shelf, tmp_path: Path) -> None:
    copy = tmp_path / "copy.genko-backup"
    copy.write_bytes(Path(make(genko)["path"]).read_bytes())
    assert genko("backup", "verify", copy).status == 0
    hurt(str(copy))
    assert genko("backup", "verify", copy).status == 1
    copy.write_bytes(b"")
    assert genko("backup", "verify", copy).status == 1


def test_cron_with_an_empty_environment_and_closed_streams_verifies(genko: Genko, library: Shelf) -> None:
    made = make(genko)
    folder = os.environ["GENKO_HOME"]

    def cron(*arguments: str) -> int:
        """No terminal, no TERM, no HOME, no input; a server's address that nobody answers."""
        return subprocess.run(
            ["/bin/sh", "-c", 'exec "$@" <&-', "sh", sys.executable, "-m", "tui", "backup", *arguments],
            cwd=ROOT,
            env={"GENKO_HOME": folder, "GENKO_DATABASE_URL": "postgresql://127.0.0.1:1/none"},
            capture_output=True,
            check=False,
            start_new_session=True,
        ).returncode

    assert cron("verify", "--all") == 0
    hurt(made["path"])
    assert cron("verify", "--all") == 1


def test_pin_name_delete_and_bring_back(genko: Genko, library: Shelf) -> None:
    made = make(genko)
    short = made["archive_id"][:8]
    assert genko("backup", "pin", short, "--json").json()["pinned"] is True
    assert genko("backup", "pin", short, "--off", "--json").json()["pinned"] is False
    named = genko("backup", "rename", short, "draft 1 [red]\x1b[31m done", "--json").json()
    assert named["label"] == "draft 1 [red] [31m done"
    assert named["never_expires"]
    assert "\x1b" not in genko("backup", "list").out
    assert "draft 1 [red]" in genko("backup", "show", short).out
    assert genko("backup", "delete", short).status == 0
    assert not Path(made["path"]).exists()
    assert genko("backup", "list", "--json").json() == []
    assert [one["id"] for one in genko("backup", "list", "--trashed", "--json").json()] == [
        made["archive_id"]
    ]
    assert genko("backup", "undelete", short).status == 0
    assert Path(made["path"]).exists()


def test_prune_says_what_it_would_do_and_does_no_more(genko: Genko, library: Shelf) -> None:
    from msgspec.structs import replace

    from core.backup.keeping import Catalogue
    from tests.backup.keeping.making import days

    for _ in range(8):
        make(genko)
    with Catalogue(Paths.from_environment()) as catalogue:
        for one in catalogue.entries():
            catalogue.put(replace(one, made_at=one.made_at - days(900)))
    would = genko("backup", "prune", "--dry-run", "--json").json()
    assert len(would["gone"]) == 3
    assert all(Path(one["path"]).exists() for one in would["gone"])
    did = genko("backup", "prune", "--json")
    assert did.status == 0
    assert {one["id"] for one in did.json()["gone"]} == {one["id"] for one in would["gone"]}
    assert not any(Path(one["path"]).exists() for one in would["gone"])
    assert genko("backup", "prune", "--dry-run", "--json").json()["gone"] == []


def test_a_stream_counts_as_elsewhere_once_its_reader_has_confirmed_it(
    genko: Genko, library: Shelf, tmp_path: Path
) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tui", "backup", "create", "--no-server", "--to", "-"],
        cwd=ROOT, capture_output=True, check=True,
    )  # fmt: skip
    received = tmp_path / "mine.genko-backup"
    received.write_bytes(done.stdout)
    assert genko("backup", "verify", received).status == 0
    sha = hashlib.sha256(done.stdout).hexdigest()
    (streamed,) = genko("backup", "list", "--json").json()
    assert (streamed["path"], streamed["elsewhere_at"]) == (None, None)
    assert f"genko backup confirm {streamed['id']} {sha}" in done.stderr.decode()
    assert genko("backup", "confirm", streamed["id"], "0" * 64).status == 1
    assert genko("backup", "where", "--json").json()["elsewhere_at"] is None
    assert genko("backup", "confirm", streamed["id"], sha).status == 0
    assert genko("backup", "where", "--json").json()["elsewhere_at"]


def test_daily_from_cron_is_silent_when_all_is_well(genko: Genko, library: Shelf, home: Path) -> None:
    assert genko("backup", "daily", "--no-server") == Ended(0, "", "")
    assert genko("backup", "daily", "--no-server", "--json").json()["outcome"] == "done"
    (home / "config").mkdir()
    (home / "config" / "settings.toml").write_text(f'[backup]\nsecond = "{home}/stick"\n')
    with library.edited(library.list()[0].project_id) as store:
        store.replace_text("PAGE 1 :\n")
    make(genko)
    trouble = genko("backup", "daily", "--no-server")
    assert trouble.status == 1
    assert "not there" in trouble.err
    assert genko("backup", "where", "--json").json()["second_trouble"]


def test_the_doctor_knows_of_damage_and_of_where_backups_are(genko: Genko, library: Shelf) -> None:
    def finding() -> dict[str, str]:
        found = genko("doctor", "--json").json()
        return next(one for one in found if one["subject"] == "backups")

    assert "none yet" in finding()["sentence"]
    made = make(genko)
    assert (finding()["health"], "never" in finding()["sentence"]) == ("note", True)
    hurt(made["path"])
    genko("backup", "verify")
    assert "damaged" in finding()["sentence"]
    files = {one["what"]: one["bytes"] for one in genko("where", "--json").json()}
    assert files["backups"] >= Path(made["path"]).stat().st_size


def test_a_setting_that_makes_no_sense_is_a_usage_error(genko: Genko, library: Shelf, home: Path) -> None:
    (home / "config").mkdir(exist_ok=True)
    (home / "config" / "settings.toml").write_text('[backup]\nfolder = "here"\n')
    assert genko("backup", "list").status == 2
    (home / "config" / "settings.toml").write_text("[backup]\nsecnd = 1\n")
    ended = genko("backup", "list")
    assert ended.status == 2
    assert "second" in ended.err
