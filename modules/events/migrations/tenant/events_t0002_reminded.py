"""Of which of its times the followers of an event were reminded last."""

import sqlalchemy as sa
from alembic import op

revision = "events_t0002"
down_revision = "events_t0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("events_event", sa.Column("reminded_of", sa.DateTime(timezone=True)))


def downgrade() -> None:
    op.drop_column("events_event", "reminded_of")
