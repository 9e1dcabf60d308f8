"""Table of dry runs of retention."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "retention_t0001"
down_revision = None
branch_labels = ("retention",)
depends_on = None

AT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "retention_check",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("request_id", sa.Uuid(), nullable=False),
        sa.Column("asked_at", AT, nullable=False),
        sa.Column("finished_at", AT),
        sa.Column("lines", JSONB(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_retention_check")),
        sa.UniqueConstraint("request_id", name=op.f("uq_retention_check_request_id")),
    )
    op.create_index("ix_retention_check_asked", "retention_check", ["asked_at", "id"])


def downgrade() -> None:
    op.drop_table("retention_check")
