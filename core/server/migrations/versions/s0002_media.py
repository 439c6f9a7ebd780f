"""The pictures of projects, in parts that are checked one by one."""

from __future__ import annotations

from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

MEDIA = """
CREATE TABLE media (
    project_id uuid NOT NULL REFERENCES projects ON DELETE CASCADE,
    sha256 bytea NOT NULL,
    part bigint NOT NULL,
    parts bigint NOT NULL,
    mime text NOT NULL,
    size bigint NOT NULL,
    part_sha256 bytea NOT NULL,
    content bytea NOT NULL,
    author text DEFAULT SESSION_USER NOT NULL,
    created_at timestamptz DEFAULT now() NOT NULL,
    PRIMARY KEY (project_id, sha256, part),
    CONSTRAINT media_part_fits CHECK (part_sha256 = sha256(content)),
    CONSTRAINT media_sha256_fits CHECK (parts > 1 OR part_sha256 = sha256),
    CONSTRAINT media_part_counts CHECK (part >= 0 AND part < parts AND parts <= 64),
    CONSTRAINT media_part_small CHECK (octet_length(content) <= 4194304)
);
ALTER TABLE media ALTER content SET STORAGE EXTERNAL;
COMMENT ON TABLE media IS 'The files of pictures that the document names, in parts of up to 4 MiB.';
COMMENT ON COLUMN media.project_id IS 'The project.';
COMMENT ON COLUMN media.sha256 IS 'Checksum of the whole file: its name in the document.';
COMMENT ON COLUMN media.part IS 'From 0.';
COMMENT ON COLUMN media.parts IS 'How many parts the file has.';
COMMENT ON COLUMN media.mime IS 'What kind of picture it is.';
COMMENT ON COLUMN media.size IS 'Of the whole file, in bytes.';
COMMENT ON COLUMN media.part_sha256 IS 'Checksum of `content`.';
COMMENT ON COLUMN media.content IS 'The bytes; put together in the order of the parts they are the file.';
COMMENT ON COLUMN media.author IS 'The login that sent it.';
COMMENT ON COLUMN media.created_at IS 'When it came.';
"""


def upgrade() -> None:
    """Make the table."""
    op.get_bind().exec_driver_sql(MEDIA)


def downgrade() -> None:
    """There is no way back: pictures would go with the table."""
    raise NotImplementedError("Pictures would be lost.")
