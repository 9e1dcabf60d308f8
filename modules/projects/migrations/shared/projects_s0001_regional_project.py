"""Table of the public projects of all municipalities."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "projects_s0001"
down_revision = None
branch_labels = ("projects",)
depends_on = None


def upgrade() -> None:
    op.create_table(
        "regional_project",
        sa.Column("municipality", sa.Text(), nullable=False),
        sa.Column("project_id", sa.Uuid(), nullable=False),
        sa.Column("titles", JSONB(), nullable=False),
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("subject", "state", "ekatte")),
        sa.Column("total_cents", sa.BigInteger()),
        sa.Column("starts_on", sa.Date()),
        sa.Column("ends_on", sa.Date()),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("municipality", "project_id", name=op.f("pk_regional_project")),
    )
    op.create_index(
        "ix_regional_project_newest", "regional_project", [sa.text("published_at DESC")]
    )
    op.execute("GRANT SELECT, INSERT, UPDATE, DELETE ON regional_project TO app_login")


def downgrade() -> None:
    op.drop_table("regional_project")
