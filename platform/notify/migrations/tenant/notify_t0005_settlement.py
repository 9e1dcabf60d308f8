"""What staff did about a letter that did not arrive."""

import sqlalchemy as sa
from alembic import op

revision = "notify_t0005"
down_revision = "notify_t0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("notify_message", sa.Column("settlement", sa.Text()))
    op.add_column("notify_message", sa.Column("settled_at", sa.DateTime(timezone=True)))
    times = sa.Column("settled_times", sa.Integer(), server_default="0", nullable=False)
    op.add_column("notify_message", times)


def downgrade() -> None:
    op.drop_column("notify_message", "settled_times")
    op.drop_column("notify_message", "settled_at")
    op.drop_column("notify_message", "settlement")
