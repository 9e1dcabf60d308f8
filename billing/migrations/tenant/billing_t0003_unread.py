"""When a charge was paid and an attempt ended was written and never read: payments say it."""

import sqlalchemy as sa
from alembic import op

revision = "billing_t0003"
down_revision = "billing_t0002"
branch_labels = None
depends_on = None

UNREAD = (("billing_charge", "paid_at"), ("billing_attempt", "ended_at"))


def upgrade() -> None:
    for table, column in UNREAD:
        op.drop_column(table, column)


def downgrade() -> None:
    for table, column in UNREAD:
        op.add_column(table, sa.Column(column, sa.DateTime(timezone=True)))
