"""Where rows come from: files of JSON, CSV and SQL, archives of pg_dump, exports, a database."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

MOST_OF_A_ROW = 64_000_000
"""Characters; the app itself could save a million at a time."""


@dataclass
class Tally:
    """What a source notices beside its rows."""

    passed_over: dict[str, int] = field(default_factory=dict)
    """Rows by table of tables that are none of the app's."""
    notes: list[str] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    """What keeps words out: reasons not to go on."""
    tell: Callable[[int], None] = lambda done: None
    """Told how many bytes have been read; may raise to stop."""

    def pass_over(self, table: str) -> None:
        """Count a row that nobody asked for."""
        self.passed_over[table] = self.passed_over.get(table, 0) + 1
