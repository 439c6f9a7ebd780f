"""Where the server is: GENKO_DATABASE_URL, the settings, libpq's own variables, else the embedded one."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from core.errors import ServerError

VARIABLE = "GENKO_DATABASE_URL"
EMBEDDED = "embedded"
"""As the value of GENKO_DATABASE_URL or the setting: the embedded server, whatever PG* says."""

# These name a server. PGUSER, PGDATABASE and PGPORT alone don't: they are often left in a shell for
# other work, and a lone writer's project must not end up in somebody's database because of them.
_NAMING = ("PGHOST", "PGHOSTADDR", "PGSERVICE")
_SECRETS = ("password", "sslpassword", "oauth_client_secret")
_FORM = "It looks like postgresql://user@host:5432/database; encode special characters of a password."
# What SQLAlchemy's users write, with the name of a driver in it.
_DRIVER = re.compile(r"^(postgres(?:ql)?)\+\w+://", re.IGNORECASE)


class Source(StrEnum):
    """Who says where the server is."""

    ENVIRONMENT = VARIABLE
    SETTINGS = "the settings"
    LIBPQ = "libpq's variables"
    EMBEDDED = "embedded"


@dataclass(frozen=True, slots=True)
class Address:
    """Where the server is. `conninfo` may hold a password, so it is left out when this is printed."""

    source: Source
    conninfo: str = field(default="", repr=False)
    """A URL or key=value string for libpq; "" leaves all to libpq (or means the embedded server)."""

    @property
    def embedded(self) -> bool:
        """Whether Genko starts the server itself."""
        return self.source is Source.EMBEDDED


def find_address(setting: str | None = None, environment: Mapping[str, str] = os.environ) -> Address:
    """Decide where the server is; `setting` is what the user's settings say.

    Raises ServerError, which never quotes the address, if it is none that libpq can read.
    """
    named = environment.get(VARIABLE, "").strip()
    for text, source in ((named, Source.ENVIRONMENT), ((setting or "").strip(), Source.SETTINGS)):
        if text.lower() == EMBEDDED:
            return Address(Source.EMBEDDED)
        if text:
            return Address(source, _readable(text, source))
    if any(environment.get(name) for name in _NAMING):
        return Address(Source.LIBPQ)
    return Address(Source.EMBEDDED)


def named_server(setting: str | None = None, environment: Mapping[str, str] = os.environ) -> str | None:
    """The conninfo of somebody else's server; None for the embedded one. Raises ServerError."""
    address = find_address(setting, environment)
    return None if address.embedded else address.conninfo


def _readable(text: str, source: Source) -> str:
    from psycopg import ProgrammingError
    from psycopg.conninfo import conninfo_to_dict

    text = _DRIVER.sub(r"\1://", text)
    # libpq takes a word without "=" for nothing at all, and says so only when it connects.
    if "://" in text and not text.lower().startswith(("postgresql://", "postgres://")):
        raise ServerError(f"The address in {source} is not one of PostgreSQL.", todo=_FORM)
    try:
        conninfo_to_dict(text)
    except (ProgrammingError, UnicodeError):
        # libpq's sentence quotes the address, and a password may be in it.
        raise ServerError(f"The address in {source} can't be read.", todo=_FORM) from None
    return text


def without_secrets(conninfo: str) -> str:
    """The same address as key=value, fit to be printed: no password. Needs an address libpq can read."""
    from psycopg.conninfo import conninfo_to_dict, make_conninfo

    parts = {key: value for key, value in conninfo_to_dict(conninfo).items() if key not in _SECRETS}
    return make_conninfo("", **parts)


def describe(conninfo: str) -> str:
    """The address for a person, as "user@host:port/database"; what it leaves out is libpq's default."""
    from psycopg.conninfo import conninfo_to_dict

    given = {key: str(value) for key, value in conninfo_to_dict(conninfo).items() if value}
    if "service" in given and "host" not in given:
        return f"service {given['service']}"
    parts = {**_defaults(), **given}
    if "host" in given:
        parts.pop("hostaddr", None)
    hosts = _hosts(parts)
    database = parts.get("dbname") or parts.get("user", "")
    return f"{parts.get('user', '')}@{hosts}{' ' if hosts.startswith('/') else '/'}{database}"


def _defaults() -> dict[str, str]:
    """What libpq takes from its variables and the system for what an address leaves out."""
    from psycopg.pq import Conninfo

    found = {option.keyword.decode(): option.val for option in Conninfo.get_defaults()}
    wanted = ("host", "hostaddr", "port", "user", "dbname")
    return {name: value.decode(errors="replace") for name in wanted if (value := found.get(name))}


def _hosts(parts: Mapping[str, str]) -> str:
    hosts = (parts.get("host") or parts.get("hostaddr") or "localhost").split(",")
    ports = parts.get("port", "").split(",")
    if len(ports) != len(hosts):
        ports = ports[:1] * len(hosts)
    pairs = zip(hosts, ports, strict=True)
    return ",".join(f"{host}:{port}" if port and not host.startswith("/") else host for host, port in pairs)
