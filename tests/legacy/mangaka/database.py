"""The earlier app's database on a real server: its own tables, with row security as it has it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

import psycopg
from psycopg import sql

from tests.server.postgres import PostgresForTests

DDL = """
CREATE SCHEMA auth;
CREATE TABLE auth.users (id uuid PRIMARY KEY, email text);
CREATE FUNCTION auth.uid() RETURNS uuid LANGUAGE sql STABLE AS
$$ SELECT NULLIF(current_setting('request.jwt.claim.sub', true), '')::uuid $$;
CREATE TABLE projects (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(), user_id uuid, name text, description text,
    cover_image text, pages_count int, created_at timestamptz DEFAULT now(),
    updated_at timestamptz DEFAULT now()
);
CREATE TABLE manga_scripts (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(), project_id uuid, user_id uuid,
    title varchar(255) NOT NULL DEFAULT 'Mon Manga', description text DEFAULT '',
    script_data jsonb NOT NULL DEFAULT '{"chapters":[]}', version int DEFAULT 1,
    created_at timestamptz DEFAULT now(), updated_at timestamptz DEFAULT now()
);
CREATE TABLE manga_script_versions (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(), script_id uuid REFERENCES manga_scripts ON DELETE CASCADE,
    version_number int, script_data jsonb NOT NULL,
    created_at timestamptz DEFAULT now(), created_by uuid NOT NULL
);
CREATE TABLE character_images (
    id uuid PRIMARY KEY, user_id uuid, project_id uuid, original_prompt text, optimized_prompt text,
    image_url text, metadata jsonb DEFAULT '{}', created_at timestamptz, updated_at timestamptz
);
CREATE TABLE scene_images (
    id uuid PRIMARY KEY, user_id uuid, project_id uuid, image_url text, original_prompt text,
    optimized_prompt text, character_ids uuid[], decor_id uuid, scene_settings jsonb, metadata jsonb,
    created_at timestamptz
);
CREATE TABLE pages (
    id uuid PRIMARY KEY, project_id uuid, page_number int, title text, content jsonb DEFAULT '{}',
    metadata jsonb DEFAULT '{}', status text DEFAULT 'draft', created_at timestamptz, updated_at timestamptz
);
CREATE TABLE user_credits (user_id uuid PRIMARY KEY, credits_remaining int);
CREATE FUNCTION note_version() RETURNS trigger LANGUAGE plpgsql AS $fn$
BEGIN
  IF OLD.script_data IS DISTINCT FROM NEW.script_data THEN
INSERT INTO manga_script_versions (script_id, version_number, script_data, created_by)
VALUES (OLD.id, OLD.version, OLD.script_data, auth.uid());
  END IF;
  RETURN NEW;
END $fn$;
CREATE TRIGGER versions BEFORE UPDATE ON manga_scripts FOR EACH ROW EXECUTE FUNCTION note_version();
ALTER TABLE manga_scripts ENABLE ROW LEVEL SECURITY;
CREATE POLICY own ON manga_scripts USING (auth.uid() = user_id);
"""


def fill(conninfo: str, tables: Mapping[str, Iterable[Mapping[str, Any]]]) -> None:
    """Make the tables and put rows into them."""
    with psycopg.connect(conninfo, autocommit=True) as connection:
        connection.execute(DDL)
        insert_rows(connection, tables)


def insert_rows(
    connection: psycopg.Connection[Any], tables: Mapping[str, Iterable[Mapping[str, Any]]]
) -> None:
    """Put rows into their tables, as one transaction."""
    with connection.transaction():
        for table, rows in tables.items():
            for row in rows:
                query = sql.SQL("INSERT INTO {0} SELECT * FROM jsonb_populate_record(NULL::{0}, %s)")
                connection.execute(query.format(sql.Identifier(table)), (json.dumps(row),))


def reader_login(server: PostgresForTests, conninfo: str, name: str) -> str:
    """The conninfo of a login that may read the tables, and sees by the policies only its own rows."""
    with psycopg.connect(server.conninfo_of(server.name_of(conninfo), admin=True), autocommit=True) as admin:
        admin.execute(sql.SQL("DROP ROLE IF EXISTS {}").format(sql.Identifier(name)))
        admin.execute(sql.SQL("CREATE ROLE {}").format(sql.Identifier(name)))
        admin.execute(sql.SQL("GRANT {} TO genko").format(sql.Identifier(name)))
        admin.execute(
            sql.SQL("GRANT SELECT ON ALL TABLES IN SCHEMA public TO {}").format(sql.Identifier(name))
        )
        admin.execute(sql.SQL("GRANT USAGE ON SCHEMA auth TO {}").format(sql.Identifier(name)))
    return psycopg.conninfo.make_conninfo(conninfo, options=f"-c role={name}")
