"""Hub-Lib's exports: known when seen, in all the shapes that its programs wrote."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from core.work import Work

if TYPE_CHECKING:
    from core.content import Foreign
    from core.legacy.kept import Item
    from core.legacy.sniffing import Sample

PREFIX = "hub-lib-"
"""Before the name of everything that it kept in a browser."""
TELLING = frozenset(
    {"user_roles", "saved_resources", "resource_ratings", "resource_comments", "suggestion_votes"}
)
"""Tables that no other program has all of."""


class HubLibReader:
    """Reads exports of Hub-Lib's local storage."""

    system = "hublib"

    def recognises(self, sample: Sample) -> bool:
        """By its tables, or its names in a browser's storage; a list of resources by the first of them."""
        if not sample.is_json:
            return False
        if sample.start.startswith(b"["):
            return {"title", "resource_type"} <= sample.first.keys()
        if not sample.keys:  # damaged, or too large to look through
            return b'"exportDate"' in sample.start or f'"{PREFIX}db-'.encode() in sample.start
        if any(key.startswith(PREFIX) for key in sample.keys):
            return True
        return (
            _are_tables(sample.keys)
            or _are_tables(sample.under("tables"))
            or _are_tables(sample.under("data"))
        )

    def read(self, source: Path, *, work: Work) -> Foreign:
        """Every row of the export with its fate. Raises GenkoError for what is no JSON at all."""
        from core.legacy.hublib.report import read_foreign

        return read_foreign(source, work=work)

    def items(self, source: Path, *, work: Work) -> Iterator[Item]:
        """The export as one document, without passwords and keys."""
        from core.legacy.hublib.secrets import without_secrets
        from core.legacy.kept import Item
        from core.legacy.strict_json import read_json

        work.step("Keeping", 0, 0)
        yield Item("hub-lib-export.json", without_secrets(read_json(source).value))


def _are_tables(keys: object) -> bool:
    """Whether these are names of its tables, by at least half; one alone must be one of those that tell."""
    from core.legacy.hublib.tables import TABLES

    names = set(keys) if isinstance(keys, dict) else set()
    known = names & (TABLES.keys() | {"comments"})
    return bool(known) and len(known) * 2 >= len(names) and (len(known) > 2 or bool(known & _ALONE))


_ALONE = TELLING | {
    "profiles",
    "resources",
    "category_tag_suggestions",
    "resource_templates",
    "resource_versions",
}

READER = HubLibReader()
