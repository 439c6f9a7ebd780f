"""The steps that bring a database's schema up to date; run by alembic in a process of its own."""

from __future__ import annotations
