"""How a program reaches the embedded server: as key=value for libpq, or as a URL for a person."""

from __future__ import annotations

import os
from pathlib import Path
from urllib.parse import quote

from .cluster import ADMIN_ROLE, APP_ROLE, DATABASE
from .place import PORT, Place


def conninfo_to(place: Place, folder: Path) -> str:
    """The app role's conninfo. It also asks libpq to check whose server it is that answers."""
    values = {
        "host": str(folder),
        "port": str(PORT),
        "user": APP_ROLE,
        "dbname": DATABASE,
        "requirepeer": place.server.name,
        # The user's PG* variables are about other servers.
        "options": "",
        "sslmode": "disable",
        "gssencmode": "disable",
        "channel_binding": "disable",
        "target_session_attrs": "any",
    }
    return " ".join(f"{name}={_value(text)}" for name, text in values.items())


def _value(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace("'", "\\'")
    return f"'{escaped}'"


def url_to(place: Place, folder: Path, *, admin: bool = False) -> str:
    """The URL for psql: the app role's, or with `admin` the superuser's on database `postgres`."""
    role, database = (ADMIN_ROLE, "postgres") if admin else (APP_ROLE, DATABASE)
    return (
        f"postgresql://{role}@/{database}?host={quote(os.fsencode(folder), safe='')}"
        f"&port={PORT}&requirepeer={quote(place.server.name, safe='')}"
    )
