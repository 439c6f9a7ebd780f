"""The SQL of saving and loading, valid for PostgreSQL 15 and later; rows go as JSON (arrays cost more)."""

from __future__ import annotations

# Whatever the server's default is: after the lock, each statement must see what others committed.
BEGIN = "BEGIN ISOLATION LEVEL READ COMMITTED"
COMMIT = "COMMIT"
NEW_PROJECT = "INSERT INTO projects (project_id) VALUES (%s) ON CONFLICT DO NOTHING"
LOCK = "SELECT held, save_number, title FROM projects WHERE project_id = %s FOR UPDATE"
SAVED = "SELECT number, saved_at FROM versions WHERE save_id = %s AND project_id = %s"
READ_BACK = "SELECT held, server_id FROM projects, server_identity WHERE project_id = %s"
ALL_UPDATES = "SELECT update_id, covers FROM updates WHERE project_id = %s ORDER BY update_id"
FETCH = """
SELECT update_id, sha256, blob FROM updates WHERE project_id = %s AND update_id = ANY(%s) ORDER BY update_id
"""
NUMBER = "UPDATE projects SET save_number = %s WHERE project_id = %s"
NEXT_PART = "SELECT coalesce(max(part) + 1, 0) FROM updates WHERE save_id = %s"
PAGE_ROWS = "SELECT page_key, position, sha256(convert_to(text, 'UTF8')) FROM pages WHERE project_id = %s"
RECORD_ROWS = "SELECT section, record_id, position, content FROM records WHERE project_id = %s"
REMOVE_PAGES = "DELETE FROM pages WHERE project_id = %s AND page_key = ANY(%s)"
PUT_PAGES = """
INSERT INTO pages (project_id, page_key, position, text, content)
SELECT %s, new.* FROM json_to_recordset(%s) AS new (key text, position numeric, text text, content jsonb)
ON CONFLICT (project_id, page_key) DO UPDATE
SET position = excluded.position, text = excluded.text, content = excluded.content
"""
REMOVE_RECORDS = """
DELETE FROM records WHERE project_id = %s
AND (section, record_id) IN (SELECT gone.* FROM unnest(%s::text[], %s::text[]) AS gone)
"""
PUT_RECORDS = """
INSERT INTO records (project_id, section, record_id, position, content)
SELECT %s, new.*
FROM json_to_recordset(%s) AS new (section text, record_id text, position numeric, content jsonb)
ON CONFLICT (project_id, section, record_id) DO UPDATE
SET position = excluded.position, content = excluded.content
"""

# Changing the project's row is also what locks it; the rest hangs on whether that found the row as
# it was expected. One statement, since each costs a writer's Ctrl+S about 0.1 ms.
WRITE = """
WITH mine AS (
    UPDATE projects SET held = %s, save_number = %s, title = %s, kind = %s,
                        meta = coalesce(%s::jsonb, meta),
                        statistics = %s::jsonb, updated_by = SESSION_USER
    WHERE project_id = %s AND held = %s AND save_number = %s
    RETURNING project_id
), operations AS (
    INSERT INTO updates (project_id, save_id, part, covers, sha256, blob)
    SELECT project_id, %s, %s, %s, %s, %s FROM mine WHERE %s
), script AS (
    INSERT INTO pages (project_id, page_key, position, text, content)
    SELECT project_id, new.*
    FROM mine, json_to_recordset(%s) AS new (key text, position numeric, text text, content jsonb)
    ON CONFLICT (project_id, page_key) DO UPDATE
    SET position = excluded.position, text = excluded.text, content = excluded.content
)
INSERT INTO versions (project_id, number, save_id, message, frontier, pages, words,
                      update_bytes, pages_changed, records_changed)
SELECT project_id, %s, %s, %s, %s, %s, %s, %s, %s, %s FROM mine WHERE %s
RETURNING saved_at
"""
