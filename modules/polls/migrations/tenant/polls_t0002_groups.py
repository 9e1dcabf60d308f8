"""How many of each age group and of each village answered, and what."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "polls_t0002"
down_revision = "polls_t0001"
branch_labels = None
depends_on = None
TABLES, COLUMNS = ("polls_poll", "polls_option"), ("by_age", "by_place")


def upgrade() -> None:
    asks = sa.Column("asks_about", sa.Boolean(), server_default="false", nullable=False)
    op.add_column("polls_poll", asks)
    for table in TABLES:
        for name in COLUMNS:
            counts = sa.Column(name, postgresql.JSONB(), server_default="{}", nullable=False)
            op.add_column(table, counts)


def downgrade() -> None:
    for table in TABLES:
        for name in COLUMNS:
            op.drop_column(table, name)
    op.drop_column("polls_poll", "asks_about")
