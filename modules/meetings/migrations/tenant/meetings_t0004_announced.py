"""Decisions that are read while the meeting goes on, before its minutes."""

import sqlalchemy as sa
from alembic import op

revision = "meetings_t0004"
down_revision = "meetings_t0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("meetings_entry", sa.Column("announced_at", sa.DateTime(timezone=True)))


def downgrade() -> None:
    op.drop_column("meetings_entry", "announced_at")
