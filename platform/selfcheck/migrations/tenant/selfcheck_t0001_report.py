"""The last report on the site of a municipality."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "selfcheck_t0001"
down_revision = None
branch_labels = ("selfcheck",)
depends_on = None


def upgrade() -> None:
    op.create_table(
        "selfcheck_report",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("score", sa.Integer(), nullable=False),
        sa.Column("outcomes", JSONB(), nullable=False),
        sa.Column("looked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_selfcheck_report")),
    )


def downgrade() -> None:
    op.drop_table("selfcheck_report")
