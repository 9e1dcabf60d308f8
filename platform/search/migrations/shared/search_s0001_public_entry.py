"""What municipalities have published, for the pages of the region."""

import sqlalchemy as sa
from alembic import op

revision = "search_s0001"
down_revision = None
branch_labels = ("search",)
depends_on = None


def upgrade() -> None:
    op.create_table(
        "public_entry",
        sa.Column("municipality", sa.Text(), nullable=False),
        sa.Column("part", sa.Text(), nullable=False),
        sa.Column("object_id", sa.Uuid(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("path", sa.Text(), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint(
            "municipality", "part", "object_id", "language", name=op.f("pk_public_entry")
        ),
    )
    op.create_index(op.f("ix_public_entry_published_at"), "public_entry", ["published_at"])
    op.execute("GRANT SELECT, INSERT, UPDATE, DELETE ON public_entry TO app_login")


def downgrade() -> None:
    op.drop_table("public_entry")
