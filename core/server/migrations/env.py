"""Runs the steps in one transaction, one program at a time (called by alembic)."""

from __future__ import annotations

import psycopg
from alembic import context
from sqlalchemy import create_engine, pool, text

VERSION_TABLE = "genko_schema"
LOCK = 0x67656E6B6F
"""Key of the advisory lock: "genko" in ASCII."""


def connect() -> psycopg.Connection:
    """A plain connection; libpq's own variables fill in what the conninfo leaves out."""
    return psycopg.connect(context.config.attributes["conninfo"], application_name="genko migrate")


def run() -> None:
    """Take the lock, then look where the schema is, then go on from there."""
    engine = create_engine("postgresql+psycopg://", creator=connect, poolclass=pool.NullPool)
    with engine.connect() as connection:
        context.configure(connection=connection, version_table=VERSION_TABLE)
        with context.begin_transaction():
            # Transaction-scoped: released by COMMIT, by ROLLBACK and by a killed client alike.
            connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": LOCK})
            context.run_migrations()


run()
