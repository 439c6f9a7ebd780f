"""Brings the schema of the database in GENKO_MIGRATE_CONNINFO to this program's (a process of its own).

Exit status 0: done. 3: the server refused; stdout then has one JSON object with `sqlstate` and
`message` (the server's sentence, which holds no password). Anything else is a fault of ours.
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy.exc import DBAPIError

REFUSED = 3


def configuration() -> Config:
    """An alembic configuration without an ini file."""
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    return config


def main(revision: str = "head") -> int:
    """Upgrade to `revision`; see the module's docstring for the exit status."""
    config = configuration()
    config.attributes["conninfo"] = os.environ.pop("GENKO_MIGRATE_CONNINFO")
    try:
        command.upgrade(config, revision)
    except DBAPIError as error:
        cause = error.orig
        diagnosis = getattr(cause, "diag", None)
        sentence = getattr(diagnosis, "message_primary", None) or type(cause).__name__
        report = {"sqlstate": getattr(cause, "sqlstate", None), "message": sentence}
        sys.stdout.write(json.dumps(report))
        return REFUSED
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
