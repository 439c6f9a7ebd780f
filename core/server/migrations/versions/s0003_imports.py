"""Imports: their reports, and versions that were made elsewhere and brought here."""

from __future__ import annotations

from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

IMPORTS = """
CREATE TABLE imports (
    project_id uuid NOT NULL REFERENCES projects ON DELETE CASCADE,
    import_id uuid NOT NULL,
    done_at timestamptz NOT NULL,
    report jsonb NOT NULL,
    report_sha256 bytea NOT NULL,
    versions bigint NOT NULL,
    author text DEFAULT SESSION_USER NOT NULL,
    created_at timestamptz DEFAULT now() NOT NULL,
    PRIMARY KEY (project_id, import_id),
    CONSTRAINT imports_report_object CHECK (jsonb_typeof(report) = 'object'),
    CONSTRAINT imports_report_sha256 CHECK (octet_length(report_sha256) = 32),
    CONSTRAINT imports_versions_count CHECK (versions >= 0)
);
COMMENT ON TABLE imports IS
    'What imports have done to projects, item by item. Rows are added, never changed.';
COMMENT ON COLUMN imports.project_id IS 'The project.';
COMMENT ON COLUMN imports.import_id IS
    'Made by the writer''s machine; the same for all projects of one import.';
COMMENT ON COLUMN imports.done_at IS 'When it was done, by the clock of the writer''s machine.';
COMMENT ON COLUMN imports.report IS 'Where it came from, and what became of each item.';
COMMENT ON COLUMN imports.report_sha256 IS 'Checksum of the report as it was sent.';
COMMENT ON COLUMN imports.versions IS 'How many versions it brought.';
COMMENT ON COLUMN imports.author IS 'The login that sent it.';
COMMENT ON COLUMN imports.created_at IS 'When it came.';
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON imports
    FOR EACH ROW EXECUTE FUNCTION genko_append_only();
CREATE TRIGGER append_only_all BEFORE TRUNCATE ON imports
    FOR EACH STATEMENT EXECUTE FUNCTION genko_append_only();

ALTER TABLE versions ADD COLUMN brought_by text, ADD COLUMN import_id uuid,
    ADD CONSTRAINT versions_brought_whole CHECK ((brought_by IS NULL) = (import_id IS NULL));
COMMENT ON COLUMN versions.brought_by IS
    'The login that brought a version made elsewhere; author and time are as that place said. Else NULL.';
COMMENT ON COLUMN versions.import_id IS 'The import that brought it; NULL for a save made here.';
"""


def upgrade() -> None:
    """Make the table and the columns."""
    op.get_bind().exec_driver_sql(IMPORTS)


def downgrade() -> None:
    """There is no way back: reports would go with the table."""
    raise NotImplementedError("The reports of imports would be lost.")
