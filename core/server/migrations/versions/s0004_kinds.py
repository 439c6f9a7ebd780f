"""A column says what kind a document is, since drafts are kept as projects are; the view leaves them out."""

from __future__ import annotations

from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

KIND = """
ALTER TABLE projects ADD COLUMN kind text NOT NULL DEFAULT 'project'
    CONSTRAINT projects_kind_known CHECK (kind IN ('project', 'draft'));
COMMENT ON COLUMN projects.kind IS 'project, or draft for a pack of assets.';
UPDATE projects SET kind = 'draft' WHERE meta->>'kind' = 'draft';
"""


def upgrade() -> None:
    """Add the column, and the view's condition."""
    link = op.get_bind()
    link.exec_driver_sql(KIND)
    # The view is made of what the first migration said, so that the two never differ by anything else.
    found = link.exec_driver_sql("SELECT pg_get_viewdef('unified_documents'::regclass)").scalar_one()
    body = found.rstrip().removesuffix(";")
    link.exec_driver_sql(f"CREATE OR REPLACE VIEW unified_documents AS {body} WHERE p.kind <> 'draft'")


def downgrade() -> None:
    """There is no way back: drafts would be taken for projects."""
    raise NotImplementedError("Drafts would be shown as projects.")
