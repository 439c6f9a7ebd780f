"""Long work on a queue in Postgres, done by a worker inside the app or by other machines."""

from __future__ import annotations
