"""`genko save` and `genko db` on the embedded server: what psql reads is what was written."""

from __future__ import annotations

import subprocess
from pathlib import Path

import psycopg

from core.server.embedded import EmbeddedServer
from tests.cli.conftest import Genko

SCRIPT = "PAGE 1 :\n\nPANEL 1 :\n(Pluie.)\nMIKA : 逃げて！\n"


def test_from_a_file_to_psql(genko: Genko, tmp_path: Path, embedded: EmbeddedServer) -> None:
    source = tmp_path / "rain.txt"
    source.write_text(SCRIPT)
    genko("import", source, "--as", "Rain")
    saved = genko("save", "Rain", "--json", "--message", "first")
    assert saved.status == 0, saved.err
    assert saved.json()["saved_at"]
    url = genko("db", "url").out.strip()
    with psycopg.connect(url) as link:
        row = link.execute("SELECT document->'script'->>'content' FROM unified_documents").fetchone()
    assert row == (SCRIPT,)
    (listed,) = genko("projects", "--json").json()
    assert listed["where"] == "saved on server"
    assert genko("db", "status", "--json").json()["running"] is True
    assert genko("db", "migrate").status == 0
    assert genko("db", "stop").status == 0
    assert genko("db", "status", "--json").json()["running"] is False


def test_psql_itself_takes_the_address(genko: Genko, embedded: EmbeddedServer) -> None:
    from core.server.embedded.binaries import find_binaries

    url = genko("db", "url").out.strip()
    done = subprocess.run(
        [find_binaries().program("psql"), url, "-Atc", "SELECT count(*) FROM projects"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.stdout.strip(), done.returncode) == ("0", 0), done.stderr


def test_a_server_that_is_not_there_is_said_and_nothing_is_lost(
    genko: Genko, tmp_path: Path, monkeypatch: object
) -> None:
    import pytest

    assert isinstance(monkeypatch, pytest.MonkeyPatch)
    source = tmp_path / "rain.txt"
    source.write_text(SCRIPT)
    genko("import", source, "--as", "Rain")
    monkeypatch.setenv("GENKO_DATABASE_URL", "postgresql://mika:hush@localhost:1/none")
    ended = genko("save", "Rain", "--wait", "0.5")
    assert ended.status == 1
    assert ended.err.count("\n") == 1
    assert "hush" not in ended.err
    assert genko("export", "Rain").out == SCRIPT
    doctor = genko("doctor")
    assert doctor.status == 1
    assert "hush" not in doctor.out + doctor.err


def test_doctor_and_where_look_and_change_nothing(genko: Genko, home: Path) -> None:
    assert genko("doctor").out
    assert {row["what"] for row in genko("where", "--json").json()} >= {"settings", "projects", "logs"}
    assert not home.exists()
