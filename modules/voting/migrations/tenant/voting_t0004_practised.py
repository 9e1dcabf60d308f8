"""Practice of the trustees: the day on which they had been through keys and opening."""

import sqlalchemy as sa
from alembic import op

revision = "voting_t0004"
down_revision = "voting_t0003"
branch_labels = None
depends_on = None
TABLE = "voting_election"


def upgrade() -> None:
    op.add_column(TABLE, sa.Column("practised_on", sa.Date()))


def downgrade() -> None:
    op.drop_column(TABLE, "practised_on")
