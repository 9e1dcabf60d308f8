"""Kinds of reports that a municipality calls by its own names."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "reports_t0009"
down_revision = "reports_t0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "reports_kind",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("request_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("names", postgresql.JSONB(), nullable=False),
        sa.Column("icon", sa.Text(), nullable=False),
        sa.Column("days", sa.Integer(), nullable=False),
        sa.Column("needs_account", sa.Boolean(), nullable=False),
        sa.Column("team_id", sa.Uuid()),
        sa.Column("retired_at", sa.DateTime(timezone=True)),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reports_kind")),
        sa.UniqueConstraint("request_id", name=op.f("uq_reports_kind_request_id")),
    )
    op.add_column("reports_report", sa.Column("own_kind_id", sa.Uuid()))
    op.create_foreign_key(
        op.f("fk_reports_report_own_kind_id_reports_kind"),
        "reports_report",
        "reports_kind",
        ["own_kind_id"],
        ["id"],
    )
    op.create_index(op.f("ix_reports_report_own_kind_id"), "reports_report", ["own_kind_id"])


def downgrade() -> None:
    op.drop_index(op.f("ix_reports_report_own_kind_id"), "reports_report")
    op.drop_column("reports_report", "own_kind_id")
    op.drop_table("reports_kind")
