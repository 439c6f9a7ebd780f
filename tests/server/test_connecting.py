"""Each way of not getting to the server has its own sentence, which says what helps and no secret."""

from __future__ import annotations

import traceback
from pathlib import Path

import psycopg
import pytest
from psycopg.conninfo import make_conninfo

from core.errors import GenkoError, ServerError, ServerUnreachable
from core.server.connection import Connection, connect
from core.server.faults import translated
from tests.server.studio import PASSWORD, Studio
from tests.server.wire import refusal, speaking, welcome


def failure(conninfo: str) -> GenkoError:
    with pytest.raises(ServerError) as caught:
        connect(conninfo)
    told = "".join(traceback.format_exception(caught.value))
    for secret in (PASSWORD, "s3cr3t", "pass%20word"):
        assert secret not in told
    assert caught.value.safe
    assert caught.value.todo
    return caught.value


def test_a_right_address_connects(studio: Studio) -> None:
    with connect(studio.conninfo) as connection:
        row = connection.execute("SELECT session_user::text, current_setting('application_name')").fetchone()
        assert row == ("ann", "genko")
        assert connection.info.encoding == "utf-8"


def test_a_wrong_password(studio: Studio) -> None:
    error = failure(studio.address(password="s3cr3t"))
    assert not isinstance(error, ServerUnreachable)
    assert error.what == f"The server refuses the login ann@127.0.0.1:{studio.port}/studio."


def test_no_password(studio: Studio, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PGPASSFILE", "/dev/null")
    assert "refuses the login" in failure(studio.address(password="")).what


def test_a_wrong_database(studio: Studio) -> None:
    error = failure(studio.address(dbname="nope"))
    assert not isinstance(error, ServerUnreachable)
    assert "no such database: ann@" in error.what


def test_a_wrong_machine() -> None:
    for host in ("nowhere.invalid", "a..b", "x" * 70):
        error = failure(make_conninfo(host=host, dbname="studio", password="s3cr3t"))
        assert isinstance(error, ServerUnreachable)
        assert "can't be found" in error.what


def test_nobody_listens(studio: Studio, tmp_path: Path) -> None:
    for changes in ({"port": 1}, {"host": str(tmp_path)}):
        error = failure(studio.address(**changes))
        assert isinstance(error, ServerUnreachable)
        assert "No server listens there" in error.what


def test_a_machine_that_says_nothing() -> None:
    with speaking(None) as port:
        error = failure(f"host=127.0.0.1 port={port} user=ann dbname=x connect_timeout=2")
    assert isinstance(error, ServerUnreachable)
    assert "doesn't answer" in error.what


def test_a_server_without_encryption(studio: Studio) -> None:
    error = failure(studio.address(sslmode="require"))
    assert not isinstance(error, ServerUnreachable)
    assert "encrypted connection failed" in error.what


def test_a_user_that_no_rule_lets_in(studio: Studio) -> None:
    error = failure(make_conninfo(studio.admin, user="stranger"))
    assert "refuses the login" in error.what


def test_no_free_connection(studio: Studio) -> None:
    studio.left()
    studio.run("ALTER ROLE ann CONNECTION LIMIT 1")
    try:
        with connect(studio.conninfo):
            error = failure(studio.conninfo)
    finally:
        studio.run("ALTER ROLE ann CONNECTION LIMIT -1")
    assert isinstance(error, ServerUnreachable)
    assert "no free connection" in error.what


def test_a_server_that_is_full(studio: Studio) -> None:
    held: list[Connection] = []
    try:
        with pytest.raises(ServerUnreachable, match="no free connection"):
            held.extend(connect(studio.conninfo) for _ in range(20))
    finally:
        for connection in held:
            connection.close()
        studio.left()


def test_a_read_only_server(studio: Studio) -> None:
    studio.run("ALTER DATABASE studio SET default_transaction_read_only = on")
    try:
        with (
            connect(studio.conninfo) as connection,
            pytest.raises(ServerError, match="read-only") as caught,
            translated(),
        ):
            connection.execute("CREATE TABLE words (word text)")
    finally:
        studio.run("ALTER DATABASE studio RESET default_transaction_read_only")
    assert not isinstance(caught.value, ServerUnreachable)


def test_a_cut_connection_is_worth_another_try(studio: Studio) -> None:
    with connect(studio.conninfo) as connection:
        studio.run("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'ann'")
        with pytest.raises(ServerUnreachable, match="broke"), translated():
            connection.execute("SELECT 1")


def test_a_server_older_than_15() -> None:
    with speaking(welcome("14.20")) as port:
        error = failure(f"host=127.0.0.1 port={port} user=ann dbname=x")
    assert not isinstance(error, ServerUnreachable)
    assert "PostgreSQL 14; Genko needs 15" in error.what


@pytest.mark.parametrize(
    ("state", "text", "what", "passing"),
    [
        ("57P03", "the database system is starting up", "starting or stopping", True),
        ("57P03", "le système de bases de données se lance", "starting or stopping", True),
        ("57P03", "データベースシステムは起動しています", "starting or stopping", True),
        ("28P01", "authentification par mot de passe échouée pour l'utilisateur « ssl »", "refuses", False),
        ("28P01", 'ユーザー"timeout"のパスワード認証に失敗しました', "refuses the login", False),
        ("3D000", "la base de données « x » n'existe pas", "no such database", False),
        ("3D000", 'データベース"x"は存在しません', "no such database", False),
        ("53300", "désolé, trop de clients sont déjà connectés", "no free connection", True),
        ("53300", "現在クライアント数が多すぎます", "no free connection", True),
        (
            "28000",
            'no pg_hba.conf entry for host "::1", user "ann", database "x", no encryption',
            "nobody",
            False,
        ),
        ("XX000", "etwas ganz anderes", "can't be reached", True),
    ],
)
def test_what_a_server_says_is_understood_in_its_language(
    state: str, text: str, what: str, passing: bool
) -> None:
    with speaking(refusal(state, text)) as port:
        error = failure(f"host=127.0.0.1 port={port} user=ann dbname=x password=s3cr3t")
    assert what in error.what
    assert isinstance(error, ServerUnreachable) is passing


def test_an_unreadable_address_is_not_quoted() -> None:
    error = failure("postgresql://ann:s3cr3t%zz@db/studio")
    assert "can't be read" in error.what
    assert error.__cause__ is None


def test_a_missing_service(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PGSERVICE", "no-such-service")
    assert "lacks the service" in failure("").what


def test_the_users_own_limits_are_kept(studio: Studio, monkeypatch: pytest.MonkeyPatch) -> None:
    with connect(studio.address(application_name="mine", keepalives_idle="7")) as connection:
        parameters = connection.info.get_parameters()
    assert (parameters["application_name"], parameters["keepalives_idle"]) == ("mine", "7")
    assert parameters["tcp_user_timeout"] == "30000"
    monkeypatch.setenv("PGAPPNAME", "theirs")
    with connect(studio.conninfo) as connection:
        assert connection.info.parameter_status("application_name") == "theirs"


def test_the_embedded_server_is_connected_to_in_the_same_way(database18: str, database15: str) -> None:
    for conninfo in (database18, database15):
        with connect(conninfo) as connection:
            assert connection.execute("SELECT current_user::text").fetchone() == ("genko",)
            assert isinstance(connection, psycopg.Connection)
