"""Supports of two things are merged: by which key somebody is found in both, what was merged."""

import sqlalchemy as sa
from alembic import op

revision = "support_t0002"
down_revision = "support_t0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("support_support", sa.Column("matching_key", sa.LargeBinary()))
    op.add_column(
        "support_count",
        sa.Column("former_ids", sa.ARRAY(sa.Uuid()), server_default="{}", nullable=False),
    )


def downgrade() -> None:
    op.drop_column("support_count", "former_ids")
    op.drop_column("support_support", "matching_key")
