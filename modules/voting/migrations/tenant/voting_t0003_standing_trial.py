"""Standing trial: a mark for the one that the portal itself keeps open."""

import sqlalchemy as sa
from alembic import op

revision = "voting_t0003"
down_revision = "voting_t0002"
branch_labels = None
depends_on = None
TABLE = "voting_election"


def upgrade() -> None:
    mark = sa.Column("is_standing", sa.Boolean(), server_default=sa.false(), nullable=False)
    op.add_column(TABLE, mark)


def downgrade() -> None:
    op.drop_column(TABLE, "is_standing")
