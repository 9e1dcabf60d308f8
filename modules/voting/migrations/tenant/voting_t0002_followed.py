"""The council's decision before a vote, what followed and by when, turnout by village."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "voting_t0002"
down_revision = "voting_t0001"
branch_labels = None
depends_on = None
TABLE = "voting_election"
LINKED = ("decision_path", "decision_title")


def upgrade() -> None:
    """When an outcome of before was told nobody wrote down: with the end of the vote."""
    for name in LINKED:
        op.add_column(TABLE, sa.Column(name, sa.Text(), server_default="", nullable=False))
    op.add_column(TABLE, sa.Column("outcome_at", sa.DateTime(timezone=True)))
    op.add_column(TABLE, sa.Column("carry_by", sa.Date()))
    op.add_column(TABLE, sa.Column("carried_on", sa.Date()))
    op.add_column(TABLE, sa.Column("villages", JSONB()))
    op.execute(f"UPDATE {TABLE} SET outcome_at = closes_at WHERE outcome <> ''")


def downgrade() -> None:
    for name in ("villages", "carried_on", "carry_by", "outcome_at", *LINKED):
        op.drop_column(TABLE, name)
