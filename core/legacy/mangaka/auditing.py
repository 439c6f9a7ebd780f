"""What lies in a source, counted before anything is done: shapes, duplicates, sizes, what is wrong."""

from __future__ import annotations

import hashlib
from collections import Counter
from typing import Any

import msgspec

from core.legacy.mangaka.gathering import Group
from core.legacy.mangaka.reading import Staged
from core.legacy.mangaka.rows import SCRIPTS
from core.legacy.mangaka.shapes import Shape, read_script
from core.work import Work

MOST_LISTED = 200
"""Places that are named of each kind of trouble; all are counted."""


class Audit(msgspec.Struct):
    """The figures of a source."""

    where: str
    form: str
    tables: dict[str, int] = {}
    passed_over: dict[str, int] = {}
    shapes: dict[str, int] = {}
    projects: int = 0
    users: int = 0
    bytes: int = 0
    largest: int = 0
    words: int = 0
    """Of all scripts, versions of the same one counted apart."""
    empty: int = 0
    several: int = 0
    """Projects with more than one row for one user."""
    identical: int = 0
    """Rows whose text another row of the project has, letter by letter."""
    newest_is_empty: int = 0
    """Projects whose newest row is empty while an older one is not: keeping the newest would lose them."""
    unreadable: int = 0
    troubles: list[str] = []
    """Of rows, the first of them."""
    problems: list[str] = []
    """Of the source as a whole: with any of these not all is there."""

    @property
    def sound(self) -> bool:
        """Whether all of it can be brought in."""
        return not self.problems and not self.unreadable

    def as_json(self) -> dict[str, Any]:
        """For programs."""
        built: dict[str, Any] = msgspec.to_builtins(self)
        return {**built, "sound": self.sound}


def audit(found: Staged, work: Work) -> Audit:
    """Count all of it; nothing is changed."""
    told = Audit(found.where, found.form)
    told.tables = found.staging.counts()
    told.passed_over = dict(sorted(found.tally.passed_over.items()))
    told.bytes = found.staging.size
    told.problems = list(found.tally.problems)
    users: set[str] = set()
    shapes: Counter[str] = Counter()
    told.projects = found.staging.group_count()
    for at, group in enumerate(found.staging.groups()):
        if at % 50 == 0:
            work.step("counting", at, told.projects, "projects")
        if len(users) < 1_000_000:
            users.add(group.user)
        _count(group, told, shapes)
    told.users = len(users - {""})
    told.shapes = dict(sorted(shapes.items()))
    return told


def _count(group: Group, told: Audit, shapes: Counter[str]) -> None:
    digests: set[bytes] = set()
    newest, newest_empty, any_filled, rows = None, False, False, 0
    for row in group.rows:
        size = len(row.raw) + len(str(row.values.get("script_data") or ""))
        told.largest = max(told.largest, size)
        if row.troubles:
            told.unreadable += 1
            if len(told.troubles) < MOST_LISTED:
                told.troubles.append(f"{row.where}: {' '.join(row.troubles)}")
        if "script_data" not in row.values or row.troubles:
            continue
        script = read_script(row.values["script_data"])
        shapes[
            script.shape.value if not script.is_empty else f"{Shape.EMPTY.value} ({script.shape.value})"
        ] += 1
        if row.table == SCRIPTS:
            rows += 1
            if newest is None or (row.at and (newest.at is None or row.at >= newest.at)):
                newest, newest_empty = row, script.is_empty
            any_filled = any_filled or not script.is_empty
        if script.is_empty:
            told.empty += 1
            continue
        told.words += len(script.text.split())
        digest = hashlib.sha256(script.text.strip().encode("utf-8", "replace")).digest()
        told.identical += digest in digests
        digests.add(digest)
    told.several += rows > 1
    told.newest_is_empty += newest_empty and any_filled
