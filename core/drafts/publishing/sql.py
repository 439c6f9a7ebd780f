"""The SQL of publishing, valid for PostgreSQL 15 and later; rows go as JSON, which row-level rules allow."""

from __future__ import annotations

# ruff: noqa: S608 all names are constants of this program
from core.drafts.publishing.rows import TABLES, Table

BEGIN = "BEGIN ISOLATION LEVEL READ COMMITTED"
SNAPSHOT = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"
COMMIT = "COMMIT"
ROLLBACK = "ROLLBACK"
GUARD = 0x67656E6B6F7075  # "genkopu": publishing shares it, clearing the media store has it alone
SHARE_GUARD = f"SELECT pg_advisory_lock_shared({GUARD})"
TAKE_GUARD = f"SELECT pg_try_advisory_lock({GUARD})"
UNSHARE_GUARD = f"SELECT pg_advisory_unlock_shared({GUARD})"
FREE_GUARD = f"SELECT pg_advisory_unlock({GUARD})"
LOCK_REQUESTS = "SELECT pg_advisory_xact_lock(hashtextextended(%s, 7))"
"""Those who publish one pack come one after another, and so does who asks what became of a request."""
NEW_PACK = """
INSERT INTO univers_packs (pack_id, slug, is_public) VALUES (%s, %s, %s) ON CONFLICT (pack_id) DO NOTHING
"""
PACK = "SELECT univers_id, slug, revision, shown, is_public, owner FROM univers_packs WHERE pack_id = %s"
LOCK_PACK = f"{PACK} FOR UPDATE"
SLUG_OF_OTHER = "SELECT 1 FROM univers_packs WHERE slug = %s AND pack_id <> %s"
REVISION = """
SELECT revision, action, shows, is_public, expected_revision, request_id,
       encode(manifest_sha256, 'hex'), author, made_at, {manifest}
FROM univers_revisions WHERE {where}
"""
BY_REQUEST = REVISION.format(manifest="NULL", where="request_id = %s AND pack_id = %s")
BY_NUMBER = REVISION.format(manifest="manifest", where="pack_id = %s AND revision = %s")
REVISIONS = REVISION.format(manifest="NULL", where="pack_id = %s") + "ORDER BY revision DESC LIMIT %s"
ADD_REVISION = """
INSERT INTO univers_revisions (pack_id, revision, action, shows, is_public, expected_revision, request_id,
                               manifest, manifest_sha256)
VALUES (%s, %s, %s, %s, %s, %s, %s, %s::jsonb, decode(%s, 'hex'))
RETURNING author, made_at
"""
CHANGE_PACK = """
UPDATE univers_packs SET slug = %s, revision = %s, shown = %s, is_public = %s WHERE pack_id = %s
"""
CLOSE_DRAFT = """
UPDATE projects SET shared = false
WHERE project_id = %s AND kind = 'draft' AND shared AND created_by = SESSION_USER
"""
"""The draft of a private pack is closed with it, not only with the next save."""
NAME_MEDIA = """
INSERT INTO univers_media (pack_id, sha256) SELECT %s, decode(sha, 'hex') FROM unnest(%s::text[]) AS sha
ON CONFLICT DO NOTHING
"""
NAMED_MEDIA = "SELECT encode(n, 'hex') FROM genko_named_media(%s) AS n"
UNIVERS_COLUMNS = (
    *("revision", "name", "slug", "description", "theme", "thumbnail_url", "is_public"),
    *("background_music", "background_color"),
)
PUT_UNIVERS = f"""
INSERT INTO univers (id, pack_id, owner, {", ".join(UNIVERS_COLUMNS)})
VALUES (%s, %s, %s, {", ".join(["%s"] * len(UNIVERS_COLUMNS))})
ON CONFLICT (id) DO UPDATE SET {", ".join(f"{name} = excluded.{name}" for name in UNIVERS_COLUMNS)}
"""
GET_UNIVERS = f"SELECT {', '.join(UNIVERS_COLUMNS)} FROM univers WHERE id = %s"
REMOVE_UNIVERS = "DELETE FROM univers WHERE id = %s"
_OF_PACK = {
    "univers_id": "{table}.univers_id = %s",
    "asset_id": "{table}.asset_id IN (SELECT id FROM univers_assets WHERE univers_id = %s)",
}


def _record(table: Table) -> str:
    return ", ".join(f"{name} {kind}" for name, kind in table.columns)


def _put(table: Table) -> str:
    names = ", ".join(table.names)
    changed = [name for name in table.names if name not in table.keys]
    return f"""
INSERT INTO {table.name} AS old ({names})
SELECT {names} FROM json_to_recordset(%s) AS new ({_record(table)})
ON CONFLICT ({table.key}) DO UPDATE SET {", ".join(f"{name} = excluded.{name}" for name in changed)}
WHERE ({", ".join(f"old.{name}" for name in changed)})
      IS DISTINCT FROM ({", ".join(f"excluded.{name}" for name in changed)})
"""


def _remove(table: Table) -> str:
    """Those of the pack with the given keys."""
    types = dict(table.columns)
    record, keys = ", ".join(f"{name} {types[name]}" for name in table.keys), ", ".join(table.keys)
    mine = _OF_PACK[table.parent].format(table=table.name)
    return f"""
DELETE FROM {table.name} WHERE {mine} AND ({keys}) IN (
    SELECT {keys} FROM json_to_recordset(%s) AS gone ({record}))
"""


_MOMENT = """to_char({} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')"""


def _get(table: Table) -> str:
    shown = [
        _MOMENT.format(name)
        if kind == "timestamptz"
        else f"{name}::text"
        if kind in ("uuid", "bytea")
        else name
        for name, kind in table.columns
    ]
    mine = _OF_PACK[table.parent].format(table=table.name)
    return f"SELECT {', '.join(shown)} FROM {table.name} WHERE {mine}"


PUT = {table.name: _put(table) for table in TABLES}
REMOVE = {table.name: _remove(table) for table in TABLES}
GET = {table.name: _get(table) for table in TABLES}
