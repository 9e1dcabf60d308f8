"""Counters of the brake. Unlogged: what is in them shall not reach a backup."""

import sqlalchemy as sa
from alembic import op

revision = "brake_s0001"
down_revision = None
branch_labels = ("brake",)
depends_on = None


def upgrade() -> None:
    op.create_table(
        "brake_count",
        sa.Column("key", sa.LargeBinary(), nullable=False),
        sa.Column("times", sa.Integer(), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_brake_count")),
        prefixes=["UNLOGGED"],
    )
    op.create_index(op.f("ix_brake_count_ends_at"), "brake_count", ["ends_at"])
    op.execute("GRANT SELECT, INSERT, UPDATE, DELETE ON brake_count TO app_login")


def downgrade() -> None:
    op.drop_table("brake_count")
