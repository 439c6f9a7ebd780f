"""Rows on their way: kept on the disk until all are there, then given project by project in little memory."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from types import TracebackType
from typing import Any, Self

from core.content import Fate, RowFate
from core.errors import GenkoError
from core.legacy.mangaka.gathering import Group
from core.legacy.mangaka.rows import (
    BACKUPS,
    DRAFTS,
    IMAGES,
    PAGES,
    PRIVATE,
    PROJECTS,
    SCRIPTS,
    VERSIONS,
    Row,
    key_text,
)
from core.legacy.mangaka.sources.exports import EXPORT, STORE, TEXT

_TABLES = """
CREATE TABLE rows (
    n INTEGER PRIMARY KEY, kept INTEGER, kind TEXT, tbl TEXT, number INTEGER, id TEXT,
    project TEXT, user TEXT, link TEXT, at TEXT, body TEXT, raw TEXT, troubles TEXT
);
CREATE TABLE people (id TEXT PRIMARY KEY, name TEXT) WITHOUT ROWID;
"""
_INSERT = """INSERT INTO rows (kept, kind, tbl, number, id, project, user, link, at, body, raw, troubles)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"""
_KEYS = "SELECT DISTINCT project, user FROM rows WHERE kept ORDER BY project, user"
_BATCH = 500
# A version belongs to its script's project, a page to its project's owner, a draft to its page's.
_RESOLVE = (
    "CREATE INDEX by_id ON rows (kind, id)",
    """UPDATE rows SET (project, user) = (SELECT s.project, s.user FROM rows s
       WHERE s.kind = 'script' AND s.id = rows.link) WHERE kind = 'version' AND EXISTS
       (SELECT 1 FROM rows s WHERE s.kind = 'script' AND s.id = rows.link)""",
    """UPDATE rows SET project = (SELECT p.project FROM rows p WHERE p.kind = 'page' AND p.id = rows.link)
       WHERE kind = 'draft' AND EXISTS (SELECT 1 FROM rows p WHERE p.kind = 'page' AND p.id = rows.link)""",
    "CREATE INDEX by_project ON rows (project, user)",
    """CREATE TABLE owners AS SELECT project, COALESCE(
           MIN(CASE WHEN kind = 'project' THEN NULLIF(user, '') END),
           MIN(CASE WHEN kind = 'script' THEN NULLIF(user, '') END), MIN(NULLIF(user, '')), '') AS user
       FROM rows WHERE project != '' GROUP BY project""",
    "CREATE UNIQUE INDEX owner_of ON owners (project)",
    """UPDATE rows SET user = COALESCE((SELECT o.user FROM owners o WHERE o.project = rows.project), '')
       WHERE user = '' AND project != ''""",
)


class Staging:
    """Takes rows in any order. Belongs to one thread; what it keeps is gone when it is closed, or killed."""

    def __init__(self) -> None:
        # A file without a name: the system takes it away with the program, whatever ends that.
        self._db = sqlite3.connect("", isolation_level=None)
        self._db.execute("PRAGMA journal_mode=OFF")
        self._db.execute("PRAGMA cache_size=-16000")
        self._db.executescript(_TABLES)
        self._waiting: list[tuple[Any, ...]] = []
        self._resolved = False

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._db.close()

    def put(self, row: Row) -> None:
        """Keep a row. Raises GenkoError when the disk is full."""
        kind = _kind(row.table)
        values = row.values
        project = key_text(values.get("id" if kind == "project" else "project_id"))
        user = key_text(values.get("user_id"))
        link = key_text(values.get("script_id") or values.get("page_id"))
        if not project and kind in ("version", "script"):
            project = f"script {link or row.id or row.number}"  # a script of its own, and its versions
        if row.table == "profiles" and row.id:
            name = " ".join(str(values.get("full_name") or "").split())
            self._db.execute("INSERT OR REPLACE INTO people VALUES (?, ?)", (row.id, name))
        body = "{}" if row.table in PRIVATE else json.dumps(values, default=str)
        at = row.at.isoformat() if row.at else ""
        told = (json.dumps(row.raw), json.dumps(row.troubles))
        kept = int(kind != "other")
        self._waiting.append(
            (kept, kind, row.table, row.number, row.id, project, user, link, at, body, *told)
        )
        if len(self._waiting) >= _BATCH:
            self._write()

    def put_all(self, rows: Iterable[Row]) -> None:
        """Keep all of them."""
        for row in rows:
            self.put(row)

    def _write(self) -> None:
        with _disk():
            self._db.execute("BEGIN")
            self._db.executemany(_INSERT, self._waiting)
            self._db.execute("COMMIT")
        self._waiting.clear()

    def _resolve(self) -> None:
        if self._waiting:
            self._write()
        if not self._resolved:
            with _disk():
                for statement in _RESOLVE:
                    self._db.execute(statement)
            self._resolved = True

    def __len__(self) -> int:
        """How many rows there are."""
        if self._waiting:
            self._write()
        return int(self._db.execute("SELECT count(*) FROM rows").fetchone()[0])

    @property
    def size(self) -> int:
        """Bytes that all rows take."""
        if self._waiting:
            self._write()
        return int(
            self._db.execute("SELECT COALESCE(sum(length(body) + length(raw)), 0) FROM rows").fetchone()[0]
        )

    def counts(self) -> dict[str, int]:
        """How many rows each table has."""
        if self._waiting:
            self._write()
        return dict(self._db.execute("SELECT tbl, count(*) FROM rows GROUP BY tbl ORDER BY tbl"))

    def groups(self) -> Iterator[Group]:
        """Each project with all its rows, one after another, always in the same order."""
        self._resolve()
        with closing(self._db.execute(_KEYS)) as found:
            for project, user in found:
                yield self._group(project, user)

    def group_count(self) -> int:
        """How many projects there are."""
        self._resolve()
        query = "SELECT count(*) FROM (SELECT DISTINCT project, user FROM rows WHERE kept)"
        return int(self._db.execute(query).fetchone()[0])

    def _group(self, project: str, user: str) -> Group:
        query = """SELECT tbl, number, body, raw, troubles FROM rows
            WHERE project = ? AND user = ? AND kept ORDER BY n"""
        stored = self._db.execute(query, (project, user)).fetchall()
        rows = [_row(*found) for found in stored]
        size = sum(len(found[2]) + len(found[3]) for found in stored)
        owner = self._one("SELECT user FROM owners WHERE project = ?", project)
        name = self._one("SELECT name FROM people WHERE id = ?", user)
        title = self._one(
            "SELECT COALESCE(body->>'name', body->>'title') FROM rows WHERE kind = 'project' AND project = ?",
            project,
        )
        return Group(project, user, rows, owner, not owner, name, size, title)

    def _one(self, query: str, value: str) -> str:
        """The first column of the first row as text, "" for none."""
        found = self._db.execute(query, (value,)).fetchone()
        return found[0] if found and isinstance(found[0], str) else ""

    def bodies(self) -> Iterator[tuple[str, str]]:
        """(table, row as JSON) of all rows, in the order of the source."""
        if self._waiting:
            self._write()
        with closing(self._db.execute("SELECT tbl, body FROM rows ORDER BY n")) as found:
            yield from found

    def others(self) -> Iterator[RowFate]:
        """The rows that belong to no project, each with its fate."""
        self._resolve()
        query = "SELECT tbl, number, id, body FROM rows WHERE NOT kept ORDER BY n"
        for table, number, key, body in self._db.execute(query):
            yield _other(Row(table, number, json.loads(body)), key)


@contextmanager
def _disk() -> Iterator[None]:
    """What SQLite raises leaves as one of ours."""
    try:
        yield
    except sqlite3.Error as error:
        raise GenkoError(
            f"The rows can't be put in order: {error}.",
            safe="Nothing was changed.",
            todo="Make room in the folder for temporary files, or name another with SQLITE_TMPDIR.",
        ) from error


def _row(table: str, number: int, body: str, raw: str, troubles: str) -> Row:
    return Row(table, number, json.loads(body), json.loads(troubles), json.loads(raw))


def _other(row: Row, key: str) -> RowFate:
    from core.legacy.mangaka.saying import rest_of, said_by

    where = f"{row.table} {key}" if key else row.where
    if row.table in PRIVATE:
        return RowFate(where, Fate.NO_PLACE, why="About people, money or counts; not copied.")
    said = said_by(row)
    if not said:
        return RowFate(where, Fate.EMPTY)
    return RowFate(where, Fate.NO_PLACE, why=f"Genko has nothing like it; {rest_of(said)}")


def _kind(table: str) -> str:
    if table.startswith(BACKUPS):
        return "backup"
    if table in PROJECTS:
        return "project"
    if table in IMAGES:
        return "image"
    if table in (SCRIPTS, STORE, EXPORT, TEXT):
        return "script"
    return {VERSIONS: "version", PAGES: "page", DRAFTS: "draft"}.get(table, "other")
