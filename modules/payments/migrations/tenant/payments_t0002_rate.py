"""The legal interest of half-years that the platform does not know yet."""

import sqlalchemy as sa
from alembic import op

revision = "payments_t0002"
down_revision = "payments_t0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "payments_rate",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("begins_on", sa.Date(), nullable=False),
        sa.Column("hundredths", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.CheckConstraint("hundredths BETWEEN 0 AND 10000", name=op.f("ck_payments_rate_rate")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_payments_rate")),
        sa.UniqueConstraint("begins_on", name=op.f("uq_payments_rate_begins_on")),
    )


def downgrade() -> None:
    op.drop_table("payments_rate")
