"""Servers that can't be reached, refuse or won't do, through the commands: a sentence, no secret, no loss."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import ExitStack, suppress
from pathlib import Path
from urllib.parse import quote

import psycopg
import pytest
from psycopg.conninfo import make_conninfo

from core.workspace import Shelf, open_store
from tests.cli.conftest import Ended, Genko
from tests.faults.desk import Desk
from tests.faults.saying import one_sentence
from tests.patience import PATIENCE
from tests.server.studio import PASSWORD, Studio
from tests.server.wire import refusal, speaking, welcome

SCRIPT = "PAGE 1 :\n\nPANEL 1 :\n(Rain.)\nMIKA : Run, now.\n"
WRONG = "s3cr3t pass%wörd"
SECRETS = (WRONG, PASSWORD, quote(WRONG), quote(PASSWORD), "s3cr3t", "pass word")


@pytest.fixture
def rain(genko: Genko, shelf: Shelf, tmp_path: Path, home: Path) -> Iterator[Path]:
    """A project; whatever was tried with it, its words are there and no file of Genko's holds a secret."""
    source = tmp_path / "rain.txt"
    source.write_text(SCRIPT)
    genko("import", source, "--as", "Rain")
    yield home
    (entry,) = shelf.list()
    assert open_store(shelf, entry).text == SCRIPT
    assert not entry.on_server
    for path in (path for path in home.rglob("*") if path.is_file()):
        held = path.read_bytes()
        assert not [secret for secret in SECRETS if secret.encode() in held], path


def no_secret(ended: Ended) -> Ended:
    """The same, after looking for secrets in all it said."""
    assert not [secret for secret in SECRETS if secret in ended.out + ended.err], ended
    assert "Traceback" not in ended.err
    return ended


def refused(genko: Genko) -> str:
    """The sentence of a save that fails; the other commands that ask the server keep the secret too."""
    said = one_sentence(no_secret(genko("save", "Rain", "--wait", "0.3")))
    one_sentence(no_secret(genko("projects", "--server")))
    one_sentence(no_secret(genko("open", "Unknown")))
    no_secret(genko("db", "status", "--json"))
    no_secret(genko("db", "migrate"))
    no_secret(genko("db", "url"))
    assert no_secret(genko("doctor", "--json")).status == 1
    return said


def test_a_wrong_password_or_database_or_host(
    genko: Genko, rain: Path, studio: Studio, monkeypatch: pytest.MonkeyPatch
) -> None:
    for changes, said in (
        ({"password": WRONG}, "refuses the login ann@127.0.0.1"),
        ({"dbname": "nope"}, "no such database"),
        ({"host": "nowhere.invalid"}, "can't be found"),
        ({"port": "1"}, "No server listens there"),
    ):
        monkeypatch.setenv("GENKO_DATABASE_URL", studio.address(**changes))
        assert said in refused(genko)
    url = f"postgresql://ann:{quote(WRONG)}@127.0.0.1:{studio.port}/studio"
    monkeypatch.setenv("GENKO_DATABASE_URL", url)
    assert "refuses the login" in refused(genko)


def test_a_password_from_libpqs_own_variable_is_kept_secret_too(
    genko: Genko, rain: Path, studio: Studio, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in (("PGHOST", studio.host), ("PGPORT", str(studio.port)), ("PGUSER", "ann")):
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("PGPASSWORD", WRONG)
    assert "refuses the login" in refused(genko)


@pytest.mark.parametrize("url", [f"postgresql://ann:{WRONG}%zz@db/x", f"mysql://ann:{WRONG}@db/x"])
def test_an_address_that_is_none_is_not_quoted(
    genko: Genko, rain: Path, monkeypatch: pytest.MonkeyPatch, url: str
) -> None:
    monkeypatch.setenv("GENKO_DATABASE_URL", url)
    assert "address" in refused(genko)


def test_a_server_older_than_15(genko: Genko, rain: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with speaking(welcome("14.20")) as port:
        monkeypatch.setenv("GENKO_DATABASE_URL", f"host=127.0.0.1 port={port} user=ann dbname=x")
        assert "PostgreSQL 14; Genko needs 15" in one_sentence(genko("save", "Rain", "--wait", "0.3"))


def test_a_server_that_is_starting(genko: Genko, rain: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with speaking(refusal("57P03", "the database system is starting up")) as port:
        monkeypatch.setenv("GENKO_DATABASE_URL", f"host=127.0.0.1 port={port} user=ann password=s3cr3t")
        said = one_sentence(no_secret(genko("save", "Rain", "--wait", "0.3")))
    assert "starting or stopping" in said


def test_no_connection_is_free(
    genko: Genko, rain: Path, studio: Studio, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GENKO_DATABASE_URL", studio.conninfo)
    with ExitStack() as held:
        with suppress(psycopg.OperationalError):
            while True:
                held.enter_context(psycopg.connect(studio.conninfo))
        assert "no free connection" in refused(genko)
    studio.left()


def test_a_read_only_server_with_and_without_tables(
    genko: Genko, rain: Path, studio: Studio, monkeypatch: pytest.MonkeyPatch
) -> None:
    studio.run("CREATE DATABASE frozen OWNER ann")
    try:
        address = studio.address(dbname="frozen")
        read_only = make_conninfo(address, options="-c default_transaction_read_only=on")
        monkeypatch.setenv("GENKO_DATABASE_URL", read_only)
        # the tables can't be made
        assert "read-only" in one_sentence(no_secret(genko("save", "Rain", "--wait", "20")))
        assert "read-only" in one_sentence(no_secret(genko("db", "migrate")))
        monkeypatch.setenv("GENKO_DATABASE_URL", address)
        assert genko("db", "migrate").status == 0
        monkeypatch.setenv("GENKO_DATABASE_URL", read_only)
        for wait in (
            "0.3",
            "3",
            "30",
        ):  # it tries until then; a busy machine not once so soon
            told = one_sentence(no_secret(genko("save", "Rain", "--wait", wait)))
            if "read-only" in told:
                break
        assert "read-only" in told
        assert genko("projects", "--server").status == 0  # reading is allowed
    finally:
        studio.run("DROP DATABASE frozen WITH (FORCE)")


def test_the_screen_says_why_and_neither_it_nor_the_log_tells_the_password(
    tmp_path: Path, studio: Studio
) -> None:
    desk = Desk(tmp_path)
    url = f"postgresql://ann:{quote(WRONG)}@127.0.0.1:{studio.port}/studio"
    with desk.open(GENKO_DATABASE_URL=url) as terminal:
        terminal.wait_for("refuses the login")
        terminal.send("<word")
        terminal.wait_for("<word")
        terminal.send("\x13")
        terminal.settle()
        assert "this disk" in terminal.screen.display[0]
        terminal.signal(signal.SIGTERM)
        terminal.wait_exit()
        shown = bytes(terminal.raw)
    assert desk.typed() == "word"
    held = [path.read_bytes() for path in desk.home.rglob("*") if path.is_file()]
    for secret in SECRETS:
        assert not [data for data in (shown, *held) if secret.encode() in data]


def test_control_the_same_project_is_saved_where_nothing_is_wrong(
    genko: Genko, shelf: Shelf, studio: Studio, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    studio.run("CREATE DATABASE good OWNER ann")
    try:
        monkeypatch.setenv("GENKO_DATABASE_URL", studio.address(dbname="good"))
        source = tmp_path / "rain.txt"
        source.write_text(SCRIPT)
        genko("import", source, "--as", "Rain")
        saved = no_secret(genko("save", "Rain", "--wait", str(PATIENCE)))
        assert saved.status == 0, saved
        assert shelf.list()[0].on_server
        assert no_secret(genko("doctor", "--json")).json()
        with psycopg.connect(studio.address(dbname="good")) as link:
            row = link.execute("SELECT document->'script'->>'content' FROM unified_documents").fetchone()
        assert row == (SCRIPT,)
    finally:
        studio.run("DROP DATABASE good WITH (FORCE)")
