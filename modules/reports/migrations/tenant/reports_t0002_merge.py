"""Doubles of reports, and reports that another body has."""

import sqlalchemy as sa
from alembic import op

revision = "reports_t0002"
down_revision = "reports_t0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("reports_report", sa.Column("first_id", sa.Uuid()))
    op.add_column("reports_report", sa.Column("body", sa.Text(), server_default="", nullable=False))
    op.add_column("reports_report", sa.Column("remind_on", sa.Date()))
    op.create_index("ix_reports_report_first", "reports_report", ["first_id"])


def downgrade() -> None:
    op.drop_index("ix_reports_report_first", "reports_report")
    for column in ("remind_on", "body", "first_id"):
        op.drop_column("reports_report", column)
