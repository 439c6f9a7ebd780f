"""Says why a connection to the server failed: where to, what is safe, what to do; never a secret."""

from __future__ import annotations

import re
from dataclasses import dataclass

import psycopg

from core.errors import ServerError, ServerUnreachable

SAFE = "Your words are safe on this machine."
LATER = "Genko tries again by itself."
_FORM = "It looks like postgresql://user@host:5432/database; encode special characters of a password."


@dataclass(frozen=True, slots=True)
class _Case:
    """A kind of failure. libpq gives no SQLSTATE before the login, so it is known by its words.

    Those of libpq are English; the server's may be in its own language (here also French and Japanese).
    """

    words: re.Pattern[str]
    what: str
    todo: str
    passing: bool = False
    """Whether it may be over when tried again."""


def _case(words: str, what: str, todo: str, *, passing: bool = False) -> _Case:
    return _Case(re.compile(words, re.IGNORECASE), what, todo, passing)


# The first that fits is taken: with several hosts, what a server said stands before what libpq says.
_CASES = (
    _case(
        r"authentication failed|authentification .*échou|認証に失敗|no password supplied",
        "The server refuses the login {where}.",
        "Check the user name and the password (in .pgpass or the address).",
    ),
    _case(
        r"pg_hba\.conf",
        "The server lets nobody in as {where} from this machine.",
        "Ask whoever runs it; perhaps it wants an encrypted connection (sslmode=require).",
    ),
    _case(
        r"too many (clients|connections)|connection slots|trop de (clients|connexions)|"
        r"emplacements de connexions|クライアント数が多すぎ|接続枠|コネクションスロット",
        "The server has no free connection: {where}.",
        LATER,
        passing=True,
    ),
    _case(
        r"starting up|shutting down|in recovery mode|not (yet )?accepting|se lance|s'arrête|"
        r"en mode de restauration|起動(して|中)|シャットダウン|リカバリ",
        "The server is just starting or stopping: {where}.",
        LATER,
        passing=True,
    ),
    _case(
        r"database .* does not exist|base de données .* n'existe pas|データベース.*存在しません",
        "The server has no such database: {where}.",
        "Check the name after the last slash of the address.",
    ),
    _case(
        r"role .* (does not exist|is not permitted to log in)|rôle .* n'existe pas|ロール.*存在しません",
        "The server knows no such user: {where}.",
        "Check the user name.",
    ),
    _case(
        r"permission denied for database|droit refusé pour la base|データベース.*権限",
        "The server lets this user not into the database: {where}.",
        "Ask whoever runs it for the right to connect.",
    ),
    _case(
        r"definition of service|service file",
        "libpq's service file lacks the service that is asked for.",
        "Look at PGSERVICE and ~/.pg_service.conf.",
    ),
    _case(
        r"certificate|\bssl\b|\btls\b|root\.crt|GSSAPI",
        "The encrypted connection failed: {where}.",
        "Check sslmode and the certificates of the address.",
    ),
    _case(
        r"could not translate host name|failed to resolve|name or service not known|nodename nor|idna",
        "The name of the server's machine can't be found: {where}.",
        "Check the host in the address, and the network. " + LATER,
        passing=True,
    ),
    _case(
        r"timeout|timed out",
        "The server doesn't answer: {where}.",
        "Check the network. " + LATER,
        passing=True,
    ),
    _case(
        r"refused|no such file or directory",
        "No server listens there: {where}.",
        "Check the host and the port, or start the server. " + LATER,
        passing=True,
    ),
    _case(
        r"requirepeer|peer user name",
        "Another user's server answers: {where}.",
        "Find out who that is before you go on.",
    ),
)
# Names of hosts and users must not be taken for the reason.
_PLACE = re.compile(
    r"""connection to server (?:at|on socket) "[^"]*"(?: \([^)]*\))?(?:, port \d+)? failed:"""
    r"""|(?:for|pour|as|user|host|utilisateur|ユーザー) ?['"«][^'"»]*['"»]""",
    re.IGNORECASE,
)


def login_error(error: Exception, where: str) -> ServerError:
    """The error for a failed attempt to connect to `where` (from address.describe)."""
    if isinstance(error, psycopg.ProgrammingError):
        # libpq quotes the address it can't read, and a password may be in it.
        return ServerError("The address of the server can't be read.", safe=SAFE, todo=_FORM)
    words = _PLACE.sub("", str(error))
    for case in _CASES:
        if case.words.search(words):
            kind = ServerUnreachable if case.passing else ServerError
            return kind(case.what.format(where=where), safe=SAFE, todo=case.todo)
    return ServerUnreachable(f"The server can't be reached: {where}.", safe=SAFE, todo=LATER)
