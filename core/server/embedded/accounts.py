"""The users of the system that matter: who runs Genko, and whom the server runs as when that is root."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

from core.errors import ServerError

SERVICE_NAME = "genko"
SERVICE_HOME = Path("/var/lib/genko")
_NO_LOGIN = ("nologin", "false")


@dataclass(frozen=True, slots=True)
class Account:
    """A user of the system, from its passwd entry."""

    name: str
    uid: int
    gid: int


def current_account() -> Account:
    """Who this process is, by its effective uid and never by $USER. Raises ServerError for a nameless uid."""
    uid = os.geteuid()
    try:
        entry = pwd.getpwuid(uid)
    except KeyError as error:
        raise ServerError(
            f"There is no embedded server: user id {uid} has no name on this machine (no passwd entry).",
            safe="Projects stay on this machine and can be written.",
            todo="Give the user a passwd entry, or set GENKO_DATABASE_URL to a server.",
        ) from error
    if not entry.pw_name.isprintable() or entry.pw_name.startswith("/") or '"' in entry.pw_name:
        raise ServerError(
            f"There is no embedded server: PostgreSQL can't match the name of user id {uid}.",
            safe="Projects stay on this machine and can be written.",
            todo="Set GENKO_DATABASE_URL to a server.",
        )
    return Account(entry.pw_name, uid, entry.pw_gid)


def service_account(name: str | None = None, *, make: bool = False) -> Account:
    """Whom a server started by root runs as: `name`, else the system user `genko`, else nobody.

    With `make`, `genko` is made if it lacks. PostgreSQL refuses to run as root. A user `genko` that
    can log in is a person, and not taken. Raises ServerError if there is nobody to take.
    """
    for wanted in (name,) if name else (SERVICE_NAME, "nobody"):
        entry = _entry(wanted) or (_create(wanted) if make and wanted == SERVICE_NAME else None)
        if entry is not None and entry.pw_uid != 0 and (wanted != SERVICE_NAME or _is_service(entry)):
            return Account(entry.pw_name, entry.pw_uid, entry.pw_gid)
    raise ServerError(
        "There is no embedded server: PostgreSQL can't run as root, and there is no other user to run it as.",
        safe="Projects stay on this machine and can be written.",
        todo="Run Genko as an ordinary user, or set GENKO_DATABASE_URL to a server.",
    )


def account_of(uid: int) -> Account | None:
    """The account with this id; None if it has no passwd entry."""
    try:
        entry = pwd.getpwuid(uid)
    except KeyError:
        return None
    return Account(entry.pw_name, entry.pw_uid, entry.pw_gid)


def _entry(name: str) -> pwd.struct_passwd | None:
    try:
        return pwd.getpwnam(name)
    except KeyError:
        return None


def _is_service(entry: pwd.struct_passwd) -> bool:
    return entry.pw_shell.rpartition("/")[2] in _NO_LOGIN


def _create(name: str) -> pwd.struct_passwd | None:
    useradd = shutil.which("useradd", path="/usr/sbin:/sbin:/usr/bin")
    nologin = shutil.which("nologin", path="/usr/sbin:/sbin:/usr/bin") or "/bin/false"
    if useradd is None:
        return None
    command = [useradd, "--system", "--no-create-home", "--home-dir", str(SERVICE_HOME), "--shell", nologin]
    try:
        # Another Genko may make it at the same moment: what counts is that it is there afterwards.
        subprocess.run([*command, "--", name], capture_output=True, timeout=20, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return None
    return _entry(name)
