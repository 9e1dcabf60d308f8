"""Notices that people keep in their profile."""

import sqlalchemy as sa
from alembic import op

revision = "payments_t0003"
down_revision = "payments_t0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "payments_kept",
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("payer_id", sa.Uuid(), nullable=False),
        sa.Column("kept_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["payer_id"],
            ["payments_payer.id"],
            name=op.f("fk_payments_kept_payer_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("person_id", "payer_id", name=op.f("pk_payments_kept")),
    )
    op.create_index(op.f("ix_payments_kept_payer_id"), "payments_kept", ["payer_id"])


def downgrade() -> None:
    op.drop_table("payments_kept")
