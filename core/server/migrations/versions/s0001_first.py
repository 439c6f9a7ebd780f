"""The first schema: projects, their updates and versions, and the readable rows."""

from __future__ import annotations

from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

IDENTITY = """
CREATE TABLE server_identity (
    only_row boolean DEFAULT true NOT NULL PRIMARY KEY CONSTRAINT server_identity_one_row CHECK (only_row),
    server_id uuid DEFAULT gen_random_uuid() NOT NULL,
    created_at timestamptz DEFAULT now() NOT NULL
);
COMMENT ON TABLE server_identity IS
    'One row: the identity of this database. Acknowledgements are given in its name.';
COMMENT ON COLUMN server_identity.only_row IS 'Always true: there is one row.';
COMMENT ON COLUMN server_identity.server_id IS
    'Made by the first migration; a dump and its restore keep it.';
COMMENT ON COLUMN server_identity.created_at IS 'When the schema was made.';
INSERT INTO server_identity DEFAULT VALUES;
"""

PROJECTS = """
CREATE TABLE projects (
    project_id uuid NOT NULL PRIMARY KEY,
    title text DEFAULT '' NOT NULL,
    meta jsonb DEFAULT '{}' NOT NULL,
    statistics jsonb DEFAULT '{}' NOT NULL,
    held bytea DEFAULT '\\x' NOT NULL,
    save_number bigint DEFAULT 0 NOT NULL,
    created_by text DEFAULT SESSION_USER NOT NULL,
    updated_by text DEFAULT SESSION_USER NOT NULL,
    created_at timestamptz DEFAULT now() NOT NULL,
    updated_at timestamptz DEFAULT now() NOT NULL
);
COMMENT ON TABLE projects IS
    'One row per manuscript. Its row is locked for the length of a save.';
COMMENT ON COLUMN projects.project_id IS 'Made on the writer''s machine with the project.';
COMMENT ON COLUMN projects.title IS 'The title; titles may repeat.';
COMMENT ON COLUMN projects.meta IS 'Language, reading direction, format and the like.';
COMMENT ON COLUMN projects.statistics IS 'Counts over the script, of the last save.';
COMMENT ON COLUMN projects.held IS
    'Which operations `updates` adds up to: an encoded Loro version vector.';
COMMENT ON COLUMN projects.save_number IS 'The number of the last save.';
COMMENT ON COLUMN projects.created_by IS 'Who saved it first.';
COMMENT ON COLUMN projects.updated_by IS 'Who saved it last.';
COMMENT ON COLUMN projects.created_at IS 'When it first arrived.';
COMMENT ON COLUMN projects.updated_at IS 'Kept by a trigger.';
"""

UPDATES = """
CREATE TABLE updates (
    project_id uuid NOT NULL REFERENCES projects ON DELETE CASCADE,
    update_id bigint GENERATED ALWAYS AS IDENTITY NOT NULL,
    save_id uuid NOT NULL,
    part bigint DEFAULT 0 NOT NULL,
    covers bytea NOT NULL,
    sha256 bytea NOT NULL,
    blob bytea NOT NULL,
    author text DEFAULT SESSION_USER NOT NULL,
    created_at timestamptz DEFAULT now() NOT NULL,
    PRIMARY KEY (project_id, update_id),
    CONSTRAINT updates_save_id_part UNIQUE (save_id, part),
    CONSTRAINT updates_sha256_fits CHECK (sha256 = sha256(blob))
);
COMMENT ON TABLE updates IS
    'The document itself: Loro updates as they came. Rows are added, never changed.';
COMMENT ON COLUMN updates.update_id IS 'In the order of arrival.';
COMMENT ON COLUMN updates.project_id IS 'The project.';
COMMENT ON COLUMN updates.save_id IS 'The save that brought it.';
COMMENT ON COLUMN updates.part IS '0, unless a save had to be repaired.';
COMMENT ON COLUMN updates.covers IS 'Where the operations in it end: a version vector.';
COMMENT ON COLUMN updates.sha256 IS 'Checksum of `blob`.';
COMMENT ON COLUMN updates.blob IS 'A Loro update or snapshot.';
COMMENT ON COLUMN updates.author IS 'The login that sent it.';
COMMENT ON COLUMN updates.created_at IS 'When it came.';
"""

VERSIONS = """
CREATE TABLE versions (
    project_id uuid NOT NULL REFERENCES projects ON DELETE CASCADE,
    number bigint NOT NULL,
    save_id uuid NOT NULL CONSTRAINT versions_save_id UNIQUE,
    author text DEFAULT SESSION_USER NOT NULL,
    saved_at timestamptz DEFAULT now() NOT NULL,
    message text DEFAULT '' NOT NULL,
    frontier bytea NOT NULL,
    pages bigint NOT NULL,
    words bigint NOT NULL,
    update_bytes bigint NOT NULL,
    pages_changed bigint NOT NULL,
    records_changed bigint NOT NULL,
    PRIMARY KEY (project_id, number)
);
COMMENT ON TABLE versions IS 'The history: one row per save. Rows are added, never changed.';
COMMENT ON COLUMN versions.project_id IS 'The project.';
COMMENT ON COLUMN versions.number IS 'From 1, without gaps, for each project.';
COMMENT ON COLUMN versions.save_id IS 'Made by the writer''s machine.';
COMMENT ON COLUMN versions.author IS 'The login that saved.';
COMMENT ON COLUMN versions.saved_at IS 'When it was saved, by the server''s clock.';
COMMENT ON COLUMN versions.message IS 'What the writer said about it.';
COMMENT ON COLUMN versions.frontier IS
    'The point in the history, after merging: encoded Loro frontiers.';
COMMENT ON COLUMN versions.pages IS 'Pages in the script.';
COMMENT ON COLUMN versions.words IS 'Words in the script.';
COMMENT ON COLUMN versions.update_bytes IS 'Size of the operations it brought, in bytes.';
COMMENT ON COLUMN versions.pages_changed IS 'Rows of `pages` it wrote or removed.';
COMMENT ON COLUMN versions.records_changed IS 'Rows of `records` it wrote or removed.';
"""

PAGES = """
CREATE TABLE pages (
    project_id uuid NOT NULL REFERENCES projects ON DELETE CASCADE,
    page_key text NOT NULL,
    position numeric NOT NULL,
    text text NOT NULL,
    content jsonb DEFAULT '{}' NOT NULL,
    updated_at timestamptz DEFAULT now() NOT NULL,
    PRIMARY KEY (project_id, page_key),
    CONSTRAINT pages_position UNIQUE (project_id, position) DEFERRABLE INITIALLY DEFERRED
);
COMMENT ON TABLE pages IS
    'The merged script, one row per page: `text` by `position` is the whole of it, exactly.';
COMMENT ON COLUMN pages.project_id IS 'The project.';
COMMENT ON COLUMN pages.page_key IS
    'The identity of the heading''s first character; ''front'' for what stands before the first page.';
COMMENT ON COLUMN pages.position IS 'Order only; a new page takes a number in between.';
COMMENT ON COLUMN pages.text IS 'The page''s text, heading and line ends included.';
COMMENT ON COLUMN pages.content IS 'Heading, number and counts, from the same text.';
COMMENT ON COLUMN pages.updated_at IS 'Kept by a trigger.';
"""

RECORDS = """
CREATE TABLE records (
    project_id uuid NOT NULL REFERENCES projects ON DELETE CASCADE,
    section text NOT NULL,
    record_id text NOT NULL,
    position numeric NOT NULL,
    content jsonb DEFAULT '{}' NOT NULL,
    updated_at timestamptz DEFAULT now() NOT NULL,
    PRIMARY KEY (project_id, section, record_id),
    CONSTRAINT records_position UNIQUE (project_id, section, position) DEFERRABLE INITIALLY DEFERRED
);
COMMENT ON TABLE records IS
    'Characters, backgrounds, scenes and assembly pages, merged, one row each.';
COMMENT ON COLUMN records.project_id IS 'The project.';
COMMENT ON COLUMN records.section IS 'characters, backgrounds, scenes or assembly.';
COMMENT ON COLUMN records.record_id IS 'The record''s own id.';
COMMENT ON COLUMN records.position IS 'Order within the section.';
COMMENT ON COLUMN records.content IS 'The record.';
COMMENT ON COLUMN records.updated_at IS 'Kept by a trigger.';
"""

TRIGGERS = """
CREATE FUNCTION genko_touch() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.updated_at := now();
    RETURN NEW;
END $$;
COMMENT ON FUNCTION genko_touch() IS 'Keeps updated_at.';
CREATE TRIGGER touch BEFORE UPDATE ON projects FOR EACH ROW EXECUTE FUNCTION genko_touch();
CREATE TRIGGER touch BEFORE UPDATE ON pages FOR EACH ROW EXECUTE FUNCTION genko_touch();
CREATE TRIGGER touch BEFORE UPDATE ON records FOR EACH ROW EXECUTE FUNCTION genko_touch();

CREATE FUNCTION genko_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    -- A project's rows may go with the project itself, which is gone by then.
    IF TG_OP = 'DELETE' THEN
        PERFORM FROM projects WHERE project_id = OLD.project_id;
        IF NOT FOUND THEN
            RETURN OLD;
        END IF;
    END IF;
    RAISE EXCEPTION 'rows of % are only added, never changed or removed', TG_TABLE_NAME
        USING ERRCODE = 'integrity_constraint_violation';
END $$;
COMMENT ON FUNCTION genko_append_only() IS 'Refuses every change of rows that are only ever added.';
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON updates
    FOR EACH ROW EXECUTE FUNCTION genko_append_only();
CREATE TRIGGER append_only_all BEFORE TRUNCATE ON updates
    FOR EACH STATEMENT EXECUTE FUNCTION genko_append_only();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON versions
    FOR EACH ROW EXECUTE FUNCTION genko_append_only();
CREATE TRIGGER append_only_all BEFORE TRUNCATE ON versions
    FOR EACH STATEMENT EXECUTE FUNCTION genko_append_only();
"""

VIEW = """
CREATE FUNCTION genko_kept(meta jsonb, part text) RETURNS jsonb LANGUAGE sql IMMUTABLE AS $$
    SELECT CASE jsonb_typeof(meta->'unified'->part) WHEN 'object' THEN meta->'unified'->part ELSE '{}' END
$$;
COMMENT ON FUNCTION genko_kept(jsonb, text) IS
    'What a part of an imported unified document held that Genko has no place for.';

CREATE FUNCTION genko_records(project projects, part text, name text, in_section text, decors boolean)
RETURNS jsonb LANGUAGE sql STABLE AS $$
    SELECT jsonb_build_object('lastModified', project.updated_at) || genko_kept(project.meta, part)
        || jsonb_build_object('lastModified', project.updated_at, name, coalesce(
            (SELECT jsonb_agg(CASE WHEN decors THEN content - 'filedAs' ELSE content END ORDER BY position)
             FROM records WHERE records.project_id = project.project_id AND section = in_section
             AND (coalesce(content->>'filedAs', '') = 'decors') = decors), '[]')
            || CASE jsonb_typeof(genko_kept(project.meta, part)->name)
               WHEN 'array' THEN genko_kept(project.meta, part)->name ELSE '[]' END)
$$;
COMMENT ON FUNCTION genko_records(projects, text, text, text, boolean) IS
    'A part of the unified document that holds a list of records, in their order.';

CREATE VIEW unified_documents AS
SELECT
    p.project_id,
    p.title,
    p.updated_at,
    genko_kept(p.meta, '') || jsonb_build_object(
        'script', genko_kept(p.meta, 'script') || jsonb_build_object(
            'content', coalesce(
                (SELECT string_agg(g.text, '' ORDER BY g.position) FROM pages g
                 WHERE g.project_id = p.project_id), ''),
            'title', p.title,
            'stats', p.statistics,
            'fileTree', '[]'::jsonb,
            'lastModified', p.updated_at),
        'characters', genko_records(p, 'characters', 'characters', 'characters', false),
        'backgrounds', genko_records(p, 'backgrounds', 'backgrounds', 'backgrounds', false),
        'decors', genko_records(p, 'decors', 'decors', 'backgrounds', true),
        'scenes', genko_records(p, 'scenes', 'scenes', 'scenes', false),
        'assembly', assembly.part
            || jsonb_build_object('totalPages', jsonb_array_length(assembly.part->'pages')),
        'metadata', jsonb_build_object('version', 1) || genko_kept(p.meta, 'metadata') || jsonb_build_object(
            'savedAt', p.updated_at, 'savedBy', p.updated_by, 'genko', p.meta - 'title' - 'unified')
    ) AS document
FROM projects p
CROSS JOIN LATERAL (
    SELECT '{"currentPage": 1}' || genko_records(p, 'assembly', 'pages', 'assembly', false) AS part
) assembly;
COMMENT ON VIEW unified_documents IS
    'Each project as one JSON document, for tools that read the unified form.';
COMMENT ON COLUMN unified_documents.project_id IS 'The project.';
COMMENT ON COLUMN unified_documents.title IS 'Its title.';
COMMENT ON COLUMN unified_documents.updated_at IS 'The time of its last save.';
COMMENT ON COLUMN unified_documents.document IS
    'script, characters, backgrounds, decors, scenes, assembly, metadata.';
"""

STEPS = (IDENTITY, PROJECTS, UPDATES, VERSIONS, PAGES, RECORDS, TRIGGERS, VIEW)


def upgrade() -> None:
    """Make everything. Plain SQL: it is what a reader of the database sees, too."""
    connection = op.get_bind()
    for step in STEPS:
        connection.exec_driver_sql(step.replace("%", "%%"))
    connection.exec_driver_sql(
        "COMMENT ON TABLE genko_schema IS 'One row: which migration this schema is at.';"
        "COMMENT ON COLUMN genko_schema.version_num IS 'The last migration''s number.'"
    )


def downgrade() -> None:
    """There is no way back: words would go with the tables."""
    raise NotImplementedError("The first schema has nothing before it.")
