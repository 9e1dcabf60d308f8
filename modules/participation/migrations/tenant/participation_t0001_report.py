"""Table of yearly reports on participation."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "participation_t0001"
down_revision = None
branch_labels = ("participation",)
depends_on = None


def upgrade() -> None:
    op.create_table(
        "participation_report",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("request_id", sa.Uuid(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("foreword", sa.Text(), nullable=False),
        sa.Column("figures", JSONB(), nullable=False),
        sa.Column("counted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True)),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_participation_report")),
        sa.UniqueConstraint("request_id", name=op.f("uq_participation_report_request_id")),
        sa.UniqueConstraint("year", name=op.f("uq_participation_report_year")),
    )


def downgrade() -> None:
    op.drop_table("participation_report")
