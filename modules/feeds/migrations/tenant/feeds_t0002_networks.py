"""Pages of networks that keep no keys; what mayors chose for their villages."""

import sqlalchemy as sa
from alembic import op

revision = "feeds_t0002"
down_revision = "feeds_t0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("feeds_post", sa.Column("picture_of", sa.Uuid()))
    for name, kind, first in (
        ("account_id", sa.Text(), ""),
        ("is_regional", sa.Boolean(), sa.false()),
    ):
        column = sa.Column(name, kind, nullable=False, server_default=first)
        op.add_column("feeds_channel", column)
        op.alter_column("feeds_channel", name, server_default=None)
    for name in ("expires_at", "expiry_told_at"):
        op.add_column("feeds_channel", sa.Column(name, sa.DateTime(timezone=True)))
    op.create_table(
        "feeds_village_choice",
        sa.Column("ekatte", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("is_on", sa.Boolean(), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decided_by", sa.Text(), nullable=False),
        sa.Column("decided_by_id", sa.Uuid()),
        sa.PrimaryKeyConstraint("ekatte", name=op.f("pk_feeds_village_choice")),
    )
    op.create_index(
        op.f("ix_feeds_village_choice_decided_by_id"), "feeds_village_choice", ["decided_by_id"]
    )


def downgrade() -> None:
    op.drop_table("feeds_village_choice")
    for name in ("expiry_told_at", "expires_at", "is_regional", "account_id"):
        op.drop_column("feeds_channel", name)
    op.drop_column("feeds_post", "picture_of")
