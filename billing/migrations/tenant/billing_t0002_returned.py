"""What of a refund was nobody's income is known when it goes back, not when it is asked for."""

import sqlalchemy as sa
from alembic import op

revision = "billing_t0002"
down_revision = "billing_t0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    returned = sa.Column("returned_cents", sa.BigInteger(), server_default="0", nullable=False)
    op.add_column("billing_refund", returned)
    op.execute(
        "UPDATE billing_refund SET returned_cents = cents"
        " WHERE source = 'overpaid' AND done_at IS NOT NULL"
    )
    op.alter_column("billing_refund", "returned_cents", server_default=None)
    op.drop_column("billing_refund", "source")


def downgrade() -> None:
    source = sa.Column("source", sa.Text(), server_default="income", nullable=False)
    op.add_column("billing_refund", source)
    op.execute("UPDATE billing_refund SET source = 'overpaid' WHERE returned_cents > 0")
    op.alter_column("billing_refund", "source", server_default=None)
    op.drop_column("billing_refund", "returned_cents")
