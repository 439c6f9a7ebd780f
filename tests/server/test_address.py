"""The server is where the user says, in the promised order, and no password is ever shown."""

from __future__ import annotations

import pytest

from core.errors import ServerError
from core.server.address import Source, describe, find_address, named_server, without_secrets

SECRET = "s3cr3t"
URL = f"postgresql://ann:{SECRET}@db.example:6543/studio"


@pytest.mark.parametrize(
    ("environment", "setting", "source"),
    [
        ({}, None, Source.EMBEDDED),
        ({"GENKO_DATABASE_URL": ""}, "", Source.EMBEDDED),
        ({"PGHOST": "db"}, None, Source.LIBPQ),
        ({"PGSERVICE": "studio"}, None, Source.LIBPQ),
        ({"PGHOST": "db"}, URL, Source.SETTINGS),
        ({"PGHOST": "db", "GENKO_DATABASE_URL": URL}, "postgresql://other/", Source.ENVIRONMENT),
        ({"PGHOST": "db", "GENKO_DATABASE_URL": "embedded"}, URL, Source.EMBEDDED),
        ({"PGHOST": "db"}, "embedded", Source.EMBEDDED),
    ],
)
def test_the_nearest_word_wins(environment: dict[str, str], setting: str | None, source: Source) -> None:
    assert find_address(setting, environment).source is source


def test_left_over_variables_do_not_name_a_server() -> None:
    leftovers = {"PGUSER": "ann", "PGDATABASE": "work", "PGPORT": "5433", "PGPASSWORD": SECRET}
    assert named_server(None, leftovers) is None


def test_libpq_decides_alone_when_its_variables_name_the_server() -> None:
    assert named_server(None, {"PGHOST": "db"}) == ""


@pytest.mark.parametrize(
    "text",
    [
        f"postgresql://ann:{SECRET}%zz@db/studio",
        f"mysql://ann:{SECRET}@db/studio",
        f"host=db passw0rd={SECRET}",
        f"postgresql://ann:{SECRET}@db:port/x?y",
        f"{SECRET}",
        f"postgresql://ann:{SECRET}@[::1/studio",
    ],
)
def test_an_unreadable_address_is_refused_without_quoting_it(text: str) -> None:
    with pytest.raises(ServerError) as caught:
        find_address(None, {"GENKO_DATABASE_URL": text})
    assert "GENKO_DATABASE_URL" in caught.value.what
    assert SECRET not in str(caught.value)
    assert caught.value.__cause__ is None
    assert caught.value.__context__ is None or caught.value.__suppress_context__


def test_no_password_is_shown() -> None:
    address = find_address(URL, {})
    assert address.conninfo == URL
    for text in (repr(address), str(address), describe(URL), without_secrets(URL)):
        assert SECRET not in text
    assert SECRET not in without_secrets(f"host=db sslpassword={SECRET} password={SECRET}")


def test_an_address_of_sqlalchemy_is_understood() -> None:
    assert named_server("postgresql+psycopg://ann@db/studio", {}) == "postgresql://ann@db/studio"


@pytest.mark.parametrize(
    ("conninfo", "text"),
    [
        (URL, "ann@db.example:6543/studio"),
        ("user=ann host=/run/pg dbname=x", "ann@/run/pg x"),
        ("user=ann host=a,b port=1,2 dbname=x", "ann@a:1,b:2/x"),
        ("user=ann host=a,b port=5 dbname=x", "ann@a:5,b:5/x"),
        ("service=studio", "service studio"),
        ("", "bob@far:7777/work"),
        ("dbname=x", "bob@far:7777/x"),
    ],
)
def test_an_address_is_described_for_a_person(
    monkeypatch: pytest.MonkeyPatch, conninfo: str, text: str
) -> None:
    for name, value in {"HOST": "far", "PORT": "7777", "USER": "bob", "DATABASE": "work"}.items():
        monkeypatch.setenv("PG" + name, value)
    assert describe(conninfo) == text
