"""Whose voice an opinion is, how its author was told what became of it."""

import sqlalchemy as sa
from alembic import op

revision = "consultations_t0006"
down_revision = "consultations_t0005"
branch_labels = None
depends_on = None

TABLE = "consultations_opinion"


def upgrade() -> None:
    op.add_column(TABLE, sa.Column("told_how", sa.Text(), server_default="", nullable=False))
    op.add_column(TABLE, sa.Column("voice", sa.LargeBinary()))


def downgrade() -> None:
    op.drop_column(TABLE, "voice")
    op.drop_column(TABLE, "told_how")
